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
from pipeline.publication.shelves import Scale
from pipeline.terms import clause_address

Row = Any
INLINE = 8
"""Rows that a sheet lists itself; more of them have a page of their own, so that it stays light."""

AROUND = 2
"""Units shown before and after one in the ranking on its sheet."""


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
    path = desk.shelf.ranking
    body = desk.render(
        "scores.html",
        root="../" * path.count("/"),
        found=found,
        sheets=sheets,
        moving=[e for e in found.effects if e.moves_rank],
        days=_shown_days(desk),
        parts={sheet.unit_id: tallies.parts(desk, sheet) for sheet in sheets},
        files={ending: downloads.score_address(desk.view, ending) for ending in ("csv", "json")},
        beside=[(one.view.assessment.edition, one.shelf.ranking) for one in desk.further],
        address=clause_address,
    )
    return Page(
        path,
        "sheet" if desk.shelf.folder else "scores",
        f"考评{_of(desk)}：各单位得分和名次",
        f"{found.edition.source}{_of(desk)}百分制考评：每个单位的得分、名次、换一种读法会差多少",
        (*desk.home, (f"考评{_of(desk)}", None)),
        body,
    )


def _of(desk: Desk) -> str:
    """Name the edition of a page, where it is not the campaign's own."""
    return f"（{desk.view.assessment.edition.year}版）" if desk.shelf.folder else ""


def _crumbs(desk: Desk, *rest: tuple[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    """Return the way from the home page through the ranking of the edition."""
    return (*desk.home, (f"考评{_of(desk)}", desk.shelf.ranking), *rest)


def _shown_days(desk: Desk) -> list[Any]:
    """Return every other day of the course, and always the stage ends and the last."""
    course = desk.view.assessment.course
    stages = {desk.view.campaign.screen_to_on, desk.view.campaign.assess_from_on}
    return [
        entry
        for number, entry in enumerate(course)
        if number % 2 == 0 or entry[0] in stages or number == len(course) - 1
    ]


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
        scale=Scale.of(found.edition),
        address=clause_address,
    )
    return Page(
        desk.shelf.sheet(unit.id),
        "sheet",
        f"{unit.name}考评得分{_of(desk)}",
        f"{unit.name}：附件3{_of(desk)}逐条得分，每一分的算法、依据和口径，还能补救的扣分",
        _crumbs(desk, (unit.name, None)),
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
    found = desk.view.assessment
    clause = found.clauses[line.clause]
    rows = _cited(clause, line)
    return Scored(
        clause=clause,
        line=line,
        rows=tuple(cite(desk, row) for row in rows) if len(rows) <= INLINE else (),
        count=len(rows),
        population=len(line.rows) - len(rows),
        chosen=tuple(_chosen(desk, line.readings)),
        others=tuple(_others(desk, unit_id, line.clause)),
        judgements=tuple(
            row
            for row in desk.view.group("judgements", "unit_id")[unit_id]
            if (row.edition, row.clause_id) == (found.edition.year, line.clause)
            and row.kind != "事实"
        ),
    )


def _cited(clause: Any, line: Any) -> list[str]:
    """Return the rows a line names; the works behind the people served are told as a number."""
    return [row for row in line.rows if row.partition("/")[0] not in clause.uncited]


def long_lines(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield unit and clause of every line that names more rows than a sheet lists."""
    found = desk.view.assessment
    for unit, sheet in found.sheets.items():
        for line in sheet.lines:
            if len(_cited(found.clauses[line.clause], line)) > INLINE:
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
        rows=[cite(desk, row) for row in _cited(clause, line)],
        address=clause_address,
    )
    title = f"{unit.name} {name} 的依据{_of(desk)}"
    return Page(
        desk.shelf.rows(unit.id, name),
        "sheet",
        title,
        f"{unit.name}考评条款{name}{clause.title}：得分依据的每一条记录",
        _crumbs(desk, (unit.name, desk.shelf.sheet(unit.id)), (f"{name} 的依据", None)),
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
    readings = {key: rows for key, rows in _readings(desk).items() if name in rows[0].clause_ids}
    body = desk.render(
        "clause.html",
        found=found,
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
        desk.shelf.clause(name),
        "clause",
        f"{name} {clause.title}{_of(desk)}",
        f"考评条款{name}：{clause.text}",
        _crumbs(desk, (f"{name} {clause.title}", None)),
        body,
    )


def readings_page(desk: Desk) -> Page:
    """Make the page of the readings: every option, and what it alone would change."""
    found, path = desk.view.assessment, desk.shelf.readings
    body = desk.render(
        "readings.html",
        root="../" * path.count("/"),
        found=found,
        readings=sorted(_readings(desk).items(), key=lambda item: int(item[0][1:])),
        effects={(e.reading, e.option): e for e in found.effects},
        bands=found.bands,
        sheets=desk.sheets,
        address=clause_address,
    )
    return Page(
        path,
        "sheet" if desk.shelf.folder else "readings",
        f"口径{_of(desk)}：说法不清的地方怎么读，换一种读法差多少",
        "考评细则里有几种读法的地方：采用哪种、别的读法是什么、分数和名次会怎么变",
        _crumbs(desk, ("口径", None)),
        body,
    )


def _readings(desk: Desk) -> dict[str, list[Row]]:
    """Return the options of every reading of the register, of a further edition only its own."""
    found: dict[str, list[Row]] = {}
    for row in desk.view.readings:
        if not desk.shelf.folder or desk.view.assessment.edition.asks(row.reading_id):
            found.setdefault(row.reading_id, []).append(row)
    return found


def edition_keys(desk: Desk) -> Iterator[str]:
    """Yield the key of every page of a further edition: its id, the kind of page, what it is of."""
    found = desk.view.assessment
    yield f"{found.edition.id} ranking"
    yield f"{found.edition.id} readings"
    yield from (f"{found.edition.id} sheet {unit}" for unit in found.sheets)
    yield from (f"{found.edition.id} rows {unit} {name}" for unit, name in long_lines(desk))
    yield from (f"{found.edition.id} clause {name}" for name in found.clauses)


def edition_page(desk: Desk, key: str) -> Page:
    """Make a page of a further edition, at the desk of that edition.

    Raises:
        ValueError: no such edition, or no such kind of page.
    """
    edition, kind, *rest = key.split(" ")
    own = next((one for one in desk.further if one.shelf.folder == edition), None)
    match own, kind, rest:
        case Desk(), "ranking", []:
            return ranking_page(own)
        case Desk(), "readings", []:
            return readings_page(own)
        case Desk(), "sheet", [unit]:
            return sheet_page(own, own.facts.unit(unit))
        case Desk(), "rows", [unit, name]:
            return rows_page(own, own.facts.unit(unit), name)
        case Desk(), "clause", [name]:
            return clause_page(own, name)
    raise ValueError(key)
