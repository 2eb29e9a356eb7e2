"""The lines of a score sheet as they are shown: rows, readings, effects, judgements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.disclosure.shown import Clause, Line
from pipeline.publication.desk import Desk
from pipeline.publication.questions.citations import Citation, cite
from pipeline.rowtypes import ReadingRow, ShownJudgementRow

INLINE = 8
"""Rows that a sheet lists itself; more of them have a page of their own, so that it stays light."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of a score sheet as it is shown: the clause, the line, rows, effects, judgements.

    `numbers` are those of every row it cites: paper carries them, also where `rows` are too many.
    """

    clause: Clause
    line: Line
    rows: tuple[Citation, ...]
    numbers: tuple[str, ...]
    population: int
    chosen: tuple[ReadingRow, ...]
    others: tuple[tuple[ReadingRow, Decimal | None], ...]
    judgements: tuple[ShownJudgementRow, ...]

    @property
    def count(self) -> int:
        """How many rows the line cites."""
        return len(self.numbers)

    @property
    def most(self) -> Decimal:
        """By how many points another reading would move the line at most."""
        now = self.line.points
        moved = [abs(p - now) for _, p in self.others if p is not None and now is not None]
        return max(moved, default=Decimal(0))


def scored(desk: Desk, unit_id: str, line: Line) -> Scored:
    """Return a line with the rows it rests on; the people served stand as one number (四.3)."""
    found = desk.view.assessment
    clause = found.clauses[line.clause]
    rows = cited(clause, line)
    return Scored(
        clause=clause,
        line=line,
        rows=tuple(cite(desk, row) for row in rows) if len(rows) <= INLINE else (),
        numbers=tuple(row.partition("/")[2] for row in rows),
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


def cited(clause: Clause, line: Line) -> list[str]:
    """Return the rows a line names; the works behind the people served are told as a number."""
    return [row for row in line.rows if row.partition("/")[0] not in clause.uncited]


def long_lines(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield unit and clause of every line that names more rows than a sheet lists."""
    found = desk.view.assessment
    for unit, sheet in found.sheets.items():
        for line in sheet.lines:
            if len(cited(found.clauses[line.clause], line)) > INLINE:
                yield unit, line.clause


def _chosen(desk: Desk, readings: Sequence[tuple[str, str]]) -> Iterator[ReadingRow]:
    """Yield the option in force of each reading that a line asked and that has others."""
    options = desk.view.index("readings")
    for name, option in readings:
        if len(desk.view.group("readings", "reading_id")[name]) > 1:
            yield options[f"{name}+{option}"]


def _others(desk: Desk, unit_id: str, clause: str) -> Iterator[tuple[ReadingRow, Decimal | None]]:
    """Yield the options that alone would give this unit other points here, with the points."""
    options = desk.view.index("readings")
    for effect in desk.view.assessment.effects:
        moved = effect.points.get(unit_id, {})
        if clause in moved:
            yield options[f"{effect.reading}+{effect.option}"], moved[clause]


def grouped(desk: Desk, rows: Sequence[str]) -> list[tuple[str, list[Citation]]]:
    """Return the rows of a line under heads that say what is missing, the gravest first."""
    found: dict[str, list[Citation]] = {}
    for ref in rows:
        found.setdefault(_head(desk, ref), []).append(cite(desk, ref))
    order = [*MISSING, *sorted(found.keys() - set(MISSING))]
    return [(head, found[head]) for head in order if head in found]


UNTESTED, UNPOSTED, LATE = "没有检测的", "出了报告没有公示的", "公示晚了的"
MISSING = (UNTESTED, UNPOSTED, LATE)
"""What a row lacks that points are taken for where water is tested and posted (五.3)."""


def _head(desk: Desk, ref: str) -> str:
    ledger, _, key = ref.partition("/")
    if ledger in ("works", "villages"):
        return UNTESTED
    if ledger == "water_tests":
        return LATE if desk.view.index("water_tests")[key].posted_on else UNPOSTED
    return str(desk.view.schemas[ledger].title)
