"""Evidence from outside visits: places where an item of a clause failed, and places looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipeline.assessment.evidence.counted import FAULTY, Fact, Scope, query
from pipeline.assessment.evidence.periods import checks_from
from pipeline.assessment.known import Place
from pipeline.rowtypes import ChecklistItemRow, FindingRow, InspectionRow


def visits_of(scope: Scope) -> Iterator[tuple[InspectionRow, frozenset[str], list[FindingRow]]]:
    """Yield the OUT visits to a unit in P: the visit, the items looked at, the findings."""
    start = checks_from(scope)
    return (seen for seen in scope.known.visits[scope.unit_id] if seen[0].visited_on >= start)


def found_at(scope: Scope, clause: str) -> dict[Place, list[Fact]]:
    """Return by place, for each visit that found it, the findings of a clause (F(c))."""
    return failing_at(scope, lambda item: item.clause_id == clause)


def failing_at(
    scope: Scope, is_meant: Callable[[ChecklistItemRow], bool]
) -> dict[Place, list[Fact]]:
    """Return by place, for each visit that found it, the findings of some checklist items.

    Under G31 findings whose issue is struck off by the day may be left out.
    """
    places: dict[Place, list[Fact]] = {}
    spared: frozenset[str] = frozenset()
    for visit, _, findings in visits_of(scope):
        failed = [f for f in findings if is_meant(scope.known.items[f.item_code])]
        if failed and scope.readings.says("G31", "not-if-struck"):
            spared = scope.known.struck_off
        failed = [f for f in failed if f.id not in spared]
        if failed:
            place = (visit.place_type, visit.place_id)
            rows = tuple(row.ref for row in failed)
            places.setdefault(place, []).append(Fact(rows=rows, place=place))
    return places


def charged(scope: Scope, found: dict[Place, list[Fact]]) -> list[Fact]:
    """Return one fact per place, or one per visit, as reading G30 says."""
    if found and scope.readings.says("G30", "per-visit"):
        return [fact for facts in found.values() for fact in facts]
    return [
        Fact(rows=tuple(row for fact in facts for row in fact.rows), place=place)
        for place, facts in found.items()
    ]


def looked(scope: Scope, clause: str, kinds: Iterable[str] = ()) -> Iterator[Fact]:
    """Yield the distinct places of OUT visits in P with at least one item of the clause seen.

    A place where any of these visits found an item of the clause failing is of kind `FAULTY`.
    """
    places: dict[Place, list[str]] = {}
    faulty: set[Place] = set()
    items, wanted = scope.known.items, set(kinds)
    for visit, seen, findings in visits_of(scope):
        if wanted and visit.place_type not in wanted:
            continue
        if any(items[code].clause_id == clause for code in seen):
            place = (visit.place_type, visit.place_id)
            places.setdefault(place, []).append(visit.ref)
            if any(items[f.item_code].clause_id == clause for f in findings):
                faulty.add(place)
    return (
        Fact(rows=tuple(rows), place=place, kind=FAULTY if place in faulty else "")
        for place, rows in places.items()
    )


def _faults(name: str, clause: str, fault: str, what: str) -> None:
    """Declare the places where an outside visit found an item of a clause failing."""

    def faults(scope: Scope) -> list[Fact]:
        return charged(scope, found_at(scope, clause))

    _declare(
        faults, name, fault, f"外部检查查出{what}不合要求的对象，一个对象算一处（口径 G30、G31）。"
    )


def _seen(name: str, clause: str, what: str) -> None:
    """Declare the places where an outside visit looked at an item of a clause."""

    def seen(scope: Scope) -> Iterator[Fact]:
        return looked(scope, clause)

    _declare(seen, name, f"看过{what}", f"外部检查看过{what}的对象。", is_look=True)


def _declare(
    find: Callable[[Scope], Iterable[Fact]], name: str, word: str, text: str, is_look: bool = False
) -> None:
    find.__name__, find.__doc__ = name, text
    query(word, "处", is_look)(find)


_seen("posting_seen", "三.1", "政府责任公示")
_seen("water_posting_seen", "三.2", "水利责任公示")
_faults("station_faults", "五.4①", "不合要求", "厂站卫生、公示、标志")
_seen("station_seen", "五.4①", "厂站卫生、公示、标志")
_faults("laboratory_faults", "五.4②", "不合要求", "化验室、检测人员、水厂预案")
_seen("laboratory_seen", "五.4②", "化验室、检测人员、水厂预案")
_faults("disinfection_faults", "五.4③", "消毒不正常", "消毒设施")
_seen("disinfection_seen", "五.4③", "消毒设施")


@query("没有公示管理人员电话的工程", "处")
def works_without_manager(scope: Scope) -> list[Fact]:
    """外部检查查出没有公示管理人员和电话的工程（GS8），一个工程算一处；口径 G29 说扣才算。"""
    if scope.readings.says("G29", "none"):
        return []
    found = found_at(scope, "三.3")
    return charged(scope, {place: facts for place, facts in found.items() if place[0] == "工程"})


@query("看过电话公示的工程", "处", is_look=True)
def works_seen_for_manager(scope: Scope) -> Iterator[Fact]:
    """外部检查看过管理人员电话公示的工程。"""
    return looked(scope, "三.3", ("工程",))


@query("没有宣传资料的对象", "处")
def material_faults(scope: Scope) -> list[Fact]:
    """外部检查查出缺宣传栏、彩页或水质报告的工程和项目村（没有登记的村也算），一个对象算一处。"""
    found = found_at(scope, "五.4④")
    return charged(scope, {p: facts for p, facts in found.items() if _is_due(scope, p)})


@query("看过宣传资料的对象", "处", is_look=True)
def material_seen(scope: Scope) -> Iterator[Fact]:
    """外部检查看过宣传资料的工程和项目村。"""
    return (
        fact
        for fact in looked(scope, "五.4④")
        if fact.place is not None and _is_due(scope, fact.place)
    )


def _is_due(scope: Scope, place: Place) -> bool:
    """Whether the clause asks for material here: at works, and in project villages.

    A village that its unit did not register may be one: silence excuses nothing.
    """
    if place[0] != "村":
        return True
    village = scope.known.snapshot.index("villages").get(place[1])
    return village is None or village.is_project_village


@query("在用的千吨万人水厂", "处")
def large_works(scope: Scope) -> Iterator[Fact]:
    """登记为千吨万人、正在供水的工程。"""
    return (
        Fact(rows=(works.ref,), place=("工程", works.id))
        for works in scope.known.in_supply[scope.unit_id]
        if works.works_class == "千吨万人"
    )
