"""The rows of a worksheet as XML, a column at a time: all of a workbook that is written by us.

XlsxWriter goes through half a dozen calls for each cell, and a city has 1.2 million of them; here a
cell costs its place in a row, and what a cell looks like is made once for each different text of a
column. Nothing else of a workbook is known here (`workbook`). Texts are texts: nothing runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial

from pipeline.publication.tables import Column

MOST_ROWS = 1_048_576
"""Rows that a sheet holds, its head counted."""
MOST_UNITS = 32_767
"""Units of UTF-16 that a cell holds."""
CUT = "……（太长，全文在 CSV 里）"
MORE = "还有{}行放不下，都在 CSV 里"

_ROW = "\0"
"""Stands for the number of the row until it is known; of a text it can be no part."""
_EPOCH = date(1899, 12, 30).toordinal()
_LEAP = date(1900, 3, 1).toordinal()
"""Spreadsheets count a 29 February 1900, so days before it are one less from their epoch."""
_FIRST = date(1900, 1, 1).toordinal()
_LIKE_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_ODD = re.compile("[\\x00-\\x08\\x0b-\\x1f\\ufffe\\uffff&<>]|_x")
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"} | {
    code: f"_x{code:04X}_" for code in (*range(9), *range(11, 32), 0xFFFE, 0xFFFF)
}
"""What XML has other words for, and what it forbids: the latter as spreadsheets write it."""


def sheet_rows(columns: Sequence[Column], letters: Sequence[str], day: str, first: int) -> bytes:
    """Return the `row` elements of these columns, from the row with the number `first` on.

    `letters` name the columns, `day` is the number of the style of days. Blank cells are left out.
    What a sheet cannot hold is told in its last row.
    """
    height = len(columns[0].texts)
    fits = MOST_ROWS - first + 1
    if height > fits:
        told = [MORE.format(height - fits + 1), *[""] * (len(columns) - 1)]
        columns = [
            Column("string", [*one.texts[: fits - 1], end])
            for one, end in zip(columns, told, strict=True)
        ]
    cells = [_cells(one, name, day) for one, name in zip(columns, letters, strict=True)]
    rows = enumerate(zip(*cells, strict=True), first)
    return b"".join(
        [f'<row r="{_ROW}">{"".join(row)}</row>'.replace(_ROW, str(n)).encode() for n, row in rows]
    )


def _cells(column: Column, letter: str, day: str) -> Iterator[str]:
    start = f'<c r="{letter}{_ROW}"'
    if column.type == "date":
        return map(cache(partial(_day, start, day)), column.texts)
    typed = column.type in ("integer", "number")
    return map(cache(partial(_number if typed else _text, start)), column.texts)


def _day(start: str, style: str, iso: str) -> str:
    if not iso:
        return ""
    number = date.fromisoformat(iso).toordinal()
    if number < _FIRST:  # spreadsheets know no such days
        return _text(start, iso)
    return f'{start} s="{style}"><v>{number - _EPOCH - (number < _LEAP)}</v></c>'


def _number(start: str, digits: str) -> str:
    return f"{start}><v>{Decimal(digits):.16G}</v></c>" if digits else ""


def _text(start: str, cell: str) -> str:
    if not cell:
        return ""
    inside = _cut(cell)
    if _ODD.search(inside):  # few are, and looking costs less than escaping
        inside = _LIKE_ESCAPE.sub("_x005F_", inside).translate(_ESCAPES)
    blank = ' xml:space="preserve"' if cell != cell.strip() else ""
    return f'{start} t="inlineStr"><is><t{blank}>{inside}</t></is></c>'


def _cut(cell: str) -> str:
    """Cut what a cell cannot hold, and say so."""
    if len(cell) <= MOST_UNITS // 2:  # the common case, without counting
        return cell
    units = cell.encode("utf-16-le")
    if len(units) <= 2 * MOST_UNITS:
        return cell
    return units[: 2 * (MOST_UNITS - len(CUT))].decode("utf-16-le", "ignore") + CUT
