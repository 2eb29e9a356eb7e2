"""Evidence of water quality: works and villages not tested, reports not posted, failing water."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.assessment.evidence.counted import Fact, Scope, query
from pipeline.assessment.evidence.periods import duties_from
from pipeline.assessment.evidence.visits import charged, found_at
from pipeline.assessment.known import Place
from pipeline.ledgers import Row
from pipeline.water import Outcome

VOID, STRUCK = "已作废", "已销号"
OVERDUE = "过了公示期限"


def _own_reports(scope: Scope) -> Iterator[tuple[Row, Place, list[Row]]]:
    """Yield the works in supply, each with the unit's own laboratory tests in Y, oldest first."""
    start, tests = duties_from(scope), scope.known.tests
    for row in scope.known.in_supply[scope.unit_id]:
        place = ("工程", row.id)
        yield (
            row,
            place,
            [
                test
                for test in tests.get(place, ())
                if test.sampled_on >= start and test.method == "化验" and test.shard.home == "U"
            ],
        )


def _dispersed(scope: Scope) -> list[tuple[Row, Place]]:
    """Return the villages with dispersed supply, if reading G40 charges them."""
    if not scope.readings.says("G40", "village"):
        return []
    rows = scope.known.of_unit("villages", scope.unit_id)
    return [(row, ("村", row.id)) for row in rows if row.dispersed_households > 0]


@query("没有检测", "处")
def untested_places(scope: Scope) -> Iterator[Fact]:
    """本年单位自己没有一次化验的在用工程，和没有一次检测的分散供水村（口径 G40）。"""
    for row, place, reports in _own_reports(scope):
        if not reports:
            yield Fact(rows=(row.ref,), place=place)
    start, tests = duties_from(scope), scope.known.tests
    for row, place in _dispersed(scope):
        own = (test for test in tests.get(place, ()) if test.shard.home == "U")
        if not any(test.sampled_on >= start for test in own):
            yield Fact(rows=(row.ref,), place=place)


@query("报告没有按时公示", "处")
def unposted_reports(scope: Scope) -> list[Fact]:
    """最近一次全项报告出具后20个工作日内没有公示的工程（口径 G4），和外部检查查出没有公示的。

    没有检测的工程已经算在没有检测里，不再算。
    """
    known = scope.known
    found = found_at(scope, "五.3")
    for fact in scope.ask("untested_places").facts:
        if fact.place is not None:
            found.pop(fact.place, None)
    facts = charged(scope, found)
    for _, place, reports in _own_reports(scope):
        full = [test for test in reports if known.verdicts[test.id].is_full_report]
        if place not in found and full and _is_unposted(scope, full[-1]):
            facts.append(Fact(rows=(full[-1].ref,), kind=OVERDUE, place=place))
    return facts


def _is_unposted(scope: Scope, test: Row) -> bool:
    """Whether a report was posted late, or is still not posted when the days are over."""
    known = scope.known
    limit = known.report_limit(test.reported_on or test.sampled_on, scope.readings.number("G4"))
    return known.day > limit if test.posted_on is None else test.posted_on > limit


@query("水质不达标", "处")
def failing_places(scope: Scope) -> Iterator[Fact]:
    """最近一次检测不达标、复检也没有合格、又不在期限内整改的工程和分散供水村（口径 G13）。

    判不了的检测不算最近一次：它说明不了水已经好了。销号以后又退回的，不再算在期限内整改。
    """
    if scope.readings.says("G13", "literal"):
        return
    kinds = ("工程", "村") if scope.readings.says("G40", "village") else ("工程",)
    start = duties_from(scope)
    for place, tests in scope.known.failing[scope.unit_id].items():
        if place[0] in kinds:
            judged = (test for test in tests if _is_judged(scope, test))
            last = {test.sampling_point: test for test in judged if test.sampled_on >= start}
            failing = [test for test in last.values() if _is_failing(scope, test)]
            if failing:
                yield Fact(rows=tuple(test.ref for test in failing), place=place)


def _is_judged(scope: Scope, test: Row) -> bool:
    return scope.known.verdicts[test.id].outcome is not Outcome.UNJUDGED


def _is_failing(scope: Scope, test: Row) -> bool:
    known = scope.known
    if not known.verdicts[test.id].is_failing:
        return False
    return not any(
        known.states[issue.id].state not in (VOID, STRUCK)
        and not known.states[issue.id].was_reopened
        and known.day <= known.states[issue.id].limit_on
        for issue in known.snapshot.group("issues", "sample_id")[test.id]
    )


@query("应检测的工程和分散供水村", "处")
def testable_places(scope: Scope) -> Iterator[Fact]:
    """在用工程和分散供水的村：检测率的分母。"""
    for row in scope.known.in_supply[scope.unit_id]:
        yield Fact(rows=(row.ref,), place=("工程", row.id))
    for row, place in _dispersed(scope):
        yield Fact(rows=(row.ref,), place=place)
