"""Looks from outside at issues that units call done: every look counts, passed or not."""

from __future__ import annotations

from datetime import date

import pytest
from story import PROJECT

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication.desk import Desk

DAY = date(2022, 9, 16)


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The desk of the city's pages."""
    snapshot = load(PROJECT / "data").snapshot
    assert snapshot is not None
    return Desk(disclosure.view(snapshot, DAY, "digest"), PROJECT / "site" / "templates")


def test_a_refusal_from_outside_is_a_look(desk: Desk) -> None:
    """What the city sent back because a secret visit found nothing mended was looked at."""
    sent_back = {
        e.issue_id for e in desk.view.issue_events if (e.event, e.by_level) == ("退回", "市")
    }
    issues = [issue for issue in desk.issues.standing if issue.id in sent_back]

    assert issues
    assert desk.issues.outside_looks(issues).looked == len(issues)
    assert desk.issues.outside_looks(desk.issues.standing).looked > len(issues)


def test_nobody_looked_is_said_only_where_nobody_looked(desk: Desk) -> None:
    """Per unit: as many as have an event of a body above the county that says what it found."""
    events = desk.view.group("issue_events", "issue_id")
    for unit in desk.places.units:
        issues = desk.issues.of_unit.get(unit.id, [])
        looked = [
            issue
            for issue in issues
            if any(
                e.by_level in ("市", "省", "国家")
                and e.event in ("现场核查通过", "现场核查不通过", "退回")
                for e in events[issue.id]
            )
        ]

        assert desk.issues.outside_looks(issues).looked == len(looked), unit.id
        assert [bool(desk.issues.card(i).outside) for i in issues] == [i in looked for i in issues]
