"""What a supervision group takes along to its units: how each stands, and what to look at there.

For the office: made from the internal view, so it also tells what a unit has not been told yet.
Each unit is a part of its own, so that a group that goes to one of them takes that part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.reports import frames, naming, pack_findings, pack_people, pack_points, tables
from pipeline.reports.frames import CITY
from pipeline.reports.paper import (
    Block,
    Column,
    Heading,
    Report,
    Sentence,
    Table,
    Value,
    paragraph,
    say,
    table,
)

KIND = "group-pack"

STANDS = (
    Column("unit", "单位", "text", 18),
    Column("found", "发现"),
    Column("reported", "报完成"),
    Column("verified", "现场核实"),
    Column("struck", "销号"),
    Column("open", "没有改完"),
    Column("overdue", "逾期"),
    Column("soon", "七日内到期"),
)
TOWNS = (
    Column("town", "乡镇", "text", 40),
    Column("open", "没有改完", width=20),
    Column("overdue", "逾期", width=20),
)
OPEN = (
    Column("town", "乡镇", "text", 12),
    Column("problem", "地方和问题", "text", 37),
    Column("org", "责任单位", "text", 18),
    Column("due", "时限", "text", 13),
    Column("late", "逾期天数"),
    Column("seen", "现场看", "text", 18),
)


def groups(view: View) -> list[int]:
    """Return the numbers of the groups that have units."""
    return sorted({unit.group_no for unit in view.units if unit.group_no is not None})


def group_pack(view: View, key: str) -> Report:
    """Return the pack of a group, by its number, as of the day of an internal view."""
    day, number = view.as_of_on, int(key)
    names = naming.units(view)
    units = [unit for unit in names if view.index("units")[unit].group_no == number]
    stands = _stands(view, units, day)
    blocks: list[Block] = [
        *paragraph(
            say(
                "分包单位：{units}。数字按台账算到{day}。",
                units="、".join(view.index("units")[unit].name for unit in units),
                day=day,
            )
        ),
        pack_people.members(view, number),
        stands,
    ]
    for unit in units:
        blocks += [Heading(1, view.index("units")[unit].name), *_unit(view, unit, number, stands)]
    return Report(
        id=f"{KIND}-{number:02d}-{day.isoformat()}",
        kind=KIND,
        name="督导组随带材料",
        title=f"第{number}督导组随带材料",
        number=None,
        from_on=view.campaign.screen_from_on,
        to_on=day,
        lead="",
        organiser=view.campaign.organiser,
        blocks=tuple(blocks),
        is_demo=view.campaign.is_demo,
        is_internal=True,
        has_contents=True,
    )


def _stands(view: View, units: Sequence[str], day: date) -> Table:
    """Count how the issues of the units stand; who has not reported has dashes."""
    counted, quiet, names = frames.standing(view, day), frames.silent(view, day), naming.units(view)
    rows: dict[str, list[Value]] = {}
    sums = dict.fromkeys((column.key for column in STANDS[1:]), 0)
    for unit in units:
        if unit in quiet:
            rows[unit] = [f"{names[unit]}（未报告）", *[None] * (len(STANDS) - 1)]
            continue
        n = counted.row(unit)
        n["open"] = n["found"] - n["reported"]
        rows[unit] = [names[unit], *(n[name] for name in sums)]
        sums = {name: total + n[name] for name, total in sums.items()}
    if len(units) > 1:
        rows[CITY] = ["合计", *sums.values()]
    note = "报完成是单位自己说的，现场核实是上一级或别的单位到现场看过。逾期按第一次的时限算。"
    caption = f"整改进展（到{in_words(day)}，件）"
    return table("stands", caption, STANDS, rows, totals=(CITY,), note=note)


def _unit(view: View, unit: str, number: int, stands: Table) -> Iterator[Block]:
    """Yield what there is to know of a unit: what is due, whom to ask, what points lack."""
    day = view.as_of_on
    mine = [one for one in frames.open_issues(view, day) if one.issue.unit_id == unit]
    late = [one for one in mine if one.days_overdue]
    yield Heading(2, "现在的情况")
    yield from paragraph(_stand(stands, unit), *pack_points.score(view, unit))
    yield pack_points.facts(view, unit)
    if late:
        yield Heading(2, "逾期没有改完的")
        overdue = tables.overdue(view, late, day, of_one=True)
        yield replace(overdue, id=f"overdue-{unit}")
    if mine:
        yield Heading(2, "没有改完的，分乡镇")
        yield _towns(view, unit, mine)
        yield _open(view, unit, mine)
    yield Heading(2, "责任人和电话")
    yield from pack_people.people(view, unit, [one.issue for one in mine])
    yield from pack_points.lacking(view, unit)
    yield from pack_findings.before(view, unit, number)


def _stand(stands: Table, unit: str) -> Sentence:
    figures = {column.key: stands.figure(unit, column.key) for column in STANDS[1:]}
    if not figures["found"].text.replace(",", "").isdecimal():
        return say("没有报整改台账；没有报，不等于没有问题。")
    if figures["found"].text == "0":
        return say("没有登记的问题。")
    late = "" if figures["overdue"].text == "0" else "，其中逾期{overdue}件"
    still = "都报了完成" if figures["open"].text == "0" else f"没有改完{{open}}件{late}"
    return say(
        f"发现问题{{found}}件，报完成{{reported}}件，现场核实{{verified}}件，{still}。", **figures
    )


def _towns(view: View, unit: str, mine: Sequence[frames.Open]) -> Table:
    """Count the open issues by township, the most overdue first."""
    counts: dict[str, list[int]] = {}
    for one in mine:
        count = counts.setdefault(one.issue.town_code, [0, 0])
        count[0] += 1
        count[1] += bool(one.days_overdue)
    order = sorted(counts, key=lambda town: (-counts[town][1], -counts[town][0], town))
    divisions = view.index("divisions")
    rows: dict[str, list[Value]] = {town: [divisions[town].name, *counts[town]] for town in order}
    return table(f"towns-{unit}", "没有改完的问题（件）", TOWNS, rows)


def _open(view: View, unit: str, mine: Sequence[frames.Open]) -> Table:
    """List the open issues by township, with room to tick what is seen on site."""
    divisions = view.index("divisions")
    rows: dict[str, list[Value]] = {}
    for one in sorted(mine, key=lambda one: (one.issue.town_code, one.due_on, one.issue.id)):
        town = divisions[one.issue.town_code].name
        rows[one.issue.id] = [
            town,
            naming.title(view, one.issue).removeprefix(town),
            one.issue.resp_org,
            in_words(one.limit_on, year=False),
            one.days_overdue or None,
            pack_findings.TICK,
        ]
    note = "时限是批准延期以后的；逾期天数按第一次的时限算。"
    return table(f"open-{unit}", "没有改完的问题", OPEN, rows, note=note)
