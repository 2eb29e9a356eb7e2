"""Progress over time: what was known and open on a day, computed then or now."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure, rectification
from pipeline.ledgers import Snapshot, load
from pipeline.pivots import Pivots
from pipeline.publication.desk import Desk
from pipeline.publication.questions.progress import MEASURES, UNKNOWN, Progress, progress

DAY = date(2022, 9, 16)


@pytest.fixture(scope="module", params=["story", "city"])
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """The rows of the story, and of the city."""
    found = load(EXAMPLE if request.param == "story" else PROJECT / "data").snapshot
    assert found is not None
    return found


def progress_of(snapshot: Snapshot, day: date) -> Progress:
    """Return progress from the ledger as it was on a day."""
    told = snapshot.as_of(day)
    view = SimpleNamespace(histories=rectification.histories(told), as_of_on=day, pivots=Pivots())
    return progress(view, told["issues"], snapshot.campaign.screen_from_on)


def test_a_past_day_is_the_same_whether_computed_then_or_now(snapshot: Snapshot) -> None:
    """For every day of the campaign: the series up to it, and the states of that day, agree."""
    now, start = progress_of(snapshot, DAY), snapshot.campaign.screen_from_on

    assert now.days[0] == start
    assert now.days[-1] == DAY
    for number, day in enumerate(now.days):
        then = progress_of(snapshot, day)
        known = [
            state
            for state in rectification.states(snapshot.as_of(day), day).values()
            if state.state not in UNKNOWN
        ]
        counted = {
            "found": len(known),
            "reported": sum(s.is_reported for s in known),
            "verified": sum(s.is_verified for s in known),
            "overdue": sum(s.is_overdue for s in known),
        }

        assert then.days == now.days[: number + 1]
        for measure in MEASURES:
            assert then.counts[measure] == now.counts[measure][: number + 1], (day, measure)
            assert now.counts[measure][number] == counted[measure], (day, measure)


def test_void_issues_count_until_they_are_found_void(snapshot: Snapshot) -> None:
    """And nobody counts before it is registered, whenever it was found."""
    now, start = progress_of(snapshot, DAY), snapshot.campaign.screen_from_on
    days: dict[str, dict[str, date]] = {}
    for event in snapshot["issue_events"]:
        if event.event in ("登记", "作废"):
            days.setdefault(event.issue_id, {})[event.event] = event.event_on
    assert any("作废" in of for of in days.values())

    for number, found in enumerate(now.counts["found"]):
        day = start + timedelta(days=number)
        counted = [of for of in days.values() if of["登记"] <= day < of.get("作废", date.max)]
        assert found == len(counted), day


@pytest.mark.parametrize("weeks", [2, 5, 9])
def test_pages_made_on_a_day_show_the_figures_of_its_chart(weeks: int) -> None:
    """The tally of a page and the last point of its chart are one number."""
    snapshot = load(EXAMPLE).snapshot
    assert snapshot is not None
    day = min(snapshot.campaign.screen_from_on + timedelta(weeks=weeks), DAY)
    issues = Desk(disclosure.view(snapshot, day, "digest"), PROJECT / "site" / "templates").issues
    last = progress_of(snapshot, day).counts
    tally = issues.tally(issues.standing)

    for measure in MEASURES:
        assert getattr(tally, measure) == last[measure][-1]
