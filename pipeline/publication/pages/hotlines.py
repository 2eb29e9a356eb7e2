"""The page of public numbers: county, township, and the ladder above."""

from __future__ import annotations

from pipeline.publication.desk import Desk
from pipeline.publication.kinds import page
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME


@page("hotlines")
def hotlines_page(desk: Desk) -> Content:
    """Make the list of public numbers: county, township, and the ladder above."""
    body = desk.render(
        "hotlines.html",
        root="",
        units=desk.places.units,
        towns=desk.places.townships,
        county={u.id: desk.people.phones("县级监督", "县", u.id) for u in desk.places.units},
        service={u.id: desk.people.phones("供水服务", "县", u.id) for u in desk.places.units},
        town=lambda code: desk.people.phones("乡镇监督", "乡镇", code),
        ladder=desk.people.hotlines,
        unsure=[h for h in desk.view.campaign.hotlines if not h.get("is_verified")],
    )
    return Content(
        "监督电话", "县、乡镇监督电话和供水服务电话，往上怎么打", (*HOME, ("监督电话", None)), body
    )
