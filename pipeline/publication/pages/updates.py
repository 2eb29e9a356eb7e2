"""What was corrected, who took over, and what happened to issues lately."""

from __future__ import annotations

from datetime import timedelta

from pipeline.publication import happenings
from pipeline.publication.desk import Desk
from pipeline.publication.page import Page

LATELY = timedelta(days=21)
"""How far back steps of issues are listed; the feeds and each issue's page have the rest."""


def updates_page(desk: Desk) -> Page:
    """Make the page of corrections and changes, from the ledgers' own dates."""
    since = desk.view.as_of_on - LATELY
    body = desk.render(
        "updates.html",
        root="",
        corrections=happenings.corrections(desk),
        handovers=happenings.handovers(desk),
        steps=[s for s in happenings.steps(desk, desk.facts.issues) if s.on > since],
        since=since + timedelta(days=1),
        units={u.id: u for u in desk.facts.units},
    )
    return Page(
        "updates.html",
        "updates",
        "更正与更新",
        "撤回了什么、作废了什么、责任人换了谁、问题有什么进展",
        (*desk.home, ("更正与更新", None)),
        body,
    )
