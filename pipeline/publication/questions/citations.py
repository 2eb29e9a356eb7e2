"""What a row that a score rests on says, in one line, and the page it opens on.

Scores name rows as ledger/id. Here each becomes a sentence made of its public columns and, where
the row has a page or stands on one, the way there. Rows that an audience may not open never reach
this module; the score sheet only counts them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.dates import in_words
from pipeline.figures import grouped
from pipeline.publication.desk import Desk
from pipeline.publication.questions.water_words import brief
from pipeline.rowtypes import (
    AssignmentRow,
    DivisionRow,
    DocumentRow,
    FindingRow,
    IncidentRow,
    ResponsibilityRow,
    ShownActivityRow,
    ShownFundRow,
    ShownInspectionRow,
    ShownIssueRow,
    ShownJudgementRow,
    ShownMilestoneRow,
    ShownPhoneCheckRow,
    ShownReturnRow,
    ShownVillageRow,
    ShownWaterTestRow,
    WorksRow,
)
from pipeline.terms import VOID


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited row: its words, and the address it opens on (None: the words are all there is)."""

    ref: str
    text: str
    href: str | None = None

    @property
    def number(self) -> str:
        """The number of the row in its ledger."""
        return self.ref.partition("/")[2]


def cite(desk: Desk, ref: str) -> Citation:
    """Return what a cited row says.

    Raises:
        KeyError: a ledger that no clause cites, or a row that is not in the view.
    """
    ledger, _, key = ref.partition("/")
    row = desk.view.index(ledger)[key]
    text, href = _SAYINGS[ledger](desk, row)
    return Citation(ref, text, href)


def _day(day: date) -> str:
    return in_words(day, year=False)


def _posted(word: str, day: date | None) -> str:
    return f"{word}{_day(day)}" if day else f"{word}没有日期"


def _issue(desk: Desk, row: ShownIssueRow) -> tuple[str, str]:
    state = desk.view.states[row.id]
    if state.state == VOID:
        return f"{desk.issues.title(row)}：已作废", f"i/{row.id}.html"
    limit = _day(state.limit_on)
    done = f"{_day(state.done_on)}报完成" if state.done_on else "还没有报完成"
    again = "，反复" if state.is_recurrent else ""
    return f"{desk.issues.title(row)}：时限{limit}，{done}{again}", f"i/{row.id}.html"


def _finding(desk: Desk, row: FindingRow) -> tuple[str, str]:
    visit = desk.view.index("inspections")[row.visit_id]
    item = desk.view.index("checklist_items")[row.item_code]
    name, href = desk.places.named(visit.place_type, visit.place_id)
    said = f"{_day(visit.visited_on)}{visit.mode}，{name}：{item.label}，{row.detail}"
    return said, href


def _visit(desk: Desk, row: ShownInspectionRow) -> tuple[str, str]:
    name, href = desk.places.named(row.place_type, row.place_id)
    return f"{_day(row.visited_on)}{row.mode}，{name}", href


def _call(desk: Desk, row: ShownPhoneCheckRow) -> tuple[str, str | None]:
    known = f"，情况{row.informed}" if row.informed != "未询问" else ""
    said = f"{_day(row.checked_on)}{row.checker_org}拨打：{row.call_result}{known}"
    phone = desk.view.index("phones").get(row.phone_id)
    if phone is None:
        return said, None
    name, href = desk.places.named(phone.place_type, phone.place_id)
    return f"{name}的{phone.role}电话，{said}", href


def _works(_desk: Desk, row: WorksRow) -> tuple[str, str]:
    return f"{row.name}，受益{grouped(row.population)}人", f"w/{row.id}.html"


def _village(desk: Desk, row: ShownVillageRow) -> tuple[str, str]:
    return desk.places.named("村", row.id)


def _division(_desk: Desk, row: DivisionRow) -> tuple[str, str]:
    return f"{row.name}：没有登记在任的政府责任人", f"t/{row.id}.html"


def _person(desk: Desk, row: ResponsibilityRow) -> tuple[str, str]:
    _, href = desk.places.named(row.place_type, row.place_id)
    web = _posted("网站公示", row.web_posted_on)
    board = _posted("责任栏更换", row.board_posted_on)
    return f"{row.post}{row.name}，{_day(row.valid_from)}任职，{web}，{board}", href


def _test(desk: Desk, row: ShownWaterTestRow) -> tuple[str, str]:
    name, href = desk.places.named(row.place_type, row.place_id)
    verdict = brief(desk.view.verdicts[row.id])
    reported = f"，{_day(row.reported_on)}出报告" if row.reported_on else ""
    posted = f"，{_day(row.posted_on)}公示" if row.posted_on else "，没有公示日期"
    if row.method == "化验" and not row.reported_on:
        posted = "，还没有出报告"
    said = f"{name}，{_day(row.sampled_on)}{row.sampling_point}{row.method}：{verdict}"
    return f"{said}{reported}{posted}", href


def _paper(_desk: Desk, row: DocumentRow) -> tuple[str, str]:
    number = f"（{row.doc_no}）" if row.doc_no else ""
    revised = f"，{in_words(row.revised_on)}修订" if row.revised_on else ""
    said = f"{row.title}{number}，{row.issuer}，{in_words(row.issued_on)}印发{revised}"
    return said, "documents.html"


def _act(_desk: Desk, row: ShownActivityRow) -> tuple[str, None]:
    who = "，".join(part for part in (row.leader_role, row.org) if part)
    return f"{_day(row.held_on)}，{row.title}" + (f"（{who}）" if who else ""), None


def _fund(_desk: Desk, row: ShownFundRow) -> tuple[str, None]:
    source = f"，{row.fund_source}" if row.fund_source else ""
    return f"{_day(row.entry_on)}到账{grouped(row.amount_yuan)}元{source}", None


def _milestone(desk: Desk, row: ShownMilestoneRow) -> tuple[str, None]:
    project = desk.view.index("projects")[row.project_id]
    met = f"{_day(row.met_on)}完成" if row.met_on else "没有完成"
    return f"{project.name}：{row.name}，计划{_day(row.due_on)}，{met}", None


def _return(_desk: Desk, row: ShownReturnRow) -> tuple[str, None]:
    got = f"{_day(row.received_on)}收到" if row.received_on else "没有收到"
    back = f"，{_day(row.returned_on)}退回" if row.returned_on else ""
    return f"{row.name}：{_day(row.due_on)}到期，{got}{back}", None


def _incident(_desk: Desk, row: IncidentRow) -> tuple[str, str | None]:
    severe = "，情况严重" if row.is_severe else ""
    href = f"i/{row.issue_id}.html" if row.issue_id else None
    return f"{_day(row.occurred_on)}{row.kind}（{row.source_org}）{severe}", href


def _assignment(desk: Desk, row: AssignmentRow) -> tuple[str, None]:
    listed = desk.view.group("issues", "assignment_id")[row.id]
    end = "登记后作废" if listed else "台账里没有"
    return f"{row.basis_ref}交办：{row.subject}，期限{_day(row.due_on)}，{end}", None


def _judgement(_desk: Desk, row: ShownJudgementRow) -> tuple[str, None]:
    if row.fact:
        what = f"{row.fact}：{row.answer}"
    else:
        what = f"{grouped(row.points)}分" if row.points is not None else row.kind
    return f"{_day(row.judged_on)}{row.by_org}{row.stage}，{what}。{row.reason or ''}", None


_SAYINGS: dict[str, Callable[[Desk, Any], tuple[str, str | None]]] = {
    "activities": _act,
    "assignments": _assignment,
    "divisions": _division,
    "documents": _paper,
    "findings": _finding,
    "funds": _fund,
    "incidents": _incident,
    "inspections": _visit,
    "issues": _issue,
    "judgements": _judgement,
    "milestones": _milestone,
    "phone_checks": _call,
    "responsibilities": _person,
    "returns": _return,
    "villages": _village,
    "water_tests": _test,
    "works": _works,
}
"""By ledger what its rows say; each function takes those of its own."""
