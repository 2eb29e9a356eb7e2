"""The works of one unit as a table: the rows behind every figure about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.publication import servers, tallies
from pipeline.publication.desk import Desk
from pipeline.publication.facts import IN_SUPPLY
from pipeline.publication.page import Page

Row = Any

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

    row: Row
    town: str
    states: tuple[str, ...]
    outcome: str
    water: tuple[str, ...]
    posted: tuple[str, ...]


def supply_page(desk: Desk, unit: Row) -> Page:
    """Make the page of all works of a unit."""
    works = desk.facts.works_of_unit[unit.id]
    body = desk.render("supply.html", unit=unit, works=[_supply(desk, one) for one in works])
    return Page(
        servers.address("supply", unit.id),
        "unit",
        f"{unit.name}的供水工程",
        f"{unit.name}每一处集中供水工程：在哪里、供不供水、水质、公示了什么",
        (
            *desk.home,
            ("三个责任", "units.html"),
            (unit.name, f"u/{unit.id}.html"),
            ("供水工程", None),
        ),
        body,
        unit.id,
    )


def _supply(desk: Desk, works: Row) -> Supply:
    town = desk.facts.division(works.town_code).name
    if works.status not in IN_SUPPLY:
        return Supply(works, town, (works.status,), "", (), ())
    outcome = desk.waters.outcome("工程", works.id)
    return Supply(
        works,
        town,
        (works.status, "在供水的"),
        outcome,
        WATER[outcome],
        tuple(_posted(desk, works)),
    )


def _posted(desk: Desk, works: Row) -> Iterator[str]:
    found = tallies.posted(desk, works)
    for is_posted, what in (
        (found.keeper, "责任人"),
        (found.number, "电话"),
        (found.report, "水质报告"),
    ):
        yield f"有{what}" if is_posted else f"没有{what}"
