"""Evidence of incidents and of what the public heard, each problem by its number (G16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.assessment.evidence.counted import Fact, Scope, fact, query
from pipeline.assessment.evidence.periods import duties_from
from pipeline.assessment.known import Place
from pipeline.rowtypes import IncidentRow

GRAVE = ("安全事故", "质量事故", "审计查出", "纪检监察查出")
POLLUTION = "水污染事件"
DISCLOSED = "媒体披露"
EXPOSURES = (DISCLOSED, "行风热线反映")
CIRCULARS = ("省通报", "市通报")
REPEATED = 2
SEVERE, ORDINARY = "情况严重", "一般"


def _incidents(scope: Scope) -> list[IncidentRow]:
    start = duties_from(scope)
    rows = scope.known.of_unit(IncidentRow, scope.unit_id)
    return [row for row in rows if row.occurred_on >= start]


def _repeated(scope: Scope) -> dict[str, list[IncidentRow]]:
    """Return the exposures of each problem that was exposed twice or more."""
    problems: dict[str, list[IncidentRow]] = defaultdict(list)
    for row in _incidents(scope):
        if row.kind in EXPOSURES:
            problems[row.problem_no].append(row)
    return {number: rows for number, rows in problems.items() if len(rows) >= REPEATED}


def _problem(number: str) -> Place:
    """Name a problem as a place, so that its exposures are known among all others."""
    return "问题", number


def _severity(*rows: IncidentRow) -> str:
    return SEVERE if any(row.is_severe for row in rows) else ORDINARY


@query("重大事件", "项")
def grave_events(scope: Scope) -> Iterator[Fact]:
    """本年的重大安全、质量事故，审计、纪检查出的重大问题，水污染事件。"""
    for row in _incidents(scope):
        if row.kind == POLLUTION or (row.kind in GRAVE and row.is_major):
            yield fact(row, kind=_severity(row))


@query("披露、反映2次以上的问题", "项")
def repeated_problems(scope: Scope) -> Iterator[Fact]:
    """本年被媒体披露、行风热线反映合计两次以上的同一问题，一个问题一项，有一次情况严重就算严重。"""
    for number, rows in _repeated(scope).items():
        yield fact(*rows, kind=_severity(*rows), place=_problem(number))


@query("披露、通报", "次")
def exposures(scope: Scope) -> Iterator[Fact]:
    """本年的媒体披露和省、市通报，一次算一次。"""
    for row in _incidents(scope):
        if row.kind == DISCLOSED:
            yield fact(row, kind=_severity(row), place=_problem(row.problem_no))
        elif row.kind in CIRCULARS:
            yield fact(row, kind=_severity(row))
