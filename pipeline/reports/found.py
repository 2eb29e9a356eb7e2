"""What screening brought to light (六有两确保, issues), and what was sent: parts of 排查汇总."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from pipeline.dates import in_words, is_late
from pipeline.disclosure import View
from pipeline.disclosure.screened import Stage
from pipeline.reports import frames, naming
from pipeline.reports.frames import CITY, IssueColumn
from pipeline.reports.paper import (
    Block,
    Column,
    Heading,
    Sentence,
    Table,
    Value,
    joined,
    paragraph,
    say,
    table,
)

RETURN = "排查汇总"
HANDED = "乡村振兴靶向整改"
"""The channel of what the office of 乡村振兴 found itself."""
NAMED = 5
"""Things that a sentence names before it says 等."""

LINES = {"12345": "政务服务热线", "12314": "水利监督平台"}
"""Channels that are called by a number, and how they are called where numbers stand beside them."""

ITEMS = (
    Column("item", "六有两确保", "text", 40),
    Column("met", "落实", width=15),
    Column("failed", "没有落实", width=15),
    Column("unseen", "没有查", width=15),
)
COUNTS = (
    Column("found", "发现", width=14),
    Column("reported", "报完成", width=14),
    Column("verified", "现场核实", width=14),
    Column("overdue", "逾期", width=14),
)
SENT = (
    Column("unit", "单位", "text", 24),
    Column("due", "时限", "text", 24),
    Column("received", "收到", "text", 24),
    Column("outcome", "结果", "text", 28),
)
RETURNS = (
    Column("due", "应报"),
    Column("timely", "按期"),
    Column("late", "逾期"),
    Column("missing", "没有报"),
)


def conditions(seen: Stage, key: str) -> Iterator[Block]:
    """Tell how the works keep the eight items."""
    items = _items(seen, key)
    yield Heading(1, "“六有两确保”")
    yield from paragraph(*_kept(items))
    if items.lines:
        yield items


def _items(seen: Stage, key: str) -> Table:
    matrix = seen.guarantees
    works = [one for one in matrix.works.values() if key in ("", one.unit_id)]
    tally = matrix.tally(works) if works else {}
    rows: dict[str, list[Value]] = {
        code: [label, *tally[code]] for code, label in matrix.items if code in tally
    }
    note = "按最近一次查的算；改好以后还没有再查的，仍算没有落实。"
    return table("items", "在用工程“六有两确保”（处）", ITEMS, rows, note=note)


def _kept(items: Table) -> Iterator[Sentence]:
    if not items.lines:
        yield say("没有在用的工程。")
        return
    if all(cell == "0" for cell in items.column("met").values()) and all(
        cell == "0" for cell in items.column("failed").values()
    ):
        yield say("还没有工程按这八项查过。")
        return
    wrong = [line for line in items.lines if items.figure(line.key, "failed").text != "0"]
    wrong.sort(key=lambda line: -int(items.figure(line.key, "failed").text.replace(",", "")))
    clauses = [
        say("{item}{n}处", item=line.cells[0], n=items.figure(line.key, "failed")) for line in wrong
    ]
    if not clauses:
        yield say("查过的工程八项都落实了。")
    else:
        yield say("没有落实的：{clauses}。", clauses=joined(clauses, "、"))
    unseen = items.column("unseen")
    most = max(unseen, key=lambda code: int(unseen[code].replace(",", "")))
    if unseen[most] != "0":
        yield say("还有{n}处没有按这八项查全。", n=items.figure(most, "unseen"))


def issues(view: View, day: date, units: Collection[str]) -> Iterator[Block]:
    """Tell what was found in some units, by channel, level and category, and what became of it."""
    channels = _counted(view, day, units, "channel", "发现渠道")
    found = channels.figure(CITY, "found")
    if found.text == "0":
        yield from paragraph(say("没有登记问题。"))
        return
    levels = _counted(view, day, units, "issue_level", "台账层级")
    kinds = _counted(view, day, units, "category", "问题类别")
    yield from paragraph(
        say(
            "发现问题{found}件，报完成{reported}件，现场核实{verified}件。",
            **{key: channels.figure(CITY, key) for key in ("found", "reported", "verified")},
        ),
        _parts(channels, "按渠道分，"),
        _parts(levels, "按台账分，", "级"),
        _parts(kinds, "按类别分，"),
    )
    yield from paragraph(_handed(channels))
    yield from (channels, levels, kinds)


def _counted(
    view: View, day: date, units: Collection[str], column: IssueColumn, what: str
) -> Table:
    stands = frames.standing_by(view, day, column, units)
    keys = ("found", "reported", "verified", "overdue")
    rows: dict[str, list[Value]] = {
        value: [LINES.get(value, value), *(n.at(CITY, key) for key in keys)]
        for value, n in stands.items()
    }
    rows[CITY] = ["合计", *(sum(n.at(CITY, key) for n in stands.values()) for key in keys)]
    columns = (Column("what", what, "text", 30), *COUNTS)
    return table(column, f"按{what}（件）", columns, rows, totals=(CITY,))


def _parts(made: Table, opening: str, tail: str = "") -> Sentence:
    lines = [line for line in made.lines if not line.is_total]
    clauses = [
        say("{what}{n}件", what=f"{line.cells[0]}{tail}", n=made.figure(line.key, "found"))
        for line in lines[:NAMED]
    ]
    more = "等" if len(lines) > NAMED else ""
    return say(f"{opening}{{clauses}}{more}。", clauses=joined(clauses, "、"))


def _handed(channels: Table) -> Sentence:
    if HANDED not in channels.column("found"):
        return say("没有乡村振兴靶向整改转来的问题。")
    n = {key: channels.figure(HANDED, key) for key in ("found", "reported", "verified")}
    return say("乡村振兴靶向整改转来{found}件，报完成{reported}件，现场核实{verified}件。", **n)


def returns(view: View, day: date) -> Iterator[Block]:
    """Tell which units sent their summary in time."""
    names = naming.units(view)
    due = sorted(
        (row for row in view.returns if row.kind == RETURN and row.unit_id in names),
        key=lambda row: (list(names).index(row.unit_id), row.due_on, row.id),
    )
    if not due:
        yield from paragraph(say("没有登记各单位汇总的报送时限。"))
        return
    rows: dict[str, list[Value]] = {}
    counts = {"按期": 0, "逾期": 0, "没有报": 0, "还没有到期": 0}
    for row in due:
        got = row.received_on if row.received_on and row.received_on <= day else None
        if got is None:
            outcome = "没有报" if is_late(row.due_on, day) else "还没有到期"
        else:
            outcome = "逾期" if got > row.due_on else "按期"
        counts[outcome] += 1
        cells = [names[row.unit_id], in_words(row.due_on), in_words(got) if got else None, outcome]
        rows[row.id] = list(cells)
    timely, late, missing, _ = counts.values()
    sums = table("sums", "各单位汇总报送（份）", RETURNS, {CITY: [len(due), timely, late, missing]})
    yield from paragraph(_returned(sums))
    yield from (sums, table("sent", "报送明细", SENT, rows))


def _returned(sums: Table) -> Sentence:
    n = {column.key: sums.figure(CITY, column.key) for column in sums.columns}
    said = {
        "timely": "按期报来{timely}份",
        "late": "逾期报来{late}份",
        "missing": "没有报{missing}份",
    }
    clauses = [say(text, **n) for key, text in said.items() if n[key].text != "0"]
    tail = say("，{clauses}", clauses=joined(clauses, "，")) if clauses else say("，都还没有到期")
    return say("应报{due}份{tail}。", due=n["due"], tail=tail)
