"""What need not be made again: pages and downloads all of whose questions are answered as before.

Of everything that is made, the store keeps which questions it asked, the digest of their answers,
and the sha256 of the files that came of it. A thing whose answers are the same is taken over from
the release before, if that still lists these very files. Code, templates, pins and the campaign
have a hand in every page; they stand in the key of the whole record. The day is a question like any
other: only what counts days asks it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from pipeline import files
from pipeline.disclosure import View
from pipeline.publication.contents import Contents
from pipeline.publication.desk import Desk
from pipeline.publication.recording import Ask
from pipeline.store import Store, key_of

SOURCES = ("site", "mkdocs.yml", "schemas")
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
class Made:
    """Something that was made: what it asked, the digest of the answers, the sha256 of its files.

    `files` are by address; `edition` is the number of the desk it was made at.
    """

    asks: tuple[Ask, ...]
    answers: str
    files: Mapping[str, str]
    edition: int = 0


def made(desk: Desk, edition: int, make: Callable[[], Mapping[str, bytes]]) -> tuple[Made, Sizes]:
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
        self._now: dict[str, Made] = {}
        self.known = _read(store.get(self._key)) if self._listed else {}

    def stands(self, desks: tuple[Desk, ...], name: str) -> bool:
        """Whether everything a known thing asked is answered as it was then."""
        one = self.known[name]
        return desks[one.edition].recorder.digest(one.asks) == one.answers

    def keep(self, name: str) -> Sizes | None:
        """Take over the files of a thing that stands; None if the release before has others."""
        one = self.known[name]
        if any(self._listed.get(path, {}).get("sha256") != sha for path, sha in one.files.items()):
            return None
        kept = self._earlier.keep(*one.files)
        if kept is not None:
            self._now[name] = one
        return kept

    def note(self, name: str, one: Made) -> None:
        """Note what was made now."""
        self._now[name] = one

    def save(self) -> None:
        """Keep the notes for the next time."""
        numbers: dict[Ask, int] = {}
        things = {
            name: (
                [numbers.setdefault(ask, len(numbers)) for ask in one.asks],
                one.answers,
                dict(one.files),
                one.edition,
            )
            for name, one in self._now.items()
        }
        text = json.dumps([list(numbers), things], ensure_ascii=False, separators=(",", ":"))
        self._store.put(self._key, text.encode())


def _read(text: bytes | None) -> dict[str, Made]:
    if text is None:
        return {}
    asks, things = json.loads(text)
    known: list[Any] = [
        tuple(tuple(part) if isinstance(part, list) else part for part in ask) for ask in asks
    ]
    return {
        name: Made(tuple(known[n] for n in numbers), answers, paths, edition)
        for name, (numbers, answers, paths, edition) in things.items()
    }
