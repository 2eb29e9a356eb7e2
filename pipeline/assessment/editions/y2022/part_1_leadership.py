"""Annex 3, part 1: leadership (一.1, 一.2)."""

from __future__ import annotations

from pipeline.assessment.editions.y2022.book import clause
from pipeline.assessment.evidence import Queried
from pipeline.assessment.evidence.papers import UNWRITTEN, WRITTEN
from pipeline.assessment.rulebook import Award, Mend, best, tier
from pipeline.readings import Readings


@clause(
    "一.1",
    title="主要领导到现场督导",
    full=5,
    source=("附件3 一.1", "G1"),
    why="主要领导到过现场，钱、人和难题才有人拍板。",
    needs={"activities/领导督查": {"leader_visits": 4}},
    mends=[Mend("leader_visits", "党委、政府主要领导再到工程、到村督导检查", adds=True)],
    examples=[
        ("一次也没有", {"leader_visits": 0}, "0"),
        ("去过1次", {"leader_visits": 1}, "3"),
        ("去过2次", {"leader_visits": 2}, "3"),
        ("恰好3次", {"leader_visits": 3}, "5"),
        ("4次", {"leader_visits": 4}, "5"),
        ("恰好3次，口径取“3次得3分”", {"leader_visits": 3}, "3", {"G1": "three-is-three"}),
        ("4次，口径取“3次得3分”", {"leader_visits": 4}, "5", {"G1": "three-is-three"}),
        ("5次，口径取“3次得3分”", {"leader_visits": 5}, "5", {"G1": "three-is-three"}),
    ],
)
def leaders_inspect(evidence: Queried, readings: Readings) -> Award:
    """党委、政府主要领导到农村饮水工程督导检查：3次以上得5分，1至3次得3分，没有得0分。"""
    most = 4 if readings.says("G1", "three-is-three") else 3
    return tier([(most, 5), (1, 3)], evidence.leader_visits)


@clause(
    "一.2",
    title="纳入县级评价体系",
    full=5,
    source=("附件3 一.2", "O-23", "G2"),
    why="写进考核，领导换了，这件事也不会没人管。",
    needs={"documents/考核体系": {"appraisal_papers": [WRITTEN]}},
    mends=[Mend("appraisal_papers", "把农村饮水写进县级考核文件", adds=True, kind=WRITTEN)],
    examples=[
        ("有考核文件，写了农村饮水", {"appraisal_papers": [WRITTEN]}, "5"),
        ("有考核文件，没有写农村饮水", {"appraisal_papers": [UNWRITTEN]}, "0"),
        ("没有", {"appraisal_papers": 0}, "0"),
    ],
)
def water_is_appraised(evidence: Queried, _readings: Readings) -> Award:
    """巩固农村饮水安全成果纳入县级政府或部门的综合评价：纳入得5分，没有得0分。"""
    return best({WRITTEN: 5}, evidence.appraisal_papers)
