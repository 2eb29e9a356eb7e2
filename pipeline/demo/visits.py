"""Visits: the screening by the right tier, and what the city finds on its drawn lists."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from pipeline.demo.bodies import township_body, village_body
from pipeline.demo.phrases import DETAILS
from pipeline.demo.world import END, NOW, START, Row, Unit, World, between
from pipeline.sampling.batch import decimal
from pipeline.screening import TIER_OF_CLASS

Where = tuple[str, str, str]
"""Stratum, place_type and place_id of a drawn place."""

SCREENING = ("六有两确保", "厂站管理", "消毒")
OUTSIDE_LISTS = ("厂站管理", "水质公示", "消毒", "责任公示")
OUTSIDE_ITEMS = ("GS1", "GS3", "GS4", "GS8", "ZJ1", "ZJ3", "ZJ4", "ZJ5", "ZJ6", "XD1", "SZ1")
DRAWN_ON = date(2022, 8, 29)
PER_UNIT = {"small": 2, "city": 8, "x10": 8}
"""Works drawn in every unit, the same number, so that no unit is exposed more (reading G27)."""
CUT_OFF_UNIT = 7
"""The unit, by its place in the roll, where one of the works could not be reached."""


def make(world: World, unit: Unit) -> None:
    """Make a unit's own screening."""
    if unit.is_silent:
        return
    random = world.chance(unit.id, "screening")
    world.notes["own findings"][unit.id] = []
    for one in world.notes["works"][unit.id]:
        if random.random() > 0.86 + unit.quality * 0.13:
            continue
        level = TIER_OF_CLASS[one["works_class"]]
        visit = world.own(
            unit,
            "inspections",
            visit_id=world.next_id(unit.id, "v", 5),
            visited_on=between(random, START, END),
            mode="自查",
            place_type="工程",
            place_id=one["works_id"],
            checklists=sorted(SCREENING),
            items_skipped=[],
            checker_level=level,
            checker_org=_org(world, unit, one, level),
        )
        if random.random() < 0.05:
            item = random.choice(("LY3", "LY4", "LY6", "QB1", "XD1", "ZJ4"))
            row = world.own(
                unit,
                "findings",
                finding_id=f"{visit['visit_id']}-f01",
                visit_id=visit["visit_id"],
                item_code=item,
                detail=DETAILS[item],
            )
            world.notes["own findings"][unit.id].append((one, visit, row))


def _org(world: World, unit: Unit, one: Row, level: str) -> str:
    town = world.places[one["town_code"]]["short_name"]
    village = world.places[one["village_codes"][0]]["short_name"]
    return {"县": unit.body, "乡镇": township_body(town), "村": village_body(village)}[level]


def close(world: World) -> None:
    """Draw works in every unit from one seed, visit them, and call numbers."""
    number = called = 0
    for unit in world.units:
        random = world.chance(unit.id, "outside")
        world.notes["outside findings"][unit.id] = []
        number = _drawn(world, unit, number, random)
        _site(world, unit, random)
        called = _calls(world, unit, called, random)


def _drawn(world: World, unit: Unit, number: int, random: Random) -> int:
    works = sorted(world.notes["works"][unit.id], key=lambda w: w["works_id"])
    size = min(PER_UNIT[world.scale], len(works))
    chosen = random.sample(works, size)
    skipped = size - 1 if unit.number == CUT_OFF_UNIT else None
    for place, one in enumerate(chosen, 1):
        number += 1
        where = ("供水工程", "工程", one["works_id"])
        draw = _draw(world, unit, f"city-k0001-{number:03d}", place, where, (len(works), size))
        if place - 1 == skipped:
            draw["not_done_reason"] = "山洪冲断道路，无法到达"
            continue
        _visit(world, unit, one, draw["draw_id"], random)
    return number


def _draw(
    world: World, unit: Unit, draw_id: str, place: int, where: Where, sizes: tuple[int, int]
) -> Row:
    """Write down one drawn place; `sizes` are how many there are, and how many were drawn."""
    stratum, place_type, place_id = where
    frame, size = sizes
    return world.city(
        "spot_checks",
        draw_id=draw_id,
        batch_id=draw_id.rpartition("-")[0],
        drawn_on=DRAWN_ON,
        group_no=unit.group,
        unit_id=unit.id,
        stratum=stratum,
        place_type=place_type,
        place_id=place_id,
        draw_no=place,
        is_reserve=False,
        seed="20220829",
        frame_version="2022-08-25",
        frame_size=frame,
        sample_size=size,
        inclusion_probability=decimal(Fraction(size, frame)),
        not_done_reason=None,
        released_on=date(2022, 9, 14),
    )


def _visit(world: World, unit: Unit, one: Row, draw: str | None, random: Random) -> None:
    on = between(random, date(2022, 9, 1), date(2022, 9, 9))
    is_prompt = random.random() < 0.9
    visit = world.outside(
        unit,
        "inspections",
        visit_id=world.next_id("city", "v", 5),
        visited_on=on,
        mode="暗访" if random.random() < 0.6 else "明查",
        place_type="工程",
        place_id=one["works_id"],
        checklists=sorted(OUTSIDE_LISTS),
        items_skipped=[],
        board_code=None,
        feedback_on=min(NOW, on + timedelta(days=random.randint(1, 6))) if is_prompt else None,
        checker_level="市",
        checker_org=world.setting.body,
        group_no=unit.group,
        draw_id=draw,
    )
    failing = [i for i in OUTSIDE_ITEMS if random.random() < (1.05 - unit.quality) * 0.16]
    for place, item in enumerate(failing, 1):
        row = world.outside(
            unit,
            "findings",
            finding_id=f"{visit['visit_id']}-f{place:02d}",
            visit_id=visit["visit_id"],
            item_code=item,
            detail=DETAILS[item],
        )
        world.notes["outside findings"][unit.id].append((one, visit, row))


def _site(world: World, unit: Unit, random: Random) -> None:
    """Look at the unit's site: who is named there."""
    visit = world.outside(
        unit,
        "inspections",
        visit_id=world.next_id("city", "v", 5),
        visited_on=date(2022, 9, random.randint(1, 8)),
        mode="网络检查",
        place_type="网站",
        place_id=unit.id,
        checklists=["责任公示"],
        items_skipped=[],
        feedback_on=date(2022, 9, 12),
        checker_level="市",
        checker_org=world.setting.body,
        group_no=unit.group,
    )
    if random.random() > unit.quality:
        world.outside(
            unit,
            "findings",
            finding_id=f"{visit['visit_id']}-f01",
            visit_id=visit["visit_id"],
            item_code="GS3",
            detail="网站公示的政府责任人缺联系电话",
        )


def _calls(world: World, unit: Unit, number: int, random: Random) -> int:
    """Call ten numbers of a unit: its supervision and service numbers, then drawn managers."""
    phones = world.notes["phones"][unit.id]
    managers = sorted(phones["works"].values(), key=lambda p: p["phone_id"])
    chosen: list[Any] = [phones["county"], phones["service"]]
    chosen += random.sample(managers, min(len(managers), 8 if world.scale != "small" else 2))
    managed = len(chosen) - 2
    strata = [("县级监督电话", 1, (1, 1)), ("供水服务电话", 1, (1, 1))]
    strata += [("管理人员电话", place + 1, (len(managers), managed)) for place in range(managed)]
    for phone, (stratum, place, sizes) in zip(chosen, strata, strict=True):
        number += 1
        where = (stratum, "电话", phone["phone_id"])
        draw = _draw(world, unit, f"city-k0002-{number:03d}", place, where, sizes)
        on = between(random, date(2022, 9, 1), date(2022, 9, 9))
        fails = random.random() > unit.quality + 0.12
        times = [f"{on}T{h}" for h in (("09:10", "11:05", "15:40") if fails else ("10:20",))]
        result = random.choice(("无人接听", "占线", "空号停机")) if fails else "接通"
        knows = "熟悉" if random.random() < unit.quality + 0.1 else "不熟悉"
        world.outside(
            unit,
            "phone_checks",
            phone_check_id=world.next_id("city", "c", 5),
            phone_id=phone["phone_id"],
            checked_on=on,
            called_at=times,
            call_result=result,
            informed=knows if result == "接通" else "未询问",
            checker_level="市",
            checker_org=world.setting.body,
            group_no=unit.group,
            draw_id=draw["draw_id"],
        )
    return number
