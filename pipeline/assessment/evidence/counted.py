"""Evidence: facts counted for a clause, each with the rows that show it.

A query is one small function for one kind of evidence; its docstring says exactly which rows count.
Queries know rows, days and readings, and nothing of points. Clauses see what queries return and
know nothing of files. Results are kept by the readings that were asked on the way, so that trying
another reading computes only what it can change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar, cast

from pipeline.assessment.known import Known, Place
from pipeline.figures import shown, yuan
from pipeline.readings import Readings
from pipeline.rowtypes import Row

T = TypeVar("T")

FAULTY = "有问题"
"""The kind of what was looked at from outside and found wanting."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One counted thing: the rows that show it (ledger/id), how much it counts, and what it is.

    `is_registered` marks a fault that the registers show and nobody had to go and see.
    """

    rows: tuple[str, ...] = ()
    count: int | Decimal = 1
    kind: str = ""
    place: Place | None = None
    is_registered: bool = False


def told_amount(total: int | Decimal, measure: str, rounding: str = ROUND_HALF_UP) -> str:
    """Say how much: a count with its measure, a sum of money as people say it."""
    return yuan(total, rounding) if measure == "元" else f"{shown(total)}{measure}"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a query found: facts under one Chinese word and measure (处, 次, 户, 件, ...)."""

    word: str
    measure: str
    facts: tuple[Fact, ...] = ()

    @property
    def total(self) -> int | Decimal:
        """The sum of the counts."""
        return sum((fact.count for fact in self.facts), 0)

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of all facts, each once, in order."""
        return tuple(dict.fromkeys(row for fact in self.facts for row in fact.rows))

    def of(self, *kinds: str) -> Counted:
        """Return only the facts of some kinds."""
        return replace(self, facts=tuple(f for f in self.facts if f.kind in kinds))

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self.facts)

    def __str__(self) -> str:
        """Say it as people do: 不达标2处."""
        return f"{self.word}{told_amount(self.total, self.measure)}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a query is given: what is known on the day, whose evidence, under which readings."""

    known: Known
    unit_id: str
    readings: Readings
    ask: Callable[[str], Counted]


@dataclass(frozen=True, slots=True)
class Query:
    """A declared query: its word and measure, and how to find the facts of a unit.

    `is_look` says that the facts are what was looked at from outside, the faulty of kind `FAULTY`.
    """

    name: str
    word: str
    measure: str
    text: str
    find: Callable[[Scope], Iterable[Fact]]
    is_look: bool = False

    def of(self, facts: Iterable[Fact]) -> Counted:
        """Return facts under this query's word."""
        return Counted(self.word, self.measure, tuple(facts))


QUERIES: dict[str, Query] = {}
"""The vocabulary of evidence: what all editions may count, each name once."""

Find = Callable[[Scope], Iterable[Fact]]


def query(word: str, measure: str, is_look: bool = False) -> Callable[[Find], Find]:
    """Register a query under its function's name; `word` and `measure` are how it is said.

    Raises:
        ValueError: the name is taken: clauses that count it would count something else.
    """

    def register(function: Find) -> Find:
        name, text = function.__name__, (function.__doc__ or "").strip()
        if name in QUERIES:
            raise ValueError(name)
        QUERIES[name] = Query(name, word, measure, text, function, is_look)
        return function

    return register


Given = int | str | Sequence[str | Fact]
"""Made-up facts: so many, of one amount, one of each kind, or those given."""


class Kept:
    """Results by the readings they asked; one per unit and day."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._results: dict[str, list[tuple[Mapping[str, str], object]]] = {}

    def get(self, name: str, readings: Readings, compute: Callable[[], T]) -> T:
        """Return the result that was computed under the same answers, or compute it."""
        kept = self._results.setdefault(name, [])
        for asked, result in kept:
            if readings.agrees(asked):
                readings.note(asked)
                return cast("T", result)
        with readings.noting() as names:
            result = compute()
        kept.append(({name: readings[name] for name in names}, result))
        return result

    def answers(self, name: str, readings: Readings) -> Mapping[str, str]:
        """Return the readings that the result under these readings asked, with their options."""
        return next(asked for asked, _ in self._results[name] if readings.agrees(asked))

    def asked(self, name: str) -> frozenset[str]:
        """Return every reading that a result of this name was found to depend on."""
        return frozenset(key for asked, _ in self._results.get(name, ()) for key in asked)


def made_up(value: Given) -> tuple[Fact, ...]:
    """Return made-up facts: so many, of one amount, one of each kind, or those given."""
    if isinstance(value, int):
        return (Fact(),) * value
    if isinstance(value, str):
        return (Fact(count=Decimal(value)),)
    return tuple(each if isinstance(each, Fact) else Fact(kind=each) for each in value)


def fact(
    *rows: Row,
    count: int | Decimal = 1,
    kind: str = "",
    place: Place | None = None,
    is_registered: bool = False,
) -> Fact:
    """Return one fact shown by these rows."""
    return Fact(tuple(row.ref for row in rows), count, kind, place, is_registered)
