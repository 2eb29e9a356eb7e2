"""The public files of a site as the tables that the queries read: nothing else is opened.

Columns that are not published are told by one that is; what stands in sums only is put in as rows
that give the same sums, so that the same queries count them.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.second_opinion import exposed
from tests.second_opinion.ledgers import schemas

OUTSIDE = ("市", "省", "国家", "社会")
TOLD_BY = {
    ("activities", "evidence_ref"): "has_evidence",
    ("villages", "dispersed_households"): "dispersed_source",
}
"""What a hidden column holds is not published; whether it holds anything is."""

PERIODS = {"排查以前": "2000-01-01", "排查阶段": "screen_from_on", "考评阶段": "assess_from_on"}
DENOMINATORS = {"manager_calls", "hotline_calls", "outside_issues"}
LEADER = {"leader_role": "政府主要领导", "place_ids": "-", "evidence_ref": "-"}
TRAINED = {"audience": "管水员", "people_count": "1", "evidence_ref": "-"}
APPROVED = {"kind": "机构批复", "issuer_level": "政府"}
IN_PLACE = {"has_premises": "是", "has_staff": "是", "has_funds": "是"}
STAND_INS: dict[str, tuple[str, dict[str, dict[str, str]]]] = {
    "leader_visits": ("activities", {"不分": {"kind": "领导督查"} | LEADER}),
    "trainings": ("activities", {"不分": {"kind": "培训"} | TRAINED}),
    "press_pieces": (
        "activities",
        {level: {"kind": "宣传", "host_level": level} for level in ("县", "市", "省", "国家")},
    ),
    "model_speeches": ("activities", {"不分": {"kind": "典型发言", "host_level": "市"}}),
    "forwarded_examples": ("activities", {"不分": {"kind": "经验转发", "host_level": "市"}}),
    "appraisal_papers": (
        "documents",
        {"写明了农村饮水": {"kind": "考核体系", "provision": "-"}, "没有写明农村饮水": {}},
    ),
    "rules": (
        "documents",
        {
            level: {"kind": "管理办法", "issuer_level": level}
            for level in ("政府", "领导小组办公室", "部门")
        },
    ),
    "screening_papers": ("documents", {"不分": {"kind": "排查机制"}}),
    "agency": (
        "documents",
        {"落实": APPROVED | IN_PLACE, "部分落实": APPROVED, "不是政府批复": {}},
    ),
    "emergency_plans": (
        "documents",
        {
            "认定可操作": {"kind": "应急预案", "answer": "是"},
            "认定部分可操作": {"kind": "应急预案", "answer": "部分"},
            "认定不可操作": {"kind": "应急预案", "answer": "否"},
            "待评": {"kind": "应急预案"},
            "没有及时修订": {},
        },
    ),
    "grave_events": (
        "incidents",
        {
            "一般": {"kind": "水污染事件", "is_severe": "否"},
            "情况严重": {"kind": "水污染事件", "is_severe": "是"},
        },
    ),
}
"""Evidence of closed rows by kind, and a row that counts the same; {} counts nothing."""


def campaign(folder: Path) -> dict[str, str]:
    """The days of the campaign, as the public package states them."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    days: dict[str, str] = package["campaign"]
    return days


def load(db: sqlite3.Connection, folder: Path, days: dict[str, str]) -> None:
    """Read the ledgers of a folder of downloads, and put in what stands in sums."""
    for name, schema in schemas().items():
        for row in _rows(folder, name):
            for (ledger, hidden), told in TOLD_BY.items():
                if ledger == name:
                    row[hidden] = "1" if row.pop(told) not in (None, "否") else None
            known = {field["name"] for field in schema["fields"]}
            _put(db, name, {k: v for k, v in row.items() if k in known}, _home(row))
    for row in _rows(folder, "household_sums"):
        if (row["checked_by"], row["household_group"]) == ("外部", "脱贫户和监测户"):
            period = PERIODS[str(row["period"])]
            sums = {k: v for k, v in row.items() if k == "unit_id" or k.endswith("_households")}
            for extra in ("visited_households", "safety_households", "paper_households"):
                del sums[extra]
            more = {"checker_level": "市", "household_kind": "其他脱贫户"}
            more["checked_on"] = days.get(period, period)
            _put(db, "household_checks", sums | more, "C")


def reported(folder: Path) -> dict[str, set[str]]:
    """The units that reported or declared none, by ledger/kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows(folder, "reporting_status"):
        if row["status"] != "未报告":
            kind = "" if row["kind"] == "全部" else f"/{row['kind']}"
            found[f"{row['ledger']}{kind}"].add(str(row["unit_id"]))
    return found


def withheld(db: sqlite3.Connection, folder: Path, days: dict[str, str]) -> dict[str, Any]:
    """Put in rows for what closed rows count; return what is added to faults: evidence, unit.

    ValueError where nothing here can stand in for it.
    """
    faults: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    exposures: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in _rows(folder, "withheld_sums"):
        name, unit, amount = str(row["evidence"]), str(row["unit_id"]), float(row["amount"] or 0)
        if name in exposed.NAMES:
            exposures[unit][name][str(row["kind"])] = int(amount)
            continue
        if name not in STAND_INS:
            faults[name][unit] += amount
            continue
        ledger, kinds = STAND_INS[name]
        if amount < 0 or amount % 1:
            raise ValueError(f"no row can stand in for {name} {amount}")
        for number in range(int(amount)):
            if cells := kinds[str(row["kind"])]:
                mark = f"{name}-{row['kind']}-{number}"
                _stand_in(db, ledger, cells | {"unit_id": unit}, mark, days)
    for unit, more in exposures.items():
        exposed.settle(db, unit, more, days["year_from_on"])
    return faults


def _stand_in(
    db: sqlite3.Connection, ledger: str, cells: dict[str, str], mark: str, days: dict[str, str]
) -> None:
    """Put in one row for a closed one, unlike any other, dated on the first day of the year."""
    first, unit = days["year_from_on"], cells["unit_id"]
    answer = cells.pop("answer", None)
    key = f"{unit}-{mark}"
    dated = {
        "activities": {"held_on": f"{first}#{mark}", "title": mark},
        "documents": {"doc_id": key, "place_type": "县", "place_id": unit, "issued_on": first},
        "incidents": {"occurred_on": first, "problem_no": key},
    }
    _put(db, ledger, dated[ledger] | cells, "C" if ledger == "incidents" else "U")
    if answer is not None:
        judged = {"unit_id": unit, "fact": "预案可操作", "answer": answer, "subject_id": key}
        _put(db, "judgements", judged | {"stage": "终评", "judged_on": first}, "C")


def _home(row: dict[str, str | None]) -> str:
    """Who a row is from: outside checks and judgements are the city's, the rest the unit's."""
    return (
        "C" if row.get("checker_level") in OUTSIDE or row.get("stage") in ("核查", "终评") else "U"
    )


def _rows(folder: Path, name: str) -> Iterator[dict[str, str | None]]:
    """The rows of one table, if it is published; demonstration data say so in the file's name."""
    for path in (folder / f"{name}.csv", folder / f"{name}-demo.csv"):
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    yield {key: value or None for key, value in row.items()}


def _put(db: sqlite3.Connection, table: str, cells: dict[str, Any], home: str) -> None:
    named = cells | {"home": home}
    columns, marks = ", ".join(f'"{name}"' for name in named), ", ".join("?" * len(named))
    db.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - schema names
        list(named.values()),
    )
