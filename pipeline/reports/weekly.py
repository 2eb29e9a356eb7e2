"""The weekly brief (周报): one page that says what moved, what is late and what comes next."""

from __future__ import annotations

from datetime import timedelta

from pipeline.disclosure import View
from pipeline.reports import charts, frames, sections, tables
from pipeline.reports.compared import Way, against
from pipeline.reports.frames import SOON
from pipeline.reports.paper import (
    Attachment,
    Block,
    Heading,
    Report,
    Sentence,
    Table,
    paragraph,
    say,
)
from pipeline.reports.periods import Period
from pipeline.reports.sections import WEEK

KIND = "weekly"


def weekly(view: View, period: Period) -> Report:
    """Return the brief of a week, as of the end of its last day."""
    day = period.last
    now = frames.happened(view, period.first, day)
    before = frames.happened(view, *period.before) if period.number > 1 else None
    late = [one for one in frames.open_issues(view, day) if one.days_overdue]
    progress = tables.progress(view, day, now)
    flow = tables.flow(now, before, (WEEK.now, WEEK.before))
    overdue = tables.overdue(view, late, day, sections.MOST)
    counted = charts.by_week(view, period)
    drawn = charts.flows(counted)
    blocks: list[Block] = [
        Heading(1, "本周进展"),
        *paragraph(sections.stands(progress, day), *sections.moved(flow, WEEK), _compared(flow)),
        flow,
        *([drawn] if drawn else []),
        progress,
        Heading(1, "逾期问题"),
        *paragraph(sections.late(view, progress), sections.silent(view, day)),
    ]
    if late:
        blocks.append(overdue)
    blocks += sections.supply(view, period, WEEK)
    blocks += sections.water(view, period, WEEK)
    blocks += sections.ahead(view, day, day + timedelta(days=SOON), WEEK)
    return Report(
        id=edition_id(period),
        kind=KIND,
        name="周报",
        title=f"{view.campaign.title}周报",
        number=period.number,
        from_on=period.first,
        to_on=day,
        lead=sections.progress_lead(progress),
        organiser=view.campaign.organiser,
        blocks=tuple(blocks),
        attachments=(Attachment("每周办理情况", counted),) if drawn else (),
        is_demo=view.campaign.is_demo,
    )


def _compared(flow: Table) -> Sentence | None:
    clause = against(flow, "done", Way("报完成的", "多", "少", "件"), WEEK.before)
    return None if clause is None else say("{clause}。", clause=clause)


def edition_id(period: Period) -> str:
    """Return the address of the brief of a week."""
    return f"{KIND}-{period.number:02}"
