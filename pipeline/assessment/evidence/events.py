"""Evidence of incidents and of what the public heard; one event is charged once (G16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.assessment.evidence.counted import Fact, Scope, fact, query
from pipeline.assessment.evidence.periods import duties_from
from pipeline.ledgers import Row

GRAVE = ("安全事故", "质量事故", "审计查出", "纪检监察查出")
POLLUTION = "水污染事件"
EXPOSURES = ("媒体披露", "行风热线反映")
CIRCULARS = ("省通报", "市通报")
REPEATED = 2
SEVERE, ORDINARY = "情况严重", "一般"


def _incidents(scope: Scope) -> list[Row]:
    start = duties_from(scope)
    rows = scope.known.of_unit("incidents", scope.unit_id)
    return [row for row in rows if row.occurred_on >= start]


def _repeated(scope: Scope) -> dict[str, list[Row]]:
    """Return the exposures of each problem that was exposed twice or more."""
    problems: dict[str, list[Row]] = defaultdict(list)
    for row in _incidents(scope):
        if row.kind in EXPOSURES:
            problems[row.problem_no].append(row)
    return {number: rows for number, rows in problems.items() if len(rows) >= REPEATED}


def _severity(*rows: Row) -> str:
    return SEVERE if any(row.is_severe for row in rows) else ORDINARY


@query("重大事件", "项")
def grave_events(scope: Scope) -> Iterator[Fact]:
    """本年的重大安全、质量事故，审计、纪检查出的重大问题，水污染事件；同一问题被披露、反映两次以上的合起来一项。"""
    for row in _incidents(scope):
        if row.kind == POLLUTION or (row.kind in GRAVE and row.is_major):
            yield fact(row, kind=_severity(row))
    for rows in _repeated(scope).values():
        yield fact(*rows, kind=_severity(*rows))


@query("披露、通报", "次")
def exposures(scope: Scope) -> Iterator[Fact]:
    """本年媒体披露（已在六.1按同一问题扣过的除外）和省、市通报，一次算一次。"""
    charged = _repeated(scope)
    for row in _incidents(scope):
        is_single = row.kind == EXPOSURES[0] and row.problem_no not in charged
        if is_single or row.kind in CIRCULARS:
            yield fact(row, kind=_severity(row))
