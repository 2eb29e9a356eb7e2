"""In public a unit answers only for what it has been told; inside, the difference is said."""

from __future__ import annotations

import json
from datetime import date

import pytest
from story import EXAMPLE, PROJECT, qingyuan

from pipeline import assessment
from pipeline.assessment import INTERNAL, PUBLIC
from pipeline.checks.examples import book_of
from pipeline.readings import Readings
from tests.test_readings import OPERABLE, PLAN, STATION, VISIT, finding

FED_BACK = {"inspections@C": [VISIT | {"feedback_on": "2022-08-20"}]}
UNTOLD = {
    "gaoxin": {"三.1", "五.3", "五.4①"},
    "yahe": {"三.3", "五.4①", "五.4③"},
}
"""Clauses of the city that rest on visits whose feedback is not out."""


def award(example: dict, clause: str, day: str, audience: assessment.Audience) -> tuple:
    """Return the points, the status and how much was looked at."""
    snapshot = book_of({"units": [{"unit_id": "jiaxian"}]} | example).snapshot
    scorer = next(assessment.scorers(snapshot, [date.fromisoformat(day)], audience))
    line = scorer.sheet("jiaxian", Readings()).line(clause)
    return str(line.points), line.status, line.checked


@pytest.mark.parametrize(
    ("day", "audience", "points", "checked"),
    [
        ("2022-08-19", PUBLIC, "2", 0),
        ("2022-08-19", INTERNAL, "1.5", 1),
        ("2022-08-20", PUBLIC, "1.5", 1),
        ("2022-08-20", INTERNAL, "1.5", 1),
    ],
)
def test_a_finding_is_charged_in_public_from_the_day_of_its_feedback(
    day, audience, points, checked
):
    """The day of the feedback counts; until then the visit is not even counted as made."""
    example = STATION | FED_BACK | {"findings@C": [finding(1, "ZJ1")]}

    assert award(example, "五.4①", day, audience) == (points, "scored", checked)


@pytest.mark.parametrize(
    ("signed_on", "audience", "status"),
    [("", PUBLIC, "not_reported"), ("", INTERNAL, "scored"), ("2022-09-12", PUBLIC, "scored")],
)
def test_a_judgement_counts_in_public_once_it_is_signed(signed_on, audience, status):
    """A draft decides nothing that others can read."""
    judged = OPERABLE | {"signed_on": signed_on}
    example = {"documents": [PLAN], "judgements@C": [judged]}

    assert award(example, "四.4", "2022-09-16", audience)[1] == status


def test_the_public_is_the_one_who_is_told_by_default():
    """Who forgets to say for whom publishes nothing too early."""
    untold = {"inspections@C": [VISIT | {"feedback_on": ""}]}
    example = STATION | untold | {"findings@C": [finding(1, "ZJ1")]}
    snapshot = book_of({"units": [{"unit_id": "jiaxian"}]} | example).snapshot

    scorer = next(assessment.scorers(snapshot, [date(2022, 9, 16)]))

    assert scorer.sheet("jiaxian", Readings()).line("五.4①").points == 2


def test_score_says_clause_by_clause_what_is_published_instead():
    """Of the city exactly the clauses that rest on visits without feedback differ."""
    told = json.loads(qingyuan("score", "--data", PROJECT / "data", "--format", "json").stdout)
    differing = {
        unit["unit"]: found
        for unit in told["units"]
        if (found := {c["id"] for c in unit["clauses"] if c["points"] != c["published"]})
    }

    assert differing == UNTOLD
    text = qingyuan("score", "--data", PROJECT / "data", "--unit", "gaoxin").stdout
    assert text.count("公开得分") == len(UNTOLD["gaoxin"])


def test_the_score_that_is_published_has_no_second_figure():
    """With --audience public nothing is said of what waits."""
    told = json.loads(
        qingyuan("score", "--data", EXAMPLE, "--audience", "public", "--format", "json").stdout
    )

    assert all("published" not in c for unit in told["units"] for c in unit["clauses"])
