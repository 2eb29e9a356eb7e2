"""What need not be made again: pages and downloads all of whose questions are answered as before.

Of everything that is made, the store keeps which questions it asked, the digest of their answers,
and the sha256 of the files that came of it. A thing whose answers are the same is taken over from
the release before, if that still lists these very files. Code, templates, pins and the campaign
have a hand in every page; they stand in the key of the whole record. The day is a question like any
other: only what counts days asks it.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from pipeline import files
from pipeline.disclosure import View
from pipeline.publication.contents import Contents
from pipeline.publication.desk import Desk
from pipeline.publication.recording import Ask
from pipeline.store import Store, key_of

SOURCES = ("site", "mkdocs.yml", "schemas")
STILL_ASKED = 0.5
"""What part of all questions is still asked, at least, while they keep their numbers."""
Q = TypeVar("Q")
Sizes = dict[str, tuple[int, str]]
"""Size and sha256 of files by address."""


class Earlier(Protocol):
    """What is known of the release before, and how its files are taken over."""

    @property
    def before(self) -> Mapping[str, Any]:
        """The manifest of the release before; empty if there is none."""

    def keep(self, *paths: str) -> Sizes | None:
        """Take files over from the release before, all or none: size and digest of each."""


@dataclass(frozen=True, slots=True)
class Made(Generic[Q]):
    """Something that was made: what it asked, the digest of the answers, the sha256 of its files.

    `files` are by address; `edition` is the number of the desk it was made at. What is made now has
    its questions themselves, what was made before their numbers among all that were asked then.
    """

    asks: Sequence[Q]
    answers: str
    files: Mapping[str, str]
    edition: int = 0


def made(
    desk: Desk, edition: int, make: Callable[[], Mapping[str, bytes]]
) -> tuple[Made[Ask], Sizes]:
    """Make something at a desk while its questions are noted.

    `make` returns the files it has written; the sizes of these are returned too.
    """
    recorder = desk.recorder
    with recorder.recording() as asked:
        written = make()
    asks = recorder.whole(asked)
    sizes = {path: (len(one), sha256(one).hexdigest()) for path, one in written.items()}
    digests = {path: digest for path, (_, digest) in sizes.items()}
    return Made(asks, recorder.digest(asks), digests, edition), sizes


class Reuse:
    """What was made before, and what is made now, for the next time."""

    def __init__(self, view: View, project: Path, store: Store, earlier: Earlier) -> None:
        """Take the view, the folder of templates, what is kept, and the release before."""
        campaign = replace(view.campaign, as_of_on=None)
        has_begun = campaign.screen_from_on <= view.as_of_on
        told = Contents().digest((has_begun, campaign, dict(view.schemas)))
        self._key = key_of("pages", files.digest(project, *SOURCES), told)
        self._store, self._earlier = store, earlier
        self._listed = earlier.before.get("files") or {}
        self._fresh: dict[str, Made[Ask]] = {}
        self._kept: dict[str, Made[int]] = {}
        kept = store.get(self._key) if self._listed else None
        self._asked, self.known = _read(kept) if kept else ([], {})
        self._told: dict[int, Callable[[Sequence[int]], str]] = {}

    def stands(self, desks: tuple[Desk, ...], name: str) -> bool:
        """Whether everything a known thing asked is answered as it was then."""
        one = self.known[name]
        if one.edition not in self._told:
            self._told[one.edition] = desks[one.edition].recorder.numbered(self._asked)
        return self._told[one.edition](one.asks) == one.answers

    def keep(self, name: str) -> Sizes | None:
        """Take over the files of a thing that stands; None if the release before has others."""
        one = self.known[name]
        if any(self._listed.get(path, {}).get("sha256") != sha for path, sha in one.files.items()):
            return None
        kept = self._earlier.keep(*one.files)
        if kept is not None:
            self._kept[name] = one
        return kept

    def note(self, name: str, one: Made[Ask]) -> None:
        """Note what was made now."""
        self._fresh[name] = one

    def save(self) -> None:
        """Keep the notes for the next time."""
        numbers = {ask: number for number, ask in enumerate(self._asked)}
        asked = {name: one.asks for name, one in self._kept.items()}
        used: set[int] = set().union(*asked.values())
        if len(used) < len(numbers) * STILL_ASKED:
            moved = {old: new for new, old in enumerate(sorted(used))}
            numbers = {self._asked[old]: new for old, new in moved.items()}
            asked = {name: [moved[old] for old in asks] for name, asks in asked.items()}
        things = {
            name: (_packed(asked[name]), one.answers, dict(one.files), one.edition)
            for name, one in self._kept.items()
        }
        for name, made in self._fresh.items():
            asks = [numbers.setdefault(ask, len(numbers)) for ask in made.asks]
            things[name] = (_packed(asks), made.answers, dict(made.files), made.edition)
        noted: Any = (tuple(numbers), things)
        self._store.put(self._key, marshal.dumps(noted))


def _read(kept: bytes) -> tuple[Sequence[Ask], dict[str, Made[int]]]:
    """Return all questions that were asked, and what was made."""
    asks, things = marshal.loads(kept)  # noqa: S302 - the store has seen that it is what was kept
    return asks, {name: Made(_unpacked(packed), *one) for name, (packed, *one) in things.items()}


def _packed(numbers: Iterable[int]) -> bytes:
    """Write numbers as one value: there are a million, and each would be read by itself."""
    return array("I", numbers).tobytes()


def _unpacked(packed: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers
