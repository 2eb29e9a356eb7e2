"""The brief for a leader (一页通): one sheet that says how things stand, and what to look after.

Every list is cut to what a page holds; the rest is on the site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.reports import charts, failing, frames, naming, tables, water_frames
from pipeline.reports.compared import Count, Way, against, beside
from pipeline.reports.frames import CITY, SOON
from pipeline.reports.paper import (
    ABSENT,
    Block,
    Column,
    Heading,
    Report,
    Sentence,
    Table,
    Value,
    joined,
    listed,
    paragraph,
    say,
    table,
)
from pipeline.reports.periods import Period

KIND = "one-page"
WEEK = timedelta(days=7)
BEHIND = 5
"""Units with most overdue that are shown."""
LAST = 3
"""Units that are named as last, of at least twice as many that have a place."""
LONGEST = 5
"""Issues that are shown, the longest overdue."""

WATER = (
    Column("dry", "停水（次）"),
    Column("whole", "其中整村连片"),
    Column("open", "还没有恢复"),
    Column("samples", "出结果的水样（个）"),
    Column("kept_share", "达标率"),
    Column("bad", "有项目超标"),
    Column("left", "还没有复检达标"),
)
UNITS = (
    Column("unit", "单位", "text", 24),
    Column("overdue", "逾期", width=14),
    Column("waiting", "待核实", width=14),
    Column("verified_share", "核实率", width=14),
)
RANKED = (
    Column("total", "得分", width=14),
    Column("places", "名次", width=14),
)
LATE = (
    Column("unit", "单位", "text", 12),
    Column("title", "问题", "text", 60),
    Column("days", "逾期天数"),
)


def one_page(view: View, day: date) -> Report:
    """Return the brief as of a day of the course of the scores, or of the view's own day.

    Raises:
        KeyError: the view has no scores of that day.
    """
    start = view.campaign.screen_from_on
    course = _course(view, day)
    water = _water(view, Period(1, start, day, start))
    units = _units(view, day)
    late = [one for one in frames.open_issues(view, day) if one.days_overdue][:LONGEST]
    blocks: list[Block] = [
        Heading(1, "整改进展"),
        *paragraph(*_stands(course), _moved(course)),
        course,
        Heading(1, "供水和水质"),
        *paragraph(*_supplied(water)),
        water,
        Heading(1, "要盯的单位"),
        *paragraph(*_behind(view, units, day)),
        *([units] if units.lines else []),
        *(one for one in [charts.pressing(units)] if one),
    ]
    if late:
        blocks += [Heading(1, "要盯的问题"), _late(view, late, day)]
    blocks += [Heading(1, "近期节点"), *paragraph(*_ahead(view, day))]
    return Report(
        id=edition_id(day),
        kind=KIND,
        name="一页通",
        title=f"{view.campaign.city}农村饮水工程运行管护一页通",
        number=None,
        from_on=start,
        to_on=day,
        lead="".join(one.text for one in _stands(course)).rstrip("。"),
        organiser=view.campaign.organiser,
        blocks=tuple(blocks),
        is_demo=view.campaign.is_demo,
        is_one_page=True,
    )


def edition_id(day: date) -> str:
    """Return the address of the brief of a day."""
    return f"{KIND}-{day.isoformat()}"


def _course(view: View, day: date) -> Table:
    """Return how the city stands beside how it stood a week ago."""
    now = frames.standing(view, day).row(CITY)
    is_compared = day - WEEK >= view.campaign.screen_from_on
    was = frames.standing(view, day - WEEK).row(CITY) if is_compared else None
    counts = {"found": "发现问题（件）", "reported": "报完成（件）", "verified": "现场核实（件）"}
    counts |= {"struck": "销号（件）", "overdue": "逾期没有改完（件）"}
    rows: dict[str, tuple[str, Count, Count | None]] = {
        key: (name, now[key], None if was is None else was[key]) for key, name in counts.items()
    }
    before = None if was is None else (was["verified"], was["found"])
    rows["share"] = ("现场核实率", (now["verified"], now["found"]), before)
    return beside("course", f"整改进展（到{in_words(day)}）", rows, ("现在", "一周前"))


def _stands(course: Table) -> Iterator[Sentence]:
    n = {line.key: course.figure(line.key, "now") for line in course.lines}
    if n["found"].text == "0":
        yield say("全市还没有登记问题。")
        return
    yield say("全市发现问题{found}件，报完成{reported}件，现场核实{verified}件（{share}）。", **n)
    late = "没有逾期的" if n["overdue"].text == "0" else "逾期没有改完的{overdue}件"
    yield say(f"{late}。", **n)


def _moved(course: Table) -> Sentence | None:
    ways = {
        "reported": Way("报完成", "多", "少", "件"),
        "verified": Way("现场核实", "多", "少", "件"),
        "overdue": Way("逾期", "多", "少", "件"),
    }
    clauses = [against(course, row, way, "一周前") for row, way in ways.items()]
    there = [clause for clause in clauses if clause is not None]
    return say("{clauses}。", clauses=joined(there)) if there else None


def _water(view: View, period: Period) -> Table:
    dry = water_frames.outages(view, period.first, period.last)
    n = water_frames.samples(view, period.first, period.last).row(CITY)
    bad = failing.failing(view, period)
    cures = failing.cures(view, bad, period)
    cells: list[Value] = [
        len(dry),
        sum(row.scale == "整村连片" for row in dry),
        sum(row.ended_on is None or row.ended_on > period.last for row in dry),
        n["samples"],
        (n["kept"], n["samples"]),
        n["bad"],
        cures.figure(CITY, "left").text,
    ]
    return table("water", "行动以来的停水和水质", WATER, {CITY: cells})


def _supplied(water: Table) -> Iterator[Sentence]:
    n = {column.key: water.figure(CITY, column.key) for column in water.columns}
    if n["dry"].text == "0":
        yield say("行动以来没有报来停水。")
    else:
        whole = "没有整村连片停水" if n["whole"].text == "0" else "其中整村连片{whole}次"
        left = "" if n["open"].text == "0" else "，还没有恢复的{open}次"
        yield say(f"行动以来停水{{dry}}次，{whole}{left}。", **n)
    if n["samples"].text == "0":
        yield say("还没有出结果的水样。")
        return
    left = "" if n["left"].text == "0" else "，还没有复检达标的{left}个"
    bad = "没有超标的" if n["bad"].text == "0" else f"有项目超标{{bad}}个{left}"
    yield say(f"水样{{samples}}个出了结果，达标率{{kept_share}}，{bad}。", **n)


def _units(view: View, day: date) -> Table:
    """Return the units with most overdue and those with the last places."""
    stands, places = frames.standing(view, day), tables.standings(view, day)
    names, quiet = naming.units(view), frames.silent(view, day)
    heard = [unit for unit in names if unit not in quiet and stands.at(unit, "overdue")]
    behind = sorted(heard, key=lambda unit: -stands.at(unit, "overdue"))[:BEHIND]
    is_ranked = tables.are_ranked(places)
    rows: dict[str, list[Value]] = {}
    for unit in dict.fromkeys((*behind, *_last(view, day))):
        n = stands.row(unit)
        rows[unit] = [
            names[unit],
            n["overdue"],
            n["reported"] - n["verified"],
            (n["verified"], n["found"]),
            *(tables.scored(places.get(unit)) if is_ranked else ()),
        ]
    caption = f"逾期最多{'和得分靠后' if is_ranked else ''}的单位"
    return table("units", caption, (*UNITS, *RANKED) if is_ranked else UNITS, rows)


def _last(view: View, day: date) -> list[str]:
    """Return the units with the last places, the last first; none where few have one."""
    placed = [
        (one.places, unit)
        for unit, one in tables.standings(view, day).items()
        if one.places and one.total is not None
    ]
    if len(placed) < 2 * LAST:
        return []
    return [unit for _, unit in sorted(placed, reverse=True)[:LAST]]


def _behind(view: View, units: Table, day: date) -> Iterator[Sentence]:
    names = naming.units(view)
    overdue = units.column("overdue")
    late = [unit for unit in overdue if overdue[unit] not in ("0", ABSENT)][:BEHIND]
    if late:
        parts = [say("{u}{n}件", u=names[u], n=units.figure(u, "overdue")) for u in late]
        yield say("逾期多的是{parts}。", parts=joined(parts, "、"))
    else:
        yield say("没有逾期的单位。")
    last = _last(view, day)
    if last:
        parts = [say("{u}（{n}分）", u=names[u], n=units.figure(u, "total")) for u in last]
        yield say("得分靠后的是{parts}。", parts=joined(parts, "、"))
    yield from _quiet(names, frames.silent(view, day))


def _quiet(names: dict[str, str], quiet: Collection[str]) -> Iterator[Sentence]:
    if quiet:
        said = listed([name for unit, name in names.items() if unit in quiet], BEHIND)
        yield say("{names}没有报整改台账。", names=said)


def _late(view: View, late: list[frames.Open], day: date) -> Table:
    names = naming.units(view)
    rows: dict[str, list[Value]] = {
        one.issue.id: [
            names[one.issue.unit_id],
            naming.title(view, one.issue),
            one.days_overdue,
        ]
        for one in late
    }
    links = {key: f"i/{key}.html" for key in rows}
    return table("late", f"逾期最久的问题（到{in_words(day)}）", LATE, rows, links=links)


def _ahead(view: View, day: date) -> Iterator[Sentence]:
    campaign = view.campaign
    soon = [o for o in frames.open_issues(view, day) if 0 < (o.due_on - day).days <= SOON]
    if soon:
        yield say(
            "{day}以前有问题到期，要催责任单位按时改完。", day=max(one.due_on for one in soon)
        )
    else:
        yield say("一周内没有到期的问题。")
    for on, what in (
        (campaign.screen_to_on, "排查结束，报工作总结和整改台账"),
        (campaign.assess_from_on, "“大评比”开始"),
        (campaign.cut_off_on, "考评截止，在这以前改好、核实的照样计分"),
    ):
        if on > day:
            yield say("{on}{what}。", on=on, what=what)
            return
