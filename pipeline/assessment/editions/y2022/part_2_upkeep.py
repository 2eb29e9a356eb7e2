"""Annex 3, part 2: upkeep projects (二.2; the annex begins counting at 2)."""

from __future__ import annotations

from pipeline.assessment.editions.y2022.book import clause
from pipeline.assessment.evidence import Queried
from pipeline.assessment.rulebook import Award, left_out, not_applicable, share
from pipeline.readings import Readings


@clause(
    "二.2",
    title="维修养护按节点完成",
    full=5,
    source=("附件3 二.2", "G3"),
    why="维修养护拖过了节点，坏了的工程就一直坏着。",
    needs={
        "projects": {
            "milestones_due": 1,
            "milestones_met": 1,
            "budget_due": "1",
            "budget_met": "1",
        }
    },
    examples=[
        ("4个到期节点都按时完成", {"milestones_due": 4, "milestones_met": 4}, "5"),
        ("3个到期节点按时完成2个", {"milestones_due": 3, "milestones_met": 2}, "3.33"),
        ("没有到期节点", {}, "5"),
        ("没有到期节点，口径取“不计分”", {}, None, {"G3": "rescale"}),
        (
            "按投资额：到期100万元，按时完成60万元",
            {"milestones_due": 2, "budget_due": "1000000", "budget_met": "600000"},
            "3",
            {"G3": "budget"},
        ),
        ("按投资额，而投资额是0", {"milestones_due": 2}, "5", {"G3": "budget"}),
    ],
)
def upkeep_on_time(evidence: Queried, readings: Readings) -> Award:
    """维修养护项目按节点完成得5分；没有按时完成的，按完成的比例得分。"""
    due = evidence.milestones_due
    if not due.total:
        because = "没有到期的维修养护节点"
        if readings.says("G3", "rescale"):
            return left_out(because)
        return not_applicable(5, because)
    if readings.says("G3", "budget"):
        if not evidence.budget_due.total:
            return not_applicable(5, "到期节点的项目没有投资额")
        return share(5, evidence.budget_met, evidence.budget_due)
    return share(5, evidence.milestones_met, due)
