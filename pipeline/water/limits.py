"""Which limits apply to a sample: by its day, the class of supply, the point, and the condition.

Several rows may apply to one indicator: the rule itself and relaxed values for small or dispersed
supply, or for supplies whose source and treatment are limited. A sample passes if any of them is
met; if only a relaxed one is, that is said (domain 2.1).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pipeline.rowtypes import WaterLimitRow, WorksRow

FULL_CLASSES = frozenset({"千吨万人", "城市管网延伸"})
"""Classes that must meet the full standard; all others, and dispersed supply, are small."""
ANY_POINT, RAW_WATER = "全部", "水源水"
ANY_SUPPLY = "全部"
NO_CONDITION = "无"


@dataclass(frozen=True, slots=True)
class Choice:
    """The rows that apply to a sample, by indicator, the strictest first; the sets they are of.

    `names` are what indicators are called on that day, those without a limit that applies too.
    """

    rows: Mapping[str, tuple[WaterLimitRow, ...]]
    sets: frozenset[str]
    names: Mapping[str, str]


class Limits:
    """The table of limits, ready to be asked; answers are kept."""

    def __init__(self, rows: Iterable[WaterLimitRow]) -> None:
        """Take the rows of `water_limits`."""
        self._rows = tuple(rows)
        self._choices: dict[tuple[int, bool, bool, str], Choice] = {}
        self._alike: dict[tuple[WaterLimitRow, ...], tuple[WaterLimitRow, ...]] = {}

    def choose(self, day: date, *, is_small: bool, is_limited: bool, point: str) -> Choice:
        """Return the rows that apply to a sample taken on a day at a sampling point.

        A row for the point itself outranks one for all points. Raw water is not yet drinking
        water: only rows that name it apply.
        """
        key = bisect_right(self._turns, day), is_small, is_limited, point
        if key not in self._choices:
            self._choices[key] = self._chosen(day, is_small, is_limited, point)
        return self._choices[key]

    @cached_property
    def _turns(self) -> list[date]:
        """The days from which other rows are in force than the day before.

        A last day that was refused turns nothing: who chooses among such rows is told.
        """
        ends = (row.valid_to for row in self._rows if "valid_to" not in row.refused)
        return sorted(
            {row.valid_from for row in self._rows}
            | {end + timedelta(days=1) for end in ends if end is not None}
        )

    def _chosen(self, day: date, is_small: bool, is_limited: bool, point: str) -> Choice:
        at_point: dict[tuple[str, str, str], WaterLimitRow] = {}
        for row in self._rows:
            if (
                row.valid_from <= day
                and (row.valid_to is None or day <= row.valid_to)
                and (is_small or row.supply_kind == ANY_SUPPLY)
                and (is_limited or row.condition == NO_CONDITION)
                and (row.sampling_point == point or _is_general(row, point))
            ):
                kind = row.indicator, row.limit_set, row.condition
                if row.sampling_point == point or kind not in at_point:
                    at_point[kind] = row
        choice = defaultdict(list)
        for row in at_point.values():
            choice[row.indicator].append(row)
        strictest_first = {
            name: self._one_of(tuple(sorted(rows, key=_strictness)))
            for name, rows in choice.items()
        }
        return Choice(
            strictest_first,
            frozenset(row.limit_set for row in at_point.values()),
            {row.indicator: row.indicator_name for row in self._rows if row.valid_from <= day},
        )

    def _one_of(self, rows: tuple[WaterLimitRow, ...]) -> tuple[WaterLimitRow, ...]:
        """Return the same tuple for equal rows, so that whoever compares asks which, not what."""
        return self._alike.setdefault(rows, rows)


def is_relaxed(row: WaterLimitRow) -> bool:
    """Whether a limit is weaker than the rule itself: for small supply, or for limited sources."""
    return bool(row.is_relaxed) or row.condition != NO_CONDITION


def is_small_supply(place_type: str, works: WorksRow | None) -> bool:
    """Whether the relaxed values for small and dispersed supply may apply to a place."""
    if place_type == "村":
        return True
    return works is not None and works.works_class not in FULL_CLASSES


def _is_general(row: WaterLimitRow, point: str) -> bool:
    return row.sampling_point == ANY_POINT and point != RAW_WATER


def _strictness(row: WaterLimitRow) -> tuple[bool, bool, str, str]:
    return row.is_relaxed, row.condition != NO_CONDITION, row.limit_set, row.condition
