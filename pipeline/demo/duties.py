"""Who answers for the water: phones, responsible persons, patrol rosters."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from pipeline.demo.bodies import township_body, village_body
from pipeline.demo.world import Row, Unit, World, between

ROSTER = ("乡镇", "村委", "驻村干部", "管水员", "群众监督员")
TOWN_PHONES = {"city": 248, "x10": 248, "small": 4}
"""Townships with a supervision phone: with the 17 of the units, 265 as the bureau reported."""
CAMPAIGN = date(2022, 7, 14)


def make(world: World, unit: Unit) -> None:
    """Make phones first, then the persons who can be called on them."""
    random = world.chance(unit.id, "duties")
    phones = _phones(world, unit, random)
    world.notes["phones"][unit.id] = phones
    _county(world, unit, phones, random)
    for town in unit.towns:
        if random.random() < 0.93 + unit.quality * 0.06:
            _town(world, unit, town, random)
    for village in unit.villages:
        _keeper(world, unit, "村", village["division_code"], None, random)
    for one in world.notes["works"][unit.id]:
        _keeper(world, unit, "工程", one["works_id"], phones["works"].get(one["works_id"]), random)
    if not unit.is_silent:
        _roster(world, unit, random)


def close(world: World) -> None:
    """Give supervision phones to as many townships as the scale has, in order of code."""
    towns = [(unit, town) for unit in world.units for town in unit.towns]
    for unit, town in towns[: TOWN_PHONES[world.scale]]:
        _phone(world, unit, "乡镇监督", "乡镇", town["division_code"], "工作日 8:00–18:00")


def _phone(
    world: World, unit: Unit, role: str, place_type: str, place_id: str, hours: str | None
) -> Row:
    return world.own(
        unit,
        "phones",
        phone_id=world.next_id(unit.id, "t", 5),
        role=role,
        place_type=place_type,
        place_id=place_id,
        number=world.phone(unit),
        number_kind="座机",
        is_public=True,
        service_hours=hours,
        valid_from=date(2021, 1, 1),
    )


def _phones(world: World, unit: Unit, random: Random) -> dict[str, Any]:
    made: dict[str, Any] = {"works": {}, "all": []}
    made["county"] = _phone(world, unit, "县级监督", "县", unit.id, "工作日 8:00–18:00")
    made["service"] = _phone(world, unit, "供水服务", "县", unit.id, "每天 7:00–20:00")
    made["repair"] = _phone(world, unit, "维修", "县", unit.id, "全天")
    made["government"] = _phone(world, unit, "责任人", "县", unit.id, None)
    made["water"] = _phone(world, unit, "责任人", "县", unit.id, None)
    for one in world.notes["works"][unit.id]:
        if random.random() < 0.985 + unit.quality * 0.012:
            row = _phone(world, unit, "管理人员", "工程", one["works_id"], "每天 7:00–20:00")
            made["works"][one["works_id"]] = row
    return made


def _person(
    world: World,
    unit: Unit,
    place: tuple[str, str],
    duty: str,
    rank: str,
    random: Random,
    **more: Any,
) -> Row:
    started = more.pop("valid_from", None) or date(2021, random.randint(3, 12), 1)
    base = {
        "resp_id": world.next_id(unit.id, "r", 5),
        "place_type": place[0],
        "place_id": place[1],
        "duty": duty,
        "rank": rank,
        "name": world.person(random),
        "valid_from": started,
        "web_posted_on": max(started, date(2022, 1, 10)) + timedelta(days=random.randint(2, 12)),
        "board_posted_on": max(started, date(2022, 1, 10)) + timedelta(days=random.randint(5, 20)),
    }
    return world.own(unit, "responsibilities", **base | more)


def _county(world: World, unit: Unit, phones: dict[str, Any], random: Random) -> None:
    head = "管委会主任" if unit.is_zone else "区长" if unit.name.endswith("区") else "县长"
    head = "市长" if unit.name.endswith("市") else head
    county, paper = ("县", unit.id), f"{unit.name}政文〔2021〕18号"
    shared = {"source_ref": paper}
    government = {"phone_id": phones["government"]["phone_id"], "org": unit.government, **shared}
    if random.random() < 0.4:  # the head changed during the campaign; some posted late
        changed = between(random, CAMPAIGN, date(2022, 8, 5))
        _person(
            world, unit, county, "政府主体责任", "主要领导", random, post=head, **government,
            valid_to=changed - timedelta(days=1),
        )  # fmt: skip
        late = random.randint(5, 15) if random.random() < unit.quality else random.randint(30, 40)
        posted = changed + timedelta(days=late)
        _person(
            world, unit, county, "政府主体责任", "主要领导", random, post=head, **government,
            valid_from=changed, web_posted_on=posted, board_posted_on=posted,
        )  # fmt: skip
    else:
        _person(world, unit, county, "政府主体责任", "主要领导", random, post=head, **government)
    _person(
        world, unit, county, "政府主体责任", "主管领导", random,
        post="副" + head.removeprefix("管委会"), org=unit.government, **shared,
    )  # fmt: skip
    if not unit.is_silent:
        title = "主任" if unit.body.endswith("农办") else "局长"
        water = {"phone_id": phones["water"]["phone_id"], "org": unit.body, **shared}
        _person(world, unit, county, "水利监管责任", "主要领导", random, post=title, **water)
        _person(
            world, unit, county, "水利监管责任", "主管领导", random, post="副" + title,
            org=unit.body, **shared,
        )  # fmt: skip


def _town(world: World, unit: Unit, town: Any, random: Random) -> None:
    is_street = town["division_kind"] == "街道"
    _person(
        world, unit, ("乡镇", town["division_code"]), "政府主体责任", "主要领导", random,
        post="主任" if is_street else "镇长" if town["division_kind"] == "镇" else "乡长",
        org=township_body(town["short_name"]),
        source_ref=f"{unit.name}政文〔2021〕18号",
    )  # fmt: skip


def _keeper(
    world: World, unit: Unit, place_type: str, place_id: str, phone: Row | None, random: Random
) -> None:
    if random.random() > 0.97 + unit.quality * 0.03:
        return  # a vacant seat: reality is poor, and shown
    if place_type == "村":
        village = world.places[place_id]["short_name"]
        post, org, rank = "村委会主任", village_body(village), "直接负责人"
    else:
        post, org, rank = "管水员", None, "管水员"
        org = next_operator(world, unit, place_id)
    _person(
        world, unit, (place_type, place_id), "运行管理责任", rank, random, post=post, org=org,
        phone_id=phone["phone_id"] if phone else None, source_ref="乡镇任命文件",
    )  # fmt: skip


def next_operator(world: World, unit: Unit, works_id: str) -> str:
    """Return who runs a works."""
    index: dict[str, str] | None = world.notes["operators"].get(unit.id)
    if index is None:
        index = {w["works_id"]: w["operator_name"] for w in world.notes["works"][unit.id]}
        world.notes["operators"][unit.id] = index
    return index[works_id]


def _roster(world: World, unit: Unit, random: Random) -> None:
    for village in unit.villages:
        for role in ROSTER:
            if random.random() < 0.96 + unit.quality * 0.04:
                world.own(
                    unit,
                    "patrol_roster",
                    roster_id=world.next_id(unit.id, "m", 5),
                    village_code=village["division_code"],
                    role=role,
                    name=world.person(random),
                    valid_from=date(2022, 7, 20),
                )
