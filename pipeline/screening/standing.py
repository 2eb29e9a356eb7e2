"""How far every works, village and household is screened, as of a day.

**What counts as a screening visit.** A row of `inspections` that the unit keeps itself (home U)
with mode 自查, at the works or village, from `screen_from_on` to the day, whatever it looked at and
whatever it found. What city, province or nation looked at is supervision and takes no duty off
anybody. A village is also screened where somebody of the unit went from door to door: a row of
`household_checks` of its own with mode 自查. Visits before the campaign are no part of it.

**Right tier.** The tier of the class (`duty`) or a higher one of the unit; a lower one leaves the
works 查的层级不够. Village and household have no lower tier.

**In time.** The first visit by the right tier took place by `screen_to_on`, that day included.
Later is late, and stays late. Until that day is over nothing is late, only not yet done.

**What is due.** Works in supply (正常, 间歇, 作用不明显); every village with a row in `villages`;
every household of the kinds that the document names, as that row counts them.

**Households** are counted, never named, so nobody can tell whether two counts of a village met
the same doors. Counts of a kind are added up and never exceed what the village has: the kindest
reading.

Pure; may be given a snapshot of all rows, of which it takes what is dated by the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType

from pipeline.ledgers.campaign import Campaign
from pipeline.rowtypes import HouseholdCheckRow, InspectionRow, Ledgers, VillageRow
from pipeline.screening.duty import (
    DISPERSED,
    KIND_COLUMNS,
    PIPED,
    SPECIAL,
    TIER_OF_CLASS,
    VILLAGE_TIER,
    VILLAGES,
    WORKS,
    Actor,
    actor_of_works,
    reaches,
)
from pipeline.terms import IN_SUPPLY

IN_TIME, LATE, LOWER, NEVER = "按期查过", "逾期查过", "查的层级不够", "没有查过"
OUTCOMES = (IN_TIME, LATE, LOWER, NEVER)
"""In the order in which coverage counts them."""
SELF = "自查"
AT_THE_DOOR = "入户核查"
"""What a household check looked at, where others name their checklists."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who was there, when, and what was looked at. A household check has no `visit_id`."""

    on: date
    level: str
    org: str
    looked_at: tuple[str, ...]
    visit_id: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one works or village is screened; `visits` are all that count, oldest first."""

    place_type: str
    place_id: str
    unit_id: str
    tier: str
    kind: str
    outcome: str
    actor: Actor
    visits: tuple[Visit, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether the right tier has not been there at all."""
        return self.outcome in (LOWER, NEVER)


@dataclass(frozen=True, slots=True)
class Walked:
    """Households of one kind in one village: how many are due, and how many were visited when."""

    village_code: str
    unit_id: str
    kind: str
    due: int
    in_time: int
    late: int

    @property
    def left(self) -> int:
        """How many nobody has visited."""
        return self.due - self.in_time - self.late


@dataclass(frozen=True)
class Screened:
    """Works and villages by id, and households by village and kind, as of a day."""

    day: date
    to_on: date
    works: Mapping[str, Standing]
    villages: Mapping[str, Standing]
    households: tuple[Walked, ...]

    @property
    def is_over(self) -> bool:
        """Whether the time for screening is over: what is missing is late from then on."""
        return self.day > self.to_on

    @cached_property
    def unfinished(self) -> Mapping[str, tuple[str, ...]]:
        """Villages by unit where not every household of the three kinds (三类户) was visited."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for one in self.households:
            if one.kind in SPECIAL and one.left:
                found[one.unit_id][one.village_code] = None
        return MappingProxyType({unit: tuple(codes) for unit, codes in found.items()})


def screened(tables: Ledgers, campaign: Campaign, day: date) -> Screened:
    """Return how far everything is screened at the end of a day."""
    start, end = campaign.screen_from_on, campaign.screen_to_on
    visits = _visits(tables["inspections"], start, day)
    doors = [row for row in tables["household_checks"] if _counts(row, row.checked_on, start, day)]
    for row in doors:
        visits[VILLAGES, row.village_code].append(
            Visit(row.checked_on, row.checker_level, row.checker_org, (AT_THE_DOOR,))
        )
    villages = [row for row in tables["villages"] if row.counted_on <= day]
    return Screened(
        day,
        end,
        MappingProxyType(
            {
                row.works_id: _standing(
                    (WORKS, row.works_id, row.unit_id),
                    row.works_class,
                    actor_of_works(row),
                    visits[WORKS, row.works_id],
                    end,
                )
                for row in tables["works"]
                if row.status in IN_SUPPLY
            }
        ),
        MappingProxyType(
            {
                row.village_code: _standing(
                    (VILLAGES, row.village_code, row.unit_id),
                    DISPERSED if row.dispersed_households else PIPED,
                    Actor(VILLAGE_TIER, (row.village_code,)),
                    visits[VILLAGES, row.village_code],
                    end,
                )
                for row in villages
            }
        ),
        tuple(_walked(villages, doors, end)),
    )


def at_end(found: Screened, tables: Ledgers) -> Screened:
    """Return how far everything was screened when the time for it ended.

    What `screened` says on that day: visits after it are taken off, and so are villages that were
    counted after it.
    """
    if not found.is_over:
        return found
    end = found.to_on
    known = {row.village_code for row in tables["villages"] if row.counted_on <= end}
    return Screened(
        end,
        end,
        MappingProxyType({code: _until(one, end) for code, one in found.works.items()}),
        MappingProxyType(
            {code: _until(one, end) for code, one in found.villages.items() if code in known}
        ),
        tuple(
            replace(one, late=0) if one.late else one
            for one in found.households
            if one.village_code in known
        ),
    )


def _until(one: Standing, end: date) -> Standing:
    """Return a standing as it was at the end of a day; its visits are in order of days."""
    if not one.visits or one.visits[-1].on <= end:
        return one
    visits = tuple(visit for visit in one.visits if visit.on <= end)
    if one.outcome == LATE:
        return replace(one, visits=visits, outcome=LOWER if visits else NEVER)
    is_unseen = one.outcome == LOWER and not visits
    return replace(one, visits=visits, outcome=NEVER if is_unseen else one.outcome)


def _counts(row: InspectionRow | HouseholdCheckRow, on: date, start: date, day: date) -> bool:
    return row.mode == SELF and row.shard.home == "U" and start <= on <= day


def _visits(
    rows: Iterable[InspectionRow], start: date, day: date
) -> dict[tuple[str, str], list[Visit]]:
    """Return the visits that count, by place_type and place_id."""
    found: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for row in rows:
        if row.place_type in (WORKS, VILLAGES) and _counts(row, row.visited_on, start, day):
            found[row.place_type, row.place_id].append(
                Visit(
                    row.visited_on,
                    row.checker_level,
                    row.checker_org,
                    row.checklists,
                    row.visit_id,
                )
            )
    return found


def _standing(
    place: tuple[str, str, str], kind: str, actor: Actor, visits: list[Visit], end: date
) -> Standing:
    tier = TIER_OF_CLASS.get(kind, VILLAGE_TIER)
    visits = sorted(visits, key=lambda one: (one.on, one.visit_id or ""))
    first = next((one.on for one in visits if reaches(one.level, tier)), None)
    if first is not None:
        outcome = IN_TIME if first <= end else LATE
    else:
        outcome = LOWER if visits else NEVER
    return Standing(*place, tier, kind, outcome, actor, tuple(visits))


def _walked(
    villages: list[VillageRow], doors: list[HouseholdCheckRow], end: date
) -> Iterable[Walked]:
    """Yield every kind of every village that has any; a count above the village's is cut to it."""
    met: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in doors:
        met[row.village_code, row.household_kind][row.checked_on > end] += row.checked_households
    for kind, column in KIND_COLUMNS.items():
        count = attrgetter(column)
        for village in villages:
            due = count(village)
            if due:
                code = village.village_code
                timely, late = met.get((code, kind), (0, 0))
                timely = min(timely, due)
                yield Walked(code, village.unit_id, kind, due, timely, min(late, due - timely))
