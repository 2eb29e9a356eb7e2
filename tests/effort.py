"""What work costs, told without a clock: tests run on busy machines, and seconds say little there.

Work in Python is counted in calls. A search by pattern is one call however long it takes, so it is
given a text that is long enough: what grows with the text is done at once, what grows faster does
not end, and is stopped.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ENDLESS = 60
"""Seconds of the processor after which something does not end: a thousand times what is meant."""


def calls(work: Callable[[], object]) -> int:
    """Return how many calls some work makes, of functions in Python and in C."""
    made = 0

    def note(_: object, event: str, __: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return made


@contextmanager
def ends() -> Iterator[None]:
    """Stop what does not end.

    Raises:
        AssertionError: it was stopped.
    """

    def stop(*_: object) -> None:
        raise AssertionError("this does not end")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
