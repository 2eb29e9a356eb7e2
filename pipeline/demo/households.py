"""Household checks: counts by village and kind, never a household."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from pipeline.demo.bodies import village_body
from pipeline.demo.world import END, START, Unit, World, between

KINDS = (
    ("其他脱贫户", "lifted_households"),
    ("边缘易致贫户", "marginal_households"),
    ("脱贫不稳定户", "unstable_households"),
)


def make(world: World, unit: Unit) -> None:
    """Make the unit's own checks: one count a village."""
    if unit.is_silent:
        return
    random = world.chance(unit.id, "households")
    for code, village in world.notes["villages"][unit.id].items():
        if random.random() > 0.8 + unit.quality * 0.18:
            continue
        kind, column = KINDS[0]
        checked = min(village[column], random.randint(5, 30))
        unsafe = 1 if random.random() < 0.02 else 0
        lacking = 1 if random.random() < 0.05 else 0
        world.own(
            unit,
            "household_checks",
            household_check_id=world.next_id(unit.id, "h", 5),
            village_code=code,
            checked_on=between(random, START, END),
            household_kind=kind,
            mode="自查",
            **_counts(checked, unsafe, lacking, random),
            checker_level="村",
            checker_org=village_body(world.places[code]["short_name"]),
        )


def close(world: World) -> None:
    """The city asks at a few doors in every unit."""
    for unit in world.units:
        random = world.chance(unit.id, "city households")
        villages = sorted(world.notes["villages"][unit.id].items())
        for code, village in random.sample(villages, min(len(villages), 3)):
            kind, column = random.choice(KINDS[:2])
            checked = min(village[column], random.randint(3, 8))
            if not checked:
                continue
            unsafe = 1 if random.random() < (1 - unit.quality) * 0.35 else 0
            lacking = min(checked, 2) if random.random() < (1 - unit.quality) * 0.5 else 0
            world.outside(
                unit,
                "household_checks",
                household_check_id=world.next_id("city", "h", 5),
                village_code=code,
                checked_on=between(random, date(2022, 9, 1), date(2022, 9, 9)),
                household_kind=kind,
                mode="暗访",
                **_counts(checked, unsafe, lacking, random),
                checker_level="市",
                checker_org=world.setting.body,
                group_no=unit.group,
            )


def _counts(checked: int, unsafe: int, lacking: int, random: Random) -> dict[str, Any]:
    which = random.choice(("quantity", "quality", "access", "assurance"))
    return {
        "checked_households": checked,
        "unsafe_households": min(unsafe, checked),
        **{
            f"unsafe_{name}_households": min(unsafe, checked) if name == which else 0
            for name in ("quantity", "quality", "access", "assurance")
        },
        "listed_households": 0,
        "repeat_unsafe_households": 0,
        "without_card_households": min(lacking, checked),
        "without_report_households": 0,
        "lacking_households": min(lacking, checked),
        "repeat_lacking_households": 0,
    }
