"""Coverage of the duty: per unit, tier, grain and kind, what was due and what became of it.

Plain counting: a city is seventeen units times eleven duties, counted in milliseconds, and pandas
takes longer to load than this takes to run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.screening.duty import DUTIES
from pipeline.screening.standing import IN_TIME, LATE, NEVER, OUTCOMES, Screened, Standing


@dataclass(frozen=True, slots=True)
class Coverage:
    """One duty of one unit: `due` is the sum of the other four; units are works, villages, 户.

    `lower` is what only a tier below the right one has visited. While the time for screening runs
    (`Screened.is_over`), `never` says only what is not done yet.
    """

    unit_id: str
    tier: str
    grain: str
    kind: str
    due: int
    in_time: int
    late: int
    lower: int
    never: int

    @property
    def done(self) -> int:
        """What the right tier has visited, in time or late."""
        return self.in_time + self.late


def coverage(found: Screened, units: Sequence[str]) -> list[Coverage]:
    """Return every duty of every unit, also where nothing is due; in the order of units."""
    nothing = dict.fromkeys(OUTCOMES, 0)
    count: dict[tuple[str, str], dict[str, int]] = defaultdict(nothing.copy)
    for one in (*found.works.values(), *found.villages.values()):
        count[one.unit_id, one.kind][one.outcome] += 1
    for walked in found.households:
        parts = count[walked.unit_id, walked.kind]
        parts[IN_TIME] += walked.in_time
        parts[LATE] += walked.late
        parts[NEVER] += walked.left
    return [
        Coverage(unit, tier, grain, kind, sum(parts.values()), *(parts[one] for one in OUTCOMES))
        for unit in units
        for tier, grain, kind in DUTIES
        for parts in [count[unit, kind]]
    ]


def added(rows: Iterable[Coverage], name: str) -> list[Coverage]:
    """Add duties up over units, for instance over the city; `name` stands where the unit stood."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        parts = sums.setdefault((row.tier, row.grain, row.kind), [0] * 5)
        for n, value in enumerate((row.due, row.in_time, row.late, row.lower, row.never)):
            parts[n] += value
    return [Coverage(name, *duty, *parts) for duty, parts in sums.items()]


def missing(found: Screened) -> Mapping[str, list[Standing]]:
    """Return the works, then the villages, where the right tier has not been, by unit."""
    lacking: dict[str, list[Standing]] = defaultdict(list)
    for one in (*found.works.values(), *found.villages.values()):
        if one.is_missing:
            lacking[one.unit_id].append(one)
    return lacking
