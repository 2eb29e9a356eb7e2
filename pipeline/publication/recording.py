"""What a page reads, noted while it is made: so that it is made again only if that has changed.

Pages ask questions: of the view, and of what `questions` makes of it. Each question is a table of
answers by key. While a page is being made, every key it asks for is noted, those that have no
answer too; a page that goes through a whole table has read all of it. Whether a page still stands
is then whether each of its questions is answered as before. Nobody lists by hand what a page
depends on: what cannot be noted cannot be read.

Answers are compared by digests of their content, rows by all their cells and their place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import cast

from pipeline.disclosure import View
from pipeline.publication.answers import Answers, Ask, Fixed
from pipeline.publication.contents import Contents
from pipeline.publication.watched import WatchedView

Source = str | Ask
"""What an answer is made of: a question's name, or one of its answers where they are unlike."""

KEYED = frozenset({"view.rows", "view.values", "assessment.values", "past.values"})
"""Questions whose answers have nothing to do with one another."""
EVERYTHING = "*"
"""The source of an answer that may have read anything."""

_NOTHING = object()
_DAY = ("view.values", "as_of_on")
_SCORES = ("assessment.", "scores.")
_EDITION = ("assessment.values", "edition")
_RULES = ("assessment.clauses", "assessment.parts")
"""The rules themselves are not of a day."""


class Recorder:
    """Notes the questions a page asks, and tells the digests of their answers."""

    def __init__(self, view: View, contents: Contents | None = None) -> None:
        """Take a view, and what tells the digests of values; `view` is then the noted one.

        `sources` says of each question what its answers, as far as they were made here, read.
        """
        self._contents = contents or Contents()
        self._tables: dict[str, Answers[object, object]] = {}
        self._openers: dict[str, Callable[[str], Mapping[object, object]]] = {}
        self._asked: dict[Ask, None] | None = None
        self._making: set[Source] | None = None
        self._told_of: dict[str, int] = {}
        self.sources: dict[str, set[Source]] = {}
        self._digests: dict[Ask, bytes] = {}
        self._news: dict[Ask, bytes] = {}
        self._same: dict[Ask, Ask] = {}
        self._bare = view
        self.view = cast("View", WatchedView(view, self))

    def subject(self, name: str, answers: Callable[[str], Mapping[object, object]]) -> None:
        """Enter a subject: `answers` returns the answers to one of its questions by name.

        Raises:
            ValueError: the name is taken.
        """
        if name in self._openers:
            raise ValueError(f"subject {name} is there twice")
        self._openers[name] = answers

    def table(self, subject: str, question: str) -> Answers[object, object]:
        """Return the answers to a question; what making them reads is not the page's own reading.

        Their content is what a page has read, whatever they were made from.
        """
        name = f"{subject}.{question}"
        found = self._tables.get(name)
        if found is None:
            with self.making(name):
                made = self._openers[subject](question)
            if isinstance(made, defaultdict):
                made = Fixed(made)
            found = self._tables[name] = Answers(name, made, self.note)
        return found

    def note(self, ask: Ask) -> None:
        """Note that something was asked: by a page, or while an answer is made."""
        if self._asked is not None:
            self._asked[ask] = None
        elif self._making is not None:
            self._making.add(ask if ask[0] in KEYED else ask[0])

    @property
    def bare(self) -> View:
        """The view as it was given, for answers that read very much of it: they may have read all.

        Raises:
            RuntimeError: a page asks for it, whose reading would not be noted.
        """
        if self._asked is not None:
            raise RuntimeError("a page reads what nobody would note")
        if self._making is not None:
            self._making.add(EVERYTHING)
        return self._bare

    def hung_on(self, name: str) -> bytes | None:
        """Return a digest that all of a table of the view hangs on, if one is known."""
        known = self._bare.sources.get(name)
        return known.encode() if known else None

    @property
    def counts_days(self) -> bool:
        """Whether what was read since recording began is of the day of the view itself.

        The day is, and so are all scores, which a clause may change from one day to the next.
        """
        asked = self._asked or {}
        return _DAY in asked or any(
            ask[0].startswith(_SCORES) and ask != _EDITION and ask[0] not in _RULES for ask in asked
        )

    @contextmanager
    def recording(self) -> Iterator[dict[Ask, None]]:
        """Note what is asked from here on, in order, each question once."""
        before, self._asked = self._asked, {}
        try:
            yield self._asked
        finally:
            self._asked = before

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Note nothing for a while."""
        before = self._asked, self._making
        self._asked = self._making = None
        try:
            yield
        finally:
            self._asked, self._making = before

    @contextmanager
    def making(self, name: str) -> Iterator[None]:
        """Note what is read as the sources of a question, and not as any page's reading."""
        before = self._asked, self._making
        self._asked, self._making = None, self.sources.setdefault(name, set())
        try:
            yield
        finally:
            self._asked, self._making = before

    def whole(self, asked: Iterable[Ask]) -> tuple[Ask, ...]:
        """Return questions as one tuple that shares its members with others."""
        return tuple(self._same.setdefault(ask, ask) for ask in asked)

    def answer(self, ask: Ask) -> bytes:
        """Return the digest of the answer to a question as things are now; it is told once."""
        known = self._digests.get(ask)
        if known is None:
            with self.aside():
                known = self._digests[ask] = self._news[ask] = self._told(ask)
        return known

    def told(self, ask: Ask) -> bytes | None:
        """Return the digest of an answer if anybody has told it yet."""
        return self._digests.get(ask)

    def recall(self, answers: dict[Ask, bytes]) -> None:
        """Take over digests of answers that another process told; all who tell one tell the same.

        They may be a million, and few are known yet.
        """
        few, many = sorted((answers, self._digests), key=len)
        many.update(few)
        self._digests = many

    def new_sources(self) -> dict[str, set[Source]]:
        """Return the sources of those questions that have more than when this was asked last."""
        new = {
            name: one for name, one in self.sources.items() if len(one) != self._told_of.get(name)
        }
        self._told_of |= {name: len(one) for name, one in new.items()}
        return new

    def add_sources(self, sources: Mapping[str, set[Source]]) -> None:
        """Take the sources of answers that another process made."""
        for name, some in sources.items():
            self.sources.setdefault(name, set()).update(some)

    def news(self) -> dict[Ask, bytes]:
        """Return the digests that were told here since this was asked last."""
        news, self._news = self._news, {}
        return news

    def _told(self, ask: Ask) -> bytes:
        table = self._tables.get(ask[0])
        if table is None:
            subject, _, question = ask[0].partition(".")
            table = self.table(subject, question)
        found = table.bare()
        if len(ask) == 1:
            return self._contents.digest(found)
        answer = found.get(ask[1], _NOTHING)
        return b"" if answer is _NOTHING else self._contents.digest(answer)
