"""The tables that several reports carry: progress, what happened, overdue issues, scores."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.disclosure.shown import Placing
from pipeline.figures import between, shown
from pipeline.reports import frames, naming
from pipeline.reports.compared import beside
from pipeline.reports.frames import CITY, Counted
from pipeline.reports.paper import (
    Column,
    Sentence,
    Table,
    Value,
    joined,
    say,
    table,
)

PROGRESS = (
    Column("unit", "单位", "text", 21),
    Column("found", "发现", width=9),
    Column("reported", "报完成", width=9),
    Column("reported_share", "报完成率", width=11),
    Column("verified", "现场核实", width=11),
    Column("verified_share", "核实率", width=9),
    Column("struck", "销号", width=9),
    Column("overdue", "逾期", width=9),
    Column("new", "新登记", width=9),
    Column("done", "新完成", width=9),
)
"""How each unit stands; the last two columns tell of the period only."""

FLOWING = {
    "new": "登记问题",
    "done": "报整改完成",
    "passed": "现场核查通过",
    "closed": "销号",
    "failed": "现场核查不通过",
    "sent_back": "退回重改",
    "extended": "批准延期",
}
OVERDUE = (
    Column("no", "序号"),
    Column("unit", "单位", "text", 12),
    Column("title", "问题", "text", 45),
    Column("org", "责任单位", "text", 22),
    Column("due", "时限", "text", 13),
    Column("days", "逾期天数", width=10),
)
SCORES = (
    Column("unit", "单位", "text", 40),
    Column("total", "得分"),
    Column("span", "按各种读法"),
    Column("places", "名次"),
)
UNSCORED = "没有报全"
"""Stands for the total and the place of a unit that has not reported some clause."""

WORDS = {"领导督查": "领导到现场督查", "演练": "应急演练"}
"""Kinds of activities that read better in a sentence under another name."""


def progress(view: View, day: date, period: Counted, key: str = "progress") -> Table:
    """Return how each unit stands at the end of a day; who has not reported has dashes."""
    stands = frames.standing(view, day)
    quiet = frames.silent(view, day)
    rows: dict[str, list[Value]] = {}
    for unit, name in (*naming.units(view).items(), (CITY, "全市")):
        if unit in quiet:
            rows[unit] = [f"{name}（未报告）", *[None] * (len(PROGRESS) - 1)]
            continue
        n = stands.row(unit)
        rows[unit] = [
            name,
            n["found"],
            n["reported"],
            (n["reported"], n["found"]),
            n["verified"],
            (n["verified"], n["found"]),
            n["struck"],
            n["overdue"],
            period.at(unit, "new"),
            period.at(unit, "done"),
        ]
    note = (
        "报完成是单位自己说的，现场核实是上一级或别的单位到现场看过。"
        "逾期按第一次的时限算，批准延期的也算。"
    )
    caption = f"各单位整改进展（到{in_words(day)}，件）"
    return table(key, caption, PROGRESS, rows, totals=(CITY,), note=note)


def flow(now: Counted, before: Counted | None, names: tuple[str, str]) -> Table:
    """Return what happened in a period beside the period before, if there was one."""
    rows = {
        column: (name, now.at(CITY, column), None if before is None else before.at(CITY, column))
        for column, name in FLOWING.items()
    }
    return beside("flow", f"{names[0]}办理情况（件）", rows, names)


def overdue(
    view: View, late: Iterable[frames.Open], day: date, most: int = 0, *, of_one: bool = False
) -> Table:
    """Return the overdue issues, the longest overdue first; of more than `most`, the first.

    Where all are `of_one` unit, none is named.
    """
    names = naming.units(view)
    shown = list(late)
    cut = shown[:most] if most else shown
    rows: dict[str, list[Value]] = {
        one.issue.id: [
            str(number),
            names[one.issue.unit_id],
            naming.title(view, one.issue),
            one.issue.resp_org,
            in_words(one.due_on, year=one.due_on.year != day.year),
            one.days_overdue,
        ]
        for number, one in enumerate(cut, 1)
    }
    note = f"只列逾期最久的，另有 {len(shown) - len(cut)} 件。" if len(cut) < len(shown) else ""
    links = {key: f"i/{key}.html" for key in rows}
    caption = f"逾期没有改完的问题（到{in_words(day)}）"
    if of_one:
        rows = {key: [*cells[:1], *cells[2:]] for key, cells in rows.items()}
    columns = (*OVERDUE[:1], *OVERDUE[2:]) if of_one else OVERDUE
    return table("overdue", caption, columns, rows, note=note, links=links)


def standings(view: View, day: date) -> Mapping[str, Placing]:
    """Return total, span and places of every unit as of a day of the course, or the view's own.

    Raises:
        KeyError: the view has no scores of that day.
    """
    found = view.assessment
    if day == view.as_of_on:
        return {unit: sheet.standing for unit, sheet in found.sheets.items()}
    return dict(found.course)[day]


def are_ranked(found: Mapping[str, Placing]) -> bool:
    """Whether any unit has a total: where none has, a table has no columns for it."""
    return any(one.total is not None for one in found.values())


def scored(one: Placing | None) -> list[Value]:
    """Return the total and the place of a unit as cells."""
    return [
        shown(one.total) if one and one.total is not None else UNSCORED,
        between(one.places) if one and one.places else UNSCORED,
    ]


def scores(view: View, day: date) -> Table:
    """Return the total of every unit as of a day, how far readings move it, and its place."""
    found = standings(view, day)
    is_ranked = are_ranked(found)
    rows: dict[str, list[Value]] = {}
    for unit, name in naming.units(view).items():
        one = found.get(unit)
        span = between(one.span) if one else None
        total, places = scored(one)
        rows[unit] = [name, total, span, places] if is_ranked else [name, span]
    note = f"“{UNSCORED}”是有条款没有报，算不出来。每一条怎么得的分，见各单位的考评得分表。"
    if not is_ranked:
        note = "各单位都有条款没有报，算不出总分和名次。每一条怎么得的分，见各单位的考评得分表。"
    columns = SCORES if is_ranked else (SCORES[0], SCORES[2])
    return table("scores", f"考评得分（到{in_words(day)}，分）", columns, rows, note=note)


def doings(view: View, first: date, last: date, units: Collection[str]) -> Table:
    """Count the activities that these units reported in a time, and the units that held them."""
    held: dict[str, list[str]] = {}
    for row in view.activities:
        if row.unit_id in units and row.held_on is not None and first <= row.held_on <= last:
            held.setdefault(row.kind, []).append(row.unit_id)
    order = sorted(held, key=lambda kind: (-len(held[kind]), kind))
    rows: dict[str, list[Value]] = {
        kind: [WORDS.get(kind, kind), len(held[kind]), len(set(held[kind]))] for kind in order
    }
    columns = (
        Column("kind", "工作", "text", 30),
        Column("count", "次数", width=14),
        Column("units", "单位数", width=14),
    )
    return without_units(table("doings", "报来的工作", columns, rows), len(units))


def without_units(counted: Table, units: int) -> Table:
    """Return a table without its last column, the number of units, where it is of one unit."""
    if units > 1:
        return counted
    lines = tuple(replace(line, cells=line.cells[:-1]) for line in counted.lines)
    return replace(counted, columns=counted.columns[:-1], lines=lines)


def done(doings: Table, *, by_units: bool = True) -> Sentence:
    """Say what was done; `by_units` also says how many units did it."""
    if not doings.lines:
        return say("没有报来工作记录。")
    pattern = "{kind}{n}次（{units}个单位）" if by_units else "{kind}{n}次"
    clauses = [
        say(
            pattern,
            kind=line.cells[0],
            n=doings.figure(line.key, "count"),
            **({"units": doings.figure(line.key, "units")} if by_units else {}),
        )
        for line in doings.lines
    ]
    who = "各单位报来" if by_units else "报来"
    return say("{who}{clauses}。", who=who, clauses=joined(clauses, "、"))
