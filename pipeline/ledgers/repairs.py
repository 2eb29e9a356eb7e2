"""Repairs that leave no doubt what was meant, each told old -> new; whatever is open stays.

A cell is repaired only where there is one way to read it: 2022/7/14 is a day, 44756 may be two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.dates import parse_iso
from pipeline.ledgers import byte_rules as rules
from pipeline.ledgers.characters import narrow
from pipeline.ledgers.schemas import Field, Schema
from pipeline.ledgers.shard import RawShard
from pipeline.patterns import late

_DAY = late(
    r"([12][0-9]{3})\s*(?:([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})"
    r"|年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日?)(?:[ T]\s*0{1,2}:00(?::00)?)?"
)
_NUMERIC = ("date", "integer", "number")

CELL_RULES = frozenset(
    rule.id
    for rule in (
        rules.EDGE_BLANKS, rules.WIDE_DIGIT, rules.SHEET_DATE, rules.BAD_CHARACTER, rules.NOT_NFC,
        rules.MOJIBAKE, rules.EXCEL_ERROR, rules.LOST_DIGITS, rules.LONG_CELL,
    )
)  # fmt: skip
"""Faults of single cells: the rows around them were read, so their file can be written again."""

FORM_RULES = frozenset(
    rule.id
    for rule in (
        rules.BOM, rules.MIXED_LINES, rules.NO_FINAL_LINE, rules.BLANK_LINE, rules.EXTRA_COMMAS,
    )
)  # fmt: skip
"""Faults of form alone, which the canonical form is without."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell written as it was meant: where it stands, what it was and is, by which rule."""

    file: str
    line: int
    column: int
    field: Field
    old: str
    new: str
    rule: str

    def to_json(self) -> dict[str, Any]:
        """Return the repair as the command line's contract has it."""
        return {
            "file": self.file, "line": self.line, "column": self.column, "field": self.field.name,
            "title": self.field.title, "old": self.old, "new": self.new, "rule": self.rule,
        }  # fmt: skip


def repaired(raw: RawShard, schema: Schema) -> tuple[RawShard, list[Repair]]:
    """Return a shard with its cells repaired as far as that leaves no doubt, and each repair."""
    repairs: list[Repair] = []
    cells = [list(row) for row in raw.cells]
    for number, field in enumerate(schema.fields):
        meant = {
            cell: found for cell in {row[number] for row in cells} if (found := _cell(cell, field))
        }
        if not meant:
            continue
        column = raw.column_in_file(number + 1) or number + 1
        for line, row in zip(raw.lines, cells, strict=True):
            if (old := row[number]) in meant:
                row[number], rule = meant[old]
                repairs.append(Repair(raw.shard.name, line, column, field, old, row[number], rule))
    repairs.sort(key=lambda one: (one.line, one.column))
    return replace(raw, cells=cells), repairs


def can_be_written(raw: RawShard) -> bool:
    """Whether every record of a file was read, so that writing it again loses none of them."""
    return not raw.is_torn and all(
        finding.rule in CELL_RULES | FORM_RULES for finding in raw.findings
    )


def _cell(cell: str, field: Field) -> tuple[str, str] | None:
    """Return what a cell was meant to be and by which rule; None where it stays as it is."""
    if not cell:
        return None
    *_, (meant, rule) = ((cell, ""), *_steps(cell, field))
    return (meant, rule) if meant != cell else None


def _steps(cell: str, field: Field) -> Iterator[tuple[str, str]]:
    bare = cell.strip()
    if bare != cell:
        yield bare, rules.EDGE_BLANKS.id
    if field.is_coded and not field.enum and not (field.list_of and "text" in field.list_of):
        plain = narrow(bare)
        fits = not field.pattern or re.fullmatch(field.pattern, plain) or field.type == "date"
        if plain != bare and fits:
            bare = plain
            yield bare, rules.WIDE_DIGIT.id
    if field.type == "date" and (day := _day(bare)) and day != bare:
        yield day, rules.SHEET_DATE.id


def _day(text: str) -> str | None:
    """Return the one day that a text names in the order of year, month, day; None if none."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    month, day = found[3] or found[5], found[4] or found[6]
    written = f"{found[1]}-{int(month):02}-{int(day):02}"
    return written if parse_iso(written) else None
