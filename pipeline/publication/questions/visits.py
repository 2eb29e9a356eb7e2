"""Who came from outside: visits and calls by unit, what was drawn, what a draw can say.

Only what the view tells: a visit whose unit has not been told of it yet is not there, and of
household checks only the day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise
from typing import ClassVar, Final

from pipeline import estimates
from pipeline.publication.questions.places import Places
from pipeline.publication.questions.subject import Subject, by_key, single
from pipeline.publication.recording import Recorder
from pipeline.rowtypes import (
    ShownInspectionRow,
    ShownPhoneCheckRow,
    ShownWaterTestRow,
    SpotCheckRow,
)
from pipeline.terms import OUTSIDE

OPEN: Final = "明查"
UNANNOUNCED: Final = "暗访"
ANSWERED, KNOWS = "接通", "熟悉"
WORKS = "工程"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: the row, the place by name and address, how many items were found wanting."""

    row: ShownInspectionRow
    name: str
    href: str
    found: int


@dataclass(frozen=True, slots=True)
class Tour:
    """The visits and calls to one unit in numbers.

    `works` are different works that were visited, `wanting` those with any finding; `calls`,
    `answered` and `knows` count calls.
    """

    visits: int
    open: int
    unannounced: int
    works: int
    wanting: int
    calls: int
    answered: int
    knows: int

    @property
    def elsewise(self) -> int:
        """Visits that were neither: papers read, websites looked at."""
        return self.visits - self.open - self.unannounced


@dataclass(frozen=True, slots=True)
class Draw:
    """One batch in one unit: what was drawn, and what became of it, without the reserves.

    `reasons` say why places were not visited; `left` are those of which nothing is known yet.
    """

    batch_id: str
    drawn_on: date
    group_no: int | None
    unit_id: str
    kind: str
    seed: str
    frame_version: str
    drawn: int
    done: int
    reasons: tuple[str, ...]

    @property
    def left(self) -> int:
        """Drawn places with neither a result nor a reason."""
        return max(0, self.drawn - self.done - len(self.reasons))


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit's drawn works: what they say of all its works, and how sure the next one is below.

    `more` is how many further visits to each would tell the two apart: 0 where they are apart
    already, None where no reasonable number would, or there is no next one.
    """

    unit_id: str
    told: estimates.Estimate
    next_id: str
    more: int | None


class Visits(Subject):
    """Visits from outside as of the day of the view."""

    NAME: ClassVar = "visits"

    def __init__(self, recorder: Recorder, places: Places) -> None:
        """Take who notes what is asked, and the places."""
        super().__init__(recorder)
        self._places = places

    @by_key
    def of_unit(self) -> Mapping[str, list[Visit]]:
        """The visits to a unit, the last first."""
        failed = self._standing_findings
        found: dict[str, list[Visit]] = defaultdict(list)
        rows = sorted(self.view.inspections, key=lambda v: (v.visited_on, v.id), reverse=True)
        for row in filter(_is_outside, rows):
            name, href = self._places.named(row.place_type, row.place_id)
            found[row.unit_id].append(Visit(row, name, href, failed.get(row.id, 0)))
        return found

    @single
    def _standing_findings(self) -> Mapping[str, int]:
        """How many findings of a visit stand."""
        return Counter(f.visit_id for f in self.view.findings if f.withdrawn_on is None)

    @by_key
    def tours(self) -> Mapping[str, Tour]:
        """The visits and calls to a unit, and to all of the city (""), in numbers."""
        calls = defaultdict(list)
        for row in filter(_is_outside, self.view.phone_checks):
            calls[row.unit_id].append(row)
        units = [unit.id for unit in self._places.units]
        visits = {unit: self.of_unit.get(unit, []) for unit in units}
        found = {unit: _tour(visits[unit], calls[unit]) for unit in units}
        found[""] = _tour(
            [one for some in visits.values() for one in some],
            [one for unit in units for one in calls[unit]],
        )
        return found

    @by_key
    def draws(self) -> Mapping[str, list[Draw]]:
        """The draws in a unit, the last first."""
        batches: dict[tuple[str, str], list[SpotCheckRow]] = defaultdict(list)
        for row in self.view.spot_checks:
            batches[row.unit_id, row.batch_id].append(row)
        found: dict[str, list[Draw]] = defaultdict(list)
        for (unit, _), rows in batches.items():
            found[unit].append(self._draw(rows))
        for draws in found.values():
            draws.sort(key=lambda d: (d.drawn_on, d.batch_id), reverse=True)
        return found

    def _draw(self, rows: Sequence[SpotCheckRow]) -> Draw:
        """Return one batch in one unit; a reserve that was visited stands for one that was not."""
        first = rows[0]
        return Draw(
            first.batch_id,
            first.drawn_on,
            first.group_no,
            first.unit_id,
            first.place_type,
            first.seed,
            first.frame_version,
            sum(not row.is_reserve for row in rows),
            sum(self._is_done(row) for row in rows if not row.is_reserve),
            tuple(row.not_done_reason for row in rows if row.not_done_reason),
        )

    def _is_done(self, row: SpotCheckRow) -> bool:
        """Whether a drawn place has its result; of households only the day of a check is told."""
        if row.place_type == "村" and row.place_id in self.view.checked_on:
            return bool(self.view.checked_on[row.place_id] >= row.drawn_on)
        return row.id in self._results

    @single
    def _results(self) -> Mapping[str, str]:
        """The result of each draw that has one: draw -> the row that answers it."""
        tables: tuple[
            Sequence[ShownInspectionRow | ShownPhoneCheckRow | ShownWaterTestRow], ...
        ] = (self.view.inspections, self.view.phone_checks, self.view.water_tests)
        results = chain.from_iterable(tables)
        return {r.draw_id: r.ref for r in results if r.draw_id and r.withdrawn_on is None}

    @single
    def compared(self) -> tuple[Compared, ...]:
        """Units whose drawn works were visited, by the share with a fault, the worst first."""
        found = {
            unit.id: told
            for unit in self._places.units
            if (told := estimates.weighted(self._drawn_works(unit.id))) is not None
        }
        order = sorted(found, key=lambda unit: -found[unit].share)
        after = dict(pairwise(order))
        return tuple(
            Compared(unit, found[unit], after.get(unit, ""), self._more(unit, after, found))
            for unit in order
        )

    def _more(
        self, unit: str, after: Mapping[str, str], found: Mapping[str, estimates.Estimate]
    ) -> int | None:
        if unit not in after:
            return None
        one, other = found[unit], found[after[unit]]
        return estimates.further((one.share, one.effective), (other.share, other.effective))

    def _drawn_works(self, unit_id: str) -> Iterator[tuple[bool, Decimal]]:
        """Yield for each drawn works that was visited whether a fault was found, and its chance."""
        visits = {v.row.draw_id: v for v in self.of_unit.get(unit_id, []) if v.row.draw_id}
        for row in self.view.group("spot_checks", "unit_id")[unit_id]:
            if row.place_type == WORKS and row.id in visits:
                yield visits[row.id].found > 0, chance(row)


def chance(draw: SpotCheckRow) -> Decimal:
    """Return the probability of a drawn place: as written down, or that of an equal draw."""
    written: Decimal | None = draw.inclusion_probability
    return written or Decimal(max(1, draw.sample_size)) / max(1, draw.frame_size)


def _is_outside(row: ShownInspectionRow | ShownPhoneCheckRow) -> bool:
    return row.checker_level in OUTSIDE and row.withdrawn_on is None


def _tour(visits: Iterable[Visit], calls: Iterable[ShownPhoneCheckRow]) -> Tour:
    visits, calls = list(visits), list(calls)
    modes = Counter(one.row.mode for one in visits)
    works: dict[str, int] = Counter()
    for one in visits:
        if one.row.place_type == WORKS:
            works[one.row.place_id] += one.found
    return Tour(
        len(visits),
        modes[OPEN],
        modes[UNANNOUNCED],
        len(works),
        sum(found > 0 for found in works.values()),
        len(calls),
        sum(row.call_result == ANSWERED for row in calls),
        sum(row.informed == KNOWS for row in calls),
    )
