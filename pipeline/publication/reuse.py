"""What need not be made again: pages and downloads all of whose questions are answered as before.

Of everything that is made, the store keeps which questions it asked and the sha256 of the files
that came of it; and of every question the digest of its answer. A question is asked again once,
however many things asked it. A thing none of whose answers has changed is taken over from the
release before, if that still lists these very files. Code, templates, pins and the campaign
have a hand in every page; they stand in the key of the whole record. The day is a question like any
other: only what counts days asks it.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from pipeline import files
from pipeline.disclosure import View
from pipeline.publication.answers import Ask
from pipeline.publication.contents import Contents
from pipeline.publication.desk import Desk
from pipeline.publication.origins import NO_ORIGINS, Origins, Standing
from pipeline.store import Store, key_of

SOURCES = ("site", "mkdocs.yml", "schemas")
STILL_ASKED = 0.5
"""What part of all questions is still asked, at least, while they keep their numbers."""
WRITTEN = 50
"""Parts that questions are kept in, at most: what was asked before is not written once more."""
MANY = 2_000
"""Questions that are asked again in one go, at most."""
UNTOLD = b"?"
"""Stands for an answer whose digest nobody told, or that there is none: like no other."""
Sizes = dict[str, tuple[int, str]]
"""Size and sha256 of files by address."""
Answers = Mapping[Ask, bytes]
"""Digests of answers by question."""


class Earlier(Protocol):
    """What is known of the release before, and how its files are taken over."""

    @property
    def before(self) -> Mapping[str, Any]:
        """The manifest of the release before; empty if there is none."""

    def keep(self, *paths: str) -> Sizes | None:
        """Take files over from the release before, all or none: size and digest of each."""


@dataclass(frozen=True, slots=True)
class Made:
    """Something that was made now: what it asked, and the files that came of it.

    `edition` is the number of the desk it was made at.
    """

    asks: Sequence[Ask]
    files: Sizes
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Something that was made before: the numbers of its questions, the sha256 of its files."""

    asks: Sequence[int]
    files: Mapping[str, str]
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Questions:
    """All that was asked at a desk before, with the digests of the answers.

    `written` are the questions as they were kept, in parts; of all of them no more than `idle` are
    asked by nothing any longer. `origins` says what they were answered from.
    """

    asks: Sequence[Ask] = ()
    answers: Sequence[bytes] = ()
    written: Sequence[bytes] = ()
    idle: int = 0
    origins: Origins = NO_ORIGINS


@dataclass(frozen=True, slots=True)
class Look:
    """Some questions of one name that were asked at a desk, by their numbers, to be asked again."""

    edition: int
    name: str
    numbers: Sequence[int]


def made(desk: Desk, edition: int, make: Callable[[], Mapping[str, bytes]]) -> Made:
    """Make something at a desk while its questions are noted.

    `make` returns the files it has written.
    """
    recorder = desk.recorder
    with recorder.recording() as asked:
        written = make()
    sizes = {path: (len(one), sha256(one).hexdigest()) for path, one in written.items()}
    return Made(recorder.whole(asked), sizes, edition)


class Reuse:
    """What was made before, and what is made now, for the next time.

    A question that was not asked again counts as answered otherwise.
    """

    def __init__(
        self, view: View, project: Path, store: Store, earlier: Earlier, desks: Sequence[Desk]
    ) -> None:
        """Take the view, the folder of templates, what is kept, the release before, the desks."""
        campaign = replace(view.campaign, as_of_on=None)
        has_begun = campaign.screen_from_on <= view.as_of_on
        told = Contents().digest((has_begun, campaign, dict(view.schemas)))
        self._key = key_of("pages", files.digest(project, *SOURCES), told)
        self._store, self._earlier, self._desks = store, earlier, desks
        self._listed = earlier.before.get("files") or {}
        self._fresh: dict[str, Made] = {}
        self._kept: dict[str, Known] = {}
        kept = store.get(self._key) if self._listed else None
        self._before, self.known = _read(kept) if kept else ([Questions()] * len(desks), {})
        self._stale = [set(range(len(one.asks))) for one in self._before]
        self._standing = [
            Standing(desk.recorder, one.origins)
            for desk, one in zip(desks, self._before, strict=True)
        ]

    def looks(self) -> list[Look]:
        """Return what was asked before and may be answered otherwise, by desk and name, in parts.

        What few questions were asked of goes first: often all of it was asked at once.
        """
        parts: dict[tuple[int, str], list[int]] = {}
        for edition, one in enumerate(self._before):
            stands, standing = self._standing[edition].stands, []
            for number, ask in enumerate(one.asks):
                if stands(ask):
                    standing.append(number)
                else:
                    parts.setdefault((edition, ask[0]), []).append(number)
            self._stale[edition].difference_update(standing)
        return [
            Look(*of, some[start : start + MANY])
            for of, some in sorted(parts.items(), key=lambda part: len(part[1]))
            for start in range(0, len(some), MANY)
        ]

    def changed(self, look: Look) -> dict[int, bytes]:
        """Ask again: return the digests of what is answered otherwise now, by number."""
        answer, before = self._desks[look.edition].recorder.answer, self._before[look.edition]
        now = ((number, answer(before.asks[number])) for number in look.numbers)
        return {number: told for number, told in now if told != before.answers[number]}

    def note_changed(self, look: Look, changed: Mapping[int, bytes]) -> None:
        """Note that something was asked again, and what of it is answered otherwise."""
        stale, before = self._stale[look.edition], self._before[look.edition]
        stale.difference_update(look.numbers)
        stale.update(changed)
        now = {before.asks[number]: told for number, told in changed.items()}
        self._desks[look.edition].recorder.recall(now)

    def recall(self) -> None:
        """Have the desks know what is answered as before, so that nobody tells it once more."""
        for before, stale, desk in zip(self._before, self._stale, self._desks, strict=True):
            told = dict(zip(before.asks, before.answers, strict=True))
            for number in stale:
                del told[before.asks[number]]
            desk.recorder.recall(told)

    def keep(self, name: str) -> Sizes | None:
        """Take over the files of a thing that stands; None if it does not, or was not known.

        It does not stand either if the release before has other files.
        """
        one = self.known.get(name)
        if one is None or not self._stale[one.edition].isdisjoint(one.asks):
            return None
        if any(self._listed.get(path, {}).get("sha256") != sha for path, sha in one.files.items()):
            return None
        kept = self._earlier.keep(*one.files)
        if kept is not None:
            self._kept[name] = one
        return kept

    def note(self, name: str, one: Made) -> None:
        """Note what was made now."""
        self._fresh[name] = one

    def save(self) -> None:
        """Keep the notes for the next time."""
        noted: Any = [self._noted(edition) for edition in range(len(self._desks))]
        self._store.put(self._key, marshal.dumps(noted))

    def _noted(self, edition: int) -> tuple[Any, ...]:
        """Return the questions of a desk as they are kept, and what asked them."""
        before, stale = self._before[edition], self._stale[edition]
        recorder = self._desks[edition].recorder
        kept = {name: one for name, one in self._kept.items() if one.edition == edition}
        used, idle = self._used(edition, kept)
        is_thin = len(used) < len(before.asks) * STILL_ASKED
        left = sorted(used) if is_thin else range(len(before.asks))
        numbers = {before.asks[old]: new for new, old in enumerate(left)}
        things = {
            name: (_packed([numbers[before.asks[n]] for n in one.asks] if is_thin else one.asks),
                   dict(one.files))
            for name, one in kept.items()
        }  # fmt: skip
        answers = [before.answers[old] for old in left]
        for old in stale.intersection(left):
            new = numbers[before.asks[old]]
            answers[new] = recorder.told(before.asks[old]) or UNTOLD
        for name, one in self._fresh.items():
            if one.edition == edition:
                asks = [numbers.setdefault(ask, len(numbers)) for ask in one.asks]
                things[name] = _packed(asks), {path: sha for path, (_, sha) in one.files.items()}
        written = list(before.written)
        if is_thin or len(written) >= WRITTEN:
            written = [_written(islice(numbers, len(answers)))]
        if more := list(islice(numbers, len(answers), None)):
            written.append(_written(more))
        answers += map(recorder.answer, more)
        origins = self._standing[edition].noted(numbers)
        return (
            written,
            answers,
            0 if is_thin else idle,
            (origins.sources, origins.ground),
            things,
        )

    def _used(self, edition: int, kept: Mapping[str, Known]) -> tuple[Collection[int], int]:
        """Return the numbers that are still asked, or all; and how many are idle, at most.

        What is kept still asks what it asked, so only what is not can have left a question idle.
        They are counted, a million of them, only when so many may be idle that it matters.
        """
        before = self._before[edition]
        every = range(len(before.asks))
        known = ((name, one) for name, one in self.known.items() if one.edition == edition)
        gone: set[int] = set().union(*(one.asks for name, one in known if name not in kept))
        idle = before.idle + len(gone)
        if len(every) - idle >= len(every) * STILL_ASKED:
            return every, idle
        used: set[int] = set().union(*(one.asks for one in kept.values()))
        return used, len(every) - len(used)


def _read(kept: bytes) -> tuple[list[Questions], dict[str, Known]]:
    """Return all questions that were asked, by desk, and what was made."""
    noted = _plain(kept)
    known = {
        name: Known(_unpacked(packed), files, edition)
        for edition, (*_, things) in enumerate(noted)
        for name, (packed, files) in things.items()
    }
    before = [
        Questions(
            [ask for part in written for ask in _plain(part)],
            answers,
            written,
            idle,
            Origins(*origins),
        )
        for written, answers, idle, origins, _ in noted
    ]
    return before, known


def _written(asks: Iterable[Ask]) -> bytes:
    values: Any = tuple(asks)
    return marshal.dumps(values)


def _plain(kept: bytes) -> Any:
    return marshal.loads(kept)  # noqa: S302 - the store has seen that it is what was kept


def _packed(numbers: Iterable[int]) -> bytes:
    """Write numbers as one value: there are a million, and each would be read by itself."""
    return array("I", numbers).tobytes()


def _unpacked(packed: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers
