"""Opening in a process of its own, which can take only so much memory and time.

Libraries that read workbooks believe what a file claims: two cells far apart are a sheet of
millions. What was not thought of when a file was looked at from outside ends here, with the
process, and the program goes on. Whatever that process writes to the terminal answers nobody.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.trouble import UsageTrouble
from pipeline.workers import CAN_FORK

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

MOST_MEMORY = 250 * 1024 * 1024
"""Bytes that opening may take beyond what the program has already."""
MOST_SECONDS = 20
"""Seconds of processor time after which opening is given up."""


class Overrun(Exception):
    """Opening took more memory or time than it may, or the library fell over."""


def apart(work: Callable[[], T]) -> T:
    """Do something in a process of its own; where there is no fork, here.

    Raises:
        UsageTrouble: the work raised it.
        Overrun: the process ended without an answer.
    """
    if not CAN_FORK:
        return work()
    from multiprocessing import get_context

    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        answer, trouble = ours.recv()
    except EOFError as end:
        raise Overrun from end
    finally:
        ours.close()
        process.join()
    if trouble is not None:
        raise UsageTrouble(trouble)
    return answer  # type: ignore[no-any-return]


def _work(work: Callable[[], Any], answers: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_RDWR), 2)
    _confine()
    told: tuple[Any, str | None]
    try:
        told = work(), None
    except UsageTrouble as trouble:
        told = None, str(trouble)
    except MemoryError:
        os._exit(1)
    answers.send(told)


def _confine() -> None:
    """Set the limits of this process, as far as the system knows them."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + MOST_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
