"""What was corrected, who took over, and what happened to issues lately."""

from __future__ import annotations

from datetime import timedelta

from pipeline.publication.desk import Desk
from pipeline.publication.kinds import page
from pipeline.publication.long_lists import long_list
from pipeline.publication.page import Content
from pipeline.publication.questions import changes, past
from pipeline.publication.questions.places import HOME

LATELY = timedelta(days=21)
"""How far back steps of issues are listed; the feeds and each issue's page have the rest."""


@page("updates")
def updates_page(desk: Desk) -> Content:
    """Make the page of corrections and changes, from the ledgers' own dates."""
    since = desk.view.as_of_on - LATELY
    steps = long_list(
        desk,
        "steps",
        "steps_rows.html",
        [s for s in changes.steps(desk, desk.issues.standing) if s.on > since],
    )
    told = past.listed(desk)
    record = long_list(
        desk, "record", "past_rows.html", told, past_href=lambda one: past.page_of(desk, one)
    )
    body = desk.render(
        "updates.html",
        record=record,
        recorded=len(desk.view.past.told),
        past_href=lambda one: past.page_of(desk, one),
        root="",
        corrections=changes.corrections(desk),
        handovers=changes.handovers(desk),
        steps=steps,
        since=since + timedelta(days=1),
        units={u.id: u for u in desk.places.units},
    )
    return Content(
        "更正与更新",
        "撤回了什么、作废了什么、责任人换了谁、问题有什么进展",
        (*HOME, ("更正与更新", None)),
        body,
        beside={**steps.beside, **record.beside},
    )
