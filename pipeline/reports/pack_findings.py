"""What a supervision group found at a unit before, and whether it has been mended.

A finding is mended only as far as the ledger of issues says so: one that nobody entered there is
told as such, whatever was said on site.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.reports import naming
from pipeline.reports.paper import (
    Block,
    Column,
    Heading,
    Sentence,
    Table,
    Value,
    paragraph,
    say,
    table,
)
from pipeline.rowtypes import FindingRow, IssueRow, ShownInspectionRow, ShownIssueRow

NOWHERE = "台账里没有登记"
BY_GROUP = "督导组"
"""Channel of what supervision groups handed down; the ledger does not say which group."""

SUMS = (
    Column("visits", "检查次数"),
    Column("found", "查出（项）"),
    Column("entered", "登记到台账"),
    Column("reported", "报完成"),
    Column("verified", "现场核实"),
    Column("untold", "还没有反馈（次）"),
)
FOUND = (
    Column("on", "日期", "text", 12),
    Column("place", "地方", "text", 24),
    Column("detail", "查出的问题", "text", 30),
    Column("now", "现在", "text", 19),
    Column("seen", "现场看", "text", 18),
)
HANDED = (
    Column("on", "交办", "text", 13),
    Column("subject", "问题", "text", 36),
    Column("due", "期限", "text", 13),
    Column("now", "现在", "text", 21),
    Column("seen", "现场看", "text", 18),
)
TICK = "□改了 □没改"
"""Room to mark what was seen on site."""


def before(view: View, unit: str, number: int) -> Iterator[Block]:
    """Yield what the group saw and found at a unit, and what was handed down to it."""
    visits = sorted(
        (
            row
            for row in view.group("inspections", "unit_id")[unit]
            if row.group_no == number and row.withdrawn_on is None
        ),
        key=lambda row: (row.visited_on, row.id),
    )
    found = [
        (visit, row)
        for visit in visits
        for row in view.group("findings", "visit_id")[visit.id]
        if row.withdrawn_on is None
    ]
    issues = {
        row.id: [issue for issue in view.issues if row.id in issue.finding_ids] for _, row in found
    }
    yield Heading(2, "本组以前查出的")
    sums = _sums(view, unit, visits, issues)
    yield from paragraph(_said(sums, unit))
    if visits:
        yield sums
    if found:
        rows = {row.id: _found(view, visit, row, issues[row.id]) for visit, row in found}
        yield table(f"findings-{unit}", "本组查出的问题", FOUND, rows)
    handed = _handed(view, unit)
    if handed.lines:
        yield handed


def _sums(
    view: View,
    unit: str,
    visits: list[ShownInspectionRow],
    issues: dict[str, list[IssueRow | ShownIssueRow]],
) -> Table:
    states = [view.states[some[-1].id] for some in issues.values() if some]
    row: list[Value] = [
        len(visits),
        len(issues),
        len(states),
        sum(one.is_reported for one in states),
        sum(one.is_verified for one in states),
        sum(one.feedback_on is None for one in visits),
    ]
    return table(f"visits-{unit}", "本组的检查", SUMS, {unit: row})


def _said(sums: Table, unit: str) -> Sentence:
    told = {column.key: sums.figure(unit, column.key) for column in SUMS}
    if told["visits"].text == "0":
        return say("本组还没有登记到这个单位的检查。")
    untold = "，还有{untold}次没有反馈给单位" if told["untold"].text != "0" else ""
    if told["found"].text == "0":
        return say(f"本组检查过{{visits}}次，没有查出问题{untold}。", **told)
    rest = "，都没有登记到台账"
    if told["entered"].text != "0":
        rest = "，登记到台账{entered}项，报完成{reported}项，现场核实{verified}项"
    return say(f"本组检查过{{visits}}次，查出{{found}}项{rest}{untold}。", **told)


def _found(
    view: View,
    visit: ShownInspectionRow,
    row: FindingRow,
    issues: list[IssueRow | ShownIssueRow],
) -> list[Value]:
    item = view.index("checklist_items").get(row.item_code)
    told = "" if visit.feedback_on else "；还没有反馈给单位"
    return [
        in_words(visit.visited_on, year=False),
        naming.at(view, visit.place_type, visit.place_id),
        f"{item.label}：{row.detail}" if item is not None else row.detail,
        f"{_now(view, issues)}{told}",
        TICK,
    ]


def _now(view: View, issues: list[IssueRow | ShownIssueRow]) -> str:
    """Say where the issue of a finding stands; of several the last."""
    if not issues:
        return NOWHERE
    state = view.states[issues[-1].id]
    late = f"，逾期{state.days_overdue}天" if state.is_overdue else ""
    return f"{state.state}{late}"


def _handed(view: View, unit: str) -> Table:
    """List what supervision groups handed down to a unit, and where its issue stands."""
    rows: dict[str, list[Value]] = {
        row.id: [
            in_words(row.assigned_on, year=False),
            row.subject,
            in_words(row.due_on, year=False),
            _now(view, [one for one in view.issues if one.assignment_id == row.id]),
            TICK,
        ]
        for row in sorted(
            view.group("assignments", "unit_id")[unit], key=lambda row: (row.assigned_on, row.id)
        )
        if row.channel == BY_GROUP and row.withdrawn_on is None
    }
    return table(f"handed-{unit}", "督导组交办的问题", HANDED, rows)
