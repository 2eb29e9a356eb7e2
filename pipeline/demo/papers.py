"""Papers, activities, nil returns, and what hangs on the emergency plan."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from pipeline.demo import supply
from pipeline.demo.world import END, NOW, START, Unit, World, between

KINDS = (
    ("考核体系", "政府", "综合考评办法", "农村饮水安全占综合考评2分"),
    ("机构批复", "政府", "关于成立农村供水服务中心的批复", None),
    ("管理办法", "政府", "农村饮水安全工程运行管理办法", None),
    ("应急预案", "政府", "农村供水应急预案", None),
    ("排查机制", "部门", "农村饮水安全动态排查工作机制", None),
    ("限时解决制度", "部门", "农村饮水问题限时解决制度", None),
    ("管护机制", "部门", "农村供水工程长效管护办法", None),
    ("职责分工", "领导小组办公室", "农村饮水安全部门职责分工", None),
    ("安排部署", "部门", "“回头看”排查整改工作安排", None),
)
MUST = {"排查机制", "应急预案"}


def make(world: World, unit: Unit) -> None:
    """Make a unit's papers and activities; the silent unit has none."""
    if unit.is_silent:
        return
    random = world.chance(unit.id, "papers")
    plan = None
    for number, (kind, level, title, provision) in enumerate(KINDS, 1):
        if kind not in MUST and random.random() > unit.quality + 0.15:
            continue
        row = _paper(world, unit, kind, level, title, provision, number, random)
        if kind == "应急预案":
            plan = row["doc_id"]
    world.notes["plans"][unit.id] = plan
    supply.outages_and_risks(world, unit, plan)
    _activities(world, unit, random)
    _examples(world, unit)
    _nil(world, unit)


def close(world: World) -> None:
    """Nothing is made across units."""


def _paper(
    world: World, unit: Unit, kind: str, level: str, title: str, provision: str | None,
    number: int, random: Random,
) -> dict[str, Any]:  # fmt: skip
    if kind == "管理办法" and random.random() > unit.quality:
        level = random.choice(("领导小组办公室", "部门"))
    issued = between(random, date(2019, 3, 1), date(2022, 6, 20))
    if kind == "安排部署":
        issued = between(random, date(2022, 7, 16), date(2022, 7, 25))
    revised = None
    if kind == "应急预案" and random.random() < unit.quality:
        revised = between(random, date(2022, 2, 1), date(2022, 7, 10))
    issuer = unit.government if level == "政府" else unit.body
    if level == "领导小组办公室":
        issuer = f"{unit.name}农村饮水安全工作领导小组办公室"
    full = random.random() < unit.quality
    return world.own(
        unit,
        "documents",
        doc_id=world.next_id(unit.id, "d", 4),
        place_type="县",
        place_id=unit.id,
        kind=kind,
        title=f"{unit.name}{title}",
        doc_no=f"{unit.name}〔{issued.year}〕{number * 3 + 2}号",
        issuer=issuer,
        issuer_level=level,
        issued_on=issued,
        revised_on=revised if revised and revised > issued else None,
        provision=provision,
        has_premises=True if kind == "机构批复" else None,
        has_staff=True if kind == "机构批复" else None,
        has_funds=full if kind == "机构批复" else None,
        is_public=kind != "安排部署",
    )


def _activities(world: World, unit: Unit, random: Random) -> None:
    works = world.notes["works"][unit.id]

    def act(kind: str, on: date, level: str, title: str, **more: Any) -> None:
        world.own(
            unit,
            "activities",
            activity_id=world.next_id(unit.id, "a", 4),
            kind=kind,
            held_on=on,
            host_level=level,
            title=title,
            is_public=True,
            **more,
        )

    for n in range(round(unit.quality * 5)):
        place = random.choice(works)
        act(
            "领导督查", between(random, date(2022, 2, 10), NOW), "县", f"到{place['name']}督查供水",
            leader_role=random.choice(("党委主要领导", "政府主要领导")),
            place_ids=[place["works_id"]], evidence_ref=f"档{unit.id}-督{n + 1}",
        )  # fmt: skip
    if random.random() < unit.quality + 0.2:
        act(
            "培训", between(random, date(2022, 3, 1), END), "县", "管水员消毒和水质快检培训",
            audience=["村干部", "管水员"], people_count=random.randint(40, 180),
            evidence_ref=f"档{unit.id}-训1",
        )  # fmt: skip
    for n in range(random.randint(0, 3)):
        level = random.choices(("县", "市", "省"), (5, 3, 1))[0]
        act(
            "宣传", between(random, date(2022, 3, 1), NOW), level,
            ("守好水源送好水", "“回头看”看出实效", "管水员的一天")[n],
            org={"县": f"{unit.name}融媒体中心", "市": "市级日报", "省": "省级广播电视"}[level],
            evidence_ref=f"档{unit.id}-宣{n + 1}",
        )  # fmt: skip
    if unit.quality > 0.86:
        act(
            "典型发言", date(2022, 8, 30), "市", "全市农村供水现场会发言", org=world.setting.body,
            evidence_ref=f"档{unit.id}-典1",
        )  # fmt: skip
    act("安排部署", between(random, START, date(2022, 7, 25)), "县", "“回头看”排查整改动员会")


def _examples(world: World, unit: Unit) -> None:
    """Make what good units do beside their duty: links, drills, support, examples passed on."""
    random = world.chance(unit.id, "examples")

    def act(kind: str, on: date, level: str, title: str, **more: Any) -> None:
        world.own(
            unit, "activities", activity_id=world.next_id(unit.id, "a", 4), kind=kind, held_on=on,
            host_level=level, title=title, is_public=True,
            evidence_ref=f"档{unit.id}-{kind[:2]}1", **more,
        )  # fmt: skip

    if unit.quality > 0.5:
        act("对接乡村振兴", between(random, START, END), "县", "与乡村振兴局核对三类户饮水情况")
    if unit.quality > 0.7:
        act(
            "演练", between(random, date(2022, 5, 10), END), "县", "农村供水应急送水演练",
            people_count=random.randint(20, 60),
        )  # fmt: skip
        world.own(
            unit, "documents", doc_id=world.next_id(unit.id, "d", 4), place_type="县",
            place_id=unit.id, kind="帮扶措施", title=f"{unit.name}饮水困难户帮扶措施",
            doc_no=f"{unit.name}〔2022〕41号", issuer=unit.body, issuer_level="部门",
            issued_on=between(random, date(2022, 7, 18), date(2022, 8, 10)), is_public=True,
        )  # fmt: skip
    if unit.quality > 0.86:
        act("经验转发", date(2022, 9, 5), "市", "转发排查网络做法", org="南阳市水利局")


def _nil(world: World, unit: Unit) -> None:
    """Declare none where there is none: some units say so, some just stay silent."""
    if unit.quality < 0.7:
        return
    kinds = {r["kind"] for r in world.rows[f"units/{unit.id}/activities.csv"]}
    for kind in ("典型发言", "经验转发", "演练"):
        if kind not in kinds:
            world.own(
                unit,
                "nil_returns",
                nil_id=world.next_id(unit.id, "z", 4),
                ledger="activities",
                kind=kind,
                covers_from=date(2022, 1, 1),
                covers_to=date(2022, 12, 31),
                declared_on=date(2022, 8, 24),
                declared_by="农水股",
            )
