"""Water tests and their results, as laboratories report them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from pipeline.demo.bodies import township_body
from pipeline.demo.world import NOW, Row, Unit, World, between
from pipeline.water.values import parse

UNITS_OF = {
    "turbidity": "NTU", "ph": "", "total-coliforms": "MPN/100mL", "colony-count": "CFU/mL",
    "fluoride": "mg/L", "nitrate": "mg/L", "iron": "mg/L", "total-hardness": "mg/L",
    "free-chlorine": "mg/L", "cod-mn": "mg/L",
}  # fmt: skip
Bad = tuple[str, tuple[float, float]]
"""An indicator, and between which values a failing one lies."""
FAULTS: tuple[Bad, ...] = (
    ("fluoride", (1.25, 1.95)),
    ("turbidity", (3.4, 6.8)),
    ("total-coliforms", (2, 9)),
    ("nitrate", (20.5, 27)),
)
FAULT_WORDS = {
    "fluoride": "氟化物超标",
    "turbidity": "浑浊度超标",
    "total-coliforms": "检出总大肠菌群",
    "nitrate": "硝酸盐超标",
}
BELOW = ("<0.05", "0.05L", "未检出(<0.05)", "ND(0.05)", "低于检出限", "＜0.05")
"""How laboratories write that less iron than they can see was found."""
COARSE = {"fluoride": "<1.5", "turbidity": "<5"}
"""What a method too coarse for its limit says: nothing."""
ODD = (0.0025, 0.018)
"""Shares of works with such a method, and (above it) of works that pass by a relaxed limit only."""
STORY_ODD = {(2, 2): "coarse", (1, 3): "relaxed", (1, 5): "coarse"}
STORY_BAD = {(1, 8): "nitrate", (15, 3): "fluoride", (15, 5): "total-coliforms"}
"""In the small story: the unit's place in the roll and the works, counted from one, of which each
thing is told."""


def make(world: World, unit: Unit) -> None:
    """Make about two tests a works: one in spring, one in summer; failing ones are tested again."""
    if unit.is_silent:
        return
    random = world.chance(unit.id, "water")
    world.notes["failing"][unit.id] = []
    for number, one in enumerate(world.notes["works"][unit.id], 1):
        if one["status"] in ("停用", "闲置"):
            continue
        if random.random() > 0.965 + unit.quality * 0.03:
            continue  # never tested
        one_way = _odd(world, unit, one, number)
        _tests_of(world, unit, one, random, one_way, STORY_BAD.get((unit.number, number)))
    for code, row in world.notes["villages"][unit.id].items():
        if row["dispersed_households"] and random.random() < 0.4 + unit.quality / 2:
            _look(world, unit, code, random)


def close(world: World) -> None:
    """The city draws a few samples of its own in the assessment."""
    for unit in world.units:
        random = world.chance(unit.id, "city water")
        works = [w for w in world.notes["works"][unit.id] if w["status"] == "正常"]
        for one in random.sample(works, min(len(works), 2)):
            _sample(
                world, unit, one, between(random, date(2022, 9, 2), date(2022, 9, 8)), None, random,
                outside=True,
            )  # fmt: skip


def _odd(world: World, unit: Unit, one: Row, number: int) -> str:
    """Say what is odd about the water of a works, if anything: "coarse" or "relaxed"."""
    if world.scale == "small":
        return STORY_ODD.get((unit.number, number), "")
    share = world.chance(unit.id, "odd water", one["works_id"]).random()
    is_small = one["works_class"] in ("千人以上", "千人以下")
    return "coarse" if share < ODD[0] else "relaxed" if share < ODD[1] and is_small else ""


def _tests_of(
    world: World, unit: Unit, one: Row, random: Random, odd: str, story: str | None
) -> None:
    bad = random.choice(FAULTS) if random.random() < 0.05 * (1.3 - unit.quality) else None
    is_told = world.scale == "small" and story is not None
    if is_told:
        bad = next(fault for fault in FAULTS if fault[0] == story)
    spring = between(random, date(2022, 3, 8), date(2022, 5, 27))
    first = _sample(world, unit, one, spring, bad, random, odd=odd)
    summer = between(random, date(2022, 7, 5), date(2022, 8, 30))
    is_cured = random.random() < 0.72 and not is_told
    second = _sample(
        world, unit, one, summer, None if is_cured else bad, random,
        retest=first if bad else None, odd=odd,
    )  # fmt: skip
    if bad and not is_cured:
        world.notes["failing"][unit.id].append((one, second, FAULT_WORDS[bad[0]]))
    if bad is None and random.random() < 0.006:
        worse = random.choice(FAULTS)
        late = _sample(
            world, unit, one, summer + timedelta(days=random.randint(2, 10)), worse, random,
        )  # fmt: skip
        world.notes["failing"][unit.id].append((one, late, FAULT_WORDS[worse[0]]))


def _sample(
    world: World, unit: Unit, one: Row, on: date, bad: Bad | None, random: Random,
    retest: Row | None = None, outside: bool = False, odd: str = "",
) -> Row:  # fmt: skip
    folder = "city" if outside else unit.id
    add = world.outside if outside else world.own
    reported = on + timedelta(days=random.randint(4, 9))
    posted: date | None = reported + timedelta(days=random.randint(2, 15))
    if random.random() > unit.quality + 0.12:
        posted = None if random.random() < 0.6 else reported + timedelta(days=40)
    if posted is not None and posted > NOW:
        posted = None
    large = one["works_class"] in ("千吨万人", "城市管网延伸")
    row = add(
        unit,
        "water_tests",
        sample_id=world.next_id(folder, "s", 5),
        place_type="工程",
        place_id=one["works_id"],
        sampled_on=on,
        sampling_point="出厂水" if random.random() < 0.45 else "末梢水",
        method="化验",
        retest_of_id=retest["sample_id"] if retest else None,
        lab_name=f"{world.setting.city}水质监测中心"
        if outside
        else f"{unit.name}农村饮水水质检测中心",
        report_no=f"{folder[:2].upper()}{on:%m%d}-{random.randint(1, 99):02d}",
        reported_on=reported,
        limit_set="gb5749-2006" if large else "gb5749-2006-small",
        conclusion="不达标" if bad else "达标",
        posted_on=posted,
        posted_at=sorted(random.sample(("厂站", "网站", "村"), 2)) if posted else [],
        is_archived=True,
        checker_level="市" if outside else "县",
        checker_org=world.setting.body if outside else unit.body,
        group_no=unit.group if outside else None,
    )
    if retest:
        row["sampling_point"] = retest["sampling_point"]
    values = _values(one, row["sampling_point"], bad, random)
    for indicator, raw in _written(
        values, odd, world.chance(unit.id, "notation", row["sample_id"])
    ):
        _result(add, unit, row, indicator, raw)
    return row


def _written(values: dict[str, str], odd: str, random: Random) -> list[tuple[str, str]]:
    """Return the values as this laboratory writes and measures them."""
    if values["iron"] == BELOW[0]:
        values["iron"] = random.choices(BELOW, (60, 20, 6, 5, 5, 4))[0]
    if odd == "coarse":
        values |= COARSE
    if odd == "relaxed":
        values["nitrate"] = f"{random.uniform(11, 19):.1f}"
    return list(values.items())


def _values(one: Row, point: str, bad: Bad | None, random: Random) -> dict[str, str]:
    """Return eight or more raw values, all within the strict limits but the bad one."""
    drawn = {
        "turbidity": f"{random.uniform(0.12, 0.92):.2f}" if random.random() < 0.9 else "<0.5",
        "ph": f"{random.uniform(7.0, 8.2):.1f}" if random.random() < 0.96 else "7.1~7.6",
        "total-coliforms": "未检出",
        "colony-count": str(random.randint(1, 88)) if random.random() < 0.8 else "未检出",
        "fluoride": f"{random.uniform(0.18, 0.95):.2f}",
        "nitrate": f"{random.uniform(0.6, 9.4):.1f}",
        "iron": "<0.05" if random.random() < 0.6 else f"{random.uniform(0.05, 0.28):.2f}",
        "total-hardness": str(random.randint(120, 430)),
    }
    if one["disinfection"] == "次氯酸钠":
        low = 0.32 if point == "出厂水" else 0.06
        drawn["free-chlorine"] = f"{random.uniform(low, low + 0.5):.2f}"
    if bad:
        indicator, (low, high) = bad
        value = random.uniform(low, high)
        drawn[indicator] = str(round(value)) if indicator == "total-coliforms" else f"{value:.2f}"
    return drawn


def _result(add: Any, unit: Unit, test: Row, indicator: str, raw: str) -> None:
    value = parse(raw)
    if value is None:
        raise ValueError(f"no such value: {raw}")
    row = add(
        unit,
        "water_results",
        sample_id=test["sample_id"],
        indicator=indicator,
        raw_value=raw,
        qualifier=value.qualifier,
        value_low=value.low,
        value=value.value,
        unit_of_measure=UNITS_OF[indicator] or None,
    )
    del row["unit_id"]


def _look(world: World, unit: Unit, code: str, random: Random) -> None:
    """Judge a dispersed supply by looking, smelling, asking and tasting."""
    world.own(
        unit,
        "water_tests",
        sample_id=world.next_id(unit.id, "s", 5),
        place_type="村",
        place_id=code,
        sampled_on=between(random, date(2022, 4, 1), date(2022, 8, 20)),
        sampling_point="分散水",
        method="望闻问尝",
        conclusion="达标",
        posted_at=[],
        checker_level="乡镇",
        checker_org=township_body(world.places[code[:9]]["short_name"]),
    )
