"""Evidence from the register of responsible persons: vacant seats, late postings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.assessment.evidence.counted import Fact, Scope, fact, query
from pipeline.assessment.evidence.periods import checks_from
from pipeline.assessment.evidence.visits import charged, found_at, visits_of
from pipeline.assessment.known import Place
from pipeline.dates import in_force, is_late
from pipeline.rowtypes import InspectionRow, ResponsibilityRow

GOVERNMENT, WATER = "政府主体责任", "水利监管责任"
FIRST, DEPUTY = "主要领导", "主管领导"
VACANT = "空缺"


@query("没有政府责任人的乡镇", "处")
def vacant_townships(scope: Scope) -> Iterator[Fact]:
    """近20个工作日里没有一天有政府主体责任人在任的乡镇（口径 G4、G34），一个乡镇算一处。"""
    if scope.readings.says("G34", "findings-only"):
        return
    known, day = scope.known, scope.known.day
    start = known.workdays.before(day, scope.readings.number("G4"))
    held = {
        row.place_id
        for row in known.seats[scope.unit_id, "乡镇"]
        if row.duty == GOVERNMENT and _overlaps(row, start, day)
    }
    for town in known.townships[scope.unit_id]:
        if town.id not in held:
            yield fact(town, kind=VACANT, place=("乡镇", town.id), is_registered=True)


def _overlaps(row: ResponsibilityRow, start: date, end: date) -> bool:
    return row.valid_from <= end and (row.valid_to is None or row.valid_to >= start)


@query("换人后没有及时更新的公示", "处")
def late_postings(scope: Scope) -> Iterator[Fact]:
    """县、乡镇政府主要领导任职后，20个工作日内没有更新的网站或责任栏（口径 G4、G34），各算一处。

    几个乡镇的责任栏没有更换，合起来算一处（口径 G44）。
    """
    if scope.readings.says("G34", "findings-only"):
        return
    known, start = scope.known, checks_from(scope)
    for kind in ("县", "乡镇"):
        for row in known.seats[scope.unit_id, kind]:
            if row.duty != GOVERNMENT or row.rank != FIRST or row.valid_from < start:
                continue
            limit = known.workdays_after(row.valid_from, scope.readings.number("G4"))
            if _is_late(row, row.web_posted_on, limit, known.day):
                yield fact(row, place=("网站", scope.unit_id), is_registered=True)
            if _is_late(row, row.board_posted_on, limit, known.day):
                yield fact(row, place=_board(scope, row), is_registered=True)


def _board(scope: Scope, row: ResponsibilityRow) -> Place:
    """Return the place that a late board is charged at: a township's own or the county's (G44)."""
    if row.place_type == "乡镇" and scope.readings.says("G44", "each-board"):
        return ("乡镇", row.place_id)
    return ("县", scope.unit_id)


def _is_late(row: ResponsibilityRow, posted_on: date | None, limit: date, day: date) -> bool:
    stayed = row.valid_to is None or is_late(limit, row.valid_to)
    return is_late(limit, day, posted_on) and (posted_on is not None or stayed)


@query("公示不全、没有公示或没有及时更新", "处")
def government_posting_faults(scope: Scope) -> list[Fact]:
    """三种来源合起来，同一处只算一次：外部检查查出的，没有责任人的乡镇，没有及时更新的网站和责任栏。"""
    found = found_at(scope, "三.1")
    facts = charged(scope, found)
    seen: set[Place | None] = set(found)
    for extra in (*scope.ask("vacant_townships").facts, *scope.ask("late_postings").facts):
        if extra.place not in seen:
            seen.add(extra.place)
            facts.append(extra)
    return facts


@query("水利部门领导公示", "处")
def water_leaders_posted(scope: Scope) -> Iterator[Fact]:
    """网站上公示了水利部门哪一级领导；种类是领导身份。

    有外部检查的看最近一次，没有的看单位登记的网站公示日期。
    """
    visit = _site_visit(scope)
    if visit is not None:
        row, seen, failed = visit
        for item, rank in (("GS5", FIRST), ("GS6", DEPUTY)):
            if item in seen and item not in failed:
                yield fact(row, kind=rank, place=("网站", scope.unit_id))
        return
    yield from scope.ask("water_leaders_claimed").facts


@query("登记的水利部门领导公示", "处")
def water_leaders_claimed(scope: Scope) -> Iterator[Fact]:
    """单位登记已在网站公示的水利部门领导，在任的，或者刚离任、还没有到更新期限的（口径 G4）。"""
    known = scope.known
    for row in known.seats[scope.unit_id, "县"]:
        is_posted = row.duty == WATER and row.web_posted_on is not None
        if not is_posted or row.rank not in (FIRST, DEPUTY):
            continue
        if in_force(row, known.day) or _left_lately(scope, row):
            yield fact(row, kind=row.rank, place=("网站", scope.unit_id))


def _left_lately(scope: Scope, row: ResponsibilityRow) -> bool:
    """Whether somebody left office so lately that the posting need not have changed yet."""
    if row.valid_to is None or row.valid_to >= scope.known.day:
        return False
    limit = scope.known.workdays_after(row.valid_to, scope.readings.number("G4"))
    return not is_late(limit, scope.known.day)


def _site_visit(scope: Scope) -> tuple[InspectionRow, frozenset[str], set[str]] | None:
    """Return the last OUT visit in P to the unit's site that looked for a water leader."""
    visits = [
        (row, seen, {f.item_code for f in findings})
        for row, seen, findings in visits_of(scope)
        if row.place_type == "网站" and row.place_id == scope.unit_id and seen & {"GS5", "GS6"}
    ]
    return max(visits, key=lambda v: (v[0].visited_on, v[0].id), default=None)


@query("公示不全或没有公示", "处")
def water_leader_faults(scope: Scope) -> list[Fact]:
    """外部检查查出水利责任公示不全的对象；网站已经降低了基础分的不再算（口径 G35）。

    去一次算一次的（口径 G30），不再算的只是降低基础分的那一次。
    """
    found = found_at(scope, "三.2")
    site: Place = ("网站", scope.unit_id)
    if site in found and scope.readings.says("G35", "not-again"):
        last = _site_visit(scope)
        if last is not None and not scope.ask("water_leaders_posted").of(FIRST):
            found[site] = _others(scope, found[site], last[0])
            if not found[site]:
                del found[site]
    return charged(scope, found)


def _others(scope: Scope, facts: list[Fact], visit: InspectionRow) -> list[Fact]:
    """Return what other visits found at the site, where each visit counts; else nothing."""
    if scope.readings.says("G30", "once"):
        return []
    own = {row.ref for row in scope.known.snapshot.group("findings", "visit_id")[visit.id]}
    return [fact for fact in facts if not own & set(fact.rows)]
