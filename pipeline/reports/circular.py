"""The circular (情况通报): where all units stand, what is wrong with whom, what is asked next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.reports import charts, frames, naming, tables
from pipeline.reports.frames import CITY, SOON
from pipeline.reports.paper import (
    ABSENT,
    Attachment,
    Block,
    Column,
    Figure,
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

KIND = "circular"
WORST = 3
"""Units that are named as first or last."""

OVERALL = (
    Column("unit", "单位", "text", 19),
    Column("found", "发现", width=8),
    Column("reported", "报完成", width=9),
    Column("verified", "现场核实", width=11),
    Column("verified_share", "核实率", width=9),
    Column("waiting", "待核实", width=9),
    Column("overdue", "逾期", width=8),
)
RANKED = (
    Column("total", "得分", width=9),
    Column("places", "名次", width=10),
)
"""Columns that stand in the table once any unit has a score."""


def circular(view: View, day: date) -> Report:
    """Return the circular as of a day of the course of the scores, or of the view's own day.

    Raises:
        KeyError: the view has no scores of that day.
    """
    start = view.campaign.screen_from_on
    period = frames.happened(view, start, day)
    late = [one for one in frames.open_issues(view, day) if one.days_overdue]
    overall = _overall(view, day)
    doings = tables.doings(view, start, day, naming.units(view))
    progress = tables.progress(view, day, period)
    overdue = tables.overdue(view, late, day)
    blocks: list[Block] = [
        *paragraph(_lead(view, day)),
        Heading(1, "总体情况"),
        *paragraph(*_stands(overall), *_ranked(view, overall, day), _unscored(view, day)),
        overall,
    ]
    if drawn := charts.progress(overall):
        blocks.append(drawn)
    if doings.lines:
        blocks += [Heading(1, "主要做法"), *paragraph(tables.done(doings)), doings]
    blocks += [Heading(1, "存在问题"), *_problems(view, overall, day)]
    blocks += [Heading(1, "下步要求"), *_asked(view, overall, day)]
    attachments = [
        Attachment("整改进展统计表", progress),
        Attachment("考评得分表", tables.scores(view, day)),
    ]
    if late:
        attachments.append(Attachment("逾期问题清单", overdue, is_wide=True))
    return Report(
        id=edition_id(day),
        kind=KIND,
        name="情况通报",
        title=f"关于{view.campaign.title}进展情况的通报",
        number=None,
        from_on=start,
        to_on=day,
        lead=_line(overall),
        organiser=view.campaign.organiser,
        blocks=tuple(blocks),
        attachments=tuple(attachments),
        to=listed([u.name for u in sorted(view.units, key=lambda u: u.sort_no)]),
        copies="市乡村振兴局",
        is_demo=view.campaign.is_demo,
    )


def edition_id(day: date) -> str:
    """Return the address of the circular of a day."""
    return f"{KIND}-{day.isoformat()}"


def _overall(view: View, day: date) -> Table:
    places_of = tables.standings(view, day)
    stands = frames.standing(view, day)
    quiet = frames.silent(view, day)
    is_ranked = tables.are_ranked(places_of)
    rows: dict[str, list[Value]] = {}
    for unit, name in (*naming.units(view).items(), (CITY, "全市")):
        scored: list[Value] = []
        if is_ranked:
            scored = [None, None] if unit == CITY else tables.scored(places_of.get(unit))
        if unit in quiet:
            rows[unit] = [f"{name}（未报告）", *[None] * (len(OVERALL) - 1), *scored]
            continue
        n = stands.row(unit)
        share = (n["verified"], n["found"])
        rows[unit] = [
            name,
            n["found"],
            n["reported"],
            n["verified"],
            share,
            n["reported"] - n["verified"],
            n["overdue"],
            *scored,
        ]
    note = "待核实是单位报了完成、别人还没有到现场看过的。"
    if is_ranked:
        note += "名次是一个范围的，是因为细则有几种读法，或有的条款没有报。"
        note += f"“{tables.UNSCORED}”是有条款没有报，算不出总分。"
    caption = f"各单位整改进展{'和得分' if is_ranked else ''}（到{in_words(day)}）"
    columns = (*OVERALL, *RANKED) if is_ranked else OVERALL
    return table("overall", caption, columns, rows, totals=(CITY,), note=note)


def _lead(view: View, day: date) -> Sentence:
    numbers = listed([f"《{one['title']}》" for one in view.campaign.basis[:1]])
    return say("按照{basis}的安排，现将到{day}的排查整改进展通报如下。", basis=numbers, day=day)


def _stands(overall: Table) -> Iterator[Sentence]:
    city = {c.key: overall.figure(CITY, c.key) for c in overall.columns}
    if city["found"].text in ("0", ABSENT):
        yield say("全市还没有登记问题。")
        return
    yield say(
        "全市发现问题{found}件，单位报完成{reported}件，现场核实{verified}件（{verified_share}）。",
        **city,
    )
    late = city["overdue"].text
    yield say("没有逾期的问题。") if late == "0" else say("逾期没有改完的{overdue}件。", **city)


def _line(overall: Table) -> str:
    return "".join(sentence.text for sentence in _stands(overall)).rstrip("。")


def _ranked(view: View, overall: Table, day: date) -> Iterator[Sentence]:
    names = naming.units(view)
    placed = sorted(
        (
            (standing.places, unit)
            for unit, standing in tables.standings(view, day).items()
            if standing.places and standing.total is not None
        ),
        key=lambda one: (one[0], list(names).index(one[1])),
    )
    if len(placed) < 2 * WORST:
        return

    def said(units: list[str]) -> Sentence:
        clauses = [
            say("{name}（{n}分）", name=names[u], n=overall.figure(u, "total")) for u in units
        ]
        return joined(clauses, "、")

    yield say("得分靠前的是{first}；", first=said([unit for _, unit in placed[:WORST]]))
    yield say("靠后的是{last}。", last=said([unit for _, unit in placed[-WORST:]]))


def _unscored(view: View, day: date) -> Sentence | None:
    """Say which units have no total, and where how far it may reach is told."""
    found, names = tables.standings(view, day), naming.units(view)
    scored = {unit for unit, one in found.items() if one.total is not None}
    none = [name for unit, name in names.items() if unit not in scored]
    if not none:
        return None
    if len(none) == len(names):
        return say("各单位都有考评条款没有报，还没有总分；按已报的能得多少，见附件“考评得分表”。")
    pattern = "{names}有考评条款没有报，还没有总分；按已报的能得多少，见附件“考评得分表”。"
    return say(pattern, names=listed(none))


def _problems(view: View, overall: Table, day: date) -> Iterator[Block]:
    names = naming.units(view)
    for column, heading in (
        ("overdue", "逾期没有改完"),
        ("waiting", "报了完成，还没有现场核实"),
    ):
        yield Heading(2, heading)
        clauses = [
            say("{name}{n}件", name=name, n=figure)
            for name, figure in _most(overall, names, column)
        ]
        text = say("{clauses}。", clauses=joined(clauses, "、")) if clauses else say("没有。")
        yield from paragraph(text)
    quiet = [names[unit] for unit in frames.silent(view, day)]
    if quiet:
        yield Heading(2, "没有报台账")
        yield from paragraph(say("{names}没有报整改台账。", names=listed(quiet)))


def _most(overall: Table, names: dict[str, str], column: str) -> list[tuple[str, Figure]]:
    figures = [(name, overall.figure(unit, column)) for unit, name in names.items()]
    some = [one for one in figures if one[1].text not in ("0", ABSENT)]
    return sorted(some, key=lambda one: -int(one[1].text.replace(",", "")))


def _asked(view: View, overall: Table, day: date) -> Iterator[Block]:
    late = [name for name, _ in _most(overall, naming.units(view), "overdue")]
    if late:
        yield from paragraph(
            say(
                "{names}要对逾期的问题逐件说明原因，写明什么时候改完，改完的及时报、及时核查。",
                names=listed(late),
            )
        )
    soon = [o for o in frames.open_issues(view, day) if 0 < (o.due_on - day).days <= SOON]
    if soon:
        last = max(one.due_on for one in soon)
        yield from paragraph(say("{day}以前到期的，责任单位要按时改完。", day=last))
    yield from paragraph(say("报了完成的，县级以上要到现场核查，用水户满意了再申请销号。"))
    if day <= view.campaign.cut_off_on:
        yield from paragraph(
            say("考评算到{day}，在这以前改好、核实的照样计分。", day=view.campaign.cut_off_on)
        )
