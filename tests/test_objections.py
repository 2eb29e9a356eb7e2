"""What follows a 销号 and a missed deadline: days to object, and by when the late expect."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.checks.collected import collected
from pipeline.checks.examples import book_of
from pipeline.checks.records.evidence import CLOSED, STRICT
from pipeline.dates import Workdays
from pipeline.ledgers import load, load_schemas
from pipeline.rectification import objection_windows, states
from tests.story import EXAMPLE

DAY = date(2022, 9, 16)
HOLIDAYS = Workdays({date(2022, 9, 12): False})


def known() -> tuple:
    """Return the story's rows and where its issues stand."""
    snapshot = load(Path(EXAMPLE)).snapshot.as_of(DAY)
    return snapshot, states(snapshot, DAY)


def test_every_struck_issue_has_its_window_and_no_other():
    """The day of 销号 is not counted; weekends and holidays are not either."""
    _, standing = known()

    found = objection_windows(standing, HOLIDAYS, 5)

    assert set(found) == {key for key, state in standing.items() if state.is_struck}
    for key, until in found.items():
        assert until == HOLIDAYS.after(standing[key].struck_on, 5)
        assert HOLIDAYS.is_workday(until)


def test_an_expectation_moves_no_deadline():
    """It is shown as long as the issue is open, and the days overdue go on."""
    snapshot, standing = known()
    told = [e for e in snapshot.issue_events if e.event == "预计完成"]

    assert told
    for event in told:
        state = standing[event.issue_id]
        issue = snapshot.index("issues")[event.issue_id]
        assert state.due_on == issue.due_on
        if state.is_open:
            assert state.expectation is not None
            assert state.is_overdue == (issue.due_on < DAY)
        else:
            assert state.expectation is None


def test_an_expectation_is_never_changed():
    """The change gate refuses another date in a registered event: a new event is entered."""
    schema = load_schemas()["issue_events"]

    assert schema.by_name["expected_on"].change == "fixed"
    assert schema.by_name["evidence_ref"].change == "once"
    assert schema.by_name["expected_on"].since


@pytest.mark.parametrize(("reading", "severity"), [({}, "warning"), (STRICT, "error")])
def test_the_bureau_decides_how_grave_it_is_to_cite_nothing(reading, severity):
    """Reading G45: a warning, or a refusal."""
    book = book_of({**reading, "issue_events": [CLOSED]})

    assert [f.severity for f in collected().checks["E14"].find(book)] == [severity]
