"""Readings: table and code know the same options, and every option really does something."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline import assessment
from pipeline.assessment import sensitivity
from pipeline.assessment.editions.y2022 import EDITION
from pipeline.checks.examples import book_of
from pipeline.ledgers import load
from pipeline.readings import PARAMETERS, SETTLED, SWITCHES, Readings, options

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "data", ROOT / "tests" / "example")
DAY = date(2022, 9, 16)
EVERYTHING = set(EDITION.clauses)

ELSEWHERE = {("G14", "pooled"), ("G38", "zero")}
"""Options that work on a sum and not on one clause: see below, and the tests of the scores."""

OPTIONS = [
    pytest.param(name, option, id=f"{name} {option}")
    for name, known in SWITCHES.items()
    for option in known[1:]
    if (name, option) not in ELSEWHERE
]


@cache
def table(folder: Path) -> tuple:
    return load(folder).snapshot["readings"]


@pytest.mark.parametrize("folder", FOLDERS, ids=["city", "story"])
def test_table_and_code_know_the_same_options(folder):
    """Neither promises an option that the other does not know."""
    told: dict[str, set[str]] = {}
    for row in table(folder):
        told.setdefault(row.reading_id, set()).add(row.option)

    assert told == {name: set(options(name)) for name in (*SWITCHES, *SETTLED)}


@pytest.mark.parametrize("folder", FOLDERS, ids=["city", "story"])
def test_what_is_chosen_is_what_is_recommended(folder):
    """The first option of the code, until the bureau decides otherwise; with its number."""
    readings = Readings.from_rows(table(folder))

    assert dict(readings) == dict(Readings())
    assert {name: readings.number(name) for name in PARAMETERS} == dict(PARAMETERS)


def test_an_option_nobody_knows_is_refused():
    """In the table, in a change, and in a clause that asks for it."""
    with pytest.raises(ValueError, match="G30"):
        Readings({"G30": "twice"})
    with pytest.raises(ValueError, match="G30"):
        Readings().but(G30="twice")
    with pytest.raises(ValueError, match="G30"):
        Readings().says("G30", "twice")


def test_what_was_asked_is_noted():
    """Nested questions count for all that are listening; a match is noted as if asked."""
    readings = Readings()
    with readings.noting() as outer:
        readings.says("G1", "three-is-five")
        with readings.noting() as inner:
            readings.number("G4")
        readings.note(["G30"])

    assert inner == {"G4"}
    assert outer == {"G1", "G4", "G30"}


def test_a_clause_asks_only_what_the_table_names_for_it():
    """And the table names no switch for a clause that never asks it."""
    snapshot = load(ROOT / "data").snapshot
    scorer = next(assessment.scorers(snapshot, [DAY]))
    for unit in scorer.units:
        sensitivity.band(scorer, unit, Readings.from_rows(snapshot["readings"]))
    named: dict[str, set[str]] = {}
    for row in snapshot["readings"]:
        named.setdefault(row.reading_id, set()).update(row.clause_ids)

    asked: dict[str, set[str]] = {}
    for clause in EDITION.clauses:
        for unit in scorer.units:
            for reading in scorer.asked(unit, clause):
                asked.setdefault(reading, set()).add(clause)

    for reading, clauses in asked.items():
        assert clauses <= named[reading], reading
    assert asked["G33"] | {"五.2"} <= EVERYTHING


VISIT = {"visit_id": "city-v00001", "checker_level": "市", "mode": "暗访", "place_type": "工程"}
VISIT |= {"place_id": "jiaxian-w0001", "visited_on": "2022-08-10", "checklists": "厂站管理"}
VISIT |= {"feedback_on": "2022-08-25"}
AGAIN = VISIT | {"visit_id": "city-v00002", "visited_on": "2022-08-20"}
SITE = VISIT | {"place_type": "网站", "place_id": "jiaxian", "checklists": "责任公示"}
FILED = {"item_code": "SZ2", "checklist": "水质公示", "place_types": "工程", "clause_id": ""}
TIDY = {"item_code": "ZJ1", "checklist": "厂站管理", "place_types": "工程", "clause_id": "五.4①"}
LAB = {"item_code": "HY1", "checklist": "化验检测", "place_types": "工程", "clause_id": "五.4②"}
SHEET = {"item_code": "ZL1", "checklist": "宣传资料", "place_types": "工程", "clause_id": "五.4④"}
NUMBER = {"item_code": "GS8", "checklist": "责任公示", "place_types": "工程", "clause_id": "三.3"}
FIRST = {"item_code": "GS5", "checklist": "责任公示", "place_types": "网站", "clause_id": "三.2"}
SECOND = {"item_code": "GS6", "checklist": "责任公示", "place_types": "网站", "clause_id": ""}
WHOLE = {"item_code": "GS7", "checklist": "责任公示", "place_types": "网站", "clause_id": "三.2"}


def finding(number: int, item: str, visit: str = "city-v00001") -> dict[str, str]:
    return {"finding_id": f"{visit}-f0{number}", "visit_id": visit, "item_code": item}


WORKS = {
    "works_id": "jiaxian-w0001",
    "status": "正常",
    "works_class": "千吨万人",
    "population": "100",
}
LEADER = {"kind": "领导督查", "leader_role": "政府主要领导", "place_ids": "jiaxian-w0001"}
LEADER |= {"evidence_ref": "档1", "held_on": "2022-08-01"}
EARLY = LEADER | {"activity_id": "jiaxian-a0002", "held_on": "2022-03-01"}
LATER = LEADER | {"activity_id": "jiaxian-a0003", "held_on": "2022-09-05"}
PROJECT = {"project_id": "jiaxian-p0001", "kind": "维修养护", "budget_yuan": "300"}
SMALL = {"project_id": "jiaxian-p0002", "kind": "维修养护", "budget_yuan": "100"}
MET = {
    "milestone_id": "jiaxian-p0001-n01",
    "project_id": "jiaxian-p0001",
    "due_on": "2022-08-01",
    "met_on": "2022-08-01",
}
MISSED = MET | {"milestone_id": "jiaxian-p0002-n01", "project_id": "jiaxian-p0002", "met_on": ""}
PHONE = {"phone_id": "jiaxian-t00001", "role": "管理人员", "valid_from": "2022-01-01"}
CALL = {"checker_level": "市", "checked_on": "2022-09-02", "call_result": "接通"}
PAPER = {
    "unit_id": "jiaxian",
    "place_type": "县",
    "place_id": "jiaxian",
    "issuer_level": "政府",
    "issued_on": "2022-02-01",
}
AGENCY = PAPER | {"kind": "机构批复", "has_premises": "是", "has_staff": "是", "has_funds": "否"}
PLAN = PAPER | {"kind": "应急预案", "doc_id": "jiaxian-d0001", "issued_on": "2021-02-01"}
OPERABLE = {
    "clause_id": "四.4",
    "stage": "核查",
    "kind": "事实",
    "fact": "预案可操作",
    "answer": "是",
}
OPERABLE |= {"subject_id": "jiaxian-d0001", "judged_on": "2022-09-10", "signed_on": "2022-09-12"}
SCREENING = {"documents": [PAPER | {"kind": "排查机制"}]}
HOME = {"household_kind": "脱贫不稳定户", "checked_households": "5", "unsafe_households": "2"}
HOME |= {"listed_households": "0", "repeat_unsafe_households": "0", "checked_on": "2022-08-20"}
ISSUE = {"issue_id": "jiaxian-2022-0001", "found_on": "2022-08-01", "due_on": "2022-08-10"}
ISSUE |= {"found_by_level": "市", "channel": "监督检查", "works_id": "jiaxian-w0001"}
OPENED = {"event_id": "jiaxian-2022-0001-e01", "issue_id": "jiaxian-2022-0001", "event": "登记"}
OPENED |= {"event_on": "2022-08-01", "by_level": "县"}
DONE = OPENED | {"event_id": "jiaxian-2022-0001-e02", "event": "整改完成", "event_on": "2022-08-09"}
PASSED = OPENED | {"event_id": "jiaxian-2022-0001-e03", "event": "现场核查通过"}
PASSED |= {"event_on": "2022-08-11", "by_org": "别处"}
STRUCK = PASSED | {"event_id": "jiaxian-2022-0001-e04", "event": "销号", "event_on": "2022-08-12"}
EXTENDED = OPENED | {"event_id": "jiaxian-2022-0001-e02", "event": "延期批准"}
EXTENDED |= {"event_on": "2022-08-08", "new_due_on": "2022-12-01", "by_level": "市"}
TEST = {"place_type": "工程", "place_id": "jiaxian-w0001", "method": "化验", "conclusion": "不达标"}
TEST |= {"sampled_on": "2022-08-01", "sampling_point": "出厂水", "checker_level": "县"}
SUPPLY = {"works": [WORKS], "villages": [{"dispersed_households": "0"}], "water_tests": [TEST]}
PASSING = TEST | {"conclusion": "达标"}
TESTED = SUPPLY | {"water_tests": [PASSING]}
QUARTERLY = {
    "scale_no": "",
    "source_type": "",
    "sampling_point": "出厂水",
    "times": "1",
    "per": "季",
}
QUARTERLY |= {"valid_from": "2022-01-01"}
UNPOSTED = PASSING | {"sample_id": "jiaxian-s00001", "sampled_on": "2022-03-01"}
UNPOSTED |= {"reported_on": "2022-03-08", "posted_on": ""}
POSTED = PASSING | {"sample_id": "jiaxian-s00002", "reported_on": "2022-08-08"}
POSTED |= {"posted_on": "2022-08-09"}
INDICATORS = ("ph", "turbidity", "colour", "iron", "manganese", "chloride", "sulfate", "fluoride")
FULL = [
    {"sample_id": sample["sample_id"], "indicator": name}
    for sample in (UNPOSTED, POSTED)
    for name in INDICATORS
]
PRESS = {"kind": "宣传", "title": "同一篇", "host_level": "县", "held_on": "2022-08-01"}
CITY_PRESS = PRESS | {"activity_id": "jiaxian-a0002", "host_level": "市", "held_on": "2022-07-20"}
ONCE = {"kind": "媒体披露", "problem_no": "city-b0001", "is_severe": "否"}
ONCE |= {"incident_id": "city-b0001", "occurred_on": "2022-08-01", "is_major": ""}
TWICE = [ONCE, ONCE | {"incident_id": "city-b0002", "occurred_on": "2022-08-09"}]
SPEECH = {"kind": "典型发言", "host_level": "市", "held_on": "2022-08-01"}
WATER_HEAD = {"place_type": "县", "place_id": "jiaxian", "duty": "水利监管责任", "rank": "主管领导"}
GOVERNMENT = {"place_type": "县", "place_id": "jiaxian", "duty": "政府主体责任", "rank": "主要领导"}
GOVERNMENT |= {"valid_from": "2022-07-15", "web_posted_on": "", "board_posted_on": "2022-07-16"}
TOWN_HEAD = GOVERNMENT | {"resp_id": "jiaxian-r00002", "place_type": "乡镇"}
TOWN_HEAD |= {"place_id": "890121103", "rank": "直接负责人"}
COUNTY_HEAD = GOVERNMENT | {"valid_from": "2021-01-01", "web_posted_on": "2021-01-02"}
LATE_BOARDS = [
    TOWN_HEAD
    | {"resp_id": f"jiaxian-r0000{n}", "place_id": f"89012110{n}", "rank": "主要领导"}
    | {"web_posted_on": "2022-07-16", "board_posted_on": ""}
    for n in (2, 3)
]
STATION = {"works": [WORKS], "checklist_items": [TIDY], "inspections@C": [VISIT]}
LISTED = ISSUE | {"finding_ids": "city-v00001-f01"}

CASES: dict[tuple[str, str], tuple[str, dict, str | None, str | None]] = {
    ("G1", "three-is-three"): ("一.1", {"activities": [EARLY, LEADER, LATER]}, "5", "3"),
    ("G1", "campaign-only"): ("一.1", {"activities": [EARLY, LEADER, LATER]}, "5", "3"),
    ("G1", "both-leaders"): ("一.1", {"activities": [LEADER]}, "3", "0"),
    ("G1", "deployment-required"): ("一.1", {"activities": [LEADER]}, "3", "0"),
    ("G3", "budget"): (
        "二.2", {"projects": [PROJECT, SMALL], "milestones": [MET, MISSED]}, "2.5", "3.75",
    ),
    ("G3", "rescale"): ("二.2", {"projects": [PROJECT]}, "5", None),
    ("G6", "only-unreachable"): (
        "三.3", {"phones": [PHONE], "phone_checks@C": [CALL | {"informed": "不熟悉"}]}, "5.5", "6",
    ),
    ("G7", "literal"): ("四.1", {"documents": [AGENCY | {"has_funds": "是"}]}, "3", "2"),
    ("G7", "bureau-decides"): ("四.1", {"documents": [AGENCY]}, "2", None),
    ("G9", "literal"): ("四.3", {"works": [WORKS], "funds": [{"entry": "支出"}]}, "0", "1"),
    ("G10", "within-year"): ("四.4", {"documents": [PLAN], "judgements@C": [OPERABLE]}, "4", "0"),
    ("G11", "any"): (
        "五.1", SCREENING | {"household_checks": [HOME | {"checker_level": "村"}]}, "10", "8",
    ),
    ("G12", "self-included"): (
        "五.2",
        {"issues": [ISSUE | {"found_by_level": "县"}], "issue_events": [OPENED]},
        "17", "15",
    ),
    ("G13", "literal"): ("五.3", SUPPLY, "9", "10"),
    ("G14", "only-fourth"): ("五.4①", STATION | {"findings@C": [finding(1, "ZJ1")]}, "1.5", "2"),
    ("G15", "graded"): (
        "五.5①", {"returns": [{"due_on": "2022-08-25", "received_on": "2022-08-26"}]}, "0", "1.5",
    ),
    ("G16", "both"): ("六.1", {"incidents": TWICE}, "0", "-1"),
    ("G16", "chronological"): (
        "六.2", {"activities": [PRESS, CITY_PRESS | {"title": "另一篇"}]}, "2.5", "2",
    ),
    ("G16", "each-speech"): (
        "六.3", {"activities": [SPEECH, SPEECH | {"activity_id": "jiaxian-a0002"}]}, "5", "10",
    ),
    ("G29", "none"): (
        "三.3",
        {
            "works": [WORKS], "phones": [PHONE], "checklist_items": [NUMBER],
            "inspections@C": [VISIT | {"checklists": "责任公示"}],
            "findings@C": [finding(1, "GS8")],
        },
        "5.5", "6",
    ),
    ("G30", "per-visit"): (
        "五.4①",
        STATION | {
            "inspections@C": [VISIT, AGAIN],
            "findings@C": [finding(1, "ZJ1"), finding(1, "ZJ1", "city-v00002")],
        },
        "1.5", "1",
    ),
    ("G31", "not-if-struck"): (
        "五.4①",
        STATION | {
            "findings@C": [finding(1, "ZJ1")], "issues": [LISTED],
            "issue_events": [OPENED, DONE, PASSED, STRUCK],
        },
        "1.5", "2",
    ),
    ("G32", "never"): ("五.2", {"issues": [ISSUE], "issue_events": [OPENED, EXTENDED]}, "17", "15"),
    ("G33", "from-assessment"): ("一.1", {"activities": [LEADER]}, "3", "0"),
    ("G34", "findings-only"): ("三.1", {"responsibilities": [GOVERNMENT, TOWN_HEAD]}, "5.5", "6"),
    ("G35", "charged"): (
        "三.2",
        {
            "responsibilities": [WATER_HEAD], "checklist_items": [FIRST, SECOND, WHOLE],
            "inspections@C": [SITE], "findings@C": [finding(1, "GS5")],
        },
        "1", "0.5",
    ),
    ("G36", "struck"): ("五.2", {"issues": [ISSUE], "issue_events": [OPENED, DONE]}, "17", "15"),
    ("G37", "each"): ("六.2", {"activities": [PRESS, CITY_PRESS]}, "1", "2.5"),
    ("G39", "always-outside"): (
        "五.2",
        {
            "issues": [ISSUE | {"found_by_level": "县", "channel": "乡村振兴靶向整改"}],
            "issue_events": [OPENED],
        },
        "17", "15",
    ),
    ("G40", "not-charged"): (
        "五.3",
        SUPPLY | {
            "villages": [{"dispersed_households": "9"}],
            "water_tests": [TEST | {"conclusion": "达标"}],
        },
        "9", "10",
    ),
    ("G41", "not-counted"): (
        "五.2",
        {
            "issues": [ISSUE | {"found_by_level": "县", "due_on": "2022-12-01"}],
            "issue_events": [OPENED], "assignments": [{"due_on": "2022-09-01"}],
        },
        "15", "17",
    ),
    ("G13", "filed-too"): (
        "五.3",
        TESTED | {
            "checklist_items": [FILED], "inspections@C": [VISIT | {"checklists": "水质公示"}],
            "findings@C": [finding(1, "SZ2")],
        },
        "10", "9",
    ),
    ("G42", "by-frequency"): ("五.3", TESTED | {"test_frequency": [QUARTERLY]}, "10", "9"),
    ("G43", "any-of-year"): (
        "五.3",
        SUPPLY | {"water_tests": [UNPOSTED, POSTED], "water_results": FULL},
        "10", "9",
    ),
    ("G44", "each-board"): (
        "三.1", {"responsibilities": [COUNTY_HEAD, *LATE_BOARDS]}, "5.5", "5",
    ),
}  # fmt: skip


def scorer_of(example: dict) -> assessment.Scorer:
    """Return a scorer over a small made-up snapshot of one unit."""
    snapshot = book_of({"units": [{"unit_id": "jiaxian"}]} | example).snapshot
    return next(assessment.scorers(snapshot, [DAY]))


@pytest.mark.parametrize(("reading", "option"), OPTIONS)
def test_every_option_moves_points_somewhere(reading, option):
    """A small made-up snapshot in which the option gives other points than the recommendation."""
    clause, example, recommended, otherwise = CASES[reading, option]
    scorer = scorer_of(example)

    plain = scorer.award("jiaxian", clause, Readings())
    other = scorer.award("jiaxian", clause, Readings({reading: option}))

    assert plain.points == (None if recommended is None else Decimal(recommended)), plain.because
    assert other.points == (None if otherwise is None else Decimal(otherwise)), other.because
    assert reading in scorer.asked("jiaxian", clause)


def test_pooled_items_share_their_loss():
    """G14 pooled: what one item cannot pay the others do, down to nothing in all."""
    places = [
        VISIT | {"visit_id": f"city-v0000{n}", "place_id": f"jiaxian-w000{n}"} for n in range(1, 7)
    ]
    example = STATION | {
        "works": [WORKS | {"works_id": f"jiaxian-w000{n}"} for n in range(1, 7)],
        "villages": [{}],
        "inspections@C": places,
        "findings@C": [finding(1, "ZJ1", f"city-v0000{n}") for n in range(1, 7)],
    }  # six places: 2 - 3 = -1

    floored = scorer_of(example).sheet("jiaxian", Readings())
    pooled = scorer_of(example).sheet("jiaxian", Readings({"G14": "pooled"}))

    items = ("五.4①", "五.4②", "五.4③", "五.4④")
    assert [floored.line(name).points for name in items] == [0, 2, 2, 5]
    assert sum(pooled.line(name).points for name in items) == 8
    assert all(pooled.line(name).points >= 0 for name in items)
