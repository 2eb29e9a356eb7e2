"""The red line (一（二）): no outage of a whole village, and how many days it has held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.rowtypes import OutageRow

WHOLE = ("整村连片", "整村")
"""Scales of an outage that cross the line: several villages, or one whole village."""


@dataclass(frozen=True, slots=True)
class RedLine:
    """Outages of whole villages that nobody had planned, since a day.

    `adjoining` counts those of several villages (整村连片), which the document names; `single`
    those of one. `days` is how many days have passed without one: 0 while one lasts.
    """

    since_on: date
    adjoining: int
    single: int
    last_on: date | None
    days: int
    ids: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many there were."""
        return self.adjoining + self.single


def red_line(rows: Iterable[OutageRow], since_on: date, day: date) -> RedLine:
    """Return how the line has held from `since_on` to the end of a day."""
    crossed = sorted(
        (
            row
            for row in rows
            if row.scale in WHOLE
            and row.is_planned is not True
            and (row.ended_on is None or row.ended_on >= since_on)
        ),
        key=lambda row: (row.started_on, row.id),
    )
    last = max((row.ended_on or day for row in crossed), default=None)
    return RedLine(
        since_on,
        sum(row.scale == WHOLE[0] for row in crossed),
        sum(row.scale == WHOLE[1] for row in crossed),
        last,
        (day - last).days if last is not None else (day - since_on).days,
        tuple(row.id for row in reversed(crossed)),
    )
