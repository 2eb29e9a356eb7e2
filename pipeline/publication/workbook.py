"""Downloads through XlsxWriter: one ledger as a workbook that Excel and WPS open as it is meant.

Numbers and days are such, so that they can be summed and sorted; everything else is text, so that
codes keep their digits and nothing runs as a formula. The same rows give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

CREATED = datetime(2022, 7, 14)  # noqa: DTZ001 - a fixed stamp, whatever the time zone
WIDEST = 40
SHEET_NAME = 31
"""Characters that Excel allows in the name of a sheet."""


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a workbook of one sheet: a bold, frozen header, and rows of texts, numbers, days."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": CREATED})
    sheet = book.add_worksheet(title[:SHEET_NAME])
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(header):
        sheet.set_column(column, column, min(WIDEST, max(10, 2 * len(name) + 4)))
        sheet.write_string(0, column, name, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, datetime(*cell.timetuple()[:3]), day)  # noqa: DTZ001 - a day
            elif isinstance(cell, int | Decimal):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, cell)
    book.close()
    return buffer.getvalue()
