"""The notice to a unit (交办单): what is overdue, what is due next, and what to answer."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.reports import frames, naming, tables
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

KIND = "notice"
AHEAD = 14
"""Days ahead within which a deadline is named in a notice."""

SUM = (
    Column("late", "逾期没有改完"),
    Column("soon", "两周内到期"),
    Column("waiting", "报了完成待现场核实"),
)
DUE = (
    Column("no", "序号"),
    Column("title", "问题", "text", 60),
    Column("org", "责任单位", "text", 30),
    Column("due", "时限", "text", 18),
)


def notice(view: View, unit_id: str) -> Report:
    """Return the notice to a unit as of the day of a view."""
    day = view.as_of_on
    unit = view.index("units")[unit_id]
    mine = [one for one in frames.open_issues(view, day) if one.issue.unit_id == unit_id]
    late = [one for one in mine if one.days_overdue]
    until = day + timedelta(days=AHEAD)
    soon = sorted(
        (one for one in mine if day <= one.due_on <= until),
        key=lambda one: (one.due_on, one.issue.id),
    )
    stands = frames.standing(view, day).row(unit_id)
    waiting = stands["reported"] - stands["verified"]
    sums = table(
        "sums",
        f"{unit.name}要办的（件）",
        SUM,
        {unit_id: [len(late), len(soon), waiting]},
    )
    blocks: list[Block] = [*paragraph(_asked(sums, unit_id, day)), sums]
    if late:
        blocks += [Heading(1, "逾期没有改完的"), tables.overdue(view, late, day, of_one=True)]
    if soon:
        blocks += [Heading(1, "两周内到期的"), _due(view, soon)]
    blocks += [
        Heading(1, "要求"),
        *paragraph(say("逾期的逐件说明原因，写明什么时候改完、由谁负责。")),
        *paragraph(say("改完的在台账里登记整改完成，县级以上到现场核查，用水户满意了再申请销号。")),
        *paragraph(say("办理情况请在收到后五个工作日内报{to}。", to=view.campaign.organiser)),
    ]
    return Report(
        id=f"{KIND}-{unit_id}-{day.isoformat()}",
        kind=KIND,
        name="交办单",
        title=f"{view.campaign.title}交办单",
        number=None,
        from_on=view.campaign.screen_from_on,
        to_on=day,
        lead="".join(s.text for s in paragraph(_asked(sums, unit_id, day))[0].sentences),
        organiser=view.campaign.organiser,
        blocks=tuple(blocks),
        to=unit.name,
        unit_id=unit_id,
        is_demo=view.campaign.is_demo,
    )


def is_due(view: View, unit_id: str) -> bool:
    """Whether a unit has anything overdue: who has not gets no notice."""
    late = (one for one in frames.open_issues(view, view.as_of_on) if one.days_overdue)
    return any(one.issue.unit_id == unit_id for one in late)


def _asked(sums: Table, unit_id: str, day: date) -> Sentence:
    late, soon = sums.figure(unit_id, "late"), sums.figure(unit_id, "soon")
    if late.text == "0" and soon.text == "0":
        return say("到{day}，你单位没有逾期和两周内到期的问题。", day=day)
    if late.text == "0":
        return say("到{day}，你单位没有逾期的问题，两周内到期{soon}件。", day=day, soon=soon)
    tail = "，两周内到期{soon}件" if soon.text != "0" else ""
    return say(
        f"到{{day}}，你单位逾期没有改完的问题{{late}}件{tail}，请抓紧办理。",
        day=day,
        late=late,
        soon=soon,
    )


def _due(view: View, soon: list[frames.Open]) -> Table:
    rows: dict[str, list[Value]] = {
        one.issue.id: [
            number,
            naming.title(view, one.issue),
            one.issue.resp_org,
            in_words(one.due_on, year=False),
        ]
        for number, one in enumerate(soon, 1)
    }
    links = {key: f"i/{key}.html" for key in rows}
    return table("due", "", DUE, rows, links=links)
