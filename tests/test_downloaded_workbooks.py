"""The rows that we put into a workbook ourselves: read back by others, beside those of XlsxWriter.

Whatever a ledger may hold comes out as the same value, of the same kind, in the same look.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from pipeline.publication import sheet_rows, workbook
from pipeline.publication.sheet_rows import CUT, MOST_UNITS
from pipeline.publication.tables import Column, text

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
BLANKS = {"", None}

_pieces = st.one_of(
    st.sampled_from(
        ["_x0041_", "_x005F_", "_x", "_", "&amp;", "&", "<r>", "</r>", "<", ">", "]]>", '"', "'",
         "=1+1", "@SUM(A1)", "\n", "\r\n", "\t", " ", "　", "\0", "\x0b", "\x1f", "\ufffe",
         "\uffff", "\x7f", "\x85", "\u2028", "𠀀", "😀", "水", "0.40", "411300", "2022/7/14"]
    ),
    st.characters(codec="utf-8"),
)  # fmt: skip
texts = st.lists(_pieces, max_size=8).map("".join)
numbers = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**9), 10**9, places=6),
    st.decimals(-10, 10, places=3),
)
days = st.dates(date(1900, 1, 2), date(2100, 12, 31))
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "string": texts,
    "number": st.none() | numbers,
    "integer": st.none() | st.integers(-(10**15) + 1, 10**15 - 1),
    "date": st.none() | days,
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[Any]]]:
    """Return the types of columns, more than there are letters, and their values."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=30))
    height = draw(st.integers(1, 4))
    cells = (st.lists(KINDS[kind], min_size=height, max_size=height) for kind in kinds)
    return kinds, [draw(column) for column in cells]


def ours(kinds: Sequence[str], values: Sequence[Sequence[Any]]) -> bytes:
    """Return the workbook of these columns as it is published."""
    columns = [Column(k, [text(cell) for cell in v]) for k, v in zip(kinds, values, strict=True)]
    return workbook.workbook("表", [f"列{n}" for n in range(len(kinds))], columns)


def theirs(values: Sequence[Sequence[Any]]) -> bytes:
    """Return the same workbook with every cell written by XlsxWriter."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("表")
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(
        [[f"列{n}" for n in range(len(values))], *zip(*values, strict=True)]
    ):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, int | Decimal):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, cell, None if number else bold)
    book.close()
    return buffer.getvalue()


def looks(content: bytes) -> dict[Any, tuple[Any, ...]]:
    """Return what openpyxl finds in each cell: value, kind, format, and what is bold."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return {
        cell.coordinate: (cell.value, cell.data_type, cell.number_format, cell.font.b)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in BLANKS
    }


def grid(content: bytes) -> list[list[Any]]:
    """Return what calamine reads."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def said(content: bytes) -> list[str]:
    """Return the texts below the head as a spreadsheet understands them, in the order of cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        root = ElementTree.fromstring(book.read(workbook.SHEET))
    assert not list(root.iter(f"{MAIN}f"))
    cells = [cell for row in list(root.iter(f"{MAIN}row"))[1:] for cell in row]
    assert {cell.get("t") for cell in cells} <= {"inlineStr"}
    for cell in cells:
        (inside,) = cell.iter(f"{MAIN}t")
        kept = inside.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        whole = inside.text or ""
        assert kept or whole == whole.strip()
    return [
        ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(cell.itertext()))
        for cell in cells
    ]


def _is_mistaken(cell: Any) -> bool:
    """Say whether XlsxWriter takes a text for markup or for two escapes with one bar between."""
    return isinstance(cell, str) and bool(
        (cell.startswith("<r>") and cell.endswith("</r>"))
        or re.search(r"_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_", cell)
    )


@given(tables())
def test_a_cell_is_read_back_as_if_xlsxwriter_had_written_it(
    table: tuple[list[str], list[list[Any]]],
) -> None:
    """Value, kind and format, in two readers; blank cells stay blank."""
    kinds, values = table
    values = [["" if _is_mistaken(cell) else cell for cell in column] for column in values]
    mine, other = ours(kinds, values), theirs(values)

    assert looks(mine) == looks(other)
    assert grid(mine) == grid(other)


@given(st.lists(texts, min_size=1, max_size=5))
@example(["_x0041_x0042_"])
@example(["<r>不是格式</r>", "<r><t>x</t></r>"])
@example(["=HYPERLINK(1)", " 前后有空 ", "\r", "\0"])
@example(["字" * MOST_UNITS, "𠀀" * (MOST_UNITS // 2)])
def test_a_text_comes_back_whole(cells: list[str]) -> None:
    """Whatever is in it, it is a text: no markup, no formula, no character lost."""
    assert said(ours(["string"], [cells])) == [cell for cell in cells if cell]


@pytest.mark.parametrize("cell", ["字" * (MOST_UNITS + 1), "字" + "𠀀" * (MOST_UNITS // 2 + 1)])
def test_a_text_that_no_cell_holds_says_that_it_was_cut(cell: str) -> None:
    """Excel holds 32,767 units of UTF-16; a character of two of them is not torn."""
    (found,) = said(ours(["string"], [[cell]]))

    assert found.endswith(CUT)
    assert cell.startswith(found.removesuffix(CUT))
    assert MOST_UNITS - 1 <= len(found.encode("utf-16-le")) // 2 <= MOST_UNITS


def test_rows_that_no_sheet_holds_are_told_in_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one row too many, two give way: one for what is said."""
    for module in (sheet_rows, workbook):
        monkeypatch.setattr(module, "MOST_ROWS", 4)
    fits = ours(["integer", "string"], [[1, 2, 3], ["甲", "乙", "丙"]])
    cut = ours(["integer", "string"], [[1, 2, 3, 4], ["甲", "乙", "丙", "丁"]])

    assert grid(fits)[1:] == [[1, "甲"], [2, "乙"], [3, "丙"]]
    assert grid(cut)[1:] == [["1", "甲"], ["2", "乙"], [sheet_rows.MORE.format(2), ""]]


@pytest.mark.parametrize(
    ("day", "number"),
    [("1900-01-01", 1), ("1900-02-28", 59), ("1900-03-01", 61), ("2022-07-14", 44756)],
)
def test_days_are_counted_as_spreadsheets_count_them(day: str, number: int) -> None:
    """Their year 1900 has a 29 February."""
    content = workbook.workbook("表", ["日"], [Column("date", [day])])

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert f"<v>{number}</v>".encode() in book.read(workbook.SHEET)


def test_a_day_before_their_first_is_a_text() -> None:
    """A spreadsheet would show a row of # instead."""
    assert grid(ours(["date"], [[date(1899, 12, 31)]]))[1] == ["1899-12-31"]


def test_the_book_is_framed_as_ever() -> None:
    """Name, title, frozen bold head, widths and the extent of what stands in it."""
    wide = ["string"] * 27
    content = ours([*wide, "date"], [*[["甲", "乙"]] * 27, [date(2022, 7, 14)] * 2])
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["表"]

    assert (sheet.dimensions, sheet.freeze_panes) == ("A1:AB3", "A2")
    assert sheet["AB3"].value == datetime(2022, 7, 14)  # noqa: DTZ001 - as it reads days
    assert sheet["AB3"].is_date
    assert all(cell.font.b for cell in sheet[1])
    assert book.properties.title == "表"
    assert content == ours([*wide, "date"], [*[["甲", "乙"]] * 27, [date(2022, 7, 14)] * 2])


def test_every_day_of_the_time_is_the_day_after_the_one_before() -> None:
    """From the first of March 1900 on, a number is a day."""
    run = [date(1999, 12, 30) + timedelta(days) for days in range(800)]

    found = [row[0] for row in grid(ours(["date"], [run]))[1:]]

    assert found == run
