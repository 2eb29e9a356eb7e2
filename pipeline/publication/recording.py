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
from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from contextlib import AbstractContextManager, contextmanager
from typing import Generic, TypeVar, cast

from pipeline.disclosure import View
from pipeline.publication.contents import Contents
from pipeline.publication.watched import WatchedView

K = TypeVar("K")
V = TypeVar("V")
Ask = tuple[str, object] | tuple[str]
"""The name of a question and the key that was asked for; the name alone means all of it."""

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


class Answers(Mapping[K, V], Generic[K, V]):
    """The answers to one question by key; whoever looks one up is noted."""

    __slots__ = ("_found", "_note", "name")

    def __init__(self, name: str, found: Mapping[K, V], note: Callable[[Ask], None]) -> None:
        """Take the name of the question, its answers, and who notes what is asked."""
        self.name, self._found, self._note = name, found, note

    def __getitem__(self, key: K) -> V:
        """Return an answer."""
        self._note((self.name, key))
        return self._found[key]

    def get(self, key: K, default: V | None = None) -> V | None:  # type: ignore[override]
        """Return an answer, or the default; that there is none is an answer too."""
        self._note((self.name, key))
        return self._found.get(key, default)

    def __contains__(self, key: object) -> bool:
        """Whether there is an answer."""
        self._note((self.name, key))
        return key in self._found

    def __iter__(self) -> Iterator[K]:
        """Iterate over all keys: all of the table is read."""
        self._note((self.name,))
        return iter(self._found)

    def __len__(self) -> int:
        """Count the answers."""
        self._note((self.name,))
        return len(self._found)

    def keys(self) -> KeysView[K]:
        """Return all keys."""
        self._note((self.name,))
        return self._found.keys()

    def values(self) -> ValuesView[V]:
        """Return all answers."""
        self._note((self.name,))
        return self._found.values()

    def items(self) -> ItemsView[K, V]:
        """Return all keys with their answers."""
        self._note((self.name,))
        return self._found.items()

    def bare(self) -> Mapping[K, V]:
        """Return the answers as they are, for who keeps the notes."""
        return self._found


class Lazy(Mapping[K, V]):
    """Answers that are made when they are first asked for; making them reads nothing."""

    def __init__(
        self,
        names: Sequence[K],
        make: Callable[[K], V],
        making: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take the keys, what makes an answer, and how what that reads is noted."""
        self._names, self._make, self._making = dict.fromkeys(names), make, making
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        """Return an answer, made now or before."""
        if key not in self._made:
            if key not in self._names:
                raise KeyError(key)
            with self._making():
                self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[K]:
        """Iterate over the keys."""
        return iter(self._names)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._names)


class _Standing(dict[object, object]):
    """Answers that do not change by being asked: a key nobody has gives the default, unkept."""

    def __init__(self, found: defaultdict[object, object]) -> None:
        super().__init__(found)
        self._default = found.default_factory

    def __missing__(self, key: object) -> object:
        if self._default is None:
            raise KeyError(key)
        return self._default()


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
                made = _Standing(made)
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
