"""Downloads through XlsxWriter: one ledger as a workbook that Excel and WPS open as it is meant.

Numbers and days are such, so that they can be summed and sorted; everything else is text, so that
codes keep their digits and nothing runs as a formula. The same rows give the same bytes.

XlsxWriter makes the book with its head and one row for show, whose place ours take. It is imported
where a book is made, which most builds do beside.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime

from pipeline.publication.packing import packed
from pipeline.publication.sheet_rows import MOST_ROWS, sheet_rows
from pipeline.publication.tables import Column

CREATED = datetime(2022, 7, 14)  # noqa: DTZ001 - a fixed stamp, whatever the time zone
WIDEST = 40
SHEET_NAME = 31
"""Characters that Excel allows in the name of a sheet."""
SHEET = "xl/worksheets/sheet1.xml"
_SHOWN = re.compile(rb'<row r="2"><c r="A2" s="(\d+)"><v>1</v></c></row>')
"""The row for show, as XlsxWriter writes it; it tells the number of the style of days."""
_EXTENT = re.compile(rb'(?<=<dimension ref=")[A-Z0-9:]+(?=")')


def workbook(title: str, header: Sequence[str], columns: Sequence[Column]) -> bytes:
    """Return a workbook of one sheet: a bold, frozen header, and rows of texts, numbers, days."""
    with zipfile.ZipFile(io.BytesIO(_frame(title, header))) as frame:
        parts = {name: frame.read(name) for name in frame.namelist()}
    parts[SHEET] = _filled(parts[SHEET], columns)
    return packed(parts.items())


def _frame(title: str, header: Sequence[str]) -> bytes:
    from xlsxwriter import Workbook

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
    sheet.write_number(1, 0, 1, day)
    book.close()
    return buffer.getvalue()


def _filled(sheet: bytes, columns: Sequence[Column]) -> bytes:
    """Put the rows where the one for show stands, and tell how far they reach."""
    from xlsxwriter.utility import xl_col_to_name

    shown = _SHOWN.search(sheet)
    assert shown is not None  # noqa: S101 - we had it written
    letters = [xl_col_to_name(number) for number in range(len(columns))]
    rows = sheet_rows(columns, letters, shown[1].decode(), first=2)
    last = min(MOST_ROWS, len(columns[0].texts) + 1)
    head = _EXTENT.sub(f"A1:{letters[-1]}{last}".encode(), sheet[: shown.start()], count=1)
    return head + rows + sheet[shown.end() :]
