"""Opening a workbook: values by calamine; marks of an .xlsx (comments, hiding, styles) by openpyxl.

Neither library may bring the program down: whatever they trip over becomes one Chinese sentence.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from pipeline.intake.apart import Overrun, apart
from pipeline.intake.delimited import read_delimited
from pipeline.intake.extents import is_too_far
from pipeline.intake.hostile import form_of, is_packed, refuse
from pipeline.intake.marks import Marks, marks_of
from pipeline.intake.sheets import BLANK, Book, Cell, Sheet
from pipeline.trouble import UsageTrouble

OWN_SHEET = "_qingyuan"
"""The very hidden sheet of workbooks that we made: keys and values."""
MOST_FILLED = 25_000
"""Rows with something in them that are read at once: two years of a large county."""
MOST_MERGED = 200_000
"""Cells that merged ranges may fill."""


def open_book(name: str, content: bytes) -> Book:
    """Read a file.

    Raises:
        UsageTrouble: it is no table, or nothing that may be opened.
    """
    if not is_packed(content):
        form = form_of(name, content)
        return _counted(Book(name, form, [Sheet(name, read_delimited(content))]))
    try:
        form, read, marks = apart(lambda: _read(name, content))
    except Overrun as trouble:
        raise refuse(
            "打开它要的内存或时间太多；删掉用不着的表、右边和下面多余的格子，另存一份再交"
        ) from trouble
    notices = (
        [] if form == "xlsx" else ["这种格式看不到批注、删除线和隐藏的行列；另存为 .xlsx 能看全"]
    )
    if marks is None:
        marks, notices = {}, ["批注、删除线和隐藏的行列没能看到，只读了格子里的值"]
    sheets: list[Sheet] = []
    told: dict[str, str] = {}
    for title, is_hidden, values, merged in read:
        if title == OWN_SHEET:
            told = {str(row[0]): str(row[1]) for row in values if len(row) > 1}
        else:
            sheets.append(_sheet(title, is_hidden, values, merged, marks.get(title)))
    return _counted(Book(name, form, sheets, told, notices))


def _counted(book: Book) -> Book:
    """Refuse a file with more rows than are read at once."""
    rows = sum(any(not cell.is_blank for cell in row) for s in book.sheets for row in s.rows)
    if rows > MOST_FILLED:
        raise refuse(f"有 {rows} 行；一个文件最多 {MOST_FILLED} 行，分成几个文件交")
    return book


def _read(name: str, content: bytes) -> tuple[str, list[Raw], dict[str, Marks] | None]:
    """Look at a workbook from outside, then read its values and its marks."""
    form = form_of(name, content)
    return form, _values(content), marks_of(content) if form == "xlsx" else {}


Raw = tuple[str, bool, list[list[Any]], list[tuple[tuple[int, int], tuple[int, int]]]]


def _values(content: bytes) -> list[Raw]:
    """Return of every sheet its name, whether it is hidden, its values and its merged ranges."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        found: list[Raw] = []
        for number, about in enumerate(book.sheets_metadata):
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(number)
            if is_too_far((sheet.total_height, sheet.total_width)):
                raise refuse(f"工作表“{about.name}”太大；删掉下面和右边多余的内容")
            hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
            values = sheet.to_python(skip_empty_area=False)
            found.append((about.name, hidden, values, list(sheet.merged_cell_ranges or [])))
    except python_calamine.PasswordError as trouble:
        raise refuse("文件加了密码；去掉密码，另存一份再交") from trouble
    except Exception as trouble:
        if isinstance(trouble, UsageTrouble):
            raise
        raise refuse("文件坏了，读不出表格；用 WPS 或 Excel 重新保存一次") from trouble
    except BaseException as trouble:  # a panic of the library is no Exception
        if isinstance(trouble, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise refuse("文件坏了，读不出表格；用 WPS 或 Excel 重新保存一次") from trouble
    return found


def _sheet(
    title: str,
    is_hidden: bool,
    values: Sequence[Sequence[Any]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    marks: Marks | None,
) -> Sheet:
    rows = [[_cell(value) for value in row] for row in values]
    if marks:
        marks.put_on(rows)
    ranges = tuple((a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in merged)
    sheet = Sheet(title, rows, is_hidden, merged=ranges)
    if marks:
        sheet.hidden_rows, sheet.hidden_columns = marks.hidden_rows, marks.hidden_columns
        sheet.is_filtered = marks.is_filtered
    left_over = MOST_MERGED
    for first, left, last, right in ranges:
        _fill(sheet, first, left, min(last, len(rows)), right)
        left_over -= max(1, min(last, len(rows)) - first)
        if left_over < 0:
            raise refuse(f"工作表“{title}”里合并的格子太多；取消合并，再保存")
    return sheet


def _fill(sheet: Sheet, first: int, left: int, last: int, right: int) -> None:
    """Show in a merged range what its first cell holds, and nowhere else.

    A range over the whole width of a sheet is a title or a remark; it is filled downwards only.
    """
    head = sheet.cell(first, left)
    if head.is_blank:
        return
    shown = Cell(
        head.text, head.kind, head.number, head.day, head.is_formula, head.is_struck, is_filled=True
    )
    for row in range(first, last + 1):
        line = sheet.rows[row - 1]
        line.extend([BLANK] * (min(right, left) - len(line)))
        if row != first:
            line[left - 1] = shown


def _cell(value: Any) -> Cell:
    """Return a value of calamine as a cell, written as a person would."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, bool):
        return Cell("是" if value else "否", "yes_no")
    if isinstance(value, int | float):
        return Cell(plain(float(value)), "number", float(value))
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), "date", day=value.date())
    if isinstance(value, date):
        return Cell(value.isoformat(), "date", day=value)
    if isinstance(value, time | timedelta):
        return Cell(str(value), "text")
    text = str(value)
    return Cell(text, "error" if text.startswith("#") and text.rstrip("!?").isupper() else "text")


def plain(number: float) -> str:
    """Write a number of a workbook without exponent or idle decimals; 15 digits are all it has."""
    if number != number or number in (float("inf"), float("-inf")):
        return "#NUM!"
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.15g}"
    return text if "e" not in text else f"{number:.20f}".rstrip("0") if abs(number) < 1 else text


logging.getLogger("openpyxl").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", module="openpyxl")
