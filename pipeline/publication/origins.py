"""What the answers to a question are made of, so that not every answer need be looked at again.

An answer is made of rows, of what the view derives from them, and of other answers. While answers
are made, the recorder notes what they read: a question's sources. Down there stand the view's own
tables, each with a digest of all of it; where the view knows what a table hangs on, that of these
files. A question none of whose sources has another digest is answered as before, whatever key is
asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.publication.answers import Ask
from pipeline.publication.recording import EVERYTHING, KEYED, Recorder, Source

GROUND = frozenset({"view", "assessment", "past", "desk"})
"""Subjects whose answers are made of no others."""


@dataclass(frozen=True, slots=True)
class Origins:
    """The sources of each question by its name, and the digest of each that is made of no other."""

    sources: Mapping[str, Collection[Source]] = field(default_factory=dict)
    ground: Mapping[Source, bytes] = field(default_factory=dict)


NO_ORIGINS = Origins()


class Standing:
    """Which questions are answered as they were when their origins were noted."""

    def __init__(self, recorder: Recorder, before: Origins) -> None:
        """Take who answers now, and what was noted then."""
        self._recorder, self._before = recorder, before
        self._now: dict[Source, bytes | None] = {}
        self._known: dict[Source, bool] = {}

    def stands(self, ask: Ask) -> bool:
        """Whether a question is answered as before, by what its answers are made of."""
        source = _source(ask)
        if source not in self._known:
            self._known[source] = all(map(self._is_same, _below(source, self._before.sources)))
        return self._known[source]

    def noted(self, asks: Iterable[Ask]) -> Origins:
        """Return the origins of all that is asked, and of what it was made of then or now.

        What was made of something then and was not made again is made of it still.
        """
        now, then = self._recorder.sources, self._before.sources
        sources = {
            name: sorted({*then.get(name, ()), *now.get(name, ())}, key=repr)
            for name in {**then, **now}
            if not _is_ground(name)
        }
        ground = {}
        for source in {one for some in sources.values() for one in some} | set(map(_source, asks)):
            digest = self._digest(source) if _is_ground(source) else None
            if digest is not None:
                ground[source] = digest
        return Origins(sources, ground)

    def _is_same(self, source: Source) -> bool:
        then = self._before.ground.get(source)
        return then is not None and then == self._digest(source)

    def _digest(self, source: Source) -> bytes | None:
        if source not in self._now:
            self._now[source] = _digest(self._recorder, source)
        return self._now[source]


def _source(ask: Ask) -> Source:
    return ask if ask[0] in KEYED else ask[0]


def _below(source: Source, sources: Mapping[str, Collection[Source]]) -> set[Source]:
    """Return what something is made of in the end; what is not known to be of anything, itself."""
    seen: set[Source] = set()
    todo, found = [source], set()
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            made_of = () if _is_ground(one) else sources.get(_name(one), ())
            todo += made_of
            if not made_of:
                found.add(one)
    return found


def _digest(recorder: Recorder, source: Source) -> bytes | None:
    """Return the digest of a source as it is now; None if that cannot be told yet."""
    if source == EVERYTHING or _subject(source) == "desk":
        return None
    known = recorder.hung_on(_table(source))
    if known is not None:
        return known
    return recorder.answer((source,) if isinstance(source, str) else source)


def _table(source: Source) -> str:
    """Return the table of the view that a source is, or a look-up of; blank if it is another."""
    if not isinstance(source, str):
        return str(source[-1]) if source[0] in ("view.rows", "view.values") else ""
    if not source.startswith("view."):
        return ""
    what: Sequence[str] = source.removeprefix("view.").split(" ")
    return what[1] if what[0] in ("index", "group") else what[0]


def _is_ground(source: Source) -> bool:
    return _subject(source) in GROUND


def _subject(source: Source) -> str:
    return _name(source).partition(".")[0]


def _name(source: Source) -> str:
    return source if isinstance(source, str) else source[0]
