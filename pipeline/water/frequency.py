"""How often a works is to be tested, by the table of frequencies, and whether it was (G42).

Pure: rows of works, of the table and days of sampling go in. A period counts once it is over and
lies wholly inside the time looked at; the works' scale is told by its capacity (SL 310).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from pipeline.rowtypes import TestFrequencyRow, WorksRow

SCALES = (10_000, 5_000, 1_000, 100)
"""Least m³ a day of the scales Ⅰ to Ⅳ; what is smaller is Ⅴ."""

Period = tuple[int, int]
"""A year and the number of the period in it."""


def scale_no(works: WorksRow) -> int:
    """Return the scale of a works, 1 to 5."""
    return 1 + sum(works.capacity_m3d < least for least in SCALES)


def asked_of(works: WorksRow, table: Iterable[TestFrequencyRow]) -> list[TestFrequencyRow]:
    """Return the rows of the table that ask something of a works, by its scale and source."""
    scale = (None, scale_no(works))
    source = (None, works.source_type)
    return [row for row in table if row.scale_no in scale and row.source_type in source]


def is_too_seldom(
    asked: Iterable[TestFrequencyRow],
    sampled_on: Mapping[str, Iterable[date]],
    start: date,
    day: date,
) -> bool:
    """Whether any period that began since `start` and is over lacks a test that is asked for.

    `sampled_on` gives the days of sampling by point; what is due in a period may be done until
    its last day is over.
    """
    for row in asked:
        first, last = max(start, row.valid_from), day - timedelta(days=1)
        done = Counter(_period(on, row.per) for on in sampled_on.get(row.sampling_point, ()))
        whole = whole_periods(row.per, first, min(last, row.valid_to or last))
        if any(done[period] < row.times for period in whole):
            return True
    return False


@lru_cache(maxsize=256)
def whole_periods(per: str, first: date, last: date) -> tuple[Period, ...]:
    """Return the periods of a kind (日 to 年) that lie wholly between two days, both included."""
    if last < first:
        return ()
    days = [first + timedelta(days=n) for n in range(-1, (last - first).days + 2)]
    found = dict.fromkeys(_period(day, per) for day in days)
    cut = {_period(days[0], per), _period(days[-1], per)}
    return tuple(period for period in found if period not in cut)


def _period(day: date, per: str) -> Period:
    """Return the period that a day lies in; weeks are those of the calendar (ISO 8601)."""
    match per:
        case "日":
            return 0, day.toordinal()
        case "周":
            return day.isocalendar()[:2]
        case "年":
            return day.year, 1
    months = {"月": 1, "季": 3, "半年": 6}[per]
    return day.year, (day.month - 1) // months
