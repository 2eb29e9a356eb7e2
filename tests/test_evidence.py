"""What decided is shown: every point that was not given names the rows and the words behind it."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline import assessment
from pipeline.assessment.scoring import Line
from pipeline.assessment.winning import wins
from pipeline.checks.examples import book_of
from pipeline.readings import Readings
from tests.test_readings import (
    AGENCY,
    DAY,
    DONE,
    FULL,
    ISSUE,
    OPENED,
    OPERABLE,
    PASSING,
    PLAN,
    POSTED,
    SUPPLY,
    UNPOSTED,
    scorer_of,
)

IN_PLACE = OPERABLE | {"clause_id": "四.1", "fact": "机构落实", "subject_id": "jiaxian-d0001"}
APPROVED = AGENCY | {"doc_id": "jiaxian-d0001", "has_funds": "是"}
SECOND = ISSUE | {"issue_id": "jiaxian-2022-0002", "found_by_level": "县"}
SECOND_OPENED = OPENED | {"event_id": "jiaxian-2022-0002-e01", "issue_id": "jiaxian-2022-0002"}
SECOND_DONE = DONE | {"event_id": "jiaxian-2022-0002-e02", "issue_id": "jiaxian-2022-0002"}
HANDED = {"assignment_id": "city-u0001", "due_on": "2022-08-20"}
VOID = OPENED | {"event_id": "jiaxian-2022-0001-e02", "event": "作废", "event_on": "2022-08-05"}


def line(example: dict, clause: str, day: date = DAY) -> Line:
    """Return the line of a clause of a small made-up snapshot."""
    snapshot = book_of({"units": [{"unit_id": "jiaxian"}]} | example).snapshot
    return next(assessment.scorers(snapshot, [day])).sheet("jiaxian", Readings()).line(clause)


@pytest.mark.parametrize(
    ("answer", "points", "said"),
    [("是", 3, "认定落实"), ("部分", 2, "认定部分落实"), ("否", 0, "认定没有落实")],
)
def test_a_judged_agency_is_quoted_and_cited(answer, points, said):
    """Judgement and papers stand under the points, also where it says no (四.1)."""
    found = line({"documents": [APPROVED], "judgements@C": [IN_PLACE | {"answer": answer}]}, "四.1")

    assert found.points == points
    assert said in found.because
    assert set(found.rows) == {"documents/jiaxian-d0001", "judgements/jiaxian-j0001"}


@pytest.mark.parametrize(
    ("plan", "answer", "said"),
    [
        ({"issued_on": "2018-02-01"}, "是", "没有及时修订"),
        ({}, "部分", "认定部分可操作"),
        ({}, "否", "认定不可操作"),
    ],
)
def test_a_plan_that_gave_nothing_is_cited_with_its_judgement(plan, answer, said):
    """Outdated, half workable or unworkable: the paper is there and says why (四.4)."""
    judged = OPERABLE | {"answer": answer}
    found = line({"documents": [PLAN | plan], "judgements@C": [judged]}, "四.4")

    assert found.points == 0
    assert said in found.because
    assert set(found.rows) == {"documents/jiaxian-d0001", "judgements/jiaxian-j0001"}


@pytest.mark.parametrize(
    ("clause", "paper", "said"),
    [
        ("一.2", {"kind": "考核体系", "provision": ""}, "没有写明农村饮水"),
        ("四.1", {"kind": "机构批复", "issuer_level": "部门"}, "不是政府批复"),
    ],
)
def test_a_paper_that_does_not_count_is_cited(clause, paper, said):
    """Whoever looks for the paper finds it, and why it gave nothing."""
    found = line({"documents": [PLAN | paper]}, clause)

    assert found.points == 0
    assert said in found.because
    assert found.rows == ("documents/jiaxian-d0001",)


def test_a_report_is_looked_at_once_it_is_out():
    """A newer sample whose report is not out hides no unposted report of an older one (五.3)."""
    waiting = POSTED | {"sampled_on": "2022-08-01"}
    counted = {"villages": [{"dispersed_households": "0", "counted_on": "2022-01-01"}]}
    example = SUPPLY | counted | {"water_tests": [UNPOSTED, waiting], "water_results": FULL}

    before = line(example, "五.3", date(2022, 8, 7))
    after = line(example, "五.3", date(2022, 8, 8))

    assert (before.points, before.rows) == (9, (f"water_tests/{UNPOSTED['sample_id']}",))
    assert after.points == 10


@pytest.mark.parametrize(("day", "overdue"), [(date(2022, 8, 29), 0), (date(2022, 8, 30), 1)])
def test_a_report_that_is_not_out_is_overdue_and_not_unposted(day, overdue):
    """After 20 working days it is said and cited, and costs nothing (五.3)."""
    waiting = PASSING | {"reported_on": "", "posted_on": ""}

    found = line(SUPPLY | {"water_tests": [waiting]}, "五.3", day)

    assert found.points == 10
    assert ("化验报告迟迟没有出" in found.because) == bool(overdue)
    assert len(found.rows) == overdue


def handed_on(reason: str, *events: dict, **second: str) -> Line:
    """Return 五.2 where an issue that was handed over is void for some reason."""
    return line(
        {
            "assignments": [HANDED],
            "issues": [ISSUE | {"assignment_id": "city-u0001"}, SECOND | second],
            "issue_events": [OPENED, VOID | {"reason": reason}, SECOND_OPENED, *events],
        },
        "五.2",
    )


def test_the_assignment_of_a_duplicate_passes_to_what_it_duplicates():
    """Listed once is listed: the issue that goes on answers for it, by the assignment's day.

    What is charged cites why it is: the assignment, and the duplicate that was void.
    """
    reason = "与jiaxian-2022-0002重复"

    assert handed_on(reason, SECOND_DONE).points == 17
    late = handed_on(reason, due_on="2022-12-01")
    assert late.points == 15
    assert late.rows == (
        "issues/jiaxian-2022-0002",
        "assignments/city-u0001",
        "issues/jiaxian-2022-0001",
    )


@pytest.mark.parametrize("reason", ["登记有误", "与先登记的问题重复", "与yixian-2022-0002重复"])
def test_an_assignment_nobody_goes_on_with_is_charged_in_words_that_are_true(reason):
    """It was listed and then void: both rows are cited, and nobody says it was never listed."""
    found = handed_on(reason, SECOND_DONE)

    assert found.points == 15
    assert "登记又作废" in found.because
    assert set(found.rows) == {"assignments/city-u0001", "issues/jiaxian-2022-0001"}


def test_two_void_issues_that_name_each_other_carry_nothing():
    """A circle of duplicates is no way out."""
    back = {"event_id": "jiaxian-2022-0002-e02", "issue_id": "jiaxian-2022-0002"}

    found = handed_on(
        "与jiaxian-2022-0002重复", VOID | back | {"reason": "与jiaxian-2022-0001重复"}
    )

    assert found.points == 15


def test_a_nil_return_promises_no_points():
    """What was not reported may win up to the full points; no more is said."""
    scorer = scorer_of({})
    sheet = scorer.sheet("jiaxian", Readings())
    promised = [w for w in wins(scorer, sheet, Readings()) if sheet.line(w.clause).points is None]

    assert promised
    assert all(win.is_most and "零报告" not in win.words for win in promised)
