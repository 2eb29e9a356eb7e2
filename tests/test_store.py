"""What is kept between runs is proved by its digest, or it is made again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import store as room
from pipeline.store import Store, key_of

KEY = key_of("kind", "input")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that keeps one value."""
    store = Store(tmp_path / "cache")
    store.put(KEY, b"value\nof two lines")
    return store


def test_what_was_kept_is_taken(store):
    """Byte for byte, and nothing is made again."""
    assert store.get(KEY) == b"value\nof two lines"
    assert store.kept(KEY, lambda: b"other") == b"value\nof two lines"


def test_another_input_another_kind_or_other_code_is_another_key(store, monkeypatch):
    """Whatever a result was made from stands in its key; parts are never run together."""
    keys = {KEY, key_of("kind", "inpu", "t"), key_of("kind", "input", ""), key_of("other", "input")}
    monkeypatch.setattr(room, "code", lambda: "changed")
    keys.add(key_of("kind", "input"))

    assert len(keys) == 5
    assert [key for key in keys if store.get(key) is not None] == [KEY]


DAMAGES: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "one byte changed": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"!"),
    "lengthened": lambda path: path.write_bytes(path.read_bytes() + b"x"),
    "without its proof": lambda path: path.write_bytes(path.read_bytes().partition(b"\n")[2]),
    "other JSON": lambda path: path.write_bytes(b'{"files": []}'),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a folder with something in it": lambda path: (path.unlink(), (path / "x").mkdir(parents=True)),
    "a dead link": lambda path: (path.unlink(), path.symlink_to("nowhere")),
    "a link to itself": lambda path: (path.unlink(), path.symlink_to(path.name)),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "unreadable": lambda path: path.chmod(0),
    "gone": lambda path: path.unlink(),
    "its folder a file": lambda path: (
        path.unlink(),
        path.parent.rmdir(),
        path.parent.write_text(""),
    ),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_what_is_damaged_counts_as_nothing_and_is_made_again(store, what):
    """Whatever somebody did to an entry; afterwards it is whole."""
    DAMAGES[what](store.folder / KEY)
    made = store.kept(KEY, lambda: b"value\nof two lines")

    assert made == b"value\nof two lines"
    assert store.trouble is None
    assert store.get(KEY) == b"value\nof two lines"


def test_an_entry_in_the_place_of_another_is_not_taken(store):
    """The key stands in the entry, so that files renamed are found out."""
    other = key_of("kind", "other")
    (store.folder / other).write_bytes((store.folder / KEY).read_bytes())

    assert store.get(other) is None


def test_without_a_folder_nothing_is_kept(tmp_path, monkeypatch):
    """And nothing is written."""
    monkeypatch.chdir(tmp_path)
    store = Store()

    assert store.kept(KEY, lambda: b"made") == b"made"
    assert store.get(KEY) is None
    store.prune()
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_told_and_changes_nothing(tmp_path):
    """After a first failure no more is tried, so that a full disk costs no time."""
    (tmp_path / "build").write_text("")
    store = Store(tmp_path / "build" / "cache")

    assert store.kept(KEY, lambda: b"made") == b"made"
    assert isinstance(store.trouble, OSError)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_what_was_not_used_for_longest_gives_way(store, monkeypatch, over):
    """All that is kept stays within its room, and what killed writers left is swept."""
    keys = [KEY, *(key_of("other", str(n)) for n in range(3))]
    for age, key in enumerate(keys):
        store.put(key, b"x" * room.BLOCK)
        os.utime(store.folder / key, (age, age))
    assert store.get(KEY) is not None  # used again: now the youngest
    monkeypatch.setattr(room, "ROOM", 2 * room.BLOCK * len(keys) - 1 + over)
    store.prune()

    assert [key for key in keys if store.get(key) is None] == ([] if over == 1 else [keys[1]])
