"""Gaps and good examples of screening: late, by the wrong tier, never; and villages well looked at.

Chance of its own, after everything else: what is made here moves nothing that was made before.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from pipeline.demo.bodies import township_body, village_body
from pipeline.demo.world import END, NOW, START, Row, Unit, World, between
from pipeline.screening import KIND_COLUMNS, TIER_OF_CLASS

BELOW = {"县": "乡镇", "乡镇": "村"}
WELL = 0.75
"""Quality above which no works is left to a lower tier; from 0.8 every 三类户 is visited."""
ALIKE_UNIT, ALIKE_ON = 7, date(2022, 8, 24)
"""The unit, by its place in the roll, where a township screened everything on one day, and found
nothing."""


def make(world: World, unit: Unit) -> None:
    """Move some of a unit's visits out of time or tier, and let villages go from door to door."""
    if unit.is_silent:
        return
    _visits(world, unit, world.chance(unit.id, "screening gaps"))
    _doors(world, unit, world.chance(unit.id, "doors"))
    _villages(world, unit, world.chance(unit.id, "village visits"))


def close(world: World) -> None:
    """The city looks at a township and at two villages of every unit."""
    for unit in world.units:
        random = world.chance(unit.id, "outside villages")
        town = random.choice(unit.towns)["division_code"]
        _outside(world, unit, "乡镇", town, "责任公示", random)
        codes = [v["division_code"] for v in unit.villages]
        for code in sorted(random.sample(codes, min(2, len(codes)))):
            _outside(world, unit, "村", code, "宣传资料", random)


def _visits(world: World, unit: Unit, random: Random) -> None:
    path = f"units/{unit.id}"
    found = {row["visit_id"] for row in world.rows[f"{path}/findings.csv"]}
    works = {one["works_id"]: one for one in world.notes["works"][unit.id]}
    visits = [v for v in world.rows[f"{path}/inspections.csv"] if v["visit_id"] not in found]
    share = (1.1 - unit.quality) * (0.12 if world.scale != "small" else 0.3)
    for visit in visits:
        chance = random.random()
        one = works[visit["place_id"]]
        if chance < share / 2:
            visit["visited_on"] = between(random, END + timedelta(days=1), NOW - timedelta(days=2))
        elif (
            chance < share
            and not unit.quality > WELL
            and TIER_OF_CLASS[one["works_class"]] in BELOW
        ):
            _lower(world, visit, one)
    if world.scale == "small" and not unit.quality > WELL:
        tiers = [(v, works[v["place_id"]]) for v in visits if v["checker_level"] == "乡镇"]
        for visit, one in tiers[:1]:  # the story tells each fate once
            _lower(world, visit, one)
    if unit.number == ALIKE_UNIT:
        _all_in_a_day(visits)


def _lower(world: World, visit: Row, one: Row) -> None:
    level = BELOW[visit["checker_level"]]
    town = world.places[one["town_code"]]["short_name"]
    village = world.places[one["village_codes"][0]]["short_name"]
    visit["checker_level"] = level
    visit["checker_org"] = township_body(town) if level == "乡镇" else village_body(village)


def _all_in_a_day(visits: list[Row]) -> None:
    by_org: dict[str, list[Row]] = defaultdict(list)
    for visit in visits:
        if visit["checker_level"] == "乡镇":
            by_org[visit["checker_org"]].append(visit)
    for visit in max(by_org.values(), key=len, default=[]):
        visit["visited_on"] = ALIKE_ON


def _doors(world: World, unit: Unit, random: Random) -> None:
    """Most villages visit every household of the three kinds; some not all, some late."""
    lifted = {
        row["village_code"]: row
        for row in world.rows[f"units/{unit.id}/household_checks.csv"]
        if row["household_kind"] == "其他脱贫户"
    }
    for code, village in world.notes["villages"][unit.id].items():
        if code in lifted and random.random() < unit.quality:
            lifted[code]["checked_households"] = village["lifted_households"]
        if random.random() > (1 if unit.quality >= 0.8 else 0.84 + unit.quality * 0.15):
            continue
        on = between(random, START, END)
        if random.random() < (1.05 - unit.quality) * 0.12:
            on = between(random, END + timedelta(days=1), NOW - timedelta(days=2))
        for kind, column in KIND_COLUMNS.items():
            due = village[column]
            if (
                kind == "其他脱贫户"
                or not due
                or (kind == "其他重点人群" and random.random() < 0.5)
            ):
                continue
            is_part = unit.quality < 0.8 and random.random() < (1.05 - unit.quality) * 0.1
            _door(world, unit, code, kind, on, max(1, due - 1) if is_part else due)


def _door(world: World, unit: Unit, code: str, kind: str, on: date, count: int) -> None:
    safe = ("unsafe", "unsafe_quantity", "unsafe_quality", "unsafe_access", "unsafe_assurance",
            "listed", "repeat_unsafe", "without_card", "without_report", "lacking",
            "repeat_lacking")  # fmt: skip
    world.own(
        unit,
        "household_checks",
        household_check_id=world.next_id(unit.id, "h", 5),
        village_code=code,
        checked_on=on,
        household_kind=kind,
        mode="自查",
        checked_households=count,
        **dict.fromkeys((f"{name}_households" for name in safe), 0),
        checker_level="村",
        checker_org=village_body(world.places[code]["short_name"]),
    )


def _villages(world: World, unit: Unit, random: Random) -> None:
    """Dispersed supplies are looked at by a visit to the village, as are a few others."""
    for code, village in world.notes["villages"][unit.id].items():
        if random.random() < (0.7 if village["dispersed_households"] else 0.08):
            is_town = random.random() < 0.3
            town = world.places[code[:9]]["short_name"]
            world.own(
                unit,
                "inspections",
                visit_id=world.next_id(unit.id, "v", 5),
                visited_on=between(random, START, END),
                mode="自查",
                place_type="村",
                place_id=code,
                checklists=["宣传资料"],
                items_skipped=[],
                checker_level="乡镇" if is_town else "村",
                checker_org=township_body(town)
                if is_town
                else village_body(world.places[code]["short_name"]),
            )


def _outside(
    world: World, unit: Unit, place_type: str, place: str, checklist: str, random: Random
) -> None:
    on = between(random, date(2022, 9, 8), date(2022, 9, 12))
    world.outside(
        unit,
        "inspections",
        visit_id=world.next_id("city", "v", 5),
        visited_on=on,
        mode=random.choice(("暗访", "明查")),
        place_type=place_type,
        place_id=place,
        checklists=[checklist],
        items_skipped=[],
        feedback_on=on + timedelta(days=random.randint(1, 3)),
        checker_level="市",
        checker_org=world.setting.body,
        group_no=unit.group,
    )
