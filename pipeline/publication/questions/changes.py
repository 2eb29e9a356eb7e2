"""What happened, by the ledgers' own dates: steps of issues, corrections, changes of person.

Pages, feeds and the home page tell the same things in the same words. A correction is what somebody
took back: a record withdrawn, an issue found void, a waiver of a rule. Nothing is taken back
silently; what stood before stays readable in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from pipeline.dates import late_from
from pipeline.publication.desk import Desk
from pipeline.publication.questions.citations import cite
from pipeline.publication.questions.water_words import brief
from pipeline.rowtypes import (
    AssignmentRow,
    FindingRow,
    ResponsibilityRow,
    ShownInspectionRow,
    ShownIssueRow,
    ShownPhoneCheckRow,
    ShownWaterTestRow,
)
from pipeline.seats import seat as seat_of
from pipeline.terms import VOID

LATELY_SHOWN = 6
"""How many of the last changes a place's page tells."""
Withdrawable = (
    AssignmentRow | FindingRow | ShownInspectionRow | ShownPhoneCheckRow | ShownWaterTestRow
)
"""Rows that can be withdrawn."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an issue: when, what, and what makes it unlike any other."""

    on: date
    issue: ShownIssueRow
    what: str
    mark: str


@dataclass(frozen=True, slots=True)
class Change:
    """One correction or change of person: when, where, what kind, in words, and its page."""

    on: date
    unit_id: str | None
    kind: str
    text: str
    href: str | None


def steps(desk: Desk, issues: Iterable[ShownIssueRow]) -> list[Step]:
    """Return what happened to issues, and each that became overdue, the latest first."""
    found = []
    for issue in issues:
        state = desk.view.states[issue.id]
        found += [
            Step(step.on, issue, step.event, step.event_id)
            for step in desk.view.histories.get(issue.id, ())
            if step.is_applied
        ]
        if state.is_overdue:
            said = f"逾期（时限{state.due_on.isoformat()}）"
            mark = f"{issue.id}-overdue-{state.due_on}"
            found.append(Step(late_from(state.due_on), issue, said, mark))
    return sorted(found, key=lambda step: (step.on, step.mark), reverse=True)


def corrections(desk: Desk) -> list[Change]:
    """Return everything that was taken back or waived, the latest first."""
    found = [*_withdrawn(desk), *_void(desk), *_waived(desk)]
    return sorted(found, key=lambda c: (c.on, c.unit_id or "", c.text), reverse=True)


def _withdrawn(desk: Desk) -> Iterator[Change]:
    view = desk.view
    rows: Iterable[Withdrawable] = chain(
        view.assignments, view.findings, view.inspections, view.phone_checks, view.water_tests
    )
    for row in rows:
        if row.withdrawn_on is not None:
            said = cite(desk, row.ref)
            reason = row.withdrawn_reason or "没有写原因"
            text = f"{said.text}。撤回原因：{reason}"
            yield Change(row.withdrawn_on, _unit_of(desk, row), "撤回", text, said.href)


def _unit_of(desk: Desk, row: Withdrawable) -> str | None:
    """Return the unit of a row; a finding belongs to that of its visit."""
    if not isinstance(row, FindingRow):
        return row.unit_id
    visit = desk.view.index("inspections").get(row.visit_id)
    return visit.unit_id if visit is not None else None


def _void(desk: Desk) -> Iterator[Change]:
    for issue in desk.view.issues:
        if desk.view.states[issue.id].state == VOID:
            last = desk.view.histories[issue.id][-1]
            event = desk.view.index("issue_events").get(last.event_id)
            reason = event.reason if event is not None else None
            text = f"{desk.issues.title(issue)}（{issue.id}）"
            text += f"。作废原因：{reason}" if reason else ""
            yield Change(last.on, issue.unit_id, "作废", text, f"i/{issue.id}.html")


def _waived(desk: Desk) -> Iterator[Change]:
    for row in desk.view.waivers:
        where = f"{row.ledger}/{row.row_id}" if row.row_id else row.ledger
        text = (
            f"{where}不按规则{row.rule_id}检查，到{row.expires_on.isoformat()}为止。"
            f"{row.authority}批准：{row.reason}"
        )
        yield Change(row.granted_on, row.unit_id, "豁免", text, f"rule/{row.rule_id}.html")


def handovers(desk: Desk) -> list[Change]:
    """Return who took over a duty since the campaign began, and seats left vacant since."""
    view = desk.view
    since = view.campaign.screen_from_on
    seats: dict[tuple[str, ...], list[ResponsibilityRow]] = {}
    for row in sorted(view.responsibilities, key=lambda r: (r.valid_from, r.id)):
        seat = (row.place_type, row.place_id, row.duty, row.rank, row.post, row.org)
        seats.setdefault(seat, []).append(row)
    found = []
    for rows in seats.values():
        for number, row in enumerate(rows):
            before = rows[number - 1] if number else None
            after = rows[number + 1] if number + 1 < len(rows) else None
            name, href = desk.places.named(row.place_type, row.place_id)
            what = f"{name}{row.duty}：{seat_of(row.org, row.post)}"
            if row.valid_from >= since:
                text = f"{what}由{before.name}改为{row.name}" if before else f"{what}，{row.name}"
                found.append(Change(row.valid_from, row.unit_id, "责任人", text, href))
            if row.valid_to is not None and row.valid_to >= since and after is None:
                text = f"{what}{row.name}任到这一天，还没有报来接任的人"
                found.append(Change(row.valid_to, row.unit_id, "责任人", text, href))
    return sorted(found, key=lambda c: (c.on, c.unit_id or "", c.text), reverse=True)


def lately(
    desk: Desk, issues: Iterable[ShownIssueRow], places: Collection[tuple[str, str]]
) -> list[Change]:
    """Return the last changes at places since the campaign began: steps, tests, persons.

    Not those of the last so many days: then every page would change with the day.
    """
    since = desk.view.campaign.screen_from_on
    found = []
    for step in steps(desk, issues):
        text, href = f"{step.what}：{step.issue.problem}", f"i/{step.issue.id}.html"
        found.append(Change(step.on, None, "整改", text, href))
    for test in desk.water.tests(places):
        text = f"{test.sampling_point}水质{test.method}：{brief(desk.view.verdicts[test.id])}"
        found.append(Change(test.sampled_on, None, "水质", text, None))
    for place_type, place_id in places:
        for person in desk.people.seats.get((place_type, place_id), ()):
            row = person.row
            text = f"{row.duty}：{seat_of(row.org, row.post)}{row.name}开始负责"
            found.append(Change(row.valid_from, None, "责任人", text, None))
    recent = [c for c in found if c.on >= since]
    return sorted(recent, key=lambda c: (c.on, c.text), reverse=True)[:LATELY_SHOWN]
