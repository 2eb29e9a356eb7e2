"""The monthly brief (月报) of standing operation: the month beside the one before it.

It takes over where the weeks of the campaign end, and says besides how water was supplied.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.disclosure import View
from pipeline.reports import charts, frames, money, naming, sections, tables, water_frames
from pipeline.reports.compared import Count, Way, against, beside
from pipeline.reports.frames import CITY
from pipeline.reports.paper import (
    Block,
    Heading,
    Report,
    Sentence,
    Table,
    joined,
    paragraph,
    say,
)
from pipeline.reports.periods import DAY, Period, later
from pipeline.reports.sections import MONTH

KIND = "month"
AHEAD = 20
"""Issues due next month that a brief names, the first due first."""

WAYS = {
    "done": Way("报整改完成的", "多", "少", "件"),
    "verified_share": Way("月末现场核实率", "提高", "下降", "个百分点"),
    "dry": Way("停水", "多", "少", "次"),
    "kept_share": Way("水样达标率", "提高", "下降", "个百分点"),
}
"""What is said of the difference to the month before."""


def monthly(view: View, period: Period) -> Report:
    """Return the brief of a month, as of the end of its last day."""
    day = period.last
    now = frames.happened(view, period.first, day)
    late = [one for one in frames.open_issues(view, day) if one.days_overdue]
    progress = tables.progress(view, day, now)
    flow = _flow(view, period)
    doings = tables.doings(view, period.first, day, naming.units(view))
    blocks: list[Block] = [
        Heading(1, "本月进展"),
        *paragraph(sections.stands(progress, day), *sections.moved(flow, MONTH)),
        *paragraph(_compared(flow)),
        flow,
        progress,
        *(one for one in [charts.progress(progress)] if one),
        Heading(1, "逾期问题"),
        *paragraph(sections.late(view, progress), sections.silent(view, day)),
    ]
    if late:
        blocks.append(tables.overdue(view, late, day, sections.MOST))
    blocks += sections.supply(view, period, MONTH)
    blocks += sections.water(view, period, MONTH)
    blocks += [Heading(1, "管护工作"), *paragraph(tables.done(doings))]
    if doings.lines:
        blocks.append(doings)
    fund = money.fund(view, period)
    blocks += [Heading(1, "维修基金"), *paragraph(*money.moved(fund)), fund]
    blocks += sections.ahead(view, day, later(period.first, 2) - DAY, MONTH, AHEAD)
    return Report(
        id=edition_id(period),
        kind=KIND,
        name="月报",
        title=f"{view.campaign.city}农村饮水工程运行管护月报",
        number=day.month,
        from_on=period.first,
        to_on=day,
        lead=sections.progress_lead(progress),
        organiser=view.campaign.organiser,
        blocks=tuple(blocks),
        is_demo=view.campaign.is_demo,
    )


def edition_id(period: Period) -> str:
    """Return the address of the brief of a month."""
    return f"{KIND}-{period.last:%Y-%m}"


def _flow(view: View, period: Period) -> Table:
    """Return what happened in a month beside the month before, if all of that was in the time."""
    is_compared = view.campaign.screen_from_on <= period.before_on
    now = _counts(view, (period.first, period.last))
    before = _counts(view, period.before) if is_compared else {}
    rows = {
        key: (name, count, before[key][1] if before else None) for key, (name, count) in now.items()
    }
    return beside("flow", "本月办理和供水情况", rows, (MONTH.now, MONTH.before))


def _counts(view: View, span: tuple[date, date]) -> dict[str, tuple[str, Count]]:
    """Count what happened in a time, and how things stood at its end."""
    moved, stands = frames.happened(view, *span), frames.standing(view, span[1])
    samples, dry = water_frames.samples(view, *span), water_frames.outages(view, *span)
    found = stands.at(CITY, "found")
    counts: dict[str, tuple[str, Count]] = {
        key: (f"{name}（件）", moved.at(CITY, key)) for key, name in tables.FLOWING.items()
    }
    return counts | {
        "reported_share": ("月末报完成率", (stands.at(CITY, "reported"), found)),
        "verified_share": ("月末现场核实率", (stands.at(CITY, "verified"), found)),
        "dry": ("停水（次）", len(dry)),
        "samples": ("出结果的水样（个）", samples.at(CITY, "samples")),
        "kept_share": ("水样达标率", (samples.at(CITY, "kept"), samples.at(CITY, "samples"))),
    }


def _compared(flow: Table) -> Sentence | None:
    clauses = list(_clauses(flow))
    return say("{clauses}。", clauses=joined(clauses)) if clauses else None


def _clauses(flow: Table) -> Iterator[Sentence]:
    for row, way in WAYS.items():
        clause = against(flow, row, way, MONTH.before)
        if clause is not None:
            yield clause
