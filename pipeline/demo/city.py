"""The city's own ledgers: returns, papers, judgements, incidents, measures, a waiver."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.demo.world import Unit, World

WEEKS = tuple(date(2022, 7, 22) + timedelta(days=7 * n) for n in range(5))
INCIDENTS = (
    (3, date(2022, 8, 3), "媒体披露", "县级电视台", False),
    (3, date(2022, 8, 11), "行风热线反映", "市行风热线", False),
    (7, date(2022, 7, 29), "市通报", None, False),
    (9, date(2022, 6, 16), "审计查出", "市审计局", True),
)
"""The unit's place in the roll, the day, what it was, who said so (None: the city's water
authority), whether it was grave."""


def make(world: World, unit: Unit) -> None:
    """Set every unit's returns and judge its emergency plan."""
    _returns(world, unit)
    _judgements(world, unit)


def close(world: World) -> None:
    """Make what belongs to no unit, or to few."""
    _papers(world)
    known = {u.number: u.id for u in world.units}
    first = None
    for number, on, kind, source, is_major in INCIDENTS:
        if number not in known:
            continue
        incident = world.next_id("city", "b", 4)
        same = first if kind == "行风热线反映" and first else incident
        first = incident if kind == "媒体披露" else first
        world.city(
            "incidents", incident_id=incident, unit_id=known[number], occurred_on=on, kind=kind,
            is_major=is_major if kind == "审计查出" else None, is_severe=False, problem_no=same,
            source_org=source or world.setting.body,
            basis_ref=f"第{incident[-2:]}期通报", is_public=True,
        )  # fmt: skip
    worst = min(world.units, key=lambda u: u.quality if not u.is_silent else 1)
    world.city(
        "accountability", measure_id=world.next_id("city", "g", 4), unit_id=worst.id,
        decided_on=date(2022, 8, 31), measure="通报批评", target_org=worst.body,
        grounds="整改进度慢，逾期问题多", issue_ids=[], basis_ref=world.setting.letter(66),
        due_on=date(2022, 9, 20), is_public=True,
    )  # fmt: skip
    world.city(
        "accountability", measure_id=world.next_id("city", "g", 4), unit_id=worst.id,
        decided_on=date(2022, 9, 8), measure="警示约谈", target_org=worst.body,
        target_post="分管副职", grounds="交办问题没有按时登记", issue_ids=[],
        basis_ref=world.setting.letter(71), is_public=False,
    )  # fmt: skip
    if world.scale != "small":
        second = sorted((u for u in world.units if not u.is_silent), key=lambda u: u.quality)[1]
        world.city(
            "accountability", measure_id=world.next_id("city", "g", 4), unit_id=second.id,
            decided_on=date(2022, 9, 2), measure="责令整改", target_org=second.body,
            grounds="到期的周报没有报", issue_ids=[], basis_ref=world.setting.letter(69),
            due_on=date(2022, 9, 12), feedback_on=date(2022, 9, 9), is_public=False,
        )  # fmt: skip
    for unit in [u for u in world.units if u.quality < 0.6][:4]:
        world.city(
            "assignments", assignment_id=world.next_id("city", "u", 4), unit_id=unit.id,
            channel="12314", from_level="省", assigned_on=date(2022, 8, 22),
            due_on=date(2022, 9, 5), subject="群众反映夜间停水，没有通知",
            basis_ref="省督〔2022〕118号", is_public=True,
        )  # fmt: skip


def _returns(world: World, unit: Unit) -> None:
    random = world.chance(unit.id, "returns")
    due = [("工作总结", "市水利局", date(2022, 8, 25)), ("整改台账", "市水利局", date(2022, 8, 25)),
           ("排查汇总", "乡村振兴部门", date(2022, 8, 20))]  # fmt: skip
    due += [("周报", "市水利局", week) for week in WEEKS]
    for kind, recipient, day in due:
        missing = unit.is_silent or random.random() > unit.quality + 0.27
        late = 0 if random.random() < unit.quality + 0.18 else random.randint(1, 5)
        received = (
            None if missing else day - timedelta(days=random.randint(0, 2)) + timedelta(days=late)
        )
        number = (day - WEEKS[0]).days // 7 + 1
        copied = received if kind in ("工作总结", "整改台账") else None
        world.city(
            "returns",
            return_id=world.next_id("city", "q", 4),
            unit_id=unit.id,
            kind=kind,
            name=f"“回头看”{kind}" + (f"第{number}期" if kind == "周报" else ""),
            recipient=recipient,
            due_on=day,
            received_on=received,
            accepted_on=received and received + timedelta(days=1),
            copied_on=copied,
        )


def _judgements(world: World, unit: Unit) -> None:
    plan = world.notes["plans"].get(unit.id)
    if plan is None:
        return
    random = world.chance(unit.id, "judgements")
    good = random.random() < unit.quality + 0.1
    world.city(
        "judgements",
        judgement_id=world.next_id("city", "j", 4),
        edition="2022",
        unit_id=unit.id,
        clause_id="四.4",
        stage="核查",
        kind="事实",
        fact="预案可操作",
        answer="是" if good else "否",
        subject_id=plan,
        reason="有人员分工、送水点和物资清单" if good else "没有落实到村的送水安排",
        by_org=world.setting.body,
        judged_on=date(2022, 9, 10),
        signed_on=date(2022, 9, 13),
    )


def _papers(world: World) -> None:
    """The papers the campaign rests on, as far as their numbers are known, and one circular."""
    setting = world.setting
    office = f"{setting.city}委农村工作领导小组办公室"
    known = [one for one in setting.basis if one["number"]]
    papers = [
        ("依据文件", one["title"], one["number"], setting.document_on - timedelta(days=13 * n))
        for n, one in enumerate(known)
    ]
    papers.append(
        ("通报", "“回头看”排查整改进展通报（演示）", setting.letter(66), date(2022, 8, 31))
    )
    for kind, title, number, on in papers:
        is_water = "水" in number
        world.city(
            "documents",
            doc_id=world.next_id("city", "d", 4),
            unit_id=None,
            place_type="市",
            place_id=None,
            kind=kind,
            title=title,
            doc_no=number,
            issuer=setting.body if is_water else office,
            issuer_level="部门" if is_water else "领导小组办公室",
            issued_on=on,
            is_public=True,
        )
