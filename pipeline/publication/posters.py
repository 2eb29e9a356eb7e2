"""What is hung up and handed out: the notice board of a works, the card of a village's households.

A board prints what its code stands for and what an office is asked to post with it: the three
duties, the reach, the facts of the works, whom to call, the last water test. Both are plain data
for a template; who is missing is printed as 待公布, never as a blank.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from pipeline.dates import in_words
from pipeline.figures import grouped
from pipeline.files import digest
from pipeline.papers.rendering import Sheets
from pipeline.papers.typesetter import TEMPLATES
from pipeline.publication import codes, poster_sizes
from pipeline.publication.desk import Desk
from pipeline.publication.questions.boards import Board, Site, board
from pipeline.publication.questions.people import Duty, Rung
from pipeline.rowtypes import DivisionRow, WorksRow
from pipeline.seats import seat
from pipeline.terms import IN_SUPPLY

BOARD, CARD = "board", "card"
MISSING = "待公布"
"""Stands where a person or a number is due and not reported."""

SIZES: Mapping[str, tuple[int, int]] = {
    "a4": (210, 297),
    "a3": (297, 420),
    "600x900": (600, 900),
    "900x1200": (900, 1200),
}
"""Sizes of boards in millimetres; all are the same board, drawn larger."""
DEFAULT = "a4"

MARK = 16
"""Characters of the digest of what a file of boards or cards says."""


def boards(desk: Desk, works: Sequence[WorksRow], name: str, title: str, size: str) -> Sheets:
    """Return the boards of several works, each on a page of its own."""
    width, height = SIZES[size]
    sides = [poster_sizes.board(_board(desk, one), height * 210 / width) for one in works]
    told = {"width": width, "height": height, "boards": sides}
    return Sheets(f"{BOARD}-{name}-{size}", title, BOARD, _common(desk, title) | _marked(told))


def cards(desk: Desk, villages: Sequence[DivisionRow], name: str, title: str) -> Sheets:
    """Return the cards of several villages, a sheet of equal cards for each."""
    common = _common(desk, title)
    sides = [poster_sizes.card(_card(desk, one), is_demo=bool(common["demo"])) for one in villages]
    return Sheets(f"{CARD}-{name}", title, CARD, common | _marked({"cards": sides}))


def towns(desk: Desk, unit_id: str | None = None) -> Iterator[tuple[DivisionRow, str]]:
    """Yield the townships of a unit, or of all, with the name of the township in its unit."""
    for unit in desk.places.units:
        if unit_id in (None, unit.id):
            for town in desk.places.townships.get(unit.id, ()):
                yield town, f"{unit.short_name}{town.name}"


def works_of(desk: Desk, town: str) -> list[WorksRow]:
    """Return the works of a township that somebody drinks from, by id: each has a board."""
    rows = desk.view.group("works", "town_code")[town]
    return sorted((one for one in rows if one.status in IN_SUPPLY), key=lambda one: one.id)


def changed(desk: Desk, works: WorksRow, since: date) -> tuple[str, ...]:
    """Say what is printed otherwise on the board of a works since a day; nothing if nothing is."""
    old = [one for one in sign(desk, works).earlier if one.until >= since]
    return (*old[-1].said, *old[-1].called) if old else ()


def sign(desk: Desk, works: WorksRow) -> Board:
    """Return the board of a works with its code."""
    town = desk.supply.towns_served(works)[0]
    reach = tuple(desk.places.division(code).name for code in works.village_codes)
    places = (("县", works.unit_id), ("乡镇", town.id), ("工程", works.id))
    site = Site(works.unit_id, places, town.id, None, (works,), reach)
    return board(desk.people, site, desk.view.campaign.screen_from_on)


def _marked(told: dict[str, Any]) -> dict[str, Any]:
    """Add a digest of all that is printed but the day: a file that carries it is not out of date.

    The look of boards belongs to it too.
    """
    said = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return told | {"mark": sha256(f"{_look()}{said}".encode()).hexdigest()[:MARK]}


@cache
def _look() -> str:
    return digest(TEMPLATES, *(f"{name}.typ" for name in (BOARD, CARD, "poster")))


def _common(desk: Desk, title: str) -> dict[str, Any]:
    campaign, day = desk.view.campaign, desk.view.as_of_on
    return {
        "title": title,
        "organiser": campaign.organiser,
        "demo": "演示数据：人名、电话都是编的" if campaign.is_demo else "",
        "on": [day.year, day.month, day.day],
        "day": in_words(day),
    }


def _board(desk: Desk, works: WorksRow) -> dict[str, Any]:
    town = desk.supply.towns_served(works)[0]
    unit = desk.places.unit(works.unit_id)
    places = (("县", unit.id), ("乡镇", town.id), ("工程", works.id))
    made, path = sign(desk, works), f"w/{works.id}.html"
    return {
        "name": works.name,
        "unit": unit.name,
        "duties": [_duty(duty) for duty in desk.people.duties(places)],
        "facts": [
            {"name": name, "text": text}
            for name, text in (
                ("供水范围", _reach(desk, works)),
                ("受益", f"{grouped(works.households)}户，{grouped(works.population)}人"),
                ("设计规模", f"每天{grouped(works.capacity_m3d)}立方米"),
                ("水源", works.source_type),
                ("消毒", works.disinfection),
                ("管护单位", works.operator_name),
                ("水质", _water(desk, "工程", works.id)),
            )
        ],
        "rungs": _rungs(desk.people.ladder(unit.id, town.id, None, [works])),
        "code": made.shown,
        "address": _address(desk, path),
        "qr": codes.drawing(f"{_address(desk, path)}?v={made.code}"),
    }


def _card(desk: Desk, village: DivisionRow) -> dict[str, Any]:
    works = [w for w in desk.supply.of_village.get(village.id, ()) if w.status in IN_SUPPLY]
    town = village.parent_code or ""
    unit = desk.places.division(town).unit_id or ""
    path = f"v/{village.id}.html"
    places = (("村", village.id), *(("工程", one.id) for one in works))
    duties = [d for d in desk.people.duties(places) if d.name == "运行管理责任"]
    return {
        "village": village.name,
        "town": desk.places.division(town).name,
        "works": "、".join(one.name for one in works) or "分散供水",
        "water": _water(desk, "工程", works[0].id) if works else _water(desk, "村", village.id),
        "price": _price(works),
        "duties": [_duty(duty) for duty in duties],
        "rungs": _rungs(desk.people.ladder(unit, town, village.id, works)),
        "address": _address(desk, path),
        "qr": codes.drawing(_address(desk, path)),
    }


def _reach(desk: Desk, works: WorksRow) -> str:
    """Name the villages served; those served in part say so."""
    return "、".join(
        desk.places.division(code).short_name
        + ("（部分）" if code in works.partly_served_codes else "")
        for code in works.village_codes
    )


def _price(works: Iterable[WorksRow]) -> str:
    prices = sorted({one.price_yuan_m3 for one in works if one.price_yuan_m3 is not None})
    return "、".join(f"每立方米{price.normalize():f}元" for price in prices) or MISSING


def _water(desk: Desk, place_type: str, place_id: str) -> str:
    """Say what the last test showed and from which day it is."""
    answer = desk.water.answer(place_type, place_id)
    if answer.test is None:
        return "没有报来检测"
    words = {"达标": "达标", "放宽达标": "达标（有项目按放宽限值）", "不达标": "不达标"}
    said = words.get(answer.outcome, "看不出是否达标")
    return f"{said}（{in_words(answer.test.sampled_on)}取样）"


def _duty(duty: Duty) -> dict[str, Any]:
    """Return the people of a duty; of many in one seat all are printed, `due` what is missing."""
    people = [
        {
            "post": seat(one.row.org, one.row.post),
            "name": one.row.name,
            "phone": one.phone.number if one.phone else "",
            "due": one.phone is None,
        }
        for one in duty.people
    ]
    nobody = {"post": "", "name": MISSING, "phone": "", "due": False}
    return {"name": duty.name, "people": people or [nobody]}


def _rungs(rungs: Sequence[Rung]) -> list[dict[str, str]]:
    return [
        {"who": rung.who, "when": rung.when, "number": rung.number or MISSING} for rung in rungs
    ]


def _address(desk: Desk, path: str) -> str:
    return desk.view.campaign.site_url.rstrip("/") + "/" + path
