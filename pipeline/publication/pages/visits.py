"""Pages of looks from outside: who came where, and what the samples can say of the whole."""

from __future__ import annotations

from pipeline.publication.desk import Desk
from pipeline.publication.downloads import describe, published
from pipeline.publication.kinds import page
from pipeline.publication.page import Content
from pipeline.publication.questions.agreement import THINGS
from pipeline.publication.questions.places import HOME

LEDGERS = ("inspections", "findings", "phone_checks", "spot_checks")
"""Ledgers in which looks from outside stand."""
LISTED = 60
"""Visits listed for a unit; more are counted, and stand in the downloads."""

GROUPS = ("督导分工", "groups.html")


@page("visits")
def visits_page(desk: Desk) -> Content:
    """Make the list of all visits from outside, by unit."""
    visits, units = desk.visits, desk.places.units
    body = desk.render(
        "visits.html",
        root="",
        units=units,
        city=visits.tours[""],
        tours=visits.tours,
        feedback=desk.view.feedback,
        listed={u.id: visits.of_unit.get(u.id, [])[:LISTED] for u in units},
        more={u.id: len(visits.of_unit.get(u.id, [])[LISTED:]) for u in units},
        downloads=[describe(desk.view, name) for name in LEDGERS if name in published(desk.view)],
    )
    return Content(
        "外部检查：谁去看了哪里",
        "市以上到各单位明查、暗访、打电话的每一次，查出几项，有没有及时反馈",
        (*HOME, GROUPS, ("外部检查", None)),
        body,
    )


@page("samples")
def samples_page(desk: Desk) -> Content:
    """Make the page of what samples can say: shares with their intervals, contradictions, draws."""
    units = desk.places.units
    body = desk.render(
        "samples.html",
        root="",
        units=units,
        compared=desk.visits.compared,
        things=THINGS,
        agreement=desk.agreement.of_unit,
        draws=[draw for u in units for draw in desk.visits.draws.get(u.id, [])],
    )
    return Content(
        "抽查能说明什么",
        "抽查的结果大约能推到多大范围，单位之间分不分得开，自己说的和别人看到的对不对得上",
        (*HOME, GROUPS, ("抽查能说明什么", None)),
        body,
    )
