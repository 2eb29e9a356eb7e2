"""Pages of the assessment: ranking, a sheet per unit, a page per clause, the readings."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import shares
from pipeline.publication import downloads
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import DRAWINGS, page, pages
from pipeline.publication.page import Content
from pipeline.publication.questions.citations import cite
from pipeline.publication.questions.places import HOME
from pipeline.publication.questions.score_lines import cited, grouped, long_lines, scored
from pipeline.publication.shelves import Scale
from pipeline.rowtypes import ReadingRow
from pipeline.terms import clause_address

TESTED = "五.3"
"""The clause whose rows lack three kinds of things."""


def _units(desk: Desk) -> Iterator[str]:
    yield from desk.view.assessment.sheets


def _long_lines(desk: Desk) -> Iterator[str]:
    yield from (f"{unit} {clause}" for unit, clause in long_lines(desk))


def _clauses(desk: Desk) -> Iterator[str]:
    yield from desk.view.assessment.clauses


def _unit(_desk: Desk, key: str) -> str:
    return key.partition(" ")[0]


@page("scores", editions="sheet", after=DRAWINGS)
def ranking_page(desk: Desk) -> Content:
    """Make the ranking: every unit with its total, its band over the readings, and its course."""
    found = desk.view.assessment
    sheets = desk.scores.sheets
    source = desk.view.campaign.source_of(found.edition.id, found.edition.source)
    body = desk.render(
        "scores.html",
        root=desk.shelf.root,
        found=found,
        sheets=sheets,
        moving=[e for e in found.effects if e.moves_rank],
        days=desk.scores.days,
        parts={sheet.unit_id: desk.scores.parts(sheet) for sheet in sheets},
        files={ending: downloads.score_address(desk.view, ending) for ending in ("csv", "json")},
        thin=desk.scores.thin,
        few=shares.FEW,
        beside=[(one.view.assessment.edition, one.shelf.ranking) for one in desk.further],
        address=clause_address,
    )
    return Content(
        f"考评{_of(desk)}：各单位得分和名次",
        f"{source}{_of(desk)}百分制考评：每个单位的得分、名次、换一种读法会差多少",
        (*HOME, (f"考评{_of(desk)}", None)),
        body,
    )


def _of(desk: Desk) -> str:
    """Name the edition of a page, where it is not the campaign's own."""
    return f"（{desk.view.assessment.edition.year}版）" if desk.shelf.folder else ""


def _crumbs(desk: Desk, *rest: tuple[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    """Return the way from the home page through the ranking of the edition."""
    return (*HOME, (f"考评{_of(desk)}", desk.shelf.ranking), *rest)


@pages("sheet", at="s/{}.html", keys=_units, row="units", editions="sheet")
def sheet_page(desk: Desk, unit_id: str) -> Content:
    """Make the score sheet of a unit, in the order of Annex 3."""
    found, unit = desk.view.assessment, desk.places.unit(unit_id)
    sheet = found.sheets[unit.id]
    lines = [scored(desk, unit.id, line) for line in sheet.lines]
    changes = [e.changes[unit.id] for e in found.effects if unit.id in e.changes]
    ranges = (sheet.places, *(new.places for _, new in changes))
    places = [each for each in ranges if each]
    body = desk.render(
        "sheet.html",
        unit=unit,
        found=found,
        sheet=sheet,
        band=found.bands[unit.id],
        reached=(min(p[0] for p in places), max(p[1] for p in places)) if places else None,
        parts=[
            (numeral, title, [s for s in lines if s.clause.part == numeral])
            for numeral, title in found.parts.items()
        ],
        sums={part.numeral: part for part in desk.scores.parts(sheet)},
        wins=[win for win in found.wins[unit.id] if not win.is_kept],
        stakes=[
            (win, [cite(desk, row) for row in win.rows])
            for win in found.wins[unit.id]
            if win.is_kept
        ],
        until=desk.view.campaign.cut_off_on,
        course=[(day, standings.get(unit.id)) for day, standings in desk.scores.days[-5:]],
        sheets=desk.scores.around(sheet),
        scale=Scale.of(found.edition),
        address=clause_address,
    )
    return Content(
        f"{unit.name}考评得分{_of(desk)}",
        f"{unit.name}：附件3{_of(desk)}逐条得分，每一分的算法、依据和口径，还能补救的扣分",
        _crumbs(desk, (unit.name, None)),
        body,
    )


@pages(
    "rows",
    at="s/{}-{}.html",
    keys=_long_lines,
    frame="sheet",
    scope=_unit,
    spell=clause_address,
    editions="sheet",
)
def rows_page(desk: Desk, key: str) -> Content:
    """Make the page of the many rows that one line of a sheet rests on."""
    unit_id, _, name = key.partition(" ")
    found, unit = desk.view.assessment, desk.places.unit(unit_id)
    clause, line = found.clauses[name], found.sheets[unit.id].line(name)
    rows = cited(clause, line)
    groups = grouped(desk, rows) if name == TESTED else [("", [cite(desk, row) for row in rows])]
    body = desk.render(
        "rows.html",
        unit=unit,
        clause=clause,
        line=line,
        count=len(rows),
        groups=groups,
        address=clause_address,
    )
    title = f"{unit.name} {name} 的依据{_of(desk)}"
    return Content(
        title,
        f"{unit.name}考评条款{name}{clause.title}：得分依据的每一条记录",
        _crumbs(desk, (unit.name, desk.shelf.sheet(unit.id)), (f"{name} 的依据", None)),
        body,
    )


@pages("clause", at="c/{}.html", keys=_clauses, spell=clause_address, editions="clause")
def clause_page(desk: Desk, name: str) -> Content:
    """Make the page of one clause: what it says, what it counts, and how every unit did."""
    found = desk.view.assessment
    clause = found.clauses[name]
    names = list(found.clauses)
    here = names.index(name)
    readings = [(key, rows) for key, rows in _readings(desk) if name in rows[0].clause_ids]
    body = desk.render(
        "clause.html",
        found=found,
        clause=clause,
        part=found.parts[clause.part],
        units=desk.places.units,
        lines={u: sheet.line(name) for u, sheet in found.sheets.items()},
        readings=readings,
        before=found.clauses[names[here - 1]] if here else None,
        after=found.clauses[names[here + 1]] if here + 1 < len(names) else None,
        address=clause_address,
    )
    return Content(
        f"{name} {clause.title}{_of(desk)}",
        f"考评条款{name}：{clause.text}",
        _crumbs(desk, (f"{name} {clause.title}", None)),
        body,
    )


@page("readings", editions="sheet")
def readings_page(desk: Desk) -> Content:
    """Make the page of the readings: every option, and what it alone would change."""
    found = desk.view.assessment
    body = desk.render(
        "readings.html",
        root=desk.shelf.root,
        found=found,
        readings=_readings(desk),
        effects={(e.reading, e.option): e for e in found.effects},
        bands=found.bands,
        sheets=desk.scores.sheets,
        address=clause_address,
    )
    return Content(
        f"口径{_of(desk)}：说法不清的地方怎么读，换一种读法差多少",
        "考评细则里有几种读法的地方：采用哪种、别的读法是什么、分数和名次会怎么变",
        _crumbs(desk, ("口径", None)),
        body,
    )


def _readings(desk: Desk) -> list[tuple[str, list[ReadingRow]]]:
    """Return the options of every reading of the register, of a further edition only its own."""
    asks = desk.view.assessment.edition.asks
    options = desk.scores.readings.items()
    return [(k, rows) for k, rows in options if not desk.shelf.folder or asks(k)]
