"""What is kept of questions between builds: the same after many builds, and never much too much."""

from __future__ import annotations

import random
from datetime import date

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication import reuse
from pipeline.publication.reuse import Made, Reuse
from pipeline.store import Store

ROUNDS, THINGS, AGAIN = 90, 30, 3


class World:
    """Answers of now, told to whoever asks; and a release before that has all that was made.

    It is the desk, its recorder and the release at once.
    """

    def __init__(self) -> None:
        """Begin with one version of everything."""
        self.version = dict.fromkeys(range(THINGS), 0)
        self.files: dict[str, dict[str, str]] = {}
        self.sources: dict[str, set[str]] = {}

    @property
    def recorder(self) -> World:
        """Itself."""
        return self

    @property
    def before(self) -> dict[str, object]:
        """The manifest of the release before."""
        return {"files": self.files}

    def asks(self, thing: int) -> list[tuple[str, str]]:
        """Return what a thing asks: which version it has, some of its own, some of all things."""
        own = [("own", f"{thing} {self.version[thing]} {n}") for n in range(5)]
        return [("version", f"{thing}"), *own, *(("all", f"{n}") for n in range(thing % 4))]

    def answer(self, ask: tuple[str, str]) -> bytes:
        """Return the digest of an answer."""
        return bytes([self.version[int(ask[1])] % 256]) if ask[0] == "version" else b"same"

    told = answer

    def recall(self, answers: dict[tuple[str, str], bytes]) -> None:
        """Hear what was answered."""
        for ask, told in answers.items():
            assert self.answer(ask) == told

    def keep(self, *paths: str) -> dict[str, tuple[int, str]]:
        """Take over files."""
        return {path: (1, self.files[path]["sha256"]) for path in paths}


def built(world: World, store: Store, view: disclosure.View) -> set[int]:
    """Take over what stands and make the rest; returns what was made."""
    notes = Reuse(view, PROJECT, store, world, [world])
    for look in notes.looks():
        notes.note_changed(look, notes.changed(look))
    made = {thing for thing in world.version if notes.keep(f"{thing}") is None}
    for thing in made:
        digest = f"{thing} {world.version[thing]}"
        notes.note(f"{thing}", Made(world.asks(thing), {f"{thing}.html": (1, digest)}))
        world.files[f"{thing}.html"] = {"sha256": digest}
    notes.save()
    return made


@pytest.fixture(scope="module")
def view() -> disclosure.View:
    """The story's view, of which only the campaign is asked."""
    return disclosure.view(load(EXAMPLE).snapshot, date(2022, 9, 16), "x")


@pytest.mark.parametrize("written", [1, 4, reuse.WRITTEN])
def test_after_many_builds_only_what_changed_is_made_and_no_more_is_kept(
    view, tmp_path, monkeypatch, written
):
    """Questions that nothing asks any longer go when they are the half; numbers stay true."""
    monkeypatch.setattr(reuse, "WRITTEN", written)
    world, store, chance = World(), Store(tmp_path), random.Random(1)
    built(world, store, view)
    asked_most = 0
    for number in range(ROUNDS):
        again = set(chance.sample(range(THINGS), THINGS if number == ROUNDS // 2 else AGAIN))
        for thing in again:
            world.version[thing] += 1
        made = built(world, store, view)

        assert made == again
        [before] = Reuse(view, PROJECT, store, world, [world])._before
        used = {ask for thing in world.version for ask in world.asks(thing)}
        assert used <= set(before.asks)
        assert len(set(before.asks)) == len(before.asks) == len(before.answers)
        assert len(before.asks) - len(used) <= before.idle + len(again) * 10
        assert len(before.written) <= written + 1
        asked_most = max(asked_most, len(before.asks) / len(used))

    assert 1.5 < asked_most < 3
    assert built(world, store, view) == set()


def test_what_is_kept_is_the_same_as_if_it_had_been_made_at_once(view, tmp_path):
    """Every thing is known with its questions, however many builds they came from."""
    world, store = World(), Store(tmp_path)
    for thing in range(12):
        built(world, store, view)
        world.version[thing] += 1
    built(world, store, view)
    notes = Reuse(view, PROJECT, store, world, [world])

    for thing in world.version:
        asks = [notes._before[0].asks[number] for number in notes.known[f"{thing}"].asks]
        assert asks == world.asks(thing)
