"""The book that record checks read: all rows, the day, and what is derived from them once.

Where cells were refused, rows and what is derived from them raise `Refused` when, and only when,
somebody asks for what rests on these cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar, cast, overload

from pipeline import rectification, screening, water
from pipeline.checks.doubt import asked, without
from pipeline.dates import Workdays
from pipeline.findings import Rule
from pipeline.ledgers import Refused, Snapshot
from pipeline.ledgers.schemas import Schemas
from pipeline.rowtypes import IssueEventRow, Ledgers, Row

R = TypeVar("R", bound=Row)
T = TypeVar("T")


class Sharing(Protocol):
    """How several books of the same rows come to what is derived from them once."""

    def once(self, name: str, make: Callable[[Book], T]) -> T:
        """Return what `make` makes of a book: made now, or for another book before."""

    def answer(self, name: str, make: Callable[[Book], Any]) -> Any:
        """Return what stands in JSON for what `make` makes of a book: now, or on another day."""


class derived(Generic[T]):
    """What is derived from a book once, and, where books share, for all of them together."""

    def __init__(self, make: Callable[[Book], T]) -> None:
        """Take the method that makes it."""
        self._make, self.__doc__ = make, make.__doc__

    def __set_name__(self, owner: type[Book], name: str) -> None:
        """Learn what it is called."""
        self._name = name

    @overload
    def __get__(self, book: None, owner: type[Book]) -> Self: ...
    @overload
    def __get__(self, book: Book, owner: type[Book]) -> T: ...
    def __get__(self, book: Book | None, owner: type[Book]) -> Self | T:
        """Make it, or take it over; from then on it lies in the book."""
        if book is None:
            return self
        value = self._make(book) if book.sharing is None else self._shared(book.sharing)
        book.__dict__[self._name] = value
        return value

    def _shared(self, sharing: Sharing) -> T:
        return sharing.once(self._name, self._make)


class answered(derived[T]):
    """What is derived from much and says little: it can be kept until a ledger it read changes.

    Whoever asks for it has read the answer and not the ledgers behind it: where a ledger has
    changed and the answer is as before, he need not be asked again.
    """

    def __init__(
        self, make: Callable[[Book], T], tell: Callable[[T], Any], recall: Callable[[Any], T]
    ) -> None:
        """Take the method that makes it, and how it is told in JSON and recalled from there."""
        super().__init__(make)
        self._tell, self._recall = tell, recall

    def _shared(self, sharing: Sharing) -> T:
        return self._recall(sharing.answer(self._name, lambda book: self._tell(self._make(book))))


def answer(
    tell: Callable[[T], Any], recall: Callable[[Any], T]
) -> Callable[[Callable[[Book], T]], answered[T]]:
    """Make the method below it an answer."""
    return lambda make: answered(make, tell, recall)


@dataclass(frozen=True)
class Book(Ledgers):
    """A snapshot of all rows, dated or not, and the day as of which lateness is judged.

    Rules about what cannot be true look at every row of the files; rules about lateness and
    completeness use `as_of_on`. `rules` are those that run: a waiver names one of them.
    Ledgers are attributes: book.issues.
    """

    snapshot: Snapshot
    as_of_on: date
    rules: Mapping[str, Rule] = field(default_factory=dict, repr=False, compare=False)
    sharing: Sharing | None = field(default=None, repr=False, compare=False)
    _less: dict[tuple[str, str], tuple[Book, list[Row]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def less(self, refusal: Refused) -> tuple[Book, list[Row]]:
        """Return the book without the rows refused in a column, and these rows; made once."""
        key = refusal.row.table, refusal.column
        if key not in self._less:
            snapshot, rows = without(self.snapshot, refusal)
            self._less[key] = Book(snapshot, self.as_of_on, self.rules), rows
        return self._less[key]

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """Return the rows of the ledger that a row class is of."""
        return cast("tuple[R, ...]", self.snapshot[kind.table])

    if not TYPE_CHECKING:  # declared ledger by ledger in `Ledgers`

        def __getitem__(self, ledger: str) -> tuple[Row, ...]:
            """Return the rows of a ledger."""
            return self.snapshot[ledger]

        def __getattr__(self, ledger: str) -> tuple[Row, ...]:
            """Let a ledger be named as an attribute."""
            if ledger.startswith("_") or ledger == "snapshot":
                raise AttributeError(ledger)
            return getattr(self.snapshot, ledger)

        def index(self, ledger: str) -> Mapping[str, Row]:
            """Return the rows of a ledger by id."""
            return self.snapshot.index(ledger)

        def group(self, ledger: str, column: str) -> Mapping[Any, list[Row]]:
            """Return the rows of a ledger by the value of one column; a missing value gives []."""
            return self.snapshot.group(ledger, column)

    @property
    def schemas(self) -> Schemas:
        """The schemas of all ledgers."""
        return self.snapshot.schemas

    @derived
    def calendar(self) -> Workdays:
        """The calendar of working days."""
        return Workdays.from_rows(self.snapshot.workdays)

    @derived
    def parameters(self) -> Mapping[str, Decimal]:
        """The number in the chosen option of each reading that has one: G12 -> 180."""
        return {
            row.reading_id: row.parameter
            for row in self.snapshot.readings
            if row.is_chosen and row.parameter is not None
        }

    @derived
    def events(self) -> Mapping[str, list[IssueEventRow]]:
        """Events of each issue, in order: by day, then by number."""
        return _Ordered(self.group("issue_events", "issue_id"))

    @answer(sorted, frozenset[str])
    def heard(self) -> frozenset[str]:
        """The units of which any row of their own was read."""
        shards = (
            shard
            for schema in self.schemas.at_home("U")
            for shard, _ in groupby(row.shard for row in self[schema.name])
        )
        return frozenset(shard.unit for shard in shards if shard.home == "U" and shard.unit)

    @cached_property
    def today(self) -> Snapshot:
        """What was known as of the day."""
        return self.snapshot.as_of(self.as_of_on)

    @derived
    def states(self) -> Mapping[str, rectification.State]:
        """The state of every issue as of the day."""
        question = partial(rectification.states, day=self.as_of_on)
        return asked(question, self.today, "issues")

    @derived
    def screened(self) -> screening.Screened:
        """How far works, villages and households are screened as of the day."""
        return screening.screened(self.today, self.snapshot.campaign, self.as_of_on)

    @derived
    def verdicts(self) -> Mapping[str, water.Verdict]:
        """The verdict of every water sample, by its id."""
        return asked(water.verdicts, self.snapshot, "water_tests")

    @answer(dict, dict[str, str])
    def failing(self) -> dict[str, str]:
        """What is over its limit in every sample that fails and was not made good, by its id.

        Blank where only the report says that it fails.
        """
        return {
            row.sample_id: "、".join(result.name for result in verdict.failed)
            for row in self.today["water_tests"]
            if (verdict := self.verdicts[row.sample_id]).is_failing
        }


class _Ordered(dict[str, list[IssueEventRow]]):
    """Groups of events that are put in order when they are asked for."""

    def __init__(self, groups: Mapping[str, list[IssueEventRow]]) -> None:
        super().__init__()
        self._groups = groups

    def __missing__(self, issue_id: str) -> list[IssueEventRow]:
        self[issue_id] = sorted(self._groups[issue_id], key=rectification.event_order)
        return self[issue_id]
