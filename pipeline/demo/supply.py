"""Villages, works, projects, funds, risk points and outages."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from pipeline.demo import particulars
from pipeline.demo.bodies import village_body
from pipeline.demo.world import END, START, Row, Unit, World, between

PEOPLE = 3.9
"""People of a household, about."""
PLANT = 10_000
"""People served from whom on a works is of the largest class."""


def make(world: World, unit: Unit) -> None:
    """Make what a unit supplies water with."""
    random = world.chance(unit.id, "supply")
    villages = {v["division_code"]: _village(world, unit, v, random) for v in unit.villages}
    world.notes["villages"][unit.id] = villages
    works = _works(world, unit, villages, random)
    particulars.add(world, unit, works)
    world.notes["works"][unit.id] = works
    _dispersed(villages, works, random)
    if unit.is_silent:
        return
    _projects(world, unit, works, random)
    _funds(world, unit, works, random)


def close(world: World) -> None:
    """Nothing is made across units."""


def _village(world: World, unit: Unit, place: Any, random: Random) -> Row:
    households = random.randint(140, 720)
    kinds = {
        "unstable_households": random.randint(0, 3),
        "marginal_households": random.randint(0, 4),
        "stricken_households": random.randint(0, 2),
        "lifted_households": random.randint(8, 60),
        "priority_households": random.randint(2, 15),
    }
    return world.own(
        unit,
        "villages",
        village_code=place["division_code"],
        counted_on=date(2022, 6, 30),
        households=households,
        population=int(households * PEOPLE),
        is_project_village=random.random() < 0.3,
        **kinds,
        dispersed_households=0,
        dispersed_people=0,
        dispersed_source="",
    )


def _dispersed(villages: dict[str, Row], works: list[Row], random: Random) -> None:
    """Villages that no works serves are places of dispersed supply."""
    served = {code for one in works for code in one["village_codes"]}
    for code, row in villages.items():
        if code not in served:
            row["dispersed_households"] = row["households"]
            row["dispersed_people"] = row["population"]
            row["dispersed_source"] = random.choice(["井水", "井水", "泉水", "窖水"])


def _works(world: World, unit: Unit, villages: dict[str, Row], random: Random) -> list[Row]:
    """Make exactly the unit's share of works: a few plants, groups of villages, single villages."""
    left = [c for c in villages if random.random() > 0.05] or list(villages)
    free: dict[str, list[str]] = {}
    for code in left:
        free.setdefault(code[:9], []).append(code)
    clusters: list[list[str]] = []
    for town in sorted(free, key=lambda t: -len(free[t]))[: max(1, len(villages) // 110)]:
        cluster: list[str] = []
        while free[town] and sum(villages[c]["population"] for c in cluster) < PLANT * 1.15:
            cluster.append(free[town].pop())
        clusters.append(cluster)
    for codes in free.values():
        while codes:
            size = random.choices((1, 2, 3), (78, 16, 6))[0]
            clusters.append([codes.pop() for _ in range(min(size, len(codes)))])
    clusters = clusters[: unit.works]
    base = list(clusters)
    while len(clusters) < unit.works:
        clusters.append([random.choice(base)[0]])
    users: dict[str, int] = {}
    for cluster in clusters:
        for code in cluster:
            users[code] = users.get(code, 0) + 1
    named: dict[str, int] = {}
    return [_one_works(world, unit, c, villages, users, named, random) for c in clusters]


def _one_works(
    world: World,
    unit: Unit,
    cluster: list[str],
    villages: dict[str, Row],
    users: dict[str, int],
    named: dict[str, int],
    random: Random,
) -> Row:
    town = world.places[cluster[0][:9]]
    share = random.uniform(0.72, 0.96)
    people = int(sum(villages[c]["population"] / users[c] for c in cluster) * share)
    people = max(people, 24)
    is_network = (unit.is_zone and random.random() < 0.35) or random.random() < 0.012
    works_class = (
        "城市管网延伸" if is_network
        else "千吨万人" if people >= PLANT
        else "千人以上" if people >= 1000
        else "千人以下"
    )  # fmt: skip
    status = random.choices(("正常", "间歇", "作用不明显", "闲置", "停用"), (940, 25, 14, 9, 12))[0]
    if works_class == "千吨万人":
        status = "正常"
    source = (
        "城市管网" if is_network else random.choices(("地下水", "地表水", "泉水"), (72, 18, 10))[0]
    )
    disinfection = random.choices(
        ("次氯酸钠", "二氧化氯", "紫外线", "无"), (70, 14, 6, 10 if unit.quality < 0.7 else 3)
    )[0]
    if works_class == "千吨万人":
        disinfection = "次氯酸钠"
    place = world.places[cluster[0]]["short_name"].removesuffix("村")
    kind = {"千吨万人": "水厂", "城市管网延伸": "管网延伸工程"}.get(works_class, "供水站")
    stem = town["short_name"] + ("" if works_class == "千吨万人" else place)
    named[stem] = named.get(stem, 0) + 1
    number = "" if named[stem] == 1 else "二三四五六七八九十"[min(named[stem] - 2, 8)] + "组"
    if named[stem] > 10:
        number = f"{named[stem]}组"
    operator = random.choice(("乡镇供水站", "村委会", "村委会", "企业", "个人承包"))
    if works_class in ("千吨万人", "城市管网延伸"):
        operator = "县级供水单位"
    return world.own(
        unit,
        "works",
        works_id=world.next_id(unit.id, "w", 4),
        name=f"{stem}{number}{kind}",
        town_code=cluster[0][:9],
        village_codes=sorted(cluster),
        works_class=works_class,
        capacity_m3d=max(2, round(people * 0.08 / 5) * 5)
        if people < PLANT
        else round(people * 0.1, -1),
        population=people,
        households=max(6, round(people / PEOPLE)),
        source_type=source,
        has_limited_source=True if source != "城市管网" and random.random() < 0.03 else None,
        treatment=random.choice(("", "过滤", "混凝沉淀过滤", "一体化净水设备", "")) or None,
        disinfection=disinfection,
        has_lab=True
        if works_class == "千吨万人" and random.random() < 0.85
        else (False if random.random() < 0.6 else None),
        is_metered=random.choice((True, True, False, None)),
        price_yuan_m3=random.choice(("1.5", "1.8", "2", "2.2", "2.5", None)),
        operator_name=_operator(operator, unit, town["short_name"], place),
        operator_kind=operator,
        built_year=random.randint(2005, 2021),
        status=status,
        status_on=date(2022, random.randint(1, 6), 15) if status != "正常" else None,
    )


def _operator(kind: str, unit: Unit, town: str, village: str) -> str:
    return {
        "县级供水单位": f"{unit.name}农村供水服务中心",
        "乡镇供水站": f"{town}供水站",
        "村委会": village_body(village),
        "企业": f"{town}供水有限公司",
        "个人承包": f"{village}供水站承包户",
    }[kind]


def _projects(world: World, unit: Unit, works: list[Row], random: Random) -> None:
    """Make upkeep projects with milestones, some met late or not at all."""
    for number in range(random.randint(1, 3)):
        kind = "维修养护" if number == 0 else random.choice(("维修养护", "巩固提升"))
        chosen = random.sample(works, min(len(works), random.randint(2, 6)))
        project = world.own(
            unit,
            "projects",
            project_id=world.next_id(unit.id, "p", 4),
            name=f"{unit.name}2022年农村供水{kind}项目"
            + ("" if number == 0 else f"（{number + 1}批）"),
            kind=kind,
            works_ids=sorted(w["works_id"] for w in chosen),
            plan_year=2022,
            budget_yuan=random.randint(20, 180) * 10_000,
        )
        nodes = ("完成招标", "开工", "主体完工", "竣工验收")
        for n, name in enumerate(nodes, 1):
            due = date(2022, (3, 5, 8, 11)[n - 1], 30 if n > 1 else 31)
            met = due + timedelta(days=random.randint(-12, 0))
            if random.random() > unit.quality + 0.1:
                met = due + timedelta(days=random.randint(3, 30))
            done = met <= date(2022, 9, 16)
            world.own(
                unit,
                "milestones",
                milestone_id=f"{project['project_id']}-n{n:02d}",
                project_id=project["project_id"],
                name=name,
                due_on=due,
                met_on=met if done else None,
                evidence_ref=f"档{unit.id}-{project['project_id'][-4:]}-{n}" if done else None,
            )


def _funds(world: World, unit: Unit, works: list[Row], random: Random) -> None:
    people = sum(w["population"] for w in works)

    def entry(kind: str, amount: int, on: date, **more: Any) -> None:
        world.own(
            unit,
            "funds",
            fund_entry_id=world.next_id(unit.id, "k", 4),
            fund_year=2022,
            entry=kind,
            amount_yuan=amount,
            entry_on=on,
            **more,
        )

    entry("应落实", people * 3, date(2022, 1, 20), base_population=people)
    share = 1.0 if random.random() < unit.quality else random.choice((0.15, 0.4, 0.7))
    first = int(people * 3 * share * 0.6)
    if first:
        entry(
            "到账",
            first,
            date(2022, 3, 18),
            fund_source="县级财政",
            voucher_ref=f"凭2022-{unit.id}-1",
        )
        rest = int(people * 3 * share) - first
        entry(
            "到账",
            rest,
            date(2022, 7, 8),
            fund_source="上级补助",
            voucher_ref=f"凭2022-{unit.id}-2",
        )
        entry("支出", first // 3, date(2022, 6, 21), voucher_ref=f"凭2022-{unit.id}-3")


def outages_and_risks(world: World, unit: Unit, plan: str | None) -> None:
    """Make risk points (idle works must have one) and outages; `plan` is the emergency plan."""
    random = world.chance(unit.id, "risks")
    works = world.notes["works"][unit.id]
    for one in works:
        idle = one["status"] in ("作用不明显", "闲置")
        if not idle and random.random() > 0.018:
            continue
        hazard = (
            "闲置失管"
            if idle
            else random.choice(("干旱", "洪涝", "地质灾害", "冰冻", "水源不足", "设备老化"))
        )
        level = random.choices(("高", "中", "低"), (1, 4, 5))[0] if plan else "中"
        closed = between(random, START, END) if random.random() < 0.2 and not idle else None
        world.own(
            unit,
            "risk_points",
            risk_id=world.next_id(unit.id, "x", 4),
            place_type="工程",
            place_id=one["works_id"],
            hazard=hazard,
            trigger="连续高温少雨" if hazard == "干旱" else None,
            affected_people=one["population"],
            risk_level=level,
            plan_doc_id=plan if level == "高" else None,
            supplies="发电机1台、送水车1辆、管材200米" if level == "高" else None,
            owner_org=one["operator_name"],
            owner_post="站长",
            listed_on=date(2022, 5, random.randint(6, 28)),
            closed_on=closed,
        )
    for _ in range(random.randint(1, 5) if world.scale != "small" else 1):
        _outage(world, unit, random.choice(works), random)


def _outage(world: World, unit: Unit, one: Row, random: Random) -> None:
    started = between(random, date(2022, 5, 1), date(2022, 9, 12))
    is_planned = random.random() < 0.35
    days = 0 if random.random() < 0.7 else random.randint(1, 2)
    scale = "局部" if random.random() < 0.96 else "整村"
    cause = "检修" if is_planned else random.choice(("设备故障", "管网破损", "停电", "干旱"))
    world.own(
        unit,
        "outages",
        outage_id=world.next_id(unit.id, "o", 4),
        works_id=one["works_id"],
        village_codes=one["village_codes"][:1],
        started_on=started,
        ended_on=started + timedelta(days=days),
        scale=scale,
        affected_people=max(10, one["population"] // 5),
        cause=cause,
        is_planned=is_planned,
        found_by_level="村",
        measures=random.choice(("送水车送水", "启用备用井", "分时供水")),
    )
