"""The page of risks and outages: risks as counts by unit and hazard only."""

from __future__ import annotations

from collections import Counter

from pipeline.disclosure.shown import FEWEST
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import page
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME


@page("risks")
def risks_page(desk: Desk) -> Content:
    """Make the page of risks and outages: risks as counts by unit and hazard only."""
    view = desk.view
    standing = [r for r in view.risk_points if r.closed_on is None]
    hazards = list(view.schemas["risk_points"].by_name["hazard"].enum)
    counts = Counter((r.unit_id, r.hazard) for r in standing)
    outages = sorted(view.outages, key=lambda o: (o.started_on, o.id), reverse=True)
    body = desk.render(
        "risks.html",
        root="",
        units=desk.places.units,
        hazards=[h for h in hazards if any(r.hazard == h for r in standing)],
        counts=counts,
        totals=Counter(r.unit_id for r in standing),
        outages=outages,
        reporting=view.reporting,
        works=view.index("works"),
        readiness=desk.followed.readiness,
        ready=desk.followed.ready,
        fewest=FEWEST,
    )
    return Content("风险与应急", "停水风险点的个数和停水记录", (*HOME, ("风险与应急", None)), body)
