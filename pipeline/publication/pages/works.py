"""Pages of waterworks: one works, and all works of a unit as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.publication.desk import Desk
from pipeline.publication.kinds import pages
from pipeline.publication.long_lists import long_list
from pipeline.publication.page import Content
from pipeline.publication.questions.boards import Site, board
from pipeline.publication.questions.history import chronicle
from pipeline.publication.questions.places import HOME
from pipeline.rowtypes import WorksRow
from pipeline.terms import IN_SUPPLY

WATER = {
    "达标": ("达标的",),
    "放宽达标": ("达标的", "按放宽限值的"),
    "不达标": ("不达标没治好的",),
    "判不了": ("判不了的",),
    "未检测": ("没有检测的",),
}
"""The words by which figures about water find their works."""


@dataclass(frozen=True, slots=True)
class Supply:
    """One works as a row: what it is, and the words of its state, its water and its postings.

    What gives no water has no words but its state: no figure counts it.
    """

    row: WorksRow
    town: str
    states: tuple[str, ...]
    outcome: str
    water: tuple[str, ...]
    posted: tuple[str, ...]


def _suppliers(desk: Desk) -> Iterator[str]:
    yield from (unit.id for unit in desk.places.units if desk.supply.of_unit.get(unit.id))


def _works(desk: Desk) -> Iterator[str]:
    yield from (works.id for works in desk.view.works)


@pages("supply", at="u/{}-works.html", keys=_suppliers, frame="unit", row="units")
def supply_page(desk: Desk, unit_id: str) -> Content:
    """Make the page of all works of a unit."""
    unit, works = desk.places.unit(unit_id), desk.supply.of_unit[unit_id]
    rows = long_list(
        desk,
        f"{unit_id}-works",
        "supply_rows.html",
        [_supply(desk, one) for one in works],
        root="../",
    )
    body = desk.render(
        "supply.html", unit=unit, list=rows, towns=desk.places.townships.get(unit_id, [])
    )
    return Content(
        f"{unit.name}的供水工程",
        f"{unit.name}每一处集中供水工程：在哪里、供不供水、水质、公示了什么",
        (
            *HOME,
            ("三个责任", "units.html"),
            (unit.name, f"u/{unit.id}.html"),
            ("供水工程", None),
        ),
        body,
        beside=rows.beside,
    )


def _supply(desk: Desk, works: WorksRow) -> Supply:
    town = desk.places.division(works.town_code).name
    if works.status not in IN_SUPPLY:
        return Supply(works, town, (works.status,), "", (), ())
    outcome = desk.water.outcome("工程", works.id)
    return Supply(
        works,
        town,
        (works.status, "在供水的"),
        outcome,
        WATER[outcome],
        tuple(_posted(desk, works)),
    )


def _posted(desk: Desk, works: WorksRow) -> Iterator[str]:
    found = desk.supply.posted(works)
    for is_posted, what in (
        (found.keeper, "责任人"),
        (found.number, "电话"),
        (found.report, "水质报告"),
    ):
        yield f"有{what}" if is_posted else f"没有{what}"


@pages("works", at="w/{}.html", keys=_works, row="works")
def works_page(desk: Desk, key: str) -> Content:
    """Make the page of one waterworks."""
    view, works = desk.view, desk.view.index("works")[key]
    unit, towns = desk.places.unit(works.unit_id), desk.supply.towns_served(works)
    town, villages = towns[0], [desk.places.division(code) for code in works.village_codes]
    here = ("工程", works.id)
    ladder = desk.people.ladder(unit.id, town.id, None, [works])
    issues = desk.issues.of_works.get(works.id, [])
    tests = desk.water.tests([here])
    places = (("县", unit.id), ("乡镇", town.id), here)
    reached = tuple(village.name for village in villages)
    sign = board(
        desk.people,
        Site(unit.id, places, town.id, None, (works,), reached),
        view.campaign.screen_from_on,
    )
    body = desk.render(
        "works.html",
        works=works,
        board=sign,
        turn=desk.supply.beside[key],
        unit=unit,
        town=town,
        served=[(place, [v for v in villages if v.parent_code == place.id]) for place in towns],
        duties=desk.people.duties(places),
        ladder=ladder,
        slab=next((rung for rung in ladder if rung.number), None),
        tests=tests,
        answer=desk.water.answer(*here),
        cards=desk.issues.cards(issues),
        visit=desk.screened.at_works.get(works.id),
        lacking=desk.screened.lacking.get(works.id),
        unseen=desk.screened.is_silent(unit.id),
        moments=chronicle(desk, works),
        replaced_by=view.index("works").get(works.replaced_by_id),
    )
    return Content(
        works.name,
        f"{unit.name}{town.name}{works.name}：供水范围、责任人、电话、水质检测、检查和整改",
        (*desk.places.crumbs(unit, town), (works.name, None)),
        body,
        sign.code,
        town=town.id,
    )
