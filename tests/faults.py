"""One more fault, of every kind that others can find or that time brings: rows to add to ledgers.

Each kind is a function that returns a ledger with its home and the cells of one row, or None where
the unit offers no occasion. Nothing that could do a unit good comes with the row.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.assessment.known import Known
from pipeline.checks.examples import book_of
from pipeline.ledgers import Snapshot
from pipeline.rowtypes import (
    ROW_CLASSES,
    DocumentRow,
    IncidentRow,
    IssueRow,
    PhoneRow,
    ProjectRow,
    ResponsibilityRow,
    VillageRow,
    WorksRow,
)

Fault = tuple[str, Mapping[str, str]]
Kind = Callable[[Known, str, random.Random], "Fault | None"]
KINDS: dict[str, Kind] = {}
DAY = "2022-09-10"


def kind(function: Kind) -> Kind:
    """Register a kind of fault under the name of its function."""
    KINDS[function.__name__] = function
    return function


def one_more(
    name: str, snapshot: Snapshot, known: Known, unit: str, dice: random.Random
) -> Snapshot | None:
    """Return a snapshot with one more fault of a kind, or None if there is no occasion.

    `known` is what of the snapshot is known on the day.
    """
    fault = KINDS[name](known, unit, dice)
    if fault is None:
        return None
    where, cells = fault
    ledger, _, home = where.partition("@")
    row = book_of({f"{ledger}@{'C' if home == 'C' else unit}": [cells]}).snapshot[ledger][0]
    tables = {**snapshot.tables, ledger: (*snapshot[ledger], row)}
    return Snapshot(snapshot.campaign, snapshot.schemas, tables=tables)


def _any(dice: random.Random, rows: list[Any]) -> Any:
    return dice.choice(rows) if rows else None


@kind
def finding(known: Known, unit: str, dice: random.Random) -> Fault | None:
    """What an outside visit looked at and had found in order was not."""
    seen = [
        (visit.id, item)
        for visit, items, found in known.visits[unit]
        for item in sorted(items - {row.item_code for row in found})
    ]
    picked = _any(dice, seen)
    return picked and (
        "findings@C",
        {"finding_id": "city-v9-f1", "visit_id": picked[0], "item_code": picked[1]},
    )


@kind
def dead_phone(known: Known, unit: str, dice: random.Random) -> Fault | None:
    phone = _any(dice, known.of_unit(PhoneRow, unit))
    return phone and (
        "phone_checks@C",
        {
            "phone_check_id": "city-c9", "unit_id": unit, "phone_id": phone.id, "checked_on": DAY,
            "call_result": dice.choice(("空号停机", "接通")), "informed": "不熟悉",
            "checker_level": dice.choice(("市", "省")),
        },
    )  # fmt: skip


@kind
def household(known: Known, unit: str, dice: random.Random) -> Fault | None:
    villages = [d for d in known.snapshot["divisions"] if d.unit_id == unit and len(d.id) == 12]
    village = _any(dice, villages)
    return village and (
        "household_checks@C",
        {
            "household_check_id": "city-h9", "unit_id": unit, "village_code": village.id,
            "checked_on": DAY, "household_kind": dice.choice(("脱贫不稳定户", "其他脱贫户")),
            "checked_households": "3", "unsafe_households": dice.choice(("0", "2")),
            "lacking_households": dice.choice(("0", "3")), "listed_households": "0",
            "checker_level": "市",
        },
    )  # fmt: skip


@kind
def incident(known: Known, unit: str, dice: random.Random) -> Fault | None:
    numbers = [row.problem_no for row in known.of_unit(IncidentRow, unit)]
    kinds = ("安全事故", "水污染事件", "省通报", *("媒体披露", "行风热线反映") * 3)
    return "incidents@C", {
        "incident_id": "city-b9", "unit_id": unit, "occurred_on": DAY, "is_major": "是",
        "kind": dice.choice(kinds), "is_severe": dice.choice(("是", "否")),
        "problem_no": dice.choice(["city-b9", *numbers * 2]),
    }  # fmt: skip


@kind
def late_return(known: Known, unit: str, dice: random.Random) -> Fault | None:
    return "returns@C", {
        "return_id": "city-q9", "unit_id": unit, "due_on": "2022-09-01",
        "received_on": dice.choice(("", "2022-09-02")),
    }  # fmt: skip


@kind
def assignment(known: Known, unit: str, dice: random.Random) -> Fault | None:
    return "assignments@C", {
        "assignment_id": "city-u9", "unit_id": unit, "assigned_on": "2022-08-01", "due_on": DAY,
        "from_level": "市", "withdrawn_on": "",
    }  # fmt: skip


@kind
def refusal(known: Known, unit: str, dice: random.Random) -> Fault | None:
    """An issue said to be done, checked or struck off is found not to be."""
    states = known.states
    done = [row for row in known.own(IssueRow, unit) if states[row.id].is_reported]
    issue = _any(dice, done)
    return issue and (
        "issue_events@C",
        {
            "event_id": f"{issue.id}-e99", "issue_id": issue.id, "event_on": known.day.isoformat(),
            "event": dice.choice(("退回", "现场核查不通过")), "by_level": "市",
        },
    )  # fmt: skip


@kind
def late_issue(known: Known, unit: str, dice: random.Random) -> Fault | None:
    """An issue found from outside whose limit is over; like one of the unit's, so it may recur."""
    issue = _any(dice, known.own(IssueRow, unit))
    return issue and (
        "issues@U",
        {
            "issue_id": f"{unit}-9999", "unit_id": unit, "found_on": DAY, "due_on": "2022-09-13",
            "found_by_level": dice.choice(("市", "社会", "县")), "category": issue.category,
            "works_id": issue.works_id or "", "village_code": issue.village_code or "",
        },
    )  # fmt: skip


@kind
def failing_water(known: Known, unit: str, dice: random.Random) -> Fault | None:
    works = _any(dice, known.in_supply[unit])
    return works and (
        "water_tests@C",
        {
            "sample_id": "city-s9", "unit_id": unit, "place_type": "工程", "place_id": works.id,
            "sampled_on": DAY, "conclusion": "不达标", "checker_level": "市",
            "sampling_point": dice.choice(("出厂水", "末梢水")), "method": "化验",
        },
    )  # fmt: skip


@kind
def missed_milestone(known: Known, unit: str, dice: random.Random) -> Fault | None:
    project = _any(dice, known.own(ProjectRow, unit))
    return project and (
        "milestones@U",
        {
            "milestone_id": f"{unit}-m999", "project_id": project.id, "due_on": DAY, "met_on": "",
        },
    )  # fmt: skip


@kind
def untested_works(known: Known, unit: str, dice: random.Random) -> Fault | None:
    rows = known.own(WorksRow, unit)
    return rows and (
        "works@U",
        {
            "works_id": f"{unit}-w9999", "unit_id": unit, "status": "正常", "population": "9000",
            "works_class": dice.choice(("千人以上", "千吨万人")),
        },
    )  # fmt: skip


@kind
def untested_village(known: Known, unit: str, dice: random.Random) -> Fault | None:
    there = {row.id for row in known.of_unit(VillageRow, unit)}
    rows = [d for d in known.snapshot["divisions"] if d.unit_id == unit and len(d.id) == 12]
    village = _any(dice, [d for d in rows if d.id not in there]) if there else None
    return village and (
        "villages@U",
        {
            "village_code": village.id, "unit_id": unit, "dispersed_households": "5",
            "is_project_village": "是",
        },
    )  # fmt: skip


@kind
def late_posting(known: Known, unit: str, dice: random.Random) -> Fault | None:
    rows = known.own(ResponsibilityRow, unit)
    return rows and (
        "responsibilities@U",
        {
            "resp_id": f"{unit}-r9999", "unit_id": unit, "place_type": "县", "place_id": unit,
            "duty": "政府主体责任", "rank": "主要领导", "valid_from": "2022-07-15", "valid_to": "",
            "web_posted_on": "2022-09-12", "board_posted_on": "2022-09-12",
        },
    )  # fmt: skip


@kind
def struck_merit(known: Known, unit: str, dice: random.Random) -> Fault | None:
    """What the unit claims to have done is judged untrue."""
    ledgers = ("activities", "documents", "funds")
    rows = [row for name in ledgers for row in known.own(ROW_CLASSES[name], unit)]
    return _judgement(unit, "属实", "否", _any(dice, rows))


@kind
def unworkable_plan(known: Known, unit: str, dice: random.Random) -> Fault | None:
    plans = [row for row in known.own(DocumentRow, unit) if row.kind == "应急预案"]
    return _judgement(unit, "预案可操作", "否", _any(dice, plans))


def _judgement(unit: str, fact: str, answer: str, row: Any) -> Fault | None:
    return row and (
        "judgements@C",
        {
            "judgement_id": "city-j9999", "unit_id": unit, "clause_id": "四.4", "stage": "终评",
            "kind": "事实", "fact": fact, "answer": answer, "subject_id": row.id,
            "judged_on": "2022-09-16", "signed_on": "", "points": "",
        },
    )  # fmt: skip
