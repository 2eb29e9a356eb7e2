"""The frame (名册): everything that may be drawn, by unit and stratum, each with its weight.

**Strata.** Works and villages by the tier that must screen the works, or the works that serve the
village (`screening.duty`); telephones by what they are for. Together with the unit they are the
strata of the draw.

**Weight.** One, and one more for each reason to look there first, up to `HEAVIEST`: a place of the
highest risk is drawn four times as readily as one of none, and none is never drawn. Reasons rest
on published rows only, so that a published probability gives nothing away of a household. How many
households of which kind a village has is no reason and no weight, for the same cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from pipeline import rectification, screening, water
from pipeline.dates import in_force
from pipeline.ledgers import Snapshot
from pipeline.rowtypes import WorksRow
from pipeline.terms import IN_SUPPLY, OUTSIDE

HEAVIEST = 4
"""The greatest weight: beyond it a risk-weighted sample says too little of everything else."""

KINDS: Mapping[str, str] = MappingProxyType({"works": "工程", "households": "户", "phones": "电话"})
"""What may be drawn: the word of the command line, and its name."""

PLACES: Mapping[str, str] = MappingProxyType(
    {"works": "工程", "households": "村", "phones": "电话"}
)
"""`place_type` of what is drawn: households are looked for in a drawn village."""

NO_WORKS = "分散供水的村"
ANSWERED = "接通"
OVERDUE, FAILING, UNTESTED = "有逾期的问题", "最近的水样不达标", "今年没有化验"
UNSCREENED, UNSEEN, UNCALLED = "该查的一级没有查过", "报完成还没有人核查", "没有抽查过"
NO_ANSWER, BAD_WATER = "上次没有打通", "供水的工程水样不达标"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing that may be drawn. `reasons` say why its weight is more than one."""

    unit_id: str
    stratum: str
    place_type: str
    place_id: str
    weight: int = 1
    reasons: tuple[str, ...] = ()


def frame(rows: Snapshot, day: date, kind: str) -> tuple[Entry, ...]:
    """Return the frame of a kind for all units, in order; `rows` are those known on the day.

    Raises:
        KeyError: there is no such kind.
    """
    entries: Mapping[str, Callable[[_Known], Iterator[Entry]]] = {
        "works": _works,
        "households": _villages,
        "phones": _phones,
    }
    return tuple(sorted(entries[kind](_Known(rows, day))))


class _Known:
    """What the reasons rest on, as of a day."""

    def __init__(self, tables: Snapshot, day: date) -> None:
        self.tables, self.day = tables, day
        campaign = tables.campaign
        self.states = rectification.states(tables, day)
        judged = water.judged(tables)
        verdicts = water.cured(tables["water_tests"], judged)
        self._water = water.standings(tables["water_tests"], verdicts)
        self.tested = {
            (test.place_type, test.place_id)
            for test in tables["water_tests"]
            if test.sampled_on >= campaign.year_from_on and test.withdrawn_on is None
        }
        self.missing = {
            one.place_id
            for one in screening.screened(tables, campaign, day).works.values()
            if one.is_missing
        }

    def fails(self, works_id: str) -> bool:
        """Whether the water of a works fails and is not cured."""
        found = self._water.get(("工程", works_id), water.UNTESTED)
        return found.outcome is water.Outcome.FAILED

    def issues(
        self, column: Literal["works_id", "village_code"], place_id: str
    ) -> list[rectification.State]:
        """Return where the issues of a works or village stand."""
        return [self.states[row.id] for row in self.tables.group("issues", column)[place_id]]


def _entry(place: tuple[str, str, str, str], *reasons: tuple[bool, str]) -> Entry:
    told = tuple(word for is_so, word in reasons if is_so)
    return Entry(*place, min(HEAVIEST, 1 + len(told)), told)


def _works(known: _Known) -> Iterator[Entry]:
    for row in known.tables["works"]:
        if row.status not in IN_SUPPLY:
            continue
        issues = known.issues("works_id", row.works_id)
        tier = screening.TIER_OF_CLASS[row.works_class]
        yield _entry(
            (row.unit_id, f"{tier}级排查的工程", "工程", row.works_id),
            (any(one.is_overdue for one in issues), OVERDUE),
            (any(one.is_reported and not one.is_verified for one in issues), UNSEEN),
            (known.fails(row.works_id), FAILING),
            (("工程", row.works_id) not in known.tested, UNTESTED),
            (row.works_id in known.missing, UNSCREENED),
        )


def _villages(known: _Known) -> Iterator[Entry]:
    """Yield villages with households, in the stratum of the largest works that serves them."""
    serving = known.tables.group("works", "village_codes")
    for row in known.tables["villages"]:
        if not row.households or row.counted_on > known.day:
            continue
        works = [one for one in serving[row.village_code] if one.status in IN_SUPPLY]
        issues = known.issues("village_code", row.village_code)
        yield _entry(
            (row.unit_id, _supplied(works), "村", row.village_code),
            (any(one.is_overdue for one in issues), OVERDUE),
            (any(one.is_reported and not one.is_verified for one in issues), UNSEEN),
            (any(known.fails(one.works_id) for one in works), BAD_WATER),
        )


def _supplied(works: Sequence[WorksRow]) -> str:
    tiers = {screening.TIER_OF_CLASS[one.works_class] for one in works}
    tier = next((tier for tier in ("县", "乡镇", "村") if tier in tiers), None)
    return f"{tier}级排查的工程供水的村" if tier else NO_WORKS


def _phones(known: _Known) -> Iterator[Entry]:
    """Yield the published numbers in force; what is not published cannot be asked to answer."""
    calls = known.tables.group("phone_checks", "phone_id")
    for row in known.tables["phones"]:
        if not row.is_public or not in_force(row, known.day):
            continue
        made = [
            one
            for one in calls[row.phone_id]
            if one.checker_level in OUTSIDE and one.withdrawn_on is None
        ]
        last = max(made, key=lambda one: (one.checked_on, one.id), default=None)
        yield _entry(
            (row.unit_id, f"{row.role}电话", "电话", row.phone_id),
            (last is None, UNCALLED),
            (last is not None and last.call_result != ANSWERED, NO_ANSWER),
        )
