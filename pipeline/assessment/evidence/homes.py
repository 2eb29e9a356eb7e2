"""Evidence from households visited: counts only, per village and kind, never a name."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.assessment.evidence.counted import FAULTY, Fact, Scope, query
from pipeline.assessment.evidence.periods import checks_from
from pipeline.rowtypes import HouseholdCheckRow
from pipeline.terms import CHARGEABLE


def _visited(scope: Scope, rows: list[HouseholdCheckRow]) -> Iterator[HouseholdCheckRow]:
    start = checks_from(scope)
    return (row for row in rows if row.household_kind in CHARGEABLE and row.checked_on >= start)


def _checks(scope: Scope) -> list[HouseholdCheckRow]:
    """Return the household checks that may charge: from outside, or anybody's (G11)."""
    known = scope.known
    if scope.readings.says("G11", "any"):
        rows = known.of_unit(HouseholdCheckRow, scope.unit_id)
        return [row for row in rows if row.withdrawn_on is None]
    return known.outside(HouseholdCheckRow, scope.unit_id)


@query("饮水不安全的脱贫户、监测户", "户")
def unsafe_households(scope: Scope) -> Iterator[Fact]:
    """外部入户核查发现饮水不安全的脱贫户、监测户，减去已在本单位台账、还没有到期的，减去以前已经算过的。

    口径 G11 说谁发现的都算时，自查的也算，已在台账的不减。
    """
    spares_listed = scope.readings.says("G11", "outside")
    for row in _visited(scope, _checks(scope)):
        if row.unsafe_households is not None:
            listed = (row.listed_households or 0) if spares_listed else 0
            count = row.unsafe_households - listed - (row.repeat_unsafe_households or 0)
            if count > 0:
                yield Fact(rows=(row.ref,), count=count, place=("村", row.village_code))


def _looked(row: HouseholdCheckRow, faulty: int) -> Iterator[Fact]:
    """Yield the households that were looked at, those found wanting and the others apart."""
    if faulty:
        yield Fact(rows=(row.ref,), count=faulty, kind=FAULTY)
    yield Fact(rows=(row.ref,), count=row.checked_households - faulty)


@query("核查饮水安全的脱贫户、监测户", "户", is_look=True)
def safety_households(scope: Scope) -> Iterator[Fact]:
    """外部入户核查看过饮水是否安全的脱贫户、监测户。"""
    for row in _visited(scope, _checks(scope)):
        if row.unsafe_households is not None:
            yield from _looked(row, row.unsafe_households)


@query("缺明白卡或水质报告的脱贫户、监测户", "户")
def lacking_households(scope: Scope) -> Iterator[Fact]:
    """外部入户核查发现缺明白卡或水质报告的脱贫户、监测户，减去以前已经算过的（口径 G30）。"""
    for row in _visited(scope, scope.known.outside(HouseholdCheckRow, scope.unit_id)):
        if row.lacking_households is None:
            continue
        again = row.repeat_lacking_households or 0
        if again and scope.readings.says("G30", "per-visit"):
            again = 0
        count = row.lacking_households - again
        if count > 0:
            yield Fact(rows=(row.ref,), count=count, place=("村", row.village_code))


@query("看过明白卡和水质报告的脱贫户、监测户", "户", is_look=True)
def paper_households(scope: Scope) -> Iterator[Fact]:
    """外部入户核查看过明白卡、水质报告的脱贫户、监测户。"""
    for row in _visited(scope, scope.known.outside(HouseholdCheckRow, scope.unit_id)):
        if row.lacking_households is not None:
            yield from _looked(row, row.lacking_households)
