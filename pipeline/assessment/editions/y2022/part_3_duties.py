"""Annex 3, part 3: the three duties posted (三.1 to 三.3)."""

from __future__ import annotations

from pipeline.assessment.editions.y2022.book import clause
from pipeline.assessment.evidence import Queried
from pipeline.assessment.evidence.duties import DEPUTY, FIRST, VACANT
from pipeline.assessment.rulebook import Award, Mend, best, deduct, within
from pipeline.readings import Readings


@clause(
    "三.1",
    title="政府责任公示",
    full=6,
    source=("附件3 三.1", "O-16", "G4"),
    why="村民要看得到政府里谁负责，找得到人。",
    needs={"responsibilities/县": {}, "responsibilities/乡镇": {"vacant_townships": 0}},
    seen=("posting_seen",),
    mends=[Mend("government_posting_faults", "给空缺的乡镇明确并登记政府责任人", kind=VACANT)],
    examples=[
        ("处处公示、都更新了", {}, "6"),
        ("3处没有公示或不完整", {"government_posting_faults": 3}, "4.5"),
        ("20处，扣完为止", {"government_posting_faults": 20}, "0"),
    ],
)
def government_duty_posted(evidence: Queried, _readings: Readings) -> Award:
    """在供水站（厂）、网站公布政府主体责任人，换人后及时更新，并延伸到乡镇，得6分；1处没有公示或不完整扣0.5分。"""
    return deduct(6, "0.5", evidence.government_posting_faults)


@clause(
    "三.2",
    title="水利责任公示",
    full=3,
    source=("附件3 三.2", "O-16", "G5"),
    why="水利部门谁管供水要写在明处，推脱不了。",
    needs={"responsibilities/县": {"water_leaders_claimed": [FIRST]}},
    seen=("water_posting_seen",),
    mends=[Mend("water_leaders_posted", "在网站公示水利部门主要领导", adds=True, kind=FIRST)],
    examples=[
        ("公示了主要领导", {"water_leaders_posted": [FIRST]}, "3"),
        ("只公示了主管领导", {"water_leaders_posted": [DEPUTY]}, "1"),
        ("都没有公示", {}, "0"),
        (
            "公示了主要领导，2处不完整",
            {"water_leaders_posted": [FIRST], "water_leader_faults": 2},
            "2",
        ),
        (
            "只公示了主管领导，5处不完整，扣完为止",
            {"water_leaders_posted": [DEPUTY], "water_leader_faults": 5},
            "0",
        ),
    ],
)
def water_duty_posted(evidence: Queried, _readings: Readings) -> Award:
    """在供水站、网站公示水利部门主要领导得3分，只公示主管领导得1分；1处没有公示或不完整扣0.5分。"""
    base = best({FIRST: 3, DEPUTY: 1}, evidence.water_leaders_posted)
    faults = evidence.water_leader_faults
    if not faults or not base.points:
        return within(base, faults=int(faults.total))
    taken = deduct(base.points, "0.5", faults)
    because = f"{base.because}；{taken.because}"
    return within(taken, because=because, rows=(*base.rows, *taken.rows))


@clause(
    "三.3",
    title="管理人员电话",
    full=6,
    source=("附件3 三.3", "O-16", "G6"),
    why="停水时先打管水员的电话，打不通等于没有人管。",
    needs={"phones/管理人员": {}},
    seen=("manager_calls", "works_seen_for_manager"),
    examples=[
        ("抽查全部接通，情况熟悉", {"manager_calls": 8}, "6"),
        ("2次不通", {"failed_manager_calls": 2}, "5"),
        (
            "1次不熟悉，1个工程没有公示电话",
            {"failed_manager_calls": 1, "works_without_manager": 1},
            "5",
        ),
        ("20次不通，扣完为止", {"failed_manager_calls": 20}, "0"),
    ],
)
def managers_answer_the_phone(evidence: Queried, _readings: Readings) -> Award:
    """管理人员电话已公示、能接通、能回答，得6分；1次电话不通或情况不熟扣0.5分。"""
    return deduct(6, "0.5", evidence.failed_manager_calls, evidence.works_without_manager)
