"""Evidence of papers in force at county level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from pipeline.assessment.evidence.counted import Fact, Scope, fact, query
from pipeline.rowtypes import DocumentRow, JudgementRow

WRITTEN, UNWRITTEN = "写明了农村饮水", "没有写明农村饮水"
FULL, PARTIAL, UNAPPROVED = "落实", "部分落实", "不是政府批复"
IN_PLACE: Mapping[str | None, str] = MappingProxyType(
    {"是": "认定落实", "部分": "认定部分落实", "否": "认定没有落实"}
)
"""What the city found of the agency (机构落实), by its answer."""
OPERABLE, PARTLY, UNWORKABLE = "认定可操作", "认定部分可操作", "认定不可操作"
UNJUDGED, OUTDATED = "待评", "没有及时修订"
WORKABLE: Mapping[str | None, str] = MappingProxyType(
    {"是": OPERABLE, "部分": PARTLY, "否": UNWORKABLE, None: UNJUDGED}
)
"""What the city found of a plan (预案可操作), by its answer; None where it has not judged."""


def _papers(scope: Scope, kind: str) -> list[DocumentRow]:
    """Return the unit's own county papers of a kind that are in force."""
    day, unit = scope.known.day, scope.unit_id
    return [
        row
        for row in scope.known.own(DocumentRow, unit)
        if row.kind == kind
        and row.place_type == "县"
        and row.place_id == unit
        and row.issued_on <= day
        and (row.repealed_on is None or row.repealed_on > day)
    ]


@query("纳入评价体系的文件", "份")
def appraisal_papers(scope: Scope) -> Iterator[Fact]:
    """在用的县级考核文件；种类是有没有写明农村饮水的条款。"""
    for row in _papers(scope, "考核体系"):
        yield fact(row, kind=UNWRITTEN if row.provision is None else WRITTEN)


@query("管理机构", "个")
def agency(scope: Scope) -> Iterator[Fact]:
    """政府批复、在用的管理机构，种类是落实的程度；市里对“机构落实”的认定优先。"""
    found = scope.ask("agency_on_paper")
    judged = _judged(scope, "机构落实")
    if judged is None:
        yield from found.facts
    else:
        yield Fact(rows=(*found.rows, judged.ref), kind=IN_PLACE[judged.answer])


@query("文件上的管理机构", "个")
def agency_on_paper(scope: Scope) -> Iterator[Fact]:
    """政府批复、在用的管理机构；场所、人员、经费都落实的种类是“落实”，否则是“部分落实”。

    不是政府批复的，列出来，不得分。
    """
    found = _papers(scope, "机构批复")
    papers = [row for row in found if row.issuer_level == "政府"]
    is_full = all(
        any(getattr(row, has) is True for row in papers)
        for has in ("has_premises", "has_staff", "has_funds")
    )
    if papers:
        yield fact(*papers, kind=FULL if is_full else PARTIAL)
    elif found:
        yield fact(*found, kind=UNAPPROVED)


def _judged(scope: Scope, about: str) -> JudgementRow | None:
    """Return the judgement of a fact about the unit as a whole, or about any row of it."""
    found = [
        row
        for (unit, name, _), row in scope.known.answers.items()
        if unit == scope.unit_id and name == about
    ]
    return found[-1] if found else None


@query("管理办法", "份")
def rules(scope: Scope) -> Iterator[Fact]:
    """在用的县级运行管理办法；种类是发文层次。"""
    return (fact(row, kind=row.issuer_level) for row in _papers(scope, "管理办法"))


@query("排查机制文件", "份")
def screening_papers(scope: Scope) -> Iterator[Fact]:
    """在用的县级动态排查机制文件。"""
    return (fact(row) for row in _papers(scope, "排查机制"))


@query("应急预案", "份")
def emergency_plans(scope: Scope) -> Iterator[Fact]:
    """在用的县级应急预案；种类是市里对可操作性的认定，没有认定的是“待评”。

    没有及时印发或修订的（口径 G10），种类是“没有及时修订”，认定过也不算。
    """
    for row in _papers(scope, "应急预案"):
        judged = scope.known.answers.get((scope.unit_id, "预案可操作", row.id))
        is_recent = max(row.issued_on, row.revised_on or row.issued_on) >= _recent_from(scope)
        kind = WORKABLE[judged.answer if judged else None] if is_recent else OUTDATED
        yield fact(row, *([judged] if judged else []), kind=kind)


def _recent_from(scope: Scope) -> date:
    """Return the day since when a plan counts as revised in time (G10)."""
    if scope.readings.says("G10", "within-year"):
        return scope.known.snapshot.campaign.year_from_on
    return _years_before(scope.known.day, scope.readings.number("G10"))


def _years_before(day: date, years: int) -> date:
    """Return the same day some years earlier; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
