"""The due day belongs to the one who owes: late from the day after, wherever it is asked."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline import assessment, rectification
from pipeline.checks.collected import collected
from pipeline.checks.examples import book_of
from pipeline.checks.rulebook import run_records
from pipeline.dates import days_late, is_decided, is_late, late_from
from pipeline.disclosure import view
from pipeline.publication import deadlines
from pipeline.publication.desk import Desk
from pipeline.publication.questions import changes, progress
from pipeline.readings import Readings

TEMPLATES = Path(__file__).parent.parent / "site" / "templates"
DUE = date(2022, 8, 12)
AFTER = DUE + timedelta(days=1)
TWENTY_BEFORE = "2022-07-15"
"""The day whose twentieth working day is the due day."""

ISSUE = {"issue_id": "jiaxian-2022-0001", "found_on": "2022-07-20", "due_on": DUE.isoformat()}
ISSUE |= {"found_by_level": "市", "channel": "监督检查", "issue_level": "工程"}
ISSUE |= {"town_code": "890121103", "works_id": "jiaxian-w0001"}
LISTED = {"event_id": "jiaxian-2022-0001-e01", "issue_id": "jiaxian-2022-0001", "event": "登记"}
LISTED |= {"event_on": "2022-07-20", "by_level": "县"}
SEAT = {"place_type": "县", "place_id": "jiaxian", "duty": "政府主体责任", "rank": "主要领导"}
SEAT |= {"valid_from": TWENTY_BEFORE, "web_posted_on": "", "board_posted_on": TWENTY_BEFORE}
TOWN = SEAT | {"resp_id": "jiaxian-r00002", "place_type": "乡镇", "place_id": "890121103"}
TOWN |= {"rank": "直接负责人"}
TOWNSHIP = {"division_code": "890121103", "division_level": "乡级", "division_kind": "镇"}
TOWNSHIP |= {"parent_code": ""}
WORKS = {"works_id": "jiaxian-w0001", "status": "正常", "works_class": "千人以下"}
SAMPLE = {"sample_id": "jiaxian-s00001", "place_type": "工程", "place_id": "jiaxian-w0001"}
SAMPLE |= {"sampled_on": "2022-07-10", "reported_on": TWENTY_BEFORE, "method": "化验"}
SAMPLE |= {"sampling_point": "出厂水", "conclusion": "达标", "checker_level": "县"}
INDICATORS = ("ph", "turbidity", "colour", "iron", "manganese", "chloride", "sulfate", "fluoride")
PROJECT = {"project_id": "jiaxian-p0001", "kind": "维修养护"}
NODE = {"milestone_id": "jiaxian-p0001-n01", "project_id": "jiaxian-p0001"}

OWED = {
    "units": [{"unit_id": "jiaxian"}],
    "divisions": [TOWNSHIP],
    "issues": [ISSUE],
    "issue_events": [LISTED],
    "assignments": [
        {"assignment_id": "city-u0009", "assigned_on": "2022-07-20", "due_on": DUE.isoformat()}
    ],
    "returns": [{"kind": "周报", "due_on": DUE.isoformat()}],
    "projects": [PROJECT],
    "milestones": [NODE | {"due_on": DUE.isoformat()}],
    "responsibilities": [SEAT, TOWN],
    "works": [WORKS],
    "villages": [{"dispersed_households": "0"}],
    "water_tests": [SAMPLE],
    "water_results": [{"sample_id": "jiaxian-s00001", "indicator": name} for name in INDICATORS],
    "accountability": [{"decided_on": "2022-08-01", "due_on": DUE.isoformat()}],
}
"""Everything that is owed and not met, all due on one day."""


def points(day: date, clause: str) -> tuple[int, str]:
    snapshot = book_of(OWED).snapshot
    award = next(assessment.scorers(snapshot, [day])).award("jiaxian", clause, Readings())
    return int(2 * (award.points or 0)), award.status


def found_by(day: date) -> set[str]:
    book = book_of(OWED | {"campaign": [{"as_of_on": day.isoformat()}]})
    return {finding.rule for finding in run_records(book, collected().checks.values())}


def desk(day: date) -> Desk:
    return Desk(view(book_of(OWED).snapshot, day, "0" * 64), TEMPLATES)


@pytest.mark.parametrize(
    ("clause", "on_the_day", "the_day_after"),
    [
        ("二.2", (10, "not_applicable"), (0, "scored")),
        ("三.1", (12, "scored"), (11, "scored")),
        ("五.2", (34, "scored"), (26, "scored")),
        ("五.3", (20, "scored"), (18, "scored")),
        ("五.5①", (4, "not_applicable"), (0, "scored")),
    ],
)
def test_no_clause_charges_on_the_due_day(clause, on_the_day, the_day_after):
    """Half points: milestones, postings, issues and assignments, reports, returns."""
    assert points(DUE, clause) == on_the_day
    assert points(AFTER, clause) == the_day_after


@pytest.mark.parametrize("rule", ["L10", "U13", "G04", "Y14"])
def test_no_check_finds_anything_late_on_the_due_day(rule):
    """Issues, returns, milestones and answers to measures."""
    assert rule not in found_by(DUE)
    assert rule in found_by(AFTER)


def test_an_issue_is_overdue_from_the_day_after():
    """State, days, calendar, feed and the line over time say the same."""
    for day, days in ((DUE, 0), (AFTER, 1)):
        state = rectification.states(book_of(OWED).snapshot, day)["jiaxian-2022-0001"]
        table = desk(day)
        calendar = b"".join(
            content
            for name in deadlines.names(table)
            for content in deadlines.calendar(table, name).values()
        ).decode()
        steps = [s for s in changes.steps(table, table.view.issues) if "逾期" in s.what]

        assert (state.days_overdue, state.was_late) == (days, bool(days))
        assert ("逾期：" in calendar) == bool(days)
        assert [step.on for step in steps] == [AFTER] * days
        assert progress.progress(table.view, table.view.issues, DUE).counts["overdue"][-1] == days


def test_one_rule_answers_for_all():
    """Met on the day is in time, met later is late; nothing is decided before the day is over."""
    assert not is_late(DUE, AFTER, DUE)
    assert is_late(DUE, AFTER, AFTER)
    assert (is_late(DUE, DUE), is_late(DUE, AFTER)) == (False, True)
    assert (days_late(DUE, DUE), days_late(DUE, AFTER)) == (0, 1)
    assert late_from(DUE) == AFTER
    assert (is_decided(DUE, DUE), is_decided(DUE, DUE, DUE)) == (False, True)
