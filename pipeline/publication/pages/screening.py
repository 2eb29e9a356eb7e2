"""Pages of the screening (排查): the city's matrix, and what is missing in each unit."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.publication.desk import Desk
from pipeline.publication.downloads import describe, published
from pipeline.publication.kinds import DRAWINGS, page, pages
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME
from pipeline.publication.questions.screened import CITY

DERIVED = ("screening_coverage", "guarantee_coverage")
"""Ledgers computed from the visits: what the matrices show, as files."""
LISTED = 150
"""Rows of a list on a unit's page; more than these are counted, so that the page stays light."""


def _units(desk: Desk) -> Iterator[str]:
    yield from (unit.id for unit in desk.places.units)


@page("screening", after=DRAWINGS)
def screening_page(desk: Desk) -> Content:
    """Make the register of the screening: what was due and done by unit, tier and kind."""
    seen = desk.screened
    body = desk.render(
        "screening.html",
        root="",
        units=desk.places.units,
        city=CITY,
        works=seen.works_of[CITY],
        columns=seen.columns[CITY],
        duties=seen.duties[CITY],
        summary=desk.editions.latest.get("排查汇总"),
        silent={u.id for u in desk.places.units if seen.is_silent(u.id)},
        totals={u.id: len(seen.missing[u.id]) for u in desk.places.units},
        alike=[one for u in desk.places.units for one in seen.alike.get(u.id, ())],
        downloads=[describe(desk.view, name) for name in DERIVED if name in published(desk.view)],
    )
    return Content(
        "排查：查过多少，还差哪里",
        "各单位该排查的工程、村和户，哪些按期查过，哪些晚了，哪些层级不够，哪些没有查过",
        (*HOME, ("排查", None)),
        body,
    )


@pages("screened", at="u/{}-screening.html", keys=_units, frame="unit", row="units")
def screened_page(desk: Desk, unit_id: str) -> Content:
    """Make the page of a unit's screening: what is missing, and who must act."""
    unit, seen = desk.places.unit(unit_id), desk.screened
    missing, gaps = seen.missing[unit_id], seen.gaps.get(unit_id, [])
    body = desk.render(
        "screened.html",
        unit=unit,
        is_silent=seen.is_silent(unit_id),
        works=seen.works_of[unit_id],
        columns=seen.columns[unit_id],
        duties=seen.duties.get(unit_id, []),
        missing=missing[:LISTED],
        unlisted=len(missing[LISTED:]),
        unfinished=seen.unfinished[unit_id],
        tally=seen.tally.get(unit_id, {}),
        gaps=gaps[:LISTED],
        more_gaps=len(gaps[LISTED:]),
        weak=seen.weak.get(unit_id, [])[:LISTED],
        more_weak=len(seen.weak.get(unit_id, [])[LISTED:]),
        alike=seen.alike.get(unit_id, []),
        rows=desk.view.index("works"),
    )
    return Content(
        f"{unit.name}的排查",
        f"{unit.name}排查了多少，还差哪些工程和村，该谁去查；六有两确保；闲置和作用不明显的工程",
        (
            *HOME,
            ("排查", "screening.html"),
            (unit.name, f"u/{unit.id}.html"),
            ("排查", None),
        ),
        body,
    )
