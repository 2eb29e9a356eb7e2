"""A small made-up edition: three clauses, one of them under a number that 2022 has too."""

from __future__ import annotations

from pipeline.annexes import Annex
from pipeline.assessment.edition import Edition, Pool
from pipeline.assessment.evidence import Queried
from pipeline.assessment.rulebook import Award, ClauseBook, Mend, adjust, deduct, tier
from pipeline.readings import SWITCHES, Readings

Y2025 = Annex(
    id="y2025",
    year="2025",
    title="试算用的考评细则",
    source="试算〔2025〕1号 附件",
    parts={"一": "领导", "二": "整改", "七": "加分"},
    bounds={"一.1": (0, 40), "二.1": (0, 60), "七.1": (0, 4)},
    beside=("七",),
)
BOOK = ClauseBook(Y2025)


@BOOK.clause(
    "一.1",
    title="领导到现场",
    full=40,
    source=("附件3 一.1",),
    why="领导去过，才知道难在哪里。",
    needs={"activities/领导督查": {"leader_visits": 2}},
    mends=[Mend("leader_visits", "再去一次", adds=True)],
    examples=[("2次", {"leader_visits": 2}, "40"), ("1次", {"leader_visits": 1}, "20")],
)
def leaders_inspect(evidence: Queried, _readings: Readings) -> Award:
    """领导到过2次得40分，1次得20分。"""
    return tier([(2, 40), (1, 20)], evidence.leader_visits)


@BOOK.clause(
    "二.1",
    title="按时整改",
    full=60,
    source=("附件3 二.1",),
    why="拖着不改，吃亏的是用水的人。",
    needs={"issues": {}},
    seen=("outside_issues",),
    examples=[("1件没有按时", {"late_or_recurrent_issues": 1}, "55")],
)
def issues_mended(evidence: Queried, _readings: Readings) -> Award:
    """都按时整改得60分；1件没有按时扣5分。"""
    return deduct(60, 5, evidence.late_or_recurrent_issues)


@BOOK.clause(
    "七.1",
    title="典型",
    full=4,
    source=("附件3 七.1",),
    why="好办法要让别处也知道。",
    examples=[("转发1次", {"forwarded_examples": 1}, "2")],
)
def model_for_others(evidence: Queried, _readings: Readings) -> Award:
    """典型经验被转发1次加2分，最多加4分。"""
    return adjust(0, 4, (2, evidence.forwarded_examples))


EDITION = Edition(
    annex=Y2025,
    clauses=BOOK.clauses,
    readings=SWITCHES,
    pool=Pool(("一.1", "二.1"), "G14", "pooled"),
    fixed=("G33",),
)
