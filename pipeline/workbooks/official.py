"""The official forms as workbooks: 附表2-2 in exactly ten columns, 表1, to be printed and stamped.

A sheet a form. Title, line for the stamp, head and number row are repeated on every page; the last
column, hidden and outside the print area, carries the ids.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reports.forms import Form
from pipeline.reports.paper import ABSENT
from pipeline.workbooks.book import HIDDEN_ID, Book, Origin, Worksheet, height

A4 = 9
_NARROW = 6
"""Characters of a column whose form gives it no width of its own."""
_WIDER = {"person": 15}
"""Columns that need more room than on the form set as PDF: 赵晴学（副镇长） stands on one line."""
_MARK, _TITLE, _STAMP, _HEAD, _NUMBERS = range(5)
"""Rows from the top."""


def forms_workbook(forms: Sequence[Form], origin: Origin) -> bytes:
    """Return a workbook with a sheet for each form."""
    with Book(forms[0].title, origin) as book:
        for form in forms:
            _sheet(book, book.sheet(f"{form.unit}{form.mark}"), form)
    return book.content


def _sheet(book: Book, sheet: Worksheet, form: Form) -> None:
    columns = form.table.columns
    last = len(columns) - 1
    widths = [_WIDER.get(column.key, column.width or _NARROW) for column in columns]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    sheet.set_column(last + 1, last + 1, 8, None, {"hidden": True})
    _above(book, sheet, form, widths)
    for row, line in enumerate(form.table.lines, _NUMBERS + 1):
        for number, (column, cell) in enumerate(zip(columns, line.cells, strict=True)):
            align = "left" if column.form == "text" and column.width > _SHORT else "center"
            text = "" if cell == ABSENT else cell
            book.write(sheet, row, number, text, **_CELL, align=align)
        sheet.write_string(row, last + 1, line.key, book.format())
        sheet.set_row(row, height(zip(line.cells, widths, strict=True)))
    below = _NUMBERS + 1 + len(form.table.lines)
    _signatures(book, sheet, form, below, last)
    _print(sheet, form, below, last)


_SHORT = 14
_CELL = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 10}
_HEADED = {**_CELL, "align": "center"}


def _above(book: Book, sheet: Worksheet, form: Form, widths: Sequence[int]) -> None:
    last = len(widths) - 1
    book.write(sheet, _MARK, 0, form.mark, font_size=12, font_name="黑体")
    title = book.format(font_size=18, align="center", valign="vcenter", font_name="方正小标宋简体")
    sheet.merge_range(_TITLE, 0, _TITLE, last, form.title, title)
    sheet.set_row(_TITLE, 32)
    day = f"{form.on.year}年{form.on.month}月{form.on.day}日"
    said = f"填报单位（盖章）：{form.unit}"
    middle = last // 2 + 1
    sheet.merge_range(_STAMP, 0, _STAMP, middle - 1, said, book.format(font_size=12))
    right = book.format(font_size=12, align="right")
    sheet.merge_range(_STAMP, middle, _STAMP, last, f"数据截至：{day}", right)
    sheet.set_row(_STAMP, 24)
    titles = [
        column.title.replace("（", "\n（") if 2 * len(column.title) > width else column.title
        for column, width in zip(form.table.columns, widths, strict=True)
    ]
    sheet.set_row(_HEAD, height(zip(titles, widths, strict=True)))
    for number in range(len(titles)):
        book.write(sheet, _HEAD, number, titles[number], **_HEADED, bold=True)
        if form.has_numbers:
            book.write(sheet, _NUMBERS, number, str(number + 1), **_HEADED)
    sheet.write_string(_HEAD, last + 1, HIDDEN_ID, book.format())


def _signatures(book: Book, sheet: Worksheet, form: Form, row: int, last: int) -> None:
    """Leave room to sign; the line is no row of the table."""
    sheet.set_row(row, 30)
    for number, one in enumerate(form.signed_by):
        column = number * (last + 1) // len(form.signed_by)
        book.write(sheet, row, column, f"{one}：", font_size=12, valign="vcenter")


def _print(sheet: Worksheet, form: Form, below: int, last: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD, _NUMBERS)
    sheet.print_area(0, 0, below, last)
    sheet.freeze_panes(_NUMBERS + 1, 0)
    mark = "内部使用　演示数据" if form.is_demo else "内部使用"
    sheet.set_footer(f"&L{mark}&C第 &P 页，共 &N 页")
