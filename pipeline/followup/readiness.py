"""Readiness at risk points (O-5, O-17): how many have a plan, supplies in store, another source.

Where a risk point lies and what is kept there stays internal; a unit's counts are told only from
`FEWEST` points on, since fewer would say it of single places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.rowtypes import RiskPointRow

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Readiness:
    """Risk points of a unit that are not closed, and how many of them have what; all counts."""

    unit_id: str
    points: int
    planned: int
    supplied: int
    backed: int

    @property
    def is_told(self) -> bool:
        """Whether there are enough points for counts that name no place."""
        return self.points >= FEWEST


def readiness(rows: Iterable[RiskPointRow], units: Sequence[str]) -> dict[str, Readiness]:
    """Return the readiness of every unit, in the order of units."""
    points: dict[str, list[RiskPointRow]] = defaultdict(list)
    for row in rows:
        if row.closed_on is None:
            points[row.unit_id].append(row)
    return {
        unit: Readiness(
            unit,
            len(points[unit]),
            sum(row.plan_doc_id is not None for row in points[unit]),
            sum(row.supplies is not None for row in points[unit]),
            sum(row.backup_source is not None for row in points[unit]),
        )
        for unit in units
    }
