"""What a record check reads, noted while it runs: whatever cannot be noted cannot be read.

Every check gets a book and a snapshot of its own, empty at first. Whatever it asks for the first
time is noted and then lies there as it would in any other book, so that noting costs nothing row by
row. What many checks need (look-ups, ledgers as of the day, what is derived from the book) is still
made once for all of them, by a book whose own reading is noted: who takes it has read all that.
A value that goes on reading after it was made notes that as well, for it does so in its own book.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.checks.book import Book
from pipeline.findings import Rule
from pipeline.ledgers import Snapshot
from pipeline.ledgers.tables import NotedTables
from pipeline.rowtypes import Row

T = TypeVar("T")

ANSWER = "="
"""Stands before the name of an answer among the names of ledgers."""


class Notes:
    """The names of what somebody read, ledgers and answers, and the notes of all he took over."""

    __slots__ = ("_names", "_others")

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._names: set[str] = set()
        self._others: dict[Notes, None] = {}

    def read(self, name: str) -> None:
        """Note that a ledger was read, or that there is none of this name; or an answer."""
        self._names.add(name)

    def took(self, other: Notes) -> None:
        """Note that something was taken whose making, and whatever it reads yet, is noted there."""
        self._others[other] = None

    def names(self) -> frozenset[str]:
        """Return the names of all that was read up to now."""
        seen, todo = {self: None}, [self]
        while todo:
            new = {other: None for other in todo.pop()._others if other not in seen}
            seen |= new
            todo += new
        return frozenset(name for notes in seen for name in notes._names)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as JSON, and the names of what was read for it."""

    text: str
    read: Collection[str]


class Noting:
    """What the checks of one run share: all rows, and what is made of them once.

    `snapshot` and what is found in it do not change; `day` and `rules` are those of the books.
    `answers` has, by name, those known from another run and those made in this one.
    """

    def __init__(self, snapshot: Snapshot, day: date, rules: Mapping[str, Rule]) -> None:
        """Take what is checked."""
        self.snapshot, self._day, self._rules = snapshot, day, rules
        self._made: dict[str, tuple[Any, Notes]] = {}
        self._dated: dict[date, _Dated] = {}
        self.answers: dict[str, Told] = {}

    def book(self, notes: Notes) -> Book:
        """Return a book in which nothing was looked up yet, and all that will be is noted."""
        return Book(self.rows(notes), self._day, self._rules, _Sharing(self, notes))

    def rows(self, notes: Notes) -> NotedSnapshot:
        """Return all rows, to be read by whom the notes are of."""
        return _noted(self.snapshot, self, notes, notes.read)

    def as_of(self, day: date, notes: Notes) -> NotedSnapshot:
        """Return what was known on a day, to be read by whom the notes are of."""
        if day not in self._dated:
            self._dated[day] = _Dated(self, day)
        dated = self._dated[day]
        return _noted(dated.snapshot, self, notes, lambda ledger: notes.took(dated.notes(ledger)))

    def once(self, name: str, make: Callable[[Book], T], notes: Notes) -> T:
        """Return what is derived from the book under a name; made once, by a book of its own."""
        if name not in self._made:
            own = Notes()
            self._made[name] = make(self.book(own)), own
        value, made_from = self._made[name]
        notes.took(made_from)
        found: T = value
        return found

    def answer(self, name: str, make: Callable[[Book], Any], notes: Notes) -> Any:
        """Return an answer, known already or made by a book of its own; it alone is noted."""
        if name not in self.answers:
            own = Notes()
            text = json.dumps(make(self.book(own)), ensure_ascii=False)
            self.answers[name] = Told(text, own.names())
        notes.read(ANSWER + name)
        return json.loads(self.answers[name].text)

    def told(self, name: str) -> str:
        """Return the text of an answer, made now if it is not known."""
        if name not in self.answers:
            getattr(self.book(Notes()), name)
        return self.answers[name].text


@dataclass(frozen=True, slots=True)
class _Sharing:
    """How a book comes to what is made once for all books of a run."""

    _noting: Noting
    _notes: Notes

    def once(self, name: str, make: Callable[[Book], T]) -> T:
        return self._noting.once(name, make, self._notes)

    def answer(self, name: str, make: Callable[[Book], Any]) -> Any:
        return self._noting.answer(name, make, self._notes)


class _Dated(Mapping[str, tuple[Row, ...]]):
    """All ledgers as of a day, each made when it is first asked for, and what that has read."""

    def __init__(self, noting: Noting, day: date) -> None:
        self._noting, self._day = noting, day
        self._made: dict[str, tuple[tuple[Row, ...], Notes]] = {}
        whole = noting.snapshot
        self.snapshot = Snapshot(whole.campaign, whole.schemas, tables=self, base=whole)

    def notes(self, ledger: str) -> Notes:
        """Return what was read for a ledger as of the day; of one there is not, its name."""
        return self._known(ledger)[1]

    def _known(self, ledger: str) -> tuple[tuple[Row, ...], Notes]:
        if ledger not in self._made:
            notes = Notes()
            parents = NotedTables(self, lambda parent: notes.took(self.notes(parent)))
            rows = self._noting.rows(notes).known(ledger, self._day, parents)
            self._made[ledger] = rows, notes
        return self._made[ledger]

    def __getitem__(self, ledger: str) -> tuple[Row, ...]:
        if ledger not in self._noting.snapshot.schemas:
            raise KeyError(ledger)
        return self._known(ledger)[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._noting.snapshot.schemas)

    def __len__(self) -> int:
        return len(self._noting.snapshot.schemas)


@dataclass(frozen=True, kw_only=True)
class NotedSnapshot(Snapshot):
    """A snapshot of which every reading is noted; look-ups are those of the one it shows."""

    _shown: Snapshot = field(repr=False, compare=False)
    _noting: Noting = field(repr=False, compare=False)
    _notes: Notes = field(repr=False, compare=False)

    def as_of(self, day: date) -> Snapshot:
        """Return what was known on a day; each ledger reads what it is dated by when it is read."""
        if self._shown is self._noting.snapshot:
            return self._noting.as_of(day, self._notes)
        return super().as_of(day)  # of another day already: every ledger is read

    def known(
        self, ledger: str, day: date, tables: Mapping[str, tuple[Row, ...]]
    ) -> tuple[Row, ...]:
        """Return the rows of one ledger as of a day; `tables` has those it is dated by."""
        if ledger not in self.schemas:
            return self._rows(ledger)
        return self._known(self.schemas[ledger], day, tables)

    def _by_id(self, ledger: str) -> Mapping[str, Row]:
        if ledger not in self._indexes:
            self._looked_up(ledger)
            self._indexes[ledger] = self._shown.index(ledger)
        return self._indexes[ledger]

    def _by_column(self, ledger: str, column: str) -> Mapping[Any, list[Row]]:
        if (ledger, column) not in self._groups:
            self._looked_up(ledger)
            self._groups[ledger, column] = self._shown.group(ledger, column)
        return self._groups[ledger, column]

    def _looked_up(self, ledger: str) -> None:
        """Read what a look-up is made from: the ledger, and who may have issued its ids."""
        self._rows(ledger)
        self._rows("units")

    @property
    def _settled(self) -> Any:
        """The days of rows, told once for all; they are asked for beside the rows themselves."""
        return self._shown._settled

    if not TYPE_CHECKING:  # declared ledger by ledger in `Ledgers`
        index, group = _by_id, _by_column


def _noted(
    shown: Snapshot, noting: Noting, notes: Notes, note: Callable[[str], object]
) -> NotedSnapshot:
    return NotedSnapshot(
        shown.campaign,
        shown.schemas,
        tables=NotedTables(shown.tables, note),
        _shown=shown,
        _noting=noting,
        _notes=notes,
    )
