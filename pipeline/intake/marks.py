"""What a value does not say: comments, strikes, formulas, errors, hidden rows and columns.

The second look at an .xlsx, by openpyxl; it takes about ten times as long as the values do, and is
the only one that sees these.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.intake.sheets import BLANK, Cell, own_words

_DECIMALS = re.compile(r"0\.(0{1,6})(?:_.*)?")


@dataclass(slots=True)
class Marks:
    """The marks of one sheet, by row and column from 1."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_filtered: bool = False
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    decimals: dict[tuple[int, int], int] = field(default_factory=dict)
    """Numbers shown with a fixed count of decimals: 0.4 as 0.40."""

    def put_on(self, rows: list[list[Cell]]) -> None:
        """Put the marks on the cells they belong to."""
        for place, text in self.errors.items():
            _at(rows, place, lambda c, text=text: replace(c, text=text, kind="error"))
        for place in self.formulas:
            _at(
                rows,
                place,
                lambda c: replace(
                    c, is_formula=True, kind="uncounted" if c.kind == "blank" else c.kind
                ),
            )
        for place in self.struck:
            _at(rows, place, lambda c: replace(c, is_struck=True))
        for place, text in self.comments.items():
            _at(rows, place, lambda c, text=text: replace(c, comment=text))
        for place, count in self.decimals.items():
            _at(
                rows,
                place,
                lambda c, count=count: (
                    replace(c, text=f"{c.number:.{count}f}")
                    if c.number is not None and float(f"{c.number:.{count}f}") == c.number
                    else c
                ),
            )


def _at(rows: list[list[Cell]], place: tuple[int, int], change: Any) -> None:
    row, column = place
    if row > len(rows):
        rows.extend([] for _ in range(row - len(rows)))
    line = rows[row - 1]
    line.extend([BLANK] * (column - len(line)))
    line[column - 1] = change(line[column - 1])


def marks_of(content: bytes) -> dict[str, Marks] | None:
    """Return the marks of each sheet; None where openpyxl cannot read what calamine could.

    A workbook that plainly has none is not read a second time.
    """
    if not _has_any(content):
        return {}
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
        return {sheet.title: _marks(sheet) for sheet in book.worksheets}
    except Exception:  # noqa: BLE001 -- a second look that fails is told by the caller's notice
        return None


_TELLING = re.compile(rb'<f[ >/]|t="e"|hidden="(?:1|true)"')
_STYLED = re.compile(rb'<strike|formatCode="0\\.0|numFmtId="2"')


def _has_any(content: bytes) -> bool:
    """Whether the bytes of a workbook tell of anything that a value does not say."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            if "comments" in name.lower():
                return True
            if name.startswith("xl/worksheets/") and _TELLING.search(packed.read(name)):
                return True
            if name == "xl/styles.xml" and _STYLED.search(packed.read(name)):
                return True
    return False


def _marks(sheet: Any) -> Marks:
    marks = Marks()
    marks.hidden_columns = _hidden_columns(sheet)
    marks.hidden_rows = frozenset(n for n, about in sheet.row_dimensions.items() if about.hidden)
    marks.is_filtered = bool(sheet.auto_filter and sheet.auto_filter.ref)
    styles: dict[tuple[int, int], tuple[bool, int]] = {}
    for place, cell in sheet._cells.items():  # only cells that are there
        if cell.value is None and not getattr(cell, "comment", None):
            continue
        if cell.comment and (said := own_words(cell.comment.text, cell.comment.author or "")):
            marks.comments[place] = said
        if cell.data_type == "f":
            marks.formulas.add(place)
        elif cell.data_type == "e":
            marks.errors[place] = str(cell.value)
        style = cell._style.fontId, cell._style.numFmtId
        if style not in styles:
            found = _DECIMALS.fullmatch(cell.number_format or "")
            styles[style] = bool(cell.font.strike), len(found[1]) if found else 0
        is_struck, decimals = styles[style]
        if is_struck:
            marks.struck.add(place)
        if decimals:
            marks.decimals[place] = decimals
    return marks


def _hidden_columns(sheet: Any) -> frozenset[int]:
    from openpyxl.utils import column_index_from_string

    hidden: set[int] = set()
    for name, about in sheet.column_dimensions.items():
        if about.hidden:
            first = about.min or column_index_from_string(name)
            hidden.update(range(first, min(about.max or first, first + 1000) + 1))
    return frozenset(hidden)
