"""Open data: cells as text, guarded for spreadsheets, masked columns without their pattern."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from pipeline.publication.spreadsheet import guard
from pipeline.publication.tables import text

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, ""), (True, "是"), (False, "否"), (date(2022, 8, 5), "2022-08-05"), (0, "0"),
     (Decimal("0.050"), "0.050"), (("甲", "乙"), "甲|乙"), ((), ""), ("文", "文")],
)  # fmt: skip
def test_a_value_is_written_as_it_stands_in_a_ledger(value, said):
    """Blank is not zero, and zero is not blank."""
    assert text(value) == said


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+86", "-5米", "@SUM(A1)", "＝1+1", "＋86", "－5米", "＠SUM(A1)", "\tx", "\rx", "\0x"],
)
def test_no_cell_runs_in_a_spreadsheet(cell):
    """A leading sign is kept, behind an apostrophe."""
    assert guard(cell) == "'" + cell


def test_plain_cells_are_left_alone():
    """Most cells need no guard."""
    assert guard("0377-10001234") == "0377-10001234"


def test_codes_stay_codes_and_numbers_numbers_for_excel(example_site):
    """Names beside codes, no 4.11E+11; the workbook can be summed and sorted."""
    folder = example_site / "data"
    text = (folder / "works-demo-excel.csv").read_text(encoding="utf-8-sig")
    header, first, *_ = csv.reader(io.StringIO(text))
    told = dict(zip(header, first, strict=True))
    cells = row_of(folder / "works-demo.xlsx")
    issue = row_of(folder / "issues-demo.xlsx")

    assert told["所在乡镇"].endswith("\t")
    assert told["所在乡镇（名称）"] == cells["所在乡镇（名称）"] != ""
    assert isinstance(cells["所在乡镇"], str)
    assert isinstance(cells["受益人口"], float)
    assert 44_000 < issue["发现日期"] < 46_000  # a day as spreadsheets count them


def row_of(path):
    """Return the first row of a workbook by its heads: texts, and numbers as such."""
    with zipfile.ZipFile(path) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    heads, row = list(root.iter(f"{MAIN}row"))[:2]
    names = {_column(cell): "".join(cell.itertext()) for cell in heads}
    return {
        names[_column(cell)]: "".join(cell.itertext())
        if cell.get("t")
        else float("".join(cell.itertext()))
        for cell in row
    }


def _column(cell):
    return re.sub(r"\d", "", cell.get("r"))


def test_one_archive_holds_every_file_with_its_sum(example_site):
    """As the site has them, beside the list that sha256sum reads."""
    folder = example_site / "data"
    with zipfile.ZipFile(folder / "qingyuan-demo.zip") as packed:
        sums = packed.read("SHA256SUMS").decode().splitlines()
        names = {name for name in packed.namelist() if name != "SHA256SUMS"}
        for line in sums:
            digest, _, name = line.partition("  ")
            assert sha256(packed.read(name)).hexdigest() == digest
            assert packed.read(name) == (folder / name).read_bytes()

    assert names == {line.partition("  ")[2] for line in sums}
    assert names == {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".zip"
    }
