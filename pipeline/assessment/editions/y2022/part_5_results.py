"""Annex 3, part 5: results (五.1 to 五.5②)."""

from __future__ import annotations

from decimal import Decimal

from pipeline.assessment.editions.y2022.book import clause
from pipeline.assessment.evidence import Counted, Queried
from pipeline.assessment.evidence.water import UNPOSTED
from pipeline.assessment.rulebook import (
    Award,
    Mend,
    Stake,
    award,
    deduct,
    not_applicable,
    within,
)
from pipeline.readings import Readings

POOL = 11
"""Points of 五.4① to ④ together, where reading G14 pools them."""


@clause(
    "五.1",
    title="动态排查",
    full=10,
    source=("附件3 五.1", "O-4", "O-11", "G11"),
    why="饮水不安全的户要自己先找出来，不等别人查到。",
    needs={"documents/排查机制": {"screening_papers": 1}},
    seen=("safety_households",),
    mends=[Mend("screening_papers", "出台动态排查机制文件", adds=True)],
    examples=[
        ("有机制，没有发现不安全户", {"screening_papers": 1}, "10"),
        ("有机制，发现3户", {"screening_papers": 1, "unsafe_households": 3}, "7"),
        ("没有机制", {"unsafe_households": 0}, "0"),
        ("有机制，发现15户，扣完为止", {"screening_papers": 1, "unsafe_households": 15}, "0"),
    ],
)
def screening_works(evidence: Queried, _readings: Readings) -> Award:
    """建立动态排查机制得10分；没有机制扣10分，发现1户脱贫户或监测户饮水不安全扣1分。"""
    papers = evidence.screening_papers
    if not papers:
        return award(10, papers)
    taken = deduct(10, 1, evidence.unsafe_households)
    return within(taken, rows=(*papers.rows, *taken.rows))


@clause(
    "五.2",
    title="问题按时整改、不反复",
    full=17,
    source=("附件3 五.2", "O-6", "O-13", "G12"),
    why="问题拖着不改、改了又犯，吃亏的是用水的人；全表分值最高。",
    needs={"issues": {}},
    seen=("outside_issues",),
    stakes=[Stake("late_or_recurrent_issues", "issues_at_stake", "按时限完成整改")],
    examples=[
        ("都按时完成", {"outside_issues": 30}, "17"),
        ("2件没有按时完成", {"late_or_recurrent_issues": 2}, "13"),
        (
            "1件反复，1件交办了没有登记",
            {"late_or_recurrent_issues": 1, "unlisted_assignments": 1},
            "13",
        ),
        ("1件交办后登记又作废，没有接着办", {"dropped_assignments": 1}, "15"),
        ("9件，扣完为止", {"late_or_recurrent_issues": 9}, "0"),
    ],
)
def issues_mended_in_time(evidence: Queried, _readings: Readings) -> Award:
    """各渠道反映的问题按时完成整改、不反复，得17分；没有按期完成或者反复，1次扣2分。"""
    return deduct(
        17,
        2,
        evidence.late_or_recurrent_issues,
        evidence.unlisted_assignments,
        evidence.dropped_assignments,
    )


@clause(
    "五.3",
    title="水质检测和公示",
    full=10,
    source=("附件3 五.3", "O-12", "G13"),
    why="水干不干净看不出来，只有检测说得清，公示了村民才知道。",
    needs={"works": {}, "villages": {}, "water_tests": {"untested_places": 0}},
    seen=("testable_places",),
    mends=[
        Mend("untested_places", "补做水质检测"),
        Mend("failing_places", "整改水质，复检合格"),
        Mend("unposted_reports", "再做一次全项检测，报告按时公示", kind=UNPOSTED),
    ],
    examples=[
        ("都检测、都公示、都达标", {"testable_places": 50}, "10"),
        ("2处没有检测，1处没有公示", {"untested_places": 2, "unposted_reports": 1}, "7"),
        ("1处不达标", {"failing_places": 1}, "9"),
        ("1份报告迟迟没有出，不扣分", {"overdue_reports": 1}, "10"),
        (
            "2处检测次数不够，口径取“按频次”",
            {"seldom_tested_places": 2},
            "8",
            {"G42": "by-frequency"},
        ),
        ("1处没有按要求存放，口径说也扣", {"unfiled_reports": 1}, "9", {"G13": "filed-too"}),
        ("12处没有检测，扣完为止", {"untested_places": 12}, "0"),
    ],
)
def water_is_tested(evidence: Queried, _readings: Readings) -> Award:
    """集中供水检测达标、分散供水现场评价达标、报告按要求存放，得10分；1处没有检测扣1分，1处报告没有公示扣1分。"""
    taken = deduct(
        10,
        1,
        evidence.untested_places,
        evidence.seldom_tested_places,
        evidence.unposted_reports,
        evidence.failing_places,
        evidence.unfiled_reports,
    )
    overdue = evidence.overdue_reports
    if not overdue:
        return taken
    because = f"{taken.because}；{overdue}，不扣分"
    rows = tuple(dict.fromkeys((*taken.rows, *overdue.rows)))
    return within(taken, because=because, rows=rows)


def _of_five_four(readings: Readings, full: int, is_fourth: bool, faults: Counted) -> Award:
    """Take off half a point a place, as reading G14 says where the deduction applies."""
    if not is_fourth and readings.says("G14", "only-fourth"):
        return within(deduct(full, 0, faults), faults=0, rows=())
    return deduct(full, "0.5", faults, floor=-POOL if _is_pooled(readings) else 0)


def _is_pooled(readings: Readings) -> bool:
    return readings.says("G14", "pooled")


@clause(
    "五.4①",
    title="厂站卫生、公示和标志",
    full=2,
    source=("附件3 五.4①", "O-12", "G14"),
    why="厂站脏乱、没有标志，水源和设备就容易出事。",
    needs={"works": {}},
    seen=("station_seen",),
    examples=[
        ("没有查出问题", {"station_seen": 8}, "2"),
        ("3处不合要求", {"station_faults": 3}, "0.5"),
        ("6处，扣完为止", {"station_faults": 6}, "0"),
        ("3处，口径取“只管④”", {"station_faults": 3}, "2", {"G14": "only-fourth"}),
    ],
)
def stations_are_kept(evidence: Queried, readings: Readings) -> Award:
    """供水站（厂）干净卫生，公布维修电话、简介、制度，设水源地标志牌和警示标志，得2分；1处不合要求扣0.5分。"""
    return _of_five_four(readings, 2, False, evidence.station_faults)


@clause(
    "五.4②",
    title="水厂化验室",
    full=2,
    source=("附件3 五.4②", "O-12", "G14"),
    why="大水厂供上万人，水质每天要自己先看住。",
    needs={"works": {"large_works": 1}},
    seen=("laboratory_seen",),
    examples=[
        ("有水厂，没有查出问题", {"large_works": 2}, "2"),
        ("1个水厂没有化验室", {"large_works": 2, "laboratory_faults": 1}, "1.5"),
        ("没有千吨万人水厂", {}, "2"),
    ],
)
def plants_have_laboratories(evidence: Queried, readings: Readings) -> Award:
    """千吨万人水厂有日常化验室、检测人员熟练、有应急预案，得2分；1处不合要求扣0.5分。"""
    if not evidence.large_works:
        return not_applicable(2, "没有在用的千吨万人水厂")
    return _of_five_four(readings, 2, False, evidence.laboratory_faults)


@clause(
    "五.4③",
    title="消毒设施",
    full=2,
    source=("附件3 五.4③", "O-12", "G14"),
    why="消毒停一天，细菌就可能进了各家的水。",
    needs={"works": {}},
    seen=("disinfection_seen",),
    examples=[
        ("消毒都正常", {"disinfection_seen": 8}, "2"),
        ("2处不正常", {"disinfection_faults": 2}, "1"),
    ],
)
def disinfection_runs(evidence: Queried, readings: Readings) -> Award:
    """消毒设施正常使用得2分；1处不正常扣0.5分。"""
    return _of_five_four(readings, 2, False, evidence.disinfection_faults)


@clause(
    "五.4④",
    title="宣传栏、明白卡",
    full=5,
    source=("附件3 五.4④", "G14", "G17"),
    why="水质好坏、有事找谁，要送到村里和家里。",
    needs={"works": {}, "villages": {}},
    seen=("material_seen", "paper_households"),
    examples=[
        ("都有", {"material_seen": 5}, "5"),
        ("2个村没有宣传栏，3户没有明白卡", {"material_faults": 2, "lacking_households": 3}, "2.5"),
        ("12户没有，扣完为止", {"lacking_households": 12}, "0"),
    ],
)
def people_are_told(evidence: Queried, readings: Readings) -> Award:
    """项目村、供水厂（站）有水质报告和宣传栏或彩页，脱贫户、监测对象家有明白卡和水质报告，得5分；1处没有落实扣0.5分。"""
    floor = -POOL if _is_pooled(readings) else 0
    return deduct(5, "0.5", evidence.material_faults, evidence.lacking_households, floor=floor)


@clause(
    "五.4⑤",
    title="管水员培训",
    full=2,
    source=("附件3 五.4⑤", "O-12"),
    why="管水员会操作、会消毒，工程才用得久。",
    needs={"activities/培训": {"trainings": 1}},
    mends=[Mend("trainings", "组织管水员培训，留下签到", adds=True)],
    examples=[("培训过1次", {"trainings": 1}, "2"), ("没有培训", {}, "0")],
)
def keepers_are_trained(evidence: Queried, _readings: Readings) -> Award:
    """对管水员进行培训，得2分。"""
    return award(2, evidence.trainings)


@clause(
    "五.5①",
    title="总结和报表",
    full=2,
    source=("附件3 五.5①", "O-8", "G15"),
    why="报得不准、不及时，全市的情况就看不清。",
    examples=[
        ("8份都按时", {"returns_due": 8}, "2"),
        ("8份里1份迟报", {"returns_due": 8, "faulty_returns": 1}, "0"),
        (
            "8份里1份迟报，口径取“部分扣”",
            {"returns_due": 8, "faulty_returns": 1},
            "1.5",
            {"G15": "graded"},
        ),
        ("还没有到期的", {}, "2"),
    ],
)
def returns_in_time(evidence: Queried, readings: Readings) -> Award:
    """准确、及时上报总结和各类报表，得2分。"""
    due, faulty = evidence.returns_due, evidence.faulty_returns
    if not due:
        return not_applicable(2, "还没有到期的总结和报表")
    if readings.says("G15", "graded"):
        return deduct(2, "0.5", faulty)
    if faulty:
        return Award(Decimal(0), f"{due}，{faulty}，得0分", faulty.rows, int(faulty.total))
    return award(2, due)


@clause(
    "五.5②",
    title="监督和服务电话",
    full=3,
    source=("附件3 五.5②", "G6"),
    why="县里的监督电话没有人接，村民就没有地方说。",
    needs={"phones/县级监督": {}, "phones/供水服务": {}},
    seen=("hotline_calls",),
    examples=[
        ("都有人接", {"hotline_calls": 2}, "3"),
        ("1次不通", {"unanswered_hotline_calls": 1}, "2.5"),
        ("7次不通，扣完为止", {"unanswered_hotline_calls": 7}, "0"),
    ],
)
def hotlines_are_answered(evidence: Queried, _readings: Readings) -> Award:
    """抽查县级监督电话和供水服务电话，有人接听得3分；1次不通扣0.5分。"""
    return deduct(3, "0.5", evidence.unanswered_hotline_calls)
