"""Evidence: facts counted for a clause, each with the rows that show it.

A query is one small function for one kind of evidence; its docstring says exactly which rows count.
Queries know rows, days and readings, and nothing of points. Clauses see what queries return and
know nothing of files. Results are kept by the readings that were asked on the way, so that trying
another reading computes only what it can change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol, TypeVar, cast

from pipeline.assessment.known import Known, Place
from pipeline.figures import shown
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
        return f"{self.word}{shown(self.total)}{self.measure}"


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


class Queried(Protocol):
    """What a clause is given: each query is an attribute, whoever answers it."""

    def __getattr__(self, name: str) -> Counted:
        """Return what a query found."""


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


class Evidence:
    """The evidence of one unit on one day under some readings; each query is an attribute."""

    def __init__(
        self,
        known: Known,
        unit_id: str,
        readings: Readings,
        kept: Kept,
        given: Mapping[str, Given] = MappingProxyType({}),
    ) -> None:
        """Take what is known; `kept` may be shared by evidence of the same unit, day and `given`.

        `given` are made-up facts that stand for what a query finds, also where queries ask it.
        """
        self._scope = Scope(known, unit_id, readings, self._ask)
        self._kept = kept
        self._given = given

    def __getattr__(self, name: str) -> Counted:
        """Let a query be named as an attribute."""
        if name not in QUERIES:
            raise AttributeError(name)
        return self._ask(name)

    def _ask(self, name: str) -> Counted:
        scope, found = self._scope, QUERIES[name]
        if name in self._given:
            return found.of(made_up(self._given[name]))
        return self._kept.get(name, scope.readings, lambda: found.of(found.find(scope)))


class MadeUp:
    """Evidence of worked examples: counts, amounts or kinds that stand for made-up facts.

    A whole number is so many facts; text that is a number one amount; a list of words one fact of
    each kind. What is not given was not found.
    """

    def __init__(self, given: Mapping[str, Given]) -> None:
        """Take the counts by the name of their query.

        Raises:
            KeyError: no query has that name.
        """
        self._given = {name: QUERIES[name].of(made_up(value)) for name, value in given.items()}

    def __getattr__(self, name: str) -> Counted:
        """Return what was given, or nothing found."""
        if name not in QUERIES:
            raise AttributeError(name)
        return self._given[name] if name in self._given else QUERIES[name].of(())


class Altered:
    """Evidence with some results replaced: what the score would be if these facts were others."""

    def __init__(self, evidence: Queried, **changed: Counted) -> None:
        """Take the evidence and the results that differ, by name of query."""
        self._evidence, self._changed = evidence, changed

    def __getattr__(self, name: str) -> Counted:
        """Return the replaced result, or that of the evidence."""
        if name in self._changed:
            return self._changed[name]
        found: Counted = getattr(self._evidence, name)
        return found


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
