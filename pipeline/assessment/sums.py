"""What clauses count from rows that nobody outside may open, as sums of a unit.

Every point can be recomputed from what is published: household checks are given per unit, never
per village; what a unit reported, per kind; and whatever else is withheld, as the difference that
it makes to a piece of evidence. Says what the sums are, not who may see which row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import add
from typing import NamedTuple

from pipeline.assessment.edition import Edition
from pipeline.assessment.evidence import Counted, Evidence, Kept
from pipeline.assessment.evidence.events import ORDINARY, SEVERE
from pipeline.assessment.known import OFFICES, Known
from pipeline.assessment.rulebook import Clause
from pipeline.assessment.scoring import need_status
from pipeline.ledgers.campaign import Campaign
from pipeline.readings import Readings
from pipeline.rowtypes import HouseholdCheckRow
from pipeline.terms import CHARGEABLE

OUTSIDE, OWN = "外部", "本单位"
CHARGED, OTHERS = "脱贫户和监测户", "其他户"
PERIODS = ("排查以前", "排查阶段", "考评阶段")
WHOLE, UNDIVIDED = "全部", "不分"
BY_PROBLEM = "repeated_by_problem"
"""Name under which the problems exposed twice or more stand one by one (`_by_problem`)."""


class HouseholdSum(NamedTuple):
    """Household checks of one unit, side, group of households and period, added up."""

    visited_households: int = 0
    safety_households: int = 0
    unsafe_households: int = 0
    listed_households: int = 0
    repeat_unsafe_households: int = 0
    paper_households: int = 0
    lacking_households: int = 0
    repeat_lacking_households: int = 0

    def plus(self, other: HouseholdSum) -> HouseholdSum:
        """Add up column by column."""
        return HouseholdSum(*map(add, self, other))


def household_sums(known: Known) -> Iterator[tuple[str | int, ...]]:
    """Yield unit, side, group, period and the sums, for each that has a check that stands."""
    found: dict[tuple[str, str, str, str], HouseholdSum] = defaultdict(HouseholdSum)
    for row in known.snapshot["household_checks"]:
        if row.withdrawn_on is None:
            key = (
                row.unit_id,
                OUTSIDE if row.checker_level in OFFICES else OWN,
                CHARGED if row.household_kind in CHARGEABLE else OTHERS,
                PERIODS[_period(row, known.snapshot.campaign)],
            )
            found[key] = found[key].plus(_summed(row))
    order = {unit.id: unit.sort_no for unit in known.snapshot["units"]}
    for key in sorted(found, key=lambda k: (order[k[0]], k[1], k[2], PERIODS.index(k[3]))):
        yield (*key, *found[key])


def _period(row: HouseholdCheckRow, campaign: Campaign) -> int:
    """Return the number of the period: before the screening, before the assessment, since then."""
    return (row.checked_on >= campaign.screen_from_on) + (row.checked_on >= campaign.assess_from_on)


def _summed(row: HouseholdCheckRow) -> HouseholdSum:
    """Return one check as a sum: what was not looked at (blank) counts in no column."""
    asked_safety, asked_papers = (
        row.unsafe_households is not None,
        row.lacking_households is not None,
    )
    return HouseholdSum(
        visited_households=row.checked_households,
        safety_households=row.checked_households if asked_safety else 0,
        unsafe_households=row.unsafe_households or 0,
        listed_households=(row.listed_households or 0) if asked_safety else 0,
        repeat_unsafe_households=(row.repeat_unsafe_households or 0) if asked_safety else 0,
        paper_households=row.checked_households if asked_papers else 0,
        lacking_households=row.lacking_households or 0,
        repeat_lacking_households=(row.repeat_lacking_households or 0) if asked_papers else 0,
    )


def reporting_status(
    known: Known, editions: Sequence[Edition]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield unit, ledger, kind and status of everything that a clause needs to be reported."""
    needs = dict.fromkeys(need for clause in _clauses(editions) for need in clause.needs)
    for unit in sorted(known.snapshot["units"], key=lambda u: u.sort_no):
        for need in needs:
            ledger, _, kind = need.partition("/")
            yield unit.id, ledger, kind or WHOLE, need_status(known, unit.id, need)


def withheld_sums(
    known: Known, open_only: Known, readings: Readings, editions: Sequence[Edition]
) -> Iterator[tuple[str, str, str, str, int | Decimal, str]]:
    """Yield unit, evidence, word, kind, amount and measure of what closed rows change.

    The amount is what the evidence is, less what the open rows alone give: both together are what
    the clause counts. Household checks have sums of their own and are no closed rows here.
    Where a problem exposed twice or more is charged is weighed problem by problem (G16), so these
    are given once more by what each costs here and there.
    """
    for unit in sorted(known.snapshot["units"], key=lambda u: u.sort_no):
        whole = Evidence(known, unit.id, readings, Kept())
        seen = Evidence(open_only, unit.id, readings, Kept())
        for name in names(editions):
            full, some = getattr(whole, name), getattr(seen, name)
            for kind in sorted({fact.kind for one in (full, some) for fact in one.facts}):
                amount = _total(full, kind) - _total(some, kind)
                if amount:
                    yield unit.id, name, full.word, kind or UNDIVIDED, amount, full.measure
        problems = _by_problem(whole)
        problems.subtract(_by_problem(seen))
        word, measure = whole.repeated_problems.word, whole.repeated_problems.measure
        for kind, more in sorted(problems.items()):
            if more:
                yield unit.id, BY_PROBLEM, word, kind, more, measure


def names(editions: Sequence[Edition]) -> tuple[str, ...]:
    """Return every query that a clause counts, each once."""
    return tuple(dict.fromkeys(query.name for one in _clauses(editions) for query in one.queries))


def _clauses(editions: Sequence[Edition]) -> list[Clause]:
    return [clause for edition in editions for clause in edition.clauses.values()]


def _by_problem(evidence: Evidence) -> Counter[str]:
    """Count the problems exposed twice or more by their severity and how the media told them."""
    told = Counter((fact.place, fact.kind) for fact in evidence.exposures.facts)
    return Counter(
        f"{one.kind}：媒体披露{ORDINARY}{told[one.place, ORDINARY]}次、"
        f"{SEVERE}{told[one.place, SEVERE]}次"
        for one in evidence.repeated_problems.facts
    )


def _total(found: Counted, kind: str) -> int | Decimal:
    return found.of(kind).total
