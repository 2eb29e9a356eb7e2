"""The water page: what is known of the water, by unit; what fails, what is open."""

from __future__ import annotations

from pipeline.publication.desk import Desk
from pipeline.publication.kinds import DRAWINGS, page
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME
from pipeline.publication.questions.water import Answer
from pipeline.rowtypes import UnitRow


@page("water", after=DRAWINGS)
def water_page(desk: Desk) -> Content:
    """Make the water page: the five things that may be known, by unit; what fails, what is open."""
    view = desk.view
    answers = sorted(
        (desk.water.answer(*place) for place in view.standings),
        key=lambda a: a.when,
        reverse=True,
    )
    body = desk.render(
        "water.html",
        root="",
        units=desk.places.units,
        water={
            u.id: desk.water.counted(view.group("works", "unit_id")[u.id])
            for u in desk.places.units
        },
        city=desk.water.counted(view.works),
        works=view.index("works"),
        bulletin=desk.editions.latest.get("水质季报"),
        unit_of=lambda answer: _unit(desk, answer),
        samples=len(
            {
                sample
                for standing in view.standings.values()
                for failure in standing.failures
                for sample in failure.samples
            }
        ),
        failing=[a for a in answers if a.outcome == "不达标"],
        open=[a for a in answers if a.outcome == "判不了"],
    )
    return Content(
        "水质",
        "全市供水工程水质检测：达标多少、哪里不达标、哪里判不了、哪里没有检测",
        (*HOME, ("水质", None)),
        body,
    )


def _unit(desk: Desk, answer: Answer) -> UnitRow:
    """Return the unit of the place that an answer is about."""
    kind, key = answer.place
    if kind == "工程":
        return desk.places.unit(desk.view.index("works")[key].unit_id)
    return desk.places.unit(desk.places.division(key).unit_id)
