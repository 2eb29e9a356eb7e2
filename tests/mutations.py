"""Random small data sets: copies of the story with rows lost, moved in time, changed and added.

They need not be valid: two computations of the same rules must agree on nonsense as well.
"""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

Cells = dict[str, str]

DATES = {
    "activities": ("held_on",),
    "assignments": ("assigned_on", "due_on"),
    "documents": ("issued_on", "revised_on", "repealed_on"),
    "funds": ("entry_on",),
    "household_checks": ("checked_on",),
    "inspections": ("visited_on",),
    "issue_events": ("event_on", "new_due_on"),
    "issues": ("found_on", "due_on"),
    "judgements": ("judged_on", "signed_on"),
    "milestones": ("due_on", "met_on"),
    "nil_returns": ("declared_on", "covers_from", "covers_to"),
    "phone_checks": ("checked_on",),
    "responsibilities": ("valid_from", "valid_to", "web_posted_on", "board_posted_on"),
    "returns": ("due_on", "received_on", "returned_on"),
    "villages": ("counted_on",),
    "water_tests": ("sampled_on", "reported_on", "posted_on"),
}
CHOICES = {
    "activities": {
        "kind": ("领导督查", "安排部署", "培训", "宣传", "典型发言", "经验转发"),
        "leader_role": ("党委主要领导", "政府主要领导", "其他领导", ""),
        "host_level": ("县", "市", "省", "国家"),
        "audience": ("管水员", "村干部", ""),
        "people_count": ("0", "30", ""),
        "title": ("同一篇", "另一篇"),
        "evidence_ref": ("档1", ""),
    },
    "documents": {
        "kind": ("考核体系", "机构批复", "管理办法", "应急预案", "排查机制"),
        "issuer_level": ("政府", "领导小组办公室", "部门"),
        "has_premises": ("是", "否", ""),
        "has_staff": ("是", "否"),
        "has_funds": ("是", "否"),
        "provision": ("第三条", ""),
    },
    "funds": {"entry": ("到账", "支出"), "amount_yuan": ("1", "3000", "500000", "90000000")},
    "household_checks": {
        "household_kind": ("脱贫不稳定户", "其他脱贫户", "其他重点人群", "一般户"),
        "checker_level": ("县", "市", "省"),
        "unsafe_households": ("0", "3", ""),
        "listed_households": ("0", "1", ""),
        "repeat_unsafe_households": ("0", "1", ""),
        "lacking_households": ("0", "2", ""),
        "repeat_lacking_households": ("0", "1", ""),
        "withdrawn_on": ("", "2022-09-10"),
    },
    "inspections": {
        "checker_level": ("县", "市", "国家"),
        "items_skipped": ("", "GS5", "GS5|GS6"),
        "withdrawn_on": ("", "2022-09-12"),
    },
    "issue_events": {
        "event": (
            "登记",
            "整改完成",
            "申请销号",
            "现场核查通过",
            "现场核查不通过",
            "销号",
            "延期批准",
        ),
        "by_level": ("县", "市", "省"),
    },
    "issues": {
        "found_by_level": ("村", "县", "市", "省", "社会"),
        "category": ("水质", "管网", "公示"),
        "channel": ("自查", "监督检查", "乡村振兴靶向整改"),
    },
    "phone_checks": {
        "call_result": ("接通", "无人接听", "占线", "空号停机", "号码有误"),
        "informed": ("熟悉", "不熟悉", "未询问"),
        "checker_level": ("县", "市"),
        "withdrawn_on": ("", "2022-09-14"),
    },
    "phones": {"role": ("县级监督", "供水服务", "管理人员", "维修")},
    "projects": {"kind": ("维修养护", "新建")},
    "responsibilities": {
        "rank": ("主要领导", "主管领导"),
        "duty": ("政府主体责任", "水利监管责任"),
    },
    "villages": {"is_project_village": ("是", "否"), "dispersed_households": ("0", "12")},
    "water_results": {
        "raw_value": ("0.02", "900", "未检出", "≤1", "≥1"),
        "value": ("0.02", "1", "5", "900", ""),
        "qualifier": ("等于", "小于", "大于", "未检出"),
    },
    "water_tests": {
        "method": ("化验", "快检"),
        "sampling_point": ("出厂水", "末梢水"),
        "withdrawn_on": ("", "2022-09-12"),
    },
    "works": {
        "status": ("正常", "间歇", "闲置", "停用"),
        "works_class": ("千吨万人", "千人以上", "千人以下"),
    },
}
LOST = (*DATES, "findings", "phones", "water_results", "milestones")
"""Ledgers that lose rows: nothing is said of those a key of which many others name."""

INCIDENTS = (
    "incident_id,unit_id,occurred_on,kind,is_major,is_severe,problem_no,source_org,issue_id,"
    "basis_ref,is_public"
)
KINDS = ("安全事故", "水污染事件", "媒体披露", "行风热线反映", "省通报", "市通报", "审计查出")
SPAN = 60
"""Days by which dates are moved, either way."""


def mutate(story: Path, target: Path, seed: int) -> Path:
    """Write a changed copy of a data folder and return it; the same seed gives the same copy."""
    dice = random.Random(seed)
    shutil.copytree(story, target)
    for path in sorted(target.rglob("*.csv")):
        if "reference" not in path.parts:
            _rewrite(path, dice)
    _add_findings(target, dice)
    _add_incidents(target, dice)
    _add_judgements(target, dice)
    _void_issues(target, dice)
    return target


def _rewrite(path: Path, dice: random.Random) -> None:
    header, rows = _read(path)
    ledger = path.stem
    kept = [row for row in rows if ledger not in LOST or dice.random() > 0.12]
    for row in kept:
        for field in DATES.get(ledger, ()):
            if row[field] and dice.random() < 0.3:
                row[field] = _moved(row[field], dice)
        for field, values in CHOICES.get(ledger, {}).items():
            if dice.random() < 0.12:
                row[field] = dice.choice(values)
    _write(path, header, kept)


def _moved(day: str, dice: random.Random) -> str:
    return str(date.fromisoformat(day) + timedelta(days=dice.randint(-SPAN, SPAN)))


def _read(path: Path) -> tuple[list[str], list[Cells]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def _write(path: Path, header: list[str], rows: list[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _add_findings(target: Path, dice: random.Random) -> None:
    """Let visits find more, whatever they looked at."""
    items = [row["item_code"] for row in _read(target / "reference/checklist_items.csv")[1]]
    for path in sorted(target.glob("city/checks/*/inspections.csv")):
        findings = path.with_name("findings.csv")
        header = ["finding_id", "visit_id", "item_code", "detail", "withdrawn_on"]
        header, rows = _read(findings) if findings.exists() else ([*header, "withdrawn_reason"], [])
        for visit in _read(path)[1]:
            for number in range(dice.randint(0, 3)):
                rows.append(
                    dict.fromkeys(header, "")
                    | {
                        "finding_id": f"{visit['visit_id']}-f9{number}",
                        "visit_id": visit["visit_id"],
                        "item_code": dice.choice(items),
                        "detail": "加的",
                        "withdrawn_on": dice.choice(("", "", "2022-09-14")),
                    }
                )
        _write(findings, header, rows)


def _add_incidents(target: Path, dice: random.Random) -> None:
    rows = [
        {
            "incident_id": f"city-b{number:04}",
            "unit_id": dice.choice(("nanzhao", "wolong", "yahe")),
            "occurred_on": _moved("2022-08-10", dice),
            "kind": dice.choice(KINDS),
            "is_major": dice.choice(("是", "否", "")),
            "is_severe": dice.choice(("是", "否", "否")),
            "problem_no": dice.choice(("甲", "乙", "丙")),
            "source_org": "某台",
            "basis_ref": "某期",
            "is_public": "是",
        }
        for number in range(1, dice.randint(1, 9))
    ]
    _write(target / "city/incidents.csv", INCIDENTS.split(","), rows)


def _void_issues(target: Path, dice: random.Random) -> None:
    """Void some issues as duplicates of others, void or not, and hand some of them over."""
    handed_over = _read(target / "city/assignments.csv")[1]
    for path in sorted(target.glob("units/*/issues.csv")):
        header, issues = _read(path)
        events_header, events = _read(path.with_name("issue_events.csv"))
        ids = [row["issue_id"] for row in issues]
        unit = path.parent.name
        assignments = [row["assignment_id"] for row in handed_over if row["unit_id"] == unit]
        for row in issues:
            if row["assignment_id"] == "" and assignments and dice.random() < 0.2:
                row["assignment_id"] = dice.choice(assignments)
            if dice.random() < 0.25:
                reason = dice.choice(("登记有误", f"与{dice.choice(ids)}重复"))
                event = {"event_id": f"{row['issue_id']}-e90", "issue_id": row["issue_id"]}
                event |= {"event": "作废", "event_on": "2022-09-01", "by_level": "县"}
                event |= {"by_org": "某局"}
                events.append(dict.fromkeys(events_header, "") | event | {"reason": reason})
        _write(path, header, issues)
        _write(path.with_name("issue_events.csv"), events_header, events)


def _add_judgements(target: Path, dice: random.Random) -> None:
    """Strike some rows, judge some facts, decide some points, signed or not."""
    path = target / "city/judgements.csv"
    header, rows = _read(path)
    subjects = [
        (row["unit_id"], next(iter(row.values())))
        for file in sorted(target.glob("units/*/*.csv"))
        if file.stem in ("activities", "documents", "water_tests", "works", "issues", "phones")
        for row in _read(file)[1]
    ]
    makers: tuple[Callable[[], Cells], ...] = (
        lambda: _fact("属实", dice.choice(("是", "否")), "一.1", *dice.choice(subjects)),
        lambda: _fact("预案可操作", dice.choice(("是", "否")), "四.4", *dice.choice(subjects)),
        lambda: _fact(
            "机构落实", dice.choice(("是", "部分", "否")), "四.1", dice.choice(subjects)[0], ""
        ),
        lambda: {
            "unit_id": dice.choice(subjects)[0],
            "clause_id": dice.choice(("一.1", "五.2", "六.2")),
            "kind": "分值",
            "points": dice.choice(("0", "1", "2.5")),
        },
        lambda: {"unit_id": dice.choice(subjects)[0], "clause_id": "五.3", "kind": "不适用"},
    )
    for number in range(dice.randint(0, 12)):
        rows.append(
            dict.fromkeys(header, "")
            | {
                "judgement_id": f"city-j9{number:03}",
                "edition": "2022",
                "stage": dice.choice(("核查", "终评")),
                "reason": "试",
                "by_org": "市局",
                "judged_on": _moved("2022-08-30", dice),
                "signed_on": dice.choice(("", "2022-09-12")),
            }
            | dice.choice(makers)()
        )
    _write(path, header, rows)


def _fact(fact: str, answer: str, clause: str, unit: str, subject: str) -> Cells:
    return {
        "unit_id": unit,
        "clause_id": clause,
        "kind": "事实",
        "fact": fact,
        "answer": answer,
        "subject_id": subject,
    }
