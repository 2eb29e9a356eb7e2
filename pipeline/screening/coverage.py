"""Coverage of the duty: per unit, tier, grain and kind, what was due and what became of it.

Plain counting: a city is seventeen units times eleven duties, counted in milliseconds, and pandas
takes longer to load than this takes to run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.screening.duty import DUTIES
from pipeline.screening.standing import IN_TIME, LATE, LOWER, NEVER, Screened, Standing


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
    count: Counter[tuple[str, str, str]] = Counter()
    for one in (*found.works.values(), *found.villages.values()):
        count[one.unit_id, one.kind, one.outcome] += 1
    for walked in found.households:
        key = walked.unit_id, walked.kind
        count[*key, IN_TIME] += walked.in_time
        count[*key, LATE] += walked.late
        count[*key, NEVER] += walked.left
    return [
        Coverage(unit, tier, grain, kind, sum(parts), *parts)
        for unit in units
        for tier, grain, kind in DUTIES
        for parts in [[count[unit, kind, outcome] for outcome in (IN_TIME, LATE, LOWER, NEVER)]]
    ]


def added(rows: Iterable[Coverage], name: str) -> list[Coverage]:
    """Add duties up over units, for instance over the city; `name` stands where the unit stood."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        parts = sums.setdefault((row.tier, row.grain, row.kind), [0] * 5)
        for n, value in enumerate((row.due, row.in_time, row.late, row.lower, row.never)):
            parts[n] += value
    return [Coverage(name, *duty, *parts) for duty, parts in sums.items()]


def missing(found: Screened, unit: str) -> Iterator[Standing]:
    """Yield the works, then the villages, of a unit where the right tier has not been."""
    for one in (*found.works.values(), *found.villages.values()):
        if one.unit_id == unit and one.is_missing:
            yield one
