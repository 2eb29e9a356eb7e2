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


@pytest.mark.parametrize("few", [4, 5])
def test_few_are_made_here_and_many_in_another_process(few, monkeypatch):
    """The results are the same, under the keys of their jobs."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found, processes = split(aside.begin(JOBS, Store(), few)())

    assert found == {f"kind/{n}": b"%d" % n for n in range(5)}
    assert (processes == {os.getpid()}) == (few == 5)


def test_what_is_kept_is_not_made_again(tmp_path):
    """Only what is missing is made, and then kept too."""
    store = Store(tmp_path)
    store.put("kind/3", b"kept 0")
    made = aside.begin(JOBS, store, 9)()

    assert made["kind/3"] == b"kept 0"
    assert aside.begin(dict.fromkeys(JOBS, pytest.fail), store, 0)() == made


def test_what_is_slow_to_load_is_loaded_before_the_fork_and_only_for_it():
    """A build that misses nothing loads nothing."""
    loaded: list[int] = []
    aside.begin(JOBS, Store(), 5, lambda: loaded.append(1))
    assert loaded == []
    aside.begin(JOBS, Store(), 4, lambda: loaded.append(1))()
    assert loaded == [1]
