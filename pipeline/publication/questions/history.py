"""The history of one waterworks: visits, tests, outages and issues in the order they happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.publication.desk import Desk
from pipeline.publication.questions.water_words import brief
from pipeline.rowtypes import FindingRow, ShownInspectionRow, WorksRow

OWN = ("村", "乡镇", "县")
"""Levels of checkers whose visits are a unit's word about itself."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened at a works.

    `dress` is "said" for what a unit says of itself, "late" for what was bad, "todo" for what is
    still open, blank for what somebody from outside saw; `details` follow in smaller type; `href`
    leads on, from the root.
    """

    on: date
    what: str
    dress: str = ""
    details: tuple[str, ...] = ()
    href: str | None = None


def chronicle(desk: Desk, works: WorksRow) -> list[Moment]:
    """Return everything that is known to have happened at a works, the latest first."""
    moments = [
        *_visits(desk, works),
        *_tests(desk, works),
        *_outages(desk, works),
        *_issues(desk, works),
    ]
    return sorted(moments, key=lambda m: (m.on, m.what), reverse=True)


def inspections(
    desk: Desk, place_type: str, place_id: str
) -> list[tuple[ShownInspectionRow, list[FindingRow]]]:
    """Return the visits to a place, newest first, each with what failed."""
    visits = [
        v
        for v in desk.view.group("inspections", "place_id")[place_id]
        if v.place_type == place_type and v.withdrawn_on is None
    ]
    failed = desk.view.group("findings", "visit_id")
    ordered = sorted(visits, key=lambda v: (v.visited_on, v.id), reverse=True)
    return [(v, [f for f in failed[v.id] if f.withdrawn_on is None]) for v in ordered]


def _visits(desk: Desk, works: WorksRow) -> Iterator[Moment]:
    for visit, failed in inspections(desk, "工程", works.id):
        what = f"{visit.checker_org}{visit.mode}：{'、'.join(visit.checklists)}"
        details = tuple(f.detail for f in failed) or ("没有查出问题",)
        yield Moment(visit.visited_on, what, "said" if visit.checker_level in OWN else "", details)


def _tests(desk: Desk, works: WorksRow) -> Iterator[Moment]:
    for test in desk.water.tests([("工程", works.id)]):
        verdict = desk.view.verdicts[test.id]
        what = f"{test.sampling_point}水质{test.method}：{brief(verdict)}"
        details = ("不合格的后来复检合格",) if verdict.cured_by else ()
        dress = {"不达标": "late", "判不了": "todo"}.get(verdict.outcome, "")
        yield Moment(test.sampled_on, what, dress, details)


def _outages(desk: Desk, works: WorksRow) -> Iterator[Moment]:
    for outage in desk.supply.outages(works.id):
        end = f"，{outage.ended_on.isoformat()}恢复" if outage.ended_on else "，还没有恢复"
        planned = "计划" if outage.is_planned else ""
        what = f"{outage.scale}{planned}停水{end}"
        yield Moment(outage.started_on, what, "said", (outage.cause,))


def _issues(desk: Desk, works: WorksRow) -> Iterator[Moment]:
    for issue in desk.issues.of_works.get(works.id, ()):
        state, href = desk.view.states[issue.id], f"i/{issue.id}.html"
        own = "said" if issue.channel == "自查" else ""
        yield Moment(issue.found_on, f"发现问题：{issue.problem}", own, (issue.channel,), href)
        if state.struck_on:
            yield Moment(state.struck_on, f"销号：{issue.problem}", "", (), href)
