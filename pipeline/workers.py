"""Processes that share the work of one, and end with it.

Workers are forked, so they see everything their parent holds, its open files and locks too. One
that outlived a killed parent would hold the lock of builds for ever; so each looks for its parent
once a second and leaves when it is gone.

A worker that has nothing left to do is told to go, and nobody waits until the system has taken back
all the memory it saw: of a city that takes as long as reading a ledger. Only a worker that has
workers of its own waits for them: at its end it may close the way by which they are told to go
before they are told, and they would wait for ever.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

CAN_FORK = hasattr(os, "fork")
"""Whether this system has workers at all; what must run elsewhere too asks first."""

PATIENCE = 1.0
"""Seconds between two looks."""

YIELDS = 10
"""How far work beside yields to the one that will wait for it: both would be late otherwise."""

T = TypeVar("T")


def pool(
    count: int | None = None, begin: Callable[..., None] | None = None, *values: Any
) -> ProcessPoolExecutor:
    """Return a pool of forked workers, one for each core unless told; each may `begin` first.

    What makes processes is imported here: a check of one county needs none.
    """
    import multiprocessing

    return _pools()(
        count or os.cpu_count(),
        multiprocessing.get_context("fork"),
        _begin,
        (os.getpid(), begin, values),
    )


@cache
def _pools() -> type[ProcessPoolExecutor]:
    """Return the kind of pools: their shutdown waits for work that goes on, for nothing else."""
    from concurrent.futures import Future, ProcessPoolExecutor

    class Pool(ProcessPoolExecutor):
        """Processes that the program waits for only while they are at work."""

        def __init__(self, *values: Any) -> None:
            """Take what any pool of processes takes."""
            super().__init__(*values)
            self._at_work: set[Future[Any]] = set()

        def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
            """Have a worker call a function; returns what will hold its result."""
            job = super().submit(fn, *args, **kwargs)
            self._at_work.add(job)
            job.add_done_callback(self._at_work.discard)
            return job

        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            """Let the workers go; `wait` for those that are at work."""
            is_busy = not all(job.done() for job in tuple(self._at_work))
            super().shutdown(wait and (is_busy or _is_worker), cancel_futures=cancel_futures)

    return Pool


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Start one piece of work in a process of its own; returns what waits for its result.

    The work is inherited, not pickled; its result is pickled. Where cores are few, it goes on while
    this process leaves one to it. On one core, where there is no fork, or when the process was
    killed (for lack of memory perhaps), it is done when waited for.
    """
    if not CAN_FORK or (os.cpu_count() or 1) == 1:
        return work
    processes = pool(1, _take_over, work)
    result = processes.submit(_do)

    def wait() -> T:
        from concurrent.futures.process import BrokenProcessPool

        with processes:
            try:
                done: T = result.result()
            except BrokenProcessPool:
                return work()
            return done

    return wait


def stop() -> None:
    """Stop every worker that nobody has waited for: the program ends, and nobody will."""
    processes = sys.modules.get("multiprocessing.process")
    for process in processes.active_children() if processes else ():
        process.kill()


def was_killed(trouble: Exception) -> bool:
    """Whether an error says that a worker was stopped from outside: mostly for lack of memory."""
    processes = sys.modules.get("concurrent.futures.process")
    return processes is not None and isinstance(trouble, processes.BrokenProcessPool)


_taken_over: list[Callable[[], Any]] = []
"""In the process beside: its work."""


def _take_over(work: Callable[[], Any]) -> None:
    os.nice(YIELDS)
    _taken_over[:] = [work]


def _do() -> Any:
    return _taken_over[0]()


_is_worker = False
"""Whether this process was forked to share the work of another."""


def _begin(parent: int, begin: Callable[..., None] | None, values: tuple[Any, ...]) -> None:
    global _is_worker
    _is_worker = True
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    if begin is not None:
        begin(*values)


def _leave_with(parent: int) -> None:
    """End this process at once when it belongs to another parent."""
    while os.getppid() == parent:
        time.sleep(PATIENCE)
    os._exit(1)
