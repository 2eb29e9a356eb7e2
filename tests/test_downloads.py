"""Open data: cells as text, guarded for spreadsheets, masked columns without their pattern."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.publication.downloads import guard, text


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, ""), (True, "是"), (False, "否"), (date(2022, 8, 5), "2022-08-05"), (0, "0"),
     (Decimal("0.050"), "0.050"), (("甲", "乙"), "甲|乙"), ((), ""), ("文", "文")],
)  # fmt: skip
def test_a_value_is_written_as_it_stands_in_a_ledger(value, said):
    """Blank is not zero, and zero is not blank."""
    assert text(value) == said


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-5米", "@SUM(A1)", "\tx", "\rx", "\0x"])
def test_no_cell_runs_in_a_spreadsheet(cell):
    """A leading sign is kept, behind an apostrophe."""
    assert guard(cell) == "'" + cell


def test_plain_cells_are_left_alone():
    """Most cells need no guard."""
    assert guard("0377-10001234") == "0377-10001234"
