"""Evidence of water quality: places not tested, reports not out, posted or filed, failing water."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from pipeline.assessment.evidence.counted import Fact, Scope, query
from pipeline.assessment.evidence.periods import duties_from
from pipeline.assessment.evidence.visits import charged, failing_at, found_at
from pipeline.assessment.known import Place
from pipeline.dates import is_late
from pipeline.rowtypes import VillageRow, WaterTestRow, WorksRow
from pipeline.terms import STRUCK, VOID
from pipeline.water import LABORATORY, Outcome, asked_of, is_too_seldom

UNPOSTED = "过了公示期限"
FILED = "SZ2"
"""The checklist item that asks whether reports are filed as they should be."""
SENSES = "望闻问尝"


def _own_tests(scope: Scope) -> list[tuple[WorksRow, Place, list[WaterTestRow]]]:
    """Return the works in supply, each with the unit's own tests in Y, oldest first."""
    return scope.known.own_tests(scope.unit_id, duties_from(scope))


def _dispersed(scope: Scope) -> list[tuple[VillageRow, Place]]:
    """Return the villages with dispersed supply, if reading G40 charges them."""
    if not scope.readings.says("G40", "village"):
        return []
    rows = scope.known.of_unit(VillageRow, scope.unit_id)
    return [(row, ("村", row.id)) for row in rows if row.dispersed_households > 0]


@query("没有检测", "处")
def untested_places(scope: Scope) -> Iterator[Fact]:
    """本年单位自己没有一次化验的在用工程，和没有一次检测的分散供水村（口径 G40）。"""
    for row, place, own in _own_tests(scope):
        for test in own:
            if test.method == LABORATORY:
                break
        else:
            yield Fact(rows=(row.ref,), place=place)
    start, tests = duties_from(scope), scope.known.tests
    for village, place in _dispersed(scope):
        if not any(t.shard.home == "U" and t.sampled_on >= start for t in tests.get(place, ())):
            yield Fact(rows=(village.ref,), place=place)


@query("检测次数不够", "处")
def seldom_tested_places(scope: Scope) -> Iterator[Fact]:
    """口径 G42 说按频次时：本年检测过、但有的采样点在一个已经过完的周期里次数不够的在用工程。

    频次看检测频次表，按规模、水源和采样点；单位自己的化验、快检都算。
    """
    if scope.readings.says("G42", "once-a-year"):
        return
    start, table = duties_from(scope), scope.known.snapshot["test_frequency"]
    for row, place, own in _own_tests(scope):
        sampled_on: dict[str, list[date]] = defaultdict(list)
        for test in own:
            if test.method != SENSES:
                sampled_on[test.sampling_point].append(test.sampled_on)
        is_tested = any(test.method == LABORATORY for test in own)
        if is_tested and is_too_seldom(asked_of(row, table), sampled_on, start, scope.known.day):
            yield Fact(rows=(row.ref, *(test.ref for test in own)), place=place)


@query("报告没有按时公示", "处")
def unposted_reports(scope: Scope) -> list[Fact]:
    """报告已经出来的最近一次全项检测，出报告后20个工作日内没有公示的工程（口径 G4、G43）。

    加上外部检查查出没有公示的。没有检测的工程已经算在没有检测里，不再算。
    """
    known = scope.known
    found = found_at(scope, "五.3")
    for fact in scope.ask("untested_places").facts:
        if fact.place is not None:
            found.pop(fact.place, None)
    facts = charged(scope, found)
    looks_at_all = scope.readings.says("G43", "any-of-year")
    verdicts, is_unposted = known.verdicts, _is_unposted(scope)
    for _, place, own in _own_tests(scope):
        late: list[WaterTestRow] = []
        for test in reversed(own):
            if test.reported_on and verdicts[test.id].is_full_report:
                if is_unposted(test):
                    late.insert(0, test)
                if not looks_at_all:
                    break
        if late and place not in found:
            facts.append(Fact(rows=tuple(t.ref for t in late), kind=UNPOSTED, place=place))
    return facts


def _is_unposted(scope: Scope) -> Callable[[WaterTestRow], bool]:
    """Return what tells of a report that it was posted late, or is not yet and the days are over.

    It is asked of every works, so what is the same for all of them is looked up once.
    """
    day, days, limit_of = scope.known.day, scope.readings.number("G4"), scope.known.workdays_after

    def is_unposted(test: WaterTestRow) -> bool:
        out = test.reported_on
        return out is not None and is_late(limit_of(out, days), day, test.posted_on)

    return is_unposted


@query("化验报告迟迟没有出", "份")
def overdue_reports(scope: Scope) -> Iterator[Fact]:
    """在用工程本年自己化验、采样20个工作日后还没有出报告的水样（口径 G4）；不算未公示，不扣分。"""
    for _, place, own in _own_tests(scope):
        for test in own:
            if test.method == LABORATORY and test.reported_on is None:
                limit = scope.known.workdays_after(test.sampled_on, scope.readings.number("G4"))
                if is_late(limit, scope.known.day):
                    yield Fact(rows=(test.ref,), place=place)


@query("报告没有按要求存放", "处")
def unfiled_reports(scope: Scope) -> list[Fact]:
    """外部检查查出水质报告没有按要求存放的工程（SZ2），一个工程算一处；口径 G13 说扣才算。"""
    if not scope.readings.says("G13", "filed-too"):
        return []
    return charged(scope, failing_at(scope, lambda item: item.item_code == FILED))


@query("水质不达标", "处")
def failing_places(scope: Scope) -> Iterator[Fact]:
    """最近一次检测不达标、复检也没有合格、又不在期限内整改的工程和分散供水村（口径 G13）。

    判不了的检测不算最近一次：它说明不了水已经好了；不达标以后，没有再测超标项目的达标也一样。
    销号以后又退回的，不再算在期限内整改。
    """
    if scope.readings.says("G13", "literal"):
        return
    kinds = ("工程", "村") if scope.readings.says("G40", "village") else ("工程",)
    start = duties_from(scope)
    for place, tests in scope.known.failing[scope.unit_id].items():
        if place[0] in kinds:
            judged = [t for t in tests if _is_judged(scope, t) and t.sampled_on >= start]
            last: dict[str, WaterTestRow] = {}
            for test in judged:
                if not _proves_nothing(scope, last.get(test.sampling_point), test):
                    last[test.sampling_point] = test
            failing = [test for test in last.values() if _is_failing(scope, test)]
            if failing:
                yield Fact(rows=tuple(test.ref for test in failing), place=place)


def _is_judged(scope: Scope, test: WaterTestRow) -> bool:
    return scope.known.verdicts[test.id].outcome is not Outcome.UNJUDGED


def _proves_nothing(scope: Scope, before: WaterTestRow | None, test: WaterTestRow) -> bool:
    """Whether a sample passes, and does not show that what failed before is well."""
    verdicts = scope.known.verdicts
    return (
        before is not None
        and verdicts[before.id].is_failing
        and verdicts[test.id].outcome.is_passed
    )


def _is_failing(scope: Scope, test: WaterTestRow) -> bool:
    known = scope.known
    if not known.verdicts[test.id].is_failing:
        return False
    return not any(
        known.states[issue.id].state not in (VOID, STRUCK)
        and not known.states[issue.id].was_reopened
        and not is_late(known.states[issue.id].limit_on, known.day)
        for issue in known.snapshot.group("issues", "sample_id")[test.id]
    )


@query("应检测的工程和分散供水村", "处")
def testable_places(scope: Scope) -> Iterator[Fact]:
    """在用工程和分散供水的村：检测率的分母。"""
    facts = scope.known.snapshot.once("testable works", ("works",), dict[str, Fact])
    for row in scope.known.in_supply[scope.unit_id]:
        if row.id not in facts:
            facts[row.id] = Fact(rows=(row.ref,), place=("工程", row.id))
        yield facts[row.id]
    for village, place in _dispersed(scope):
        yield Fact(rows=(village.ref,), place=place)
