"""The counting of work: of calls, and of what does not end; no test reads a clock."""

from __future__ import annotations

import re
from pathlib import Path

import effort
import pytest

HERE = Path(__file__).parent


def test_calls_are_counted_in_python_and_in_c():
    def twice(times: int) -> None:
        for _ in range(times):
            len(str(3))

    assert effort.calls(lambda: twice(100)) - effort.calls(lambda: twice(50)) == 50


def test_what_does_not_end_is_stopped(monkeypatch):
    monkeypatch.setattr(effort, "ENDLESS", 0.05)

    with pytest.raises(AssertionError, match="does not end"), effort.ends():
        re.fullmatch("(?:a+)+b", "a" * 60)


def test_what_ends_is_let_be():
    with effort.ends():
        found = re.fullmatch("a+", "a" * 60)

    assert found


def test_no_test_reads_a_clock():
    """On a busy machine a test that does is red on another day than the code is wrong."""
    clock = re.compile(r"\b(process_time|perf_counter|monotonic|thread_time)(_ns)?\(")

    assert [path.name for path in HERE.glob("test_*.py") if clock.search(path.read_text())] == []
