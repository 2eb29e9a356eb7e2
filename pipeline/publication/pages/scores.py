"""Pages of the assessment: ranking, a sheet per unit, a page per clause, the readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.publication import downloads, tallies
from pipeline.publication.citations import Citation, cite
from pipeline.publication.desk import Desk
from pipeline.publication.page import Page
from pipeline.shares import extent
from pipeline.terms import clause_address

Row = Any
CRUMB = ("考评", "scores.html")
INLINE = 8
"""Rows that a sheet lists itself; more of them have a page of their own, so that it stays light."""

AROUND = 2
"""Units shown before and after one in the ranking on its sheet."""

LOW, HIGH = 40, 115
"""The ends of the scale that bands are drawn on; a total below it stands at its edge."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of a score sheet as it is shown: the clause, the line, rows, effects, judgements."""

    clause: Any
    line: Any
    rows: tuple[Citation, ...]
    count: int
    population: int
    chosen: tuple[Row, ...]
    others: tuple[tuple[Row, Decimal | None], ...]
    judgements: tuple[Row, ...]


def ranking_page(desk: Desk) -> Page:
    """Make the ranking: every unit with its total, its band over the readings, and its course."""
    found = desk.view.assessment
    sheets = desk.sheets
    body = desk.render(
        "scores.html",
        root="",
        found=found,
        sheets=sheets,
        moving=[e for e in found.effects if e.moves_rank],
        days=_shown_days(desk),
        parts={sheet.unit_id: tallies.parts(desk, sheet) for sheet in sheets},
        files={ending: downloads.score_address(desk.view, ending) for ending in ("csv", "json")},
        address=clause_address,
    )
    return Page(
        "scores.html",
        "scores",
        "考评：各单位得分和名次",
        "附件3百分制考评：每个单位的得分、名次、换一种读法会差多少",
        (*desk.home, ("考评", None)),
        body,
    )


def _shown_days(desk: Desk) -> list[Any]:
    """Return every other day of the course, and always the stage ends and the last."""
    course = desk.view.assessment.course
    stages = {desk.view.campaign.screen_to_on, desk.view.campaign.assess_from_on}
    return [
        entry
        for number, entry in enumerate(course)
        if number % 2 == 0 or entry[0] in stages or number == len(course) - 1
    ]


def position(points: Decimal) -> str:
    """Return where points stand on the drawn scale, in percent."""
    return extent(points - LOW, HIGH - LOW)


def breadth(low: Decimal, high: Decimal) -> str:
    """Return how much of the drawn scale a span takes, in percent."""
    return f"{Decimal(position(high)) - Decimal(position(low)):.2f}"


def sheet_page(desk: Desk, unit: Row) -> Page:
    """Make the score sheet of a unit, in the order of Annex 3."""
    found = desk.view.assessment
    sheet = found.sheets[unit.id]
    lines = [_scored(desk, unit.id, line) for line in sheet.lines]
    changes = [e.changes[unit.id] for e in found.effects if unit.id in e.changes]
    ranges = (sheet.places, *(new.places for _, new in changes))
    places = [each for each in ranges if each]
    body = desk.render(
        "sheet.html",
        unit=unit,
        found=found,
        sheet=sheet,
        band=found.bands[unit.id],
        places=(min(p[0] for p in places), max(p[1] for p in places)) if places else None,
        parts=[
            (numeral, title, [s for s in lines if s.clause.part == numeral])
            for numeral, title in found.parts.items()
        ],
        sums={part.numeral: part for part in tallies.parts(desk, sheet)},
        wins=[win for win in found.wins[unit.id] if not win.is_kept],
        stakes=[
            (win, [cite(desk, row) for row in win.rows])
            for win in found.wins[unit.id]
            if win.is_kept
        ],
        until=desk.view.campaign.cut_off_on,
        course=[(day, standings.get(unit.id)) for day, standings in _shown_days(desk)[-5:]],
        sheets=_neighbours(desk, sheet),
        place=position,
        width=breadth,
        ticks=range(LOW, HIGH + 1, 15),
        address=clause_address,
    )
    return Page(
        f"s/{unit.id}.html",
        "sheet",
        f"{unit.name}考评得分",
        f"{unit.name}：附件3逐条得分，每一分的算法、依据和口径，还能补救的扣分",
        (*desk.home, CRUMB, (unit.name, None)),
        body,
        unit.id,
    )


def _neighbours(desk: Desk, sheet: Any) -> Sequence[Any]:
    """Return the sheets around one in the ranking; the ranking's own page has them all."""
    at = [one.unit_id for one in desk.sheets].index(sheet.unit_id)
    first = max(0, min(at - AROUND, len(desk.sheets) - 2 * AROUND - 1))
    return desk.sheets[first : first + 2 * AROUND + 1]


def _scored(desk: Desk, unit_id: str, line: Any) -> Scored:
    """Return a line with the rows it rests on; the people served stand as one number (四.3)."""
    rows = _cited(line)
    return Scored(
        clause=desk.view.assessment.clauses[line.clause],
        line=line,
        rows=tuple(cite(desk, row) for row in rows) if len(rows) <= INLINE else (),
        count=len(rows),
        population=len(line.rows) - len(rows),
        chosen=tuple(_chosen(desk, line.readings)),
        others=tuple(_others(desk, unit_id, line.clause)),
        judgements=tuple(
            row
            for row in desk.view.group("judgements", "unit_id")[unit_id]
            if row.clause_id == line.clause and row.kind != "事实"
        ),
    )


def _cited(line: Any) -> list[str]:
    """Return the rows a line names; the works behind the people served are told as a number."""
    return [row for row in line.rows if line.clause != "四.3" or not row.startswith("works/")]


def long_lines(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield unit and clause of every line that names more rows than a sheet lists."""
    for unit, sheet in desk.view.assessment.sheets.items():
        for line in sheet.lines:
            if len(_cited(line)) > INLINE:
                yield unit, line.clause


def rows_page(desk: Desk, unit: Row, name: str) -> Page:
    """Make the page of the many rows that one line of a sheet rests on."""
    found = desk.view.assessment
    clause, line = found.clauses[name], found.sheets[unit.id].line(name)
    body = desk.render(
        "rows.html",
        unit=unit,
        clause=clause,
        line=line,
        rows=[cite(desk, row) for row in _cited(line)],
        address=clause_address,
    )
    title = f"{unit.name} {name} 的依据"
    return Page(
        f"s/{unit.id}-{clause_address(name)}.html",
        "sheet",
        title,
        f"{unit.name}考评条款{name}{clause.title}：得分依据的每一条记录",
        (*desk.home, CRUMB, (unit.name, f"s/{unit.id}.html"), (f"{name} 的依据", None)),
        body,
        unit.id,
    )


def _chosen(desk: Desk, readings: Sequence[tuple[str, str]]) -> Iterator[Row]:
    """Yield the option in force of each reading that a line asked and that has others."""
    options = desk.view.index("readings")
    for name, option in readings:
        if len(desk.view.group("readings", "reading_id")[name]) > 1:
            yield options[f"{name}+{option}"]


def _others(desk: Desk, unit_id: str, clause: str) -> Iterator[tuple[Row, Decimal | None]]:
    """Yield the options that alone would give this unit other points here, with the points."""
    options = desk.view.index("readings")
    for effect in desk.view.assessment.effects:
        moved = effect.points.get(unit_id, {})
        if clause in moved:
            yield options[f"{effect.reading}+{effect.option}"], moved[clause]


def clause_page(desk: Desk, name: str) -> Page:
    """Make the page of one clause: what it says, what it counts, and how every unit did."""
    found = desk.view.assessment
    clause = found.clauses[name]
    names = list(found.clauses)
    here = names.index(name)
    readings: dict[str, list[Row]] = {}
    for row in desk.view.readings:
        if name in row.clause_ids:
            readings.setdefault(row.reading_id, []).append(row)
    body = desk.render(
        "clause.html",
        clause=clause,
        part=found.parts[clause.part],
        units=desk.facts.units,
        lines={u: sheet.line(name) for u, sheet in found.sheets.items()},
        readings=sorted(readings.items(), key=lambda item: int(item[0][1:])),
        before=found.clauses[names[here - 1]] if here else None,
        after=found.clauses[names[here + 1]] if here + 1 < len(names) else None,
        address=clause_address,
    )
    return Page(
        f"c/{clause_address(name)}.html",
        "clause",
        f"{name} {clause.title}",
        f"考评条款{name}：{clause.text}",
        (*desk.home, CRUMB, (f"{name} {clause.title}", None)),
        body,
    )


def readings_page(desk: Desk) -> Page:
    """Make the page of the readings: every option, and what it alone would change."""
    view, found = desk.view, desk.view.assessment
    readings: dict[str, list[Row]] = {}
    for row in view.readings:
        readings.setdefault(row.reading_id, []).append(row)
    body = desk.render(
        "readings.html",
        root="",
        readings=sorted(readings.items(), key=lambda item: int(item[0][1:])),
        effects={(e.reading, e.option): e for e in found.effects},
        bands=found.bands,
        sheets=desk.sheets,
        address=clause_address,
    )
    return Page(
        "readings.html",
        "readings",
        "口径：说法不清的地方怎么读，换一种读法差多少",
        "考评细则里有几种读法的地方：采用哪种、别的读法是什么、分数和名次会怎么变",
        (*desk.home, CRUMB, ("口径", None)),
        body,
    )
