"""What a score sheet says, and which place it has among the others.

A unit comes after every unit that is certainly above it, whether that one has a total or not, and
it may still come after those that could be above it: where some clause is not reported, a place is
a range. Who has no total has no place (G38).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from pipeline.assessment.evidence import FAULTY
from pipeline.shares import is_few, sampled

ZERO = Decimal(0)

Places = tuple[int, int]
"""The best and the worst place that a unit can have; the same where it is certain."""


@dataclass(frozen=True, slots=True)
class Look:
    """How much of one thing was looked at from outside, and how much of that was found wanting."""

    word: str
    measure: str
    looked: int
    failed: int

    @property
    def said(self) -> str:
        """The fault rate in words (G27): how many of those looked at, and how sure that is."""
        return f"{self.word}：{sampled(self.failed, self.looked, self.measure, FAULTY)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One clause of one unit: the award in force, what was computed, how much was checked.

    `checked` is None where the clause rests on no check from outside; 0 means nothing was checked
    (未抽查), which is not the same as faultless. `looks` are the visits and calls among that, the
    only base of a fault rate; `registered` counts the faults that stand beside them in the
    registers; `seen` says in words what else was counted. `rows` are the ids (ledger/id) that moved
    the points; `hidden` counts those that an audience may not open. `top` is the most that the
    clause can come to: its points, or what findings leave of it if not reported.
    """

    clause: str
    full: Decimal
    points: Decimal | None
    because: str
    rows: tuple[str, ...]
    status: str
    faults: int
    checked: int | None
    computed: Decimal | None
    readings: tuple[tuple[str, str], ...]
    top: Decimal | None
    seen: str = ""
    hidden: int = 0
    looks: tuple[Look, ...] = ()
    registered: int = 0

    @property
    def thin(self) -> Look | None:
        """The look that the points rest on although it saw the fewest, and few; None otherwise."""
        few = [look for look in self.looks if is_few(look.looked)]
        return min(few, key=lambda look: look.looked, default=None)

    @property
    def lost(self) -> Decimal:
        """Points short of full; nothing where no points can be said."""
        return ZERO if self.points is None else self.full - self.points


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands: total (None where it is a span), span, places (None without total)."""

    total: Decimal | None
    span: tuple[Decimal, Decimal]
    places: Places | None

    @property
    def rank(self) -> int | None:
        """The best place it can have."""
        return self.places[0] if self.places else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score sheet of one unit. Without a total (a clause not reported) there is no place."""

    unit_id: str
    lines: tuple[Line, ...]
    base: Decimal | None
    adjustment: Decimal
    total: Decimal | None
    span: tuple[Decimal, Decimal]
    places: Places | None = None

    @property
    def standing(self) -> Standing:
        """The sheet without its lines."""
        return Standing(self.total, self.span, self.places)

    @property
    def rank(self) -> int | None:
        """The best place it can have."""
        return self.standing.rank

    def line(self, clause: str) -> Line:
        """Return the line of a clause."""
        return next(line for line in self.lines if line.clause == clause)


Placed = TypeVar("Placed", Sheet, Standing)


def ranked(rows: Mapping[str, Placed]) -> dict[str, Placed]:
    """Give every unit that has a total its places; ties share a place."""
    lows, highs = (sorted(one.span[end] for one in rows.values()) for end in (0, 1))

    def above(ends: list[Decimal], total: Decimal) -> int:
        return len(ends) - bisect_right(ends, total)

    return {
        unit: replace(
            one,
            places=None
            if one.total is None
            else (above(lows, one.total) + 1, above(highs, one.total) + 1),
        )
        for unit, one in rows.items()
    }
