"""Annex 3, part 4: agency, rules, money, emergency plan (四.1 to 四.4)."""

from __future__ import annotations

from decimal import Decimal

from pipeline.assessment.editions.y2022.book import clause
from pipeline.assessment.evidence import Queried
from pipeline.assessment.evidence.papers import (
    FULL,
    IN_PLACE,
    OPERABLE,
    OUTDATED,
    PARTIAL,
    PARTLY,
    UNAPPROVED,
    UNJUDGED,
    UNWORKABLE,
)
from pipeline.assessment.rulebook import Award, Mend, best, not_reported
from pipeline.figures import shown, yuan
from pipeline.readings import Readings

YUAN_PER_HEAD = 3
HALF_MILLION = 500_000
MORE_THAN_DUE = "10000000000"
"""Yuan: more than three for every person of the country."""


def short_of_full(evidence: Queried) -> Decimal:
    """Return the yuan that are short of three for every person served."""
    needed = YUAN_PER_HEAD * evidence.people_served.total
    return max(Decimal(1), Decimal(needed) - evidence.funds_received.total)


@clause(
    "四.1",
    title="运行管理机构",
    full=3,
    source=("附件3 四.1", "G7"),
    why="没有批复的机构、人员和经费，管护只是一句话。",
    needs={"documents/机构批复": {"agency_on_paper": [FULL]}},
    mends=[Mend("agency", "落实管理机构的场所、人员、经费", adds=True, kind=FULL)],
    examples=[
        ("政府批复，场所、人员、经费都落实", {"agency": [FULL]}, "3"),
        ("成立了，没有都落实", {"agency": [PARTIAL]}, "2"),
        ("没有成立", {}, "0"),
        ("不是政府批复的", {"agency": [UNAPPROVED]}, "0"),
        ("市里认定落实", {"agency": [IN_PLACE["是"]]}, "3"),
        ("市里认定部分落实", {"agency": [IN_PLACE["部分"]]}, "2"),
        ("市里认定没有落实", {"agency": [IN_PLACE["否"]]}, "0"),
        ("都落实，口径以正文2分为准", {"agency": [FULL]}, "2", {"G7": "literal"}),
        ("成立了，没有都落实，口径以正文为准", {"agency": [PARTIAL]}, "0", {"G7": "literal"}),
        ("没有都落实，口径由市局评定", {"agency": [PARTIAL]}, None, {"G7": "bureau-decides"}),
    ],
)
def agency_stands(evidence: Queried, readings: Readings) -> Award:
    """县级成立管理机构，政府批复，场所、人员、经费落实（分值3分，正文2分）；没有成立得0分。"""
    found = evidence.agency
    full, partial = (FULL, IN_PLACE["是"]), (PARTIAL, IN_PLACE["部分"])
    match readings["G7"]:
        case "literal":
            return best(dict.fromkeys(full, 2), found)
        case "bureau-decides" if found.of(*partial):
            return not_reported("机构没有都落实，分数待市局评定", found.rows)
    return best(dict.fromkeys(full, 3) | dict.fromkeys(partial, 2), found)


@clause(
    "四.2",
    title="运行管理办法",
    full=3,
    source=("附件3 四.2", "G8"),
    why="办法由谁发文，决定别的部门听不听。",
    needs={"documents/管理办法": {"rules": ["政府"]}},
    mends=[Mend("rules", "以政府文件出台运行管理办法", adds=True, kind="政府")],
    examples=[
        ("政府文件", {"rules": ["部门", "政府"]}, "3"),
        ("领导小组办公室文件", {"rules": ["领导小组办公室"]}, "2"),
        ("部门文件", {"rules": ["部门"]}, "1"),
        ("没有办法", {}, "0"),
    ],
)
def rules_issued(evidence: Queried, _readings: Readings) -> Award:
    """县级运行管理办法：政府文件得3分，领导小组办公室文件得2分，其他部门文件得1分。"""
    return best({"政府": 3, "领导小组办公室": 2, "部门": 1}, evidence.rules)


@clause(
    "四.3",
    title="维修基金",
    full=5,
    source=("附件3 四.3", "G9"),
    why="维修基金到了账，水管坏了才修得起。",
    needs={"funds": {"funds_received": MORE_THAN_DUE}, "works": {}},
    uncited=("works",),
    mends=[Mend("funds_received", "补足维修基金", adds=True, amount=short_of_full)],
    examples=[
        ("20万人，到账60万元", {"funds_received": "600000", "people_served": "200000"}, "5"),
        ("20万人，到账50万元", {"funds_received": "500000", "people_served": "200000"}, "3"),
        ("20万人，到账49万元", {"funds_received": "490000", "people_served": "200000"}, "1"),
        (
            "1万人，到账3万元，先看是否足额",
            {"funds_received": "30000", "people_served": "10000"},
            "5",
        ),
        ("没有到账", {"people_served": "200000"}, "0"),
        ("没有到账，口径按字面", {"people_served": "200000"}, "1", {"G9": "literal"}),
    ],
)
def fund_is_paid(evidence: Queried, readings: Readings) -> Award:
    """按已建工程受益人口每人3元足额落实维修基金得5分；50万元以上得3分，50万元以下得1分。"""
    paid, people = evidence.funds_received, evidence.people_served
    needed = YUAN_PER_HEAD * people.total
    if paid.total > 0 and paid.total >= needed:
        points = 5
    elif paid.total >= HALF_MILLION:
        points = 3
    else:
        points = 1 if paid.total > 0 or readings.says("G9", "literal") else 0
    because = (
        f"{paid}，应落实{YUAN_PER_HEAD}元×{shown(people.total)}人={yuan(needed)}，得{points}分"
    )
    return Award(Decimal(points), because, (*paid.rows, *people.rows))


@clause(
    "四.4",
    title="应急预案",
    full=4,
    source=("附件3 四.4", "O-5", "O-17", "G10"),
    why="旱了、涝了、冻了，照着预案能马上供上水。",
    needs={"documents/应急预案": {"emergency_plans": [OPERABLE]}},
    mends=[Mend("emergency_plans", "修订应急预案，做到可操作", adds=True, kind=OPERABLE)],
    examples=[
        ("及时修订，认定可操作", {"emergency_plans": [OPERABLE]}, "4"),
        ("认定不可操作", {"emergency_plans": [UNWORKABLE]}, "0"),
        ("认定部分可操作", {"emergency_plans": [PARTLY]}, "0"),
        ("没有及时修订", {"emergency_plans": [OUTDATED]}, "0"),
        ("没有预案", {}, "0"),
        ("旧的没有修订，新的可操作", {"emergency_plans": [OUTDATED, OPERABLE]}, "4"),
        ("还没有认定", {"emergency_plans": [UNJUDGED]}, None),
        ("一份不可操作，一份还没有认定", {"emergency_plans": [UNWORKABLE, UNJUDGED]}, None),
    ],
)
def plan_is_operable(evidence: Queried, _readings: Readings) -> Award:
    """及时修订印发供水应急预案、可操作性强得4分；没有修订或者操作性不强得0分。"""
    plans = evidence.emergency_plans
    if plans.of(UNJUDGED) and not plans.of(OPERABLE):
        return not_reported("可操作性待市里评定", plans.rows)
    return best({OPERABLE: 4}, plans)
