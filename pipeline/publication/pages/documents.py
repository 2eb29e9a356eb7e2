"""The page of public papers, by unit and kind."""

from __future__ import annotations

from pipeline.publication.desk import Desk
from pipeline.publication.kinds import page
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME


@page("documents")
def documents_page(desk: Desk) -> Content:
    """Make the list of public papers by unit and kind."""
    view = desk.view
    papers = [d for d in view.documents if d.repealed_on is None]
    city = sorted((d for d in papers if d.place_type == "市"), key=lambda d: d.issued_on)
    own = {
        u.id: sorted(
            (d for d in papers if d.unit_id == u.id and d.place_type == "县"),
            key=lambda d: (d.kind, d.issued_on),
        )
        for u in desk.places.units
    }
    body = desk.render(
        "documents.html",
        root="",
        papers=[(d, None) for d in city] + [(d, u) for u in desk.places.units for d in own[u.id]],
        silent=[u for u in desk.places.units if not own[u.id]],
    )
    return Content(
        "制度文件", "市、县的制度文件：管理办法、机构、应急预案", (*HOME, ("制度文件", None)), body
    )
