"""The official forms: 附表2-2 in its ten columns, and 表1, the list of problems, worded alike.

Both carry names and telephone numbers as the ledger has them: they come from the internal view and
are never put on the public site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.reports import naming
from pipeline.reports.paper import Column, Table, Value, table
from pipeline.rowtypes import IssueRow
from pipeline.terms import UNREGISTERED, VOID

DONE, DOING = "完成", "正在"
UNKNOWN = (UNREGISTERED, VOID)

LEDGER_FORM = "form-2-2"
LIST_FORM = "form-1"

TEN = (
    Column("city", "市、县", "text", 7),
    Column("no", "序号"),
    Column("title", "问题描述（与表1表述一致）", "text", 26),
    Column("measures", "整改措施", "text", 20),
    Column("org", "整改责任单位", "text", 13),
    Column("person", "整改责任人", "text", 13),
    Column("phone", "联系电话", "text", 14),
    Column("due", "整改时限", "text", 11),
    Column("result", "整改结果（完成/正在）", "text", 11),
    Column("remark", "备注", "text", 7),
)
LIST = (
    Column("city", "市、县", "text", 8),
    Column("no", "序号"),
    Column("town", "乡镇", "text", 12),
    Column("village", "村", "text", 12),
    Column("works", "供水工程", "text", 20),
    Column("title", "问题描述", "text", 36),
    Column("found", "发现日期", "text", 12),
    Column("channel", "发现渠道", "text", 12),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An official form, filled in.

    `mark` stands at the upper left (附表2-2); the number row under the head and the lines to sign
    on belong to the form.
    """

    id: str
    mark: str
    title: str
    unit: str
    on: date
    organiser: str
    table: Table
    is_demo: bool
    has_numbers: bool = True
    signed_by: tuple[str, ...] = ("填报人", "审核人", "日期")


def ledger(view: View, unit_id: str, town_code: str | None = None) -> Form:
    """Return 附表2-2 of a unit, or of one of its townships, as of the day of an internal view."""
    rows = {
        issue.id: [
            naming.units(view)[unit_id],
            issue.seq_no,
            naming.title(view, issue),
            issue.measures,
            issue.resp_org,
            _persons(issue),
            issue.resp_phone,
            issue.due_text or in_words(view.states[issue.id].due_on),
            DONE if view.states[issue.id].done_on is not None else DOING,
            issue.remark,
        ]
        for issue in _issues(view, unit_id, town_code)
    }
    return _form(view, unit_id, town_code, LEDGER_FORM, "附表2-2", "整改台账", TEN, rows)


def problems(view: View, unit_id: str, town_code: str | None = None) -> Form:
    """Return 表1 of a unit: every problem in the words of 附表2-2."""
    divisions, works = view.index("divisions"), view.index("works")
    rows = {
        issue.id: [
            naming.units(view)[unit_id],
            issue.seq_no,
            divisions[issue.town_code].name,
            divisions[issue.village_code].name if issue.village_code else None,
            works[issue.works_id].name if issue.works_id else None,
            naming.title(view, issue),
            in_words(issue.found_on, year=False),
            issue.channel,
        ]
        for issue in _issues(view, unit_id, town_code)
    }
    return _form(view, unit_id, town_code, LIST_FORM, "表1", "排查问题汇总表", LIST, rows)


FORMS: Mapping[str, Callable[[View, str, str | None], Form]] = {
    LEDGER_FORM: ledger,
    LIST_FORM: problems,
}


def _issues(view: View, unit_id: str, town_code: str | None) -> list[IssueRow]:
    """Return the issues of the register by township and number; void ones are not in it."""
    rows = cast("list[IssueRow]", view.group("issues", "unit_id")[unit_id])  # an internal view's
    return sorted(
        (
            issue
            for issue in rows
            if view.states[issue.id].state not in UNKNOWN and town_code in (None, issue.town_code)
        ),
        key=lambda issue: (issue.town_code, issue.seq_no, issue.id),
    )


def _persons(issue: IssueRow) -> str:
    """Write who answers: name and post, then others."""
    post = f"（{issue.resp_post}）" if issue.resp_post else ""
    return "、".join([f"{issue.resp_person or ''}{post}", *issue.co_persons])


def _form(
    view: View,
    unit_id: str,
    town_code: str | None,
    kind: str,
    mark: str,
    name: str,
    columns: tuple[Column, ...],
    rows: Mapping[str, Sequence[Value]],
) -> Form:
    unit = view.index("units")[unit_id]
    town = view.index("divisions")[town_code].name if town_code else ""
    part = f"-{town_code}" if town_code else ""
    subject = view.campaign.title.removeprefix(view.campaign.city).removesuffix("排查整改")
    return Form(
        id=f"{kind}-{unit_id}{part}-{view.as_of_on.isoformat()}",
        mark=mark,
        title=f"{unit.name}{town}{subject}{name}",
        unit=f"{unit.name}{town}",
        on=view.as_of_on,
        organiser=view.campaign.organiser,
        table=table(kind, "", columns, rows),
        is_demo=view.campaign.is_demo,
    )
