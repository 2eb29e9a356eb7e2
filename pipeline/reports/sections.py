"""The sections that weekly and monthly briefs share: progress, what is late, outages, water, next.

A brief of a week and one of a month say the same of their time; only the words for it differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.reports import frames, naming, water_frames
from pipeline.reports.frames import CITY
from pipeline.reports.paper import (
    ABSENT,
    Block,
    Column,
    Figure,
    Heading,
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

MOST = 10
"""Overdue issues that a brief names; the rest is on the site."""

NAMED = 5
"""Units or works that a sentence names before it says 等."""

WATER = (
    Column("unit", "单位", "text", 30),
    Column("samples", "出结果的水样", width=20),
    Column("bad", "有项目超标", width=20),
)
DRY = (
    Column("works", "工程", "text", 34),
    Column("unit", "单位", "text", 14),
    Column("scale", "范围", "text", 14),
    Column("cause", "原因", "text", 16),
    Column("span", "起止", "text", 26),
)
NEXT = (
    Column("unit", "单位", "text", 14),
    Column("title", "问题", "text", 52),
    Column("due", "时限", "text", 16),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a period, the one before and the one after are called in prose."""

    now: str
    before: str
    after: str


WEEK = Words("本周", "上周", "下周")
MONTH = Words("本月", "上月", "下月")


def progress_lead(progress: Table) -> str:
    """Say in a line how the city stands, for lists of editions and feeds."""
    said = _counts(progress, "发现{found}件，报完成{reported}件，逾期{overdue}件")
    return said.text if said else "还没有登记问题"


def _counts(progress: Table, pattern: str, **more: date | str) -> Sentence | None:
    """Say how the city stands; nothing where nothing is registered."""
    city = {c.key: progress.figure(CITY, c.key) for c in progress.columns}
    return None if city["found"].text in ("0", ABSENT) else say(pattern, **city, **more)


def stands(progress: Table, day: date) -> Sentence:
    """Say how the city stands at the end of a day."""
    found = _counts(
        progress,
        "到{day}，全市发现问题{found}件，单位报完成{reported}件（{reported_share}），"
        "现场核实{verified}件（{verified_share}），销号{struck}件。",
        day=day,
    )
    return found or say("到{day}，全市还没有登记问题。", day=day)


def moved(flow: Table, words: Words) -> Iterator[Sentence]:
    """Say what happened in a period; what did not happen is not listed as a row of noughts."""
    said = {
        "new": "新登记问题{n}件",
        "done": "报整改完成{n}件",
        "passed": "现场核查通过{n}件",
        "closed": "销号{n}件",
        "failed": "现场核查没有通过{n}件",
        "sent_back": "退回重改{n}件",
    }
    clauses = [
        say(text, n=flow.figure(key, "now"))
        for key, text in said.items()
        if flow.figure(key, "now").text != "0"
    ]
    if not clauses:
        yield say("{now}没有登记、完成、核查和销号的问题。", now=words.now)
        return
    yield say("{now}{clauses}。", now=words.now, clauses=joined(clauses))


def late(view: View, progress: Table) -> Sentence:
    """Say how much is overdue, and whose; the units with most of it by name."""
    city = progress.figure(CITY, "overdue")
    if city.text == "0":
        return say("没有逾期的问题。")
    units = naming.units(view)
    owing = [(name, progress.figure(unit, "overdue")) for unit, name in units.items()]
    worst = sorted((one for one in owing if _count(one[1])), key=lambda one: -_count(one[1]))
    parts = [say("{name}{n}件", name=name, n=n) for name, n in worst[:NAMED]]
    tail = "，其余见表" if len(worst) > NAMED else ""
    return say(f"逾期没有改完的{{city}}件：{{parts}}{tail}。", city=city, parts=joined(parts, "、"))


def _count(figure: Figure) -> int:
    return int(figure.text.replace(",", "")) if figure.text != ABSENT else 0


def silent(view: View, day: date) -> Sentence | None:
    """Name the units that have not reported; nothing where all have."""
    names = naming.units(view)
    quiet = [names[unit] for unit in frames.silent(view, day)]
    if not quiet:
        return None
    return say("{names}没有报整改台账；没有报，不等于没有问题。", names=listed(quiet))


def supply(view: View, period: Period, words: Words) -> Iterator[Block]:
    """Tell of the outages that began in a period, or went on into it."""
    rows = water_frames.outages(view, period.first, period.last)
    yield Heading(1, "停水")
    if not rows:
        yield from paragraph(say("{now}没有报来停水。", now=words.now))
        return
    units = naming.units(view)
    cells = {
        row.id: [
            naming.place(view, row.works_id) if row.works_id else None,
            units[row.unit_id],
            row.scale,
            f"{row.cause}（计划）" if row.is_planned else row.cause,
            _span(row.started_on, row.ended_on, period.last),
        ]
        for row in rows
    }
    whole = [row for row in rows if row.scale == "整村连片"]
    made = table("outages", f"{words.now}停水", DRY, cells)
    sums = table(
        "outage_counts",
        f"{words.now}停水次数（次）",
        (Column("all", "全部"), Column("whole", "整村连片"), Column("planned", "计划停水")),
        {CITY: [len(rows), len(whole), sum(bool(row.is_planned) for row in rows)]},
    )
    red = "其中整村连片停水{whole}次" if whole else "没有发生整村连片停水"
    yield from paragraph(
        say(
            f"{words.now}停水{{n}}次，{red}。",
            n=sums.figure(CITY, "all"),
            whole=sums.figure(CITY, "whole"),
        )
    )
    yield sums
    yield made


def _span(started: date, ended: date | None, day: date) -> str:
    first = in_words(started, year=started.year != day.year)
    if ended is None or ended > day:
        return f"{first}起，还没有恢复"
    return first if ended == started else f"{first}至{in_words(ended, year=False)}"


def water(view: View, period: Period, words: Words) -> Iterator[Block]:
    """Tell of the samples whose result came in a period, and where something is over its limit."""
    counted = water_frames.samples(view, period.first, period.last)
    yield Heading(1, "水质")
    if not counted.at(CITY, "samples"):
        yield from paragraph(say("{now}没有出结果的水样。", now=words.now))
        return
    units = {**naming.units(view), CITY: "全市"}
    cells: dict[str, list[Value]] = {
        unit: [name, counted.at(unit, "samples"), counted.at(unit, "bad")]
        for unit, name in units.items()
        if unit == CITY or counted.at(unit, "bad")
    }
    made = table("water", f"{words.now}出结果的水样（个）", WATER, cells, totals=(CITY,))
    count, bad = made.figure(CITY, "samples"), made.figure(CITY, "bad")
    tail = "{bad}个有项目超标" if bad.text != count.text else "都有项目超标"
    tail = "有项目超标" if bad.text == count.text == "1" else tail
    tail = "没有超标的项目" if bad.text == "0" else tail
    yield from paragraph(say(f"{words.now}{{n}}个水样出了结果，{tail}。", n=count, bad=bad))
    yield made


def ahead(
    view: View, day: date, until: date, words: Words, most: int | None = None
) -> Iterator[Block]:
    """Name what is due next, the first due first; of more than `most`, the first."""
    due = [one for one in frames.open_issues(view, day) if day < one.due_on <= until]
    yield Heading(1, f"{words.after}到期")
    if not due:
        yield from paragraph(say("{after}没有到期的问题。", after=words.after))
        return
    units = naming.units(view)
    cells = {
        one.issue.id: [
            units[one.issue.unit_id],
            naming.title(view, one.issue),
            in_words(one.due_on, year=one.due_on.year != day.year),
        ]
        for one in sorted(due, key=lambda one: (one.due_on, one.issue.id))[:most]
    }
    left = len(due) - len(cells)
    note = f"只列最先到期的，另有 {left} 件。" if left else ""
    links = {key: f"i/{key}.html" for key in cells}
    yield from paragraph(say("到{day}为止要改完的见下表，请责任单位抓紧。", day=until))
    yield table("ahead", f"{words.after}到期的问题", NEXT, cells, note=note, links=links)
    yield from paragraph(say("到期改不完的，责任单位要在到期以前申请延期，写明理由。"))
