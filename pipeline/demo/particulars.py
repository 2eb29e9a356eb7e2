"""What only some works have: more sources, a reserve, an owner, parts of villages, a second town.

It changes works that `supply` has made and draws its chance apart, so that nothing else moves.
"""

from __future__ import annotations

from collections import Counter
from random import Random

from pipeline.demo.bodies import township_body, village_body
from pipeline.demo.world import Row, Unit, World

SOURCES = ("地下水", "地表水", "泉水")
EXEMPLARY = 2
"""The works of each unit, counted from one, that has everything: every unit's pages show it."""


def add(world: World, unit: Unit, works: list[Row]) -> None:
    """Give some works of a unit what is rare, and the exemplary one all of it."""
    random = world.chance(unit.id, "particulars")
    users = Counter(code for one in works for code in one["village_codes"])
    for number, one in enumerate(works, 1):
        everything = number == EXEMPLARY

        def has(chance: float, everything: bool = everything) -> bool:
            return random.random() < chance or everything

        is_network = one["works_class"] == "城市管网延伸"
        if has(0.03) and not is_network:
            others = [source for source in SOURCES if source != one["source_type"]]
            one["other_sources"] = [random.choice(others)]
        if has(0.15):
            one["backup_source"] = random.choice((*SOURCES, "无", "无"))
        if has(0.04) and one["works_class"] == "千人以下":
            _run_by_others(world, one, random)
        if has(0.12):
            one["owner_name"] = _owner(world, unit, one)
        if has(0.01):
            _reach_further(one, users, random)
        if has(0.35):
            kept = set(one.get("partly_served_codes", ()))
            kept |= {code for code in one["village_codes"] if users[code] > 1}
            one["partly_served_codes"] = sorted(kept)


def _village(world: World, one: Row) -> str:
    return world.places[one["village_codes"][0]]["short_name"].removesuffix("村")


def _run_by_others(world: World, one: Row, random: Random) -> None:
    if random.random() < 0.75:
        one["operator_kind"] = "用水者协会"
        one["operator_name"] = f"{_village(world, one)}用水者协会"
    else:
        one["operator_kind"] = "其他"
        one["operator_name"] = f"{_village(world, one)}农民专业合作社"


def _owner(world: World, unit: Unit, one: Row) -> str:
    if one["operator_kind"] == "县级供水单位":
        return unit.body
    if len(one["village_codes"]) > 1:
        return township_body(world.places[one["town_code"]]["short_name"])
    return village_body(_village(world, one))


def _reach_further(one: Row, users: Counter[str], random: Random) -> None:
    """Lead the water of a works to a part of a village of another township.

    The village has a works of its own, and its code comes after those of the works' township: the
    first of the list stays a village of the works' own.
    """
    far = sorted(code for code in users if code[:9] > one["town_code"])
    if far and one["status"] == "正常":
        code = random.choice(far)
        one["village_codes"] = sorted({*one["village_codes"], code})
        one["partly_served_codes"] = [code]
