"""The work summary (工作总结) due on 25 August: a unit's, and the city's over all units.

In the order in which offices write it: how the work was organised, what was screened, what was
mended, what will keep it so, what is wrong, what comes next. The ledger itself (附表2-2) is printed
apart, because it names persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.reports import charts, frames, naming, tables
from pipeline.reports.frames import CITY, Counted
from pipeline.reports.paper import (
    Attachment,
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

KIND = "summary"

SCREENED = (
    Column("what", "排查对象", "text", 30),
    Column("tier", "该谁查", "text", 14),
    Column("due", "应查", width=14),
    Column("done", "已查", width=14),
    Column("share", "占比", width=14),
    Column("left", "没有查到", width=14),
)
MENDED = (
    Column("found", "发现"),
    Column("reported", "报完成"),
    Column("verified", "现场核实"),
    Column("verified_share", "核实率"),
    Column("struck", "销号"),
    Column("waiting", "待核实"),
    Column("overdue", "逾期"),
)
KEPT = (
    Column("what", "制度和文件", "text", 50),
    Column("count", "份数", width=25),
    Column("units", "单位数", width=25),
)


def summary(view: View, key: str) -> Report:
    """Return the summary of a unit, or of the city (""), as of the day of a view."""
    day, start = view.as_of_on, view.campaign.screen_from_on
    names = naming.units(view)
    units = [key] if key else list(names)
    name = view.index("units")[key].name if key else "全市"
    doings = tables.doings(view, start, day, units)
    screened = _screened(view, key)
    mended = _mended(view, key, day)
    kept = _kept(view, units, day)
    late = [
        one
        for one in frames.open_issues(view, day)
        if one.days_overdue and one.issue.unit_id in units
    ]
    overdue = tables.overdue(view, late, day, of_one=bool(key))
    happened = frames.happened(view, start, day)
    course = charts.by_week(view, None, key) if key else tables.progress(view, day, happened)
    drawn = charts.flows(course) if key else charts.progress(course)
    blocks: list[Block] = [
        *paragraph(_lead(view, name, day)),
        Heading(1, "组织部署"),
        *paragraph(tables.done(doings, by_units=not key)),
        *([doings] if doings.lines else []),
        Heading(1, "排查情况"),
        *paragraph(*_looked(screened)),
        *([screened] if screened.lines else []),
        Heading(1, "整改情况"),
        *paragraph(*_stands(mended, key)),
        mended,
        *([drawn] if drawn else []),
        Heading(1, "长效机制"),
        *paragraph(_lasting(kept)),
        *([kept] if kept.lines else []),
        Heading(1, "存在问题"),
        *paragraph(*_wrong(view, mended, screened, key, day)),
        Heading(1, "下步打算"),
        *paragraph(*_next(mended, key, view)),
    ]
    attachments = [Attachment("逾期问题清单", overdue, is_wide=True)] if late else []
    if not key or drawn:
        name_of = "每周办理情况" if key else "整改进展统计表"
        attachments.insert(0, Attachment(name_of, course))
    return Report(
        id=f"{KIND}-{key or 'city'}-{day.isoformat()}",
        kind=KIND,
        name="工作总结",
        title=f"{name}开展{view.campaign.title}工作总结"
        if key
        else f"{view.campaign.title}工作总结",
        number=None,
        from_on=start,
        to_on=day,
        lead=paragraph(*_stands(mended, key))[0].text,
        organiser=view.index("units")[key].competent_body if key else view.campaign.organiser,
        blocks=tuple(blocks),
        attachments=tuple(attachments),
        to=view.campaign.organiser if key else "",
        copies="乡村振兴局",
        unit_id=key,
        is_demo=view.campaign.is_demo,
    )


def _lead(view: View, name: str, day: date) -> Sentence:
    basis = listed([f"《{one['title']}》" for one in view.campaign.basis[:1]])
    return say(
        "按照{basis}的安排，{name}组织开展了排查整改，现将到{day}的情况总结如下。",
        basis=basis,
        name=name,
        day=day,
    )


def _screened(view: View, key: str) -> Table:
    """Count what was to be screened and what was; a duty with nothing due stands out of it."""
    found = view.screening
    rows: dict[str, list[Value]] = {}
    for one in found.city if not key else [c for c in found.coverage if c.unit_id == key]:
        if one.due:
            rows[f"{one.grain}-{one.kind}-{one.tier}"] = [
                naming.screened(one.grain, one.kind),
                one.tier,
                one.due,
                one.done,
                (one.done, one.due),
                one.due - one.done,
            ]
    caption = f"排查情况（到{in_words(view.as_of_on)}）"
    note = "工程按处、村按个、户按户数。已查，是该查的一级去过的，逾期才去的也算。"
    return table("screened", caption, SCREENED, rows, note=note)


def _looked(screened: Table) -> Iterator[Sentence]:
    if not screened.lines:
        yield say("没有报来检查记录。")
        return
    clauses = [
        say(
            "{what}应查{due}{unit}，已查{done}{unit}（{share}）",
            what=line.cells[0],
            unit=naming.counter(line.key),
            due=screened.figure(line.key, "due"),
            done=screened.figure(line.key, "done"),
            share=screened.figure(line.key, "share"),
        )
        for line in screened.lines
    ]
    yield say("{clauses}。", clauses=joined(clauses, "；"))


def _mended(view: View, key: str, day: date) -> Table:
    stands: Counted = frames.standing(view, day)
    n = stands.row(key or CITY)
    rows: dict[str, list[Value]] = {
        key: [
            n["found"],
            n["reported"],
            n["verified"],
            (n["verified"], n["found"]),
            n["struck"],
            n["reported"] - n["verified"],
            n["overdue"],
        ]
    }
    return table("mended", f"整改情况（到{in_words(day)}，件）", MENDED, rows)


def _stands(mended: Table, key: str) -> Iterator[Sentence]:
    n = {column.key: mended.figure(key, column.key) for column in mended.columns}
    if n["found"].text == "0":
        yield say("没有登记问题。")
        return
    yield say("发现问题{found}件，报完成{reported}件，现场核实{verified}件，销号{struck}件。", **n)
    yield (
        say("没有逾期的问题。")
        if n["overdue"].text == "0"
        else say("逾期没有改完的{overdue}件。", **n)
    )


def _kept(view: View, units: Iterable[str], day: date) -> Table:
    """Count the papers that make the work last, by kind."""
    among = set(units)
    found: dict[str, list[str]] = {}
    for row in view.documents:
        if row.unit_id in among and row.issued_on <= day:
            found.setdefault(row.kind, []).append(row.unit_id)
    rows: dict[str, list[Value]] = {
        kind: [kind, len(held), len(set(held))] for kind, held in sorted(found.items())
    }
    caption = f"制度和文件（到{in_words(day)}）"
    return tables.without_units(table("kept", caption, KEPT, rows), len(among))


def _lasting(kept: Table) -> Sentence:
    if not kept.lines:
        return say("没有报来管护制度和文件。")
    clauses = [
        say("{kind}{n}份", kind=line.cells[0], n=kept.figure(line.key, "count"))
        for line in kept.lines
    ]
    return say("报来{clauses}。", clauses=joined(clauses, "、"))


def _wrong(view: View, mended: Table, screened: Table, key: str, day: date) -> Iterator[Sentence]:
    said = False
    for column, words in (
        ("overdue", "逾期没有改完的{n}件。"),
        ("waiting", "报了完成、还没有现场核实的{n}件。"),
    ):
        figure = mended.figure(key, column)
        if figure.text != "0":
            said = True
            yield say(words, n=figure)
    clauses = [
        say("{what}{n}{unit}", what=line.cells[0], n=left, unit=naming.counter(line.key))
        for line in screened.lines
        if (left := screened.figure(line.key, "left")).text != "0"
    ]
    if clauses:
        said = True
        yield say("还没有查到的：{clauses}。", clauses=joined(clauses, "、"))
    quiet = [name for unit, name in naming.units(view).items() if unit in frames.silent(view, day)]
    if not key and quiet:
        said = True
        yield say("{names}没有报整改台账。", names=listed(quiet))
    if not said:
        yield say("到这一天没有逾期和没有查到的。")


def _next(mended: Table, key: str, view: View) -> Iterator[Sentence]:
    if mended.figure(key, "overdue").text != "0":
        yield say("逾期的逐件说明原因，写明什么时候改完、由谁负责。")
    yield say("报了完成的，县级以上到现场核查，用水户满意了再申请销号。")
    if view.as_of_on <= view.campaign.cut_off_on:
        yield say("考评算到{day}，在这以前改好、核实的照样计分。", day=view.campaign.cut_off_on)
