"""What stands in the ledgers and is never published: rows kept back, columns for the office only.

Each gated ledger gets a row that its gate keeps shut, and each internal column a value somewhere,
with words that occur nowhere else: where one of them is seen on the site, the door leaks. Nothing
of it moves a score.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pipeline.demo.world import NOW, Row, Unit, World
from pipeline.ledgers import load_schemas

TEXTS = {
    "by_person": "端木晓舟",
    "evidence_ref": "内档卷宗",
    "note": "仅供内部掌握，下次再看变压器台",
    "remark": "内部备注：产权纠纷正在调解",
    "source_text": "原文：老槐树下的闸阀井漏",
    "trigger": "连续七十二小时停电",
    "backup_source": "北岗机井群",
    "supplies": "柴油机组两台存于粮管所",
    "support_measure": "安排应急抢修队驻守",
}
"""What is put into an internal column that nobody else fills; archive numbers are numbered on."""
MENDER, ASIDE, WATCHER = "独孤听雨", ("司徒晚晴", "上官清浅"), "赫连云岫"
"""Who mends, and who beside him: of them only the surname may be seen; who patrols, not at all."""


def make(_world: World, _unit: Unit) -> None:
    """Nothing is made unit by unit."""


def close(world: World) -> None:
    """Add one closed row to every gated ledger, an open one where there was none, and the rest."""
    unit = world.units[0]
    works = min(world.notes["works"][unit.id], key=lambda one: one["works_id"])
    _of_the_unit(world, unit)
    _of_the_city(world, unit)
    _unfinished(world, unit, works)
    _internal(world)


def _of_the_unit(world: World, unit: Unit) -> None:
    world.own(
        unit, "activities", activity_id=world.next_id(unit.id, "a", 4), kind="对接乡村振兴",
        held_on=date(2022, 8, 17), host_level="县", title="会商搬迁点管网移交，不公开",
        org="搬迁办会商室", is_public=False,
    )  # fmt: skip
    phone = world.own(
        unit, "phones", phone_id=world.next_id(unit.id, "t", 5), role="责任人", place_type="县",
        place_id=unit.id, number=world.phone(unit), number_kind="座机", is_public=False,
        service_hours="只在汛期值守", valid_from=date(2022, 7, 20),
    )  # fmt: skip
    world.own(
        unit, "phone_checks", phone_check_id=world.next_id(unit.id, "c", 5),
        phone_id=phone["phone_id"], checked_on=date(2022, 8, 30), called_at=["2022-08-30T09:30"],
        call_result="接通", informed="熟悉", checker_level="县", checker_org="县防汛值班抽查组",
    )  # fmt: skip
    world.own(
        unit, "judgements", judgement_id=world.next_id(unit.id, "j", 4), edition="2022",
        clause_id="四.2", stage="自评", kind="分值", points="3", by_org=unit.body,
        reason="自评：乡镇办法还在会签", judged_on=date(2022, 9, 9),
    )  # fmt: skip
    issue = world.rows[f"units/{unit.id}/issues.csv"][0]
    issue |= {"resp_person": MENDER, "co_persons": list(ASIDE), "affected_people": 1237}
    world.rows[f"units/{unit.id}/patrol_roster.csv"][0]["name"] = WATCHER


def _of_the_city(world: World, unit: Unit) -> None:
    world.city(
        "assignments", assignment_id=world.next_id("city", "u", 4), unit_id=unit.id,
        channel="信访", from_level="市", assigned_on=date(2022, 9, 13), due_on=date(2022, 10, 20),
        subject="举报线索核实中：白杨渠私接取水口", basis_ref="信访转办单0913", is_public=False,
    )  # fmt: skip
    for kind, source, basis, is_public in (
        ("审计查出", "市审计局", "审计整改清单第4项", True),
        ("纪检监察查出", "市纪委派驻纪检组", "谈话提醒记录第11号", False),
    ):
        incident = world.next_id("city", "b", 4)
        world.city(
            "incidents", incident_id=incident, unit_id=unit.id, occurred_on=date(2022, 8, 19),
            kind=kind, is_major=False, is_severe=False,
            problem_no=incident if is_public else "派驻组专案七号", source_org=source,
            basis_ref=basis, is_public=is_public,
        )  # fmt: skip
    world.city(
        "judgements", judgement_id=world.next_id("city", "j", 4), edition="2022", unit_id=unit.id,
        clause_id="一.2", stage="终评", kind="分值", points="3", by_org=world.setting.body,
        reason="拟给满分，待局务会审签", judged_on=date(2022, 9, 15),
    )  # fmt: skip


def _unfinished(world: World, unit: Unit, works: Row) -> None:
    """Make a visit whose result the unit has not been told, and a draw not yet visited."""
    visit = world.outside(
        unit, "inspections", visit_id=world.next_id("city", "v", 5),
        visited_on=NOW - timedelta(days=1), mode="暗访", place_type="工程",
        place_id=works["works_id"], checklists=["六有两确保"], items_skipped=[], checker_level="市",
        checker_org=f"{world.setting.body}夜查小组", group_no=unit.group,
    )  # fmt: skip
    world.outside(
        unit, "findings", finding_id=f"{visit['visit_id']}-f01", visit_id=visit["visit_id"],
        item_code="LY3", detail="泵房后窗没关，夜里无人值守",
    )  # fmt: skip
    world.city(
        "spot_checks", draw_id="city-k0021-001", batch_id="city-k0021", drawn_on=NOW,
        group_no=unit.group, unit_id=unit.id, stratum="第二批待查", place_type="工程",
        place_id=works["works_id"], draw_no=1, is_reserve=False, seed="90916273",
        frame_version="九月十五日名册", frame_size=len(world.notes["works"][unit.id]),
        sample_size=1,
    )  # fmt: skip


def _internal(world: World) -> None:
    """Fill every internal column of text that is still blank in one of its rows."""
    schemas = load_schemas()
    number = 0
    for path, rows in sorted(world.rows.items()):
        schema = schemas[path.rsplit("/", 1)[-1].removesuffix(".csv")]
        for field in schema.fields:
            filled = world.notes["internal"].get((schema.name, field.name))
            if field.visibility != "I" or field.name not in TEXTS or filled or not rows:
                continue
            number += 1
            world.notes["internal"][schema.name, field.name] = True
            rows[0][field.name] = _text(field.name, number, rows[0])


def _text(name: str, number: int, row: Row) -> Any:
    if row.get(name):
        return row[name]
    return f"{TEXTS[name]}{number}" if name == "evidence_ref" else TEXTS[name]
