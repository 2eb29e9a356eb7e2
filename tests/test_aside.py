"""What the site waits for later is made once, wherever that is, and taken from what is kept."""

import os

import pytest

from pipeline.publication import aside
from pipeline.store import Store

JOBS = {f"kind/{n}": lambda n=n: b"%d %d" % (n, os.getpid()) for n in range(5)}
"""Each says in which process it was made."""


def split(made: dict[str, bytes]) -> tuple[dict[str, bytes], set[int]]:
    """Return the results without their process, and the processes."""
    told = {key: value.split() for key, value in made.items()}
    return {key: one[0] for key, one in told.items()}, {int(one[1]) for one in told.values()}


def test_what_is_missing_is_made_in_another_process(monkeypatch):
    """The results are under the keys of their jobs."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found, processes = split(aside.begin(JOBS, Store())())

    assert found == {f"kind/{n}": b"%d" % n for n in range(5)}
    assert len(processes) == 1
    assert processes != {os.getpid()}


def test_what_is_kept_is_not_made_again(tmp_path):
    """Only what is missing is made, and then kept too."""
    store = Store(tmp_path)
    store.put("kind/3", b"kept 0")
    made = aside.begin(JOBS, store)()

    assert made["kind/3"] == b"kept 0"
    assert aside.begin(dict.fromkeys(JOBS, pytest.fail), store)() == made
