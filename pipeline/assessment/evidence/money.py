"""Evidence of money, projects and returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.assessment.evidence.counted import Fact, Scope, fact, query
from pipeline.assessment.evidence.periods import duties_from
from pipeline.dates import is_decided, is_late
from pipeline.rowtypes import FundRow, MilestoneRow, ProjectRow, ReturnRow, WorksRow


@query("到账维修基金", "元")
def funds_received(scope: Scope) -> Iterator[Fact]:
    """本年度到账的维修基金，按笔。"""
    year = scope.known.snapshot.campaign.year_from_on.year
    for row in scope.known.own(FundRow, scope.unit_id):
        if row.entry == "到账" and row.fund_year == year:
            yield fact(row, count=row.amount_yuan)


@query("受益人口", "人")
def people_served(scope: Scope) -> Sequence[Fact]:
    """全部已建工程的受益人口，不论运行状态。"""
    served = scope.known.snapshot.once("people served", ("works",), dict)
    if scope.unit_id not in served:
        works = scope.known.of_unit(WorksRow, scope.unit_id)
        served[scope.unit_id] = [Fact(rows=(row.ref,), count=row.population) for row in works]
    return served[scope.unit_id]


def _due(scope: Scope) -> Iterator[tuple[ProjectRow, MilestoneRow]]:
    """Yield the milestones of maintenance projects due in Y, each with its project."""
    start, day = duties_from(scope), scope.known.day
    nodes = scope.known.snapshot.group("milestones", "project_id")
    for project in scope.known.own(ProjectRow, scope.unit_id):
        if project.kind == "维修养护":
            for node in nodes[project.id]:
                if start <= node.due_on <= day and is_decided(node.due_on, day, node.met_on):
                    yield project, node


def _is_met(scope: Scope, node: MilestoneRow) -> bool:
    """Whether a milestone that is decided was met in time."""
    return not is_late(node.due_on, scope.known.day, node.met_on)


@query("到期节点", "个")
def milestones_due(scope: Scope) -> Iterator[Fact]:
    """本年到期的维修养护项目节点；到期当天还没有完成的，还不算到期。"""
    return (fact(node) for _, node in _due(scope))


@query("按时完成的节点", "个")
def milestones_met(scope: Scope) -> Iterator[Fact]:
    """到期节点中，在计划完成日当天或以前完成的。"""
    return (fact(node) for _, node in _due(scope) if _is_met(scope, node))


@query("到期节点所属投资", "元")
def budget_due(scope: Scope) -> Iterator[Fact]:
    """本年到期的维修养护项目节点，每个按所属项目的投资额计（口径 G3）。"""
    return (fact(node, count=project.budget_yuan) for project, node in _due(scope))


@query("按时完成的节点所属投资", "元")
def budget_met(scope: Scope) -> Iterator[Fact]:
    """按时完成的到期节点，每个按所属项目的投资额计（口径 G3）。"""
    return (fact(node, count=p.budget_yuan) for p, node in _due(scope) if _is_met(scope, node))


def _returns(scope: Scope) -> list[ReturnRow]:
    start, day = duties_from(scope), scope.known.day
    return [
        row
        for row in scope.known.of_unit(ReturnRow, scope.unit_id)
        if row.due_on >= start and is_decided(row.due_on, day, row.received_on)
    ]


@query("应报的总结、报表", "份")
def returns_due(scope: Scope) -> Iterator[Fact]:
    """市里布置、已经过了应报日期或者已经收到的总结和报表；应报日期当天还没有收到的，还不算。"""
    return (fact(row) for row in _returns(scope))


@query("迟报、没有报或被退回", "份")
def faulty_returns(scope: Scope) -> Iterator[Fact]:
    """到期没有收到的、晚收到的、被退回的总结和报表，一份算一次。"""
    for row in _returns(scope):
        was_missed = is_late(row.due_on, scope.known.day, row.received_on)
        if was_missed or row.returned_on is not None:
            yield fact(row)
