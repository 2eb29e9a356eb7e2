"""The charts of reports: drawn from a table of the same report, by the same figures as the site's.

A chart takes cells and nothing else, so that what is seen and what stands in the table cannot
differ; a test draws every bar again from its table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.figures import grouped
from pipeline.reports import frames
from pipeline.reports.frames import CITY
from pipeline.reports.paper import (
    ABSENT,
    Chart,
    Column,
    Dress,
    Line,
    Part,
    Table,
    Value,
    table,
)
from pipeline.reports.periods import Period, weeks

Parts = Sequence[tuple[str, Dress, tuple[str, ...]]]
"""Name, dress and columns of each part of a chart."""

STANDS: Parts = (
    ("现场核实", "sure", ("verified",)),
    ("报完成待核实", "told", ("reported", "-verified")),
    ("没到期", "open", ("found", "-reported", "-overdue")),
    ("逾期", "late", ("overdue",)),
)
FLOWS: Parts = (
    ("新登记", "open", ("new",)),
    ("报完成", "sure", ("done",)),
)
TESTED: Parts = (
    ("测过", "sure", ("tested",)),
    ("没有测", "open", ("untested",)),
)
LOOKED: Parts = (
    ("已查", "sure", ("works", "-works_left")),
    ("没有查到", "open", ("works_left",)),
)
PRESSING: Parts = (
    ("逾期", "late", ("overdue",)),
    ("报完成待核实", "told", ("waiting",)),
)
WEEKS = (
    Column("week", "周次", "text", 16),
    Column("span", "起止", "text", 34),
    Column("new", "新登记"),
    Column("done", "报完成"),
    Column("passed", "现场核查通过"),
    Column("closed", "销号"),
)
FEWEST = 2
"""Weeks that are worth a chart."""


def progress(made: Table) -> Chart | None:
    """Draw how the issues of each unit stand; nothing where none are registered."""
    return _of_units(made, STANDS, "各单位的问题办到了哪一步", "件", "found")


def tested(made: Table) -> Chart | None:
    """Draw how many works of each unit were tested; nothing where there are none."""
    return _of_units(made, TESTED, "各单位测过和没有测的在用工程", "处", "works")


def screened(made: Table) -> Chart | None:
    """Draw how many works of each unit were looked at; nothing where none were due."""
    return _of_units(made, LOOKED, "各单位已查和没有查到的供水工程", "处", "works")


def pressing(made: Table) -> Chart | None:
    """Draw what a few units have overdue and unverified; nothing where they have neither."""
    return _of_units(made, PRESSING, "这些单位逾期和待核实的问题", "件", "overdue")


def _of_units(made: Table, parts_of: Parts, caption: str, counter: str, asked: str) -> Chart | None:
    """Draw a bar for each unit of a table; who has a dash in the column asked is silent."""
    lines = [line for line in made.lines if not line.is_total]
    parts = tuple(_part(made, lines, *one) for one in parts_of)
    if not any(sum(part.values) for part in parts):
        return None
    column = next(n for n, one in enumerate(made.columns) if one.key == asked)
    whose = "全市" if any(line.is_total for line in made.lines) else "合计"
    return Chart(
        id=f"chart-{made.id}",
        caption=f"{caption}（{counter}）",
        form="rows",
        table=made.id,
        rows=tuple(line.key for line in lines),
        names=tuple(line.cells[0].partition("（")[0] for line in lines),
        parts=parts,
        silent=tuple(n for n, line in enumerate(lines) if line.cells[column] == ABSENT),
        said=f"条形图，{whose}{_told(parts, counter)}；各单位的数在表里。",
        counter=counter,
    )


def by_week(view: View, last: Period | None, unit: str = CITY) -> Table:
    """Count what happened in each week of the campaign up to one, in the city or in a unit."""
    campaign = view.campaign
    rows: dict[str, list[Value]] = {}
    for week in weeks(campaign.screen_from_on, campaign.cut_off_on, view.as_of_on):
        if last is not None and week.number > last.number:
            break
        counted = frames.happened(view, week.first, week.last)
        ends = [in_words(day, year=False) for day in (week.first, week.last)]
        counts = [counted.at(unit, one.key) for one in WEEKS[2:]]
        rows[str(week.number)] = [f"第{week.number}周", "至".join(ends), *counts]
    note = "后来作废、退回的，发生的那一周照算，所以几周加起来可以比现在的件数多。"
    return table("weeks", "每周办理情况（件）", WEEKS, rows, note=note)


def flows(made: Table) -> Chart | None:
    """Draw what was registered and reported done week by week; nothing for a single week."""
    parts = tuple(_part(made, made.lines, *one) for one in FLOWS)
    if len(made.lines) < FEWEST or not any(sum(part.values) for part in parts):
        return None
    return Chart(
        id=f"chart-{made.id}",
        caption="每周新登记和报完成（件）",
        form="columns",
        table=made.id,
        rows=tuple(line.key for line in made.lines),
        names=tuple(line.cells[0] for line in made.lines),
        parts=parts,
        silent=(),
        said=f"柱形图，{len(made.lines)}周里{_told(parts)}；每周的数在表里。",
    )


def _part(
    made: Table, lines: Iterable[Line], name: str, dress: Dress, columns: tuple[str, ...]
) -> Part:
    places = {column.key: n for n, column in enumerate(made.columns)}
    values = tuple(
        sum(
            _count(line.cells[places[one.lstrip("-")]]) * (-1 if one[0] == "-" else 1)
            for one in columns
        )
        for line in lines
    )
    return Part(name, dress, values, columns)


def _count(cell: str) -> int:
    return 0 if cell == ABSENT else int(cell.replace(",", ""))


def _told(parts: Sequence[Part], counter: str = "件") -> str:
    return "、".join(f"{part.name}{grouped(sum(part.values))}{counter}" for part in parts)
