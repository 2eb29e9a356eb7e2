"""The history of one waterworks: visits, tests, outages and issues in the order they happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.publication.desk import Desk
from pipeline.publication.water_lines import brief

Row = Any
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


def chronicle(desk: Desk, works: Row) -> list[Moment]:
    """Return everything that is known to have happened at a works, the latest first."""
    moments = [
        *_visits(desk, works),
        *_tests(desk, works),
        *_outages(desk, works),
        *_issues(desk, works),
    ]
    return sorted(moments, key=lambda m: (m.on, m.what), reverse=True)


def _visits(desk: Desk, works: Row) -> Iterator[Moment]:
    for visit, failed in desk.inspections("工程", works.id):
        what = f"{visit.checker_org}{visit.mode}：{'、'.join(visit.checklists)}"
        details = tuple(f.detail for f in failed) or ("没有查出问题",)
        yield Moment(visit.visited_on, what, "said" if visit.checker_level in OWN else "", details)


def _tests(desk: Desk, works: Row) -> Iterator[Moment]:
    for test in desk.facts.tests([("工程", works.id)]):
        verdict = desk.view.verdicts[test.id]
        what = f"{test.sampling_point}水质{test.method}：{brief(verdict)}"
        details = ("不合格的后来复检合格",) if verdict.cured_by else ()
        dress = {"不达标": "late", "判不了": "todo"}.get(verdict.outcome, "")
        yield Moment(test.sampled_on, what, dress, details)


def _outages(desk: Desk, works: Row) -> Iterator[Moment]:
    for outage in desk.outages(works.id):
        end = f"，{outage.ended_on.isoformat()}恢复" if outage.ended_on else "，还没有恢复"
        planned = "计划" if outage.is_planned else ""
        what = f"{outage.scale}{planned}停水{end}"
        yield Moment(outage.started_on, what, "said", (outage.cause,))


def _issues(desk: Desk, works: Row) -> Iterator[Moment]:
    for issue in desk.facts.issues_by("works_id").get(works.id, ()):
        state, href = desk.view.states[issue.id], f"i/{issue.id}.html"
        own = "said" if issue.channel == "自查" else ""
        yield Moment(issue.found_on, f"发现问题：{issue.problem}", own, (issue.channel,), href)
        if state.struck_on:
            yield Moment(state.struck_on, f"销号：{issue.problem}", "", (), href)
