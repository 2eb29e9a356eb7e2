"""Where the pages of an edition of the rules stand, and on which scale its totals are drawn.

The campaign's own edition has the addresses for life (scores.html, s/, c/). A further edition has a
folder by its id with everything in it, so that a number of one is never taken for the other's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.disclosure.shown import Edition
from pipeline.shares import extent
from pipeline.terms import clause_address

LOWEST = Decimal("0.4")
"""Share of the full points at which the drawn scale begins; a total below stands at its edge."""
STEPS = 5


@dataclass(frozen=True, slots=True)
class Shelf:
    """Addresses of one edition's pages from the root of the site; `folder` is "" or the id."""

    folder: str = ""

    @property
    def root(self) -> str:
        """The way from its pages that stand alone to the root of the site."""
        return "../" if self.folder else ""

    @property
    def ranking(self) -> str:
        """The ranking of all units."""
        return f"{self.folder}/scores.html" if self.folder else "scores.html"

    @property
    def readings(self) -> str:
        """The readings and what each would change."""
        return f"{self.folder}/readings.html" if self.folder else "readings.html"

    def sheet(self, unit: str) -> str:
        """The score sheet of a unit."""
        return f"{self.folder}/s-{unit}.html" if self.folder else f"s/{unit}.html"

    def rows(self, unit: str, clause: str) -> str:
        """The many rows that one line of a sheet rests on."""
        return self.sheet(f"{unit}-{clause_address(clause)}")

    def clause(self, name: str) -> str:
        """The page of a clause."""
        number = clause_address(name)
        return f"{self.folder}/c-{number}.html" if self.folder else f"c/{number}.html"

    def own(self, path: str) -> str:
        """Return where a page of the campaign's own edition stands for this one."""
        return f"{self.folder}/{path.replace('/', '-')}" if self.folder else path


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale that totals of an edition are drawn on, from its lower to its upper end."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, edition: Edition) -> Scale:
        """Return the scale of an edition: from a part of the hundred to all that can be had."""
        top = sum((clause.full for clause in edition.clauses.values()), Decimal(0))
        return cls(edition.full * LOWEST, top)

    def place(self, points: Decimal) -> str:
        """Return where points stand on the scale, in percent."""
        return extent(points - self.low, self.high - self.low)

    def width(self, low: Decimal, high: Decimal) -> str:
        """Return how much of the scale a span takes, in percent."""
        return f"{Decimal(self.place(high)) - Decimal(self.place(low)):.2f}"

    @property
    def ticks(self) -> Iterator[Decimal]:
        """The points that are written at the scale."""
        for step in range(STEPS + 1):
            yield self.low + (self.high - self.low) * step / STEPS
