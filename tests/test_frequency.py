"""How often water is to be tested: whole periods that are over, by scale, source and point."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from pipeline.water.frequency import asked_of, is_too_seldom, scale_no, whole_periods

YEAR = date(2022, 1, 1)


def row(per: str = "季", times: int = 1, **other: object) -> SimpleNamespace:
    """Return one row of the table of frequencies."""
    given = {"scale_no": None, "source_type": None, "sampling_point": "出厂水", "valid_to": None}
    return SimpleNamespace(**given | {"per": per, "times": times, "valid_from": YEAR} | other)


def works(capacity: str = "50", source: str = "地下水") -> SimpleNamespace:
    return SimpleNamespace(capacity_m3d=Decimal(capacity), source_type=source)


@pytest.mark.parametrize(
    ("capacity", "scale"),
    [
        ("10000", 1), ("9999.9", 2), ("5000", 2), ("4999", 3), ("1000", 3), ("999", 4),
        ("100", 4), ("99.9", 5), ("0", 5),
    ],
)  # fmt: skip
def test_the_scale_is_told_by_the_capacity(capacity, scale):
    """Ⅰ from 10,000 m³ a day, Ⅱ from 5,000, Ⅲ from 1,000, Ⅳ from 100, Ⅴ below."""
    assert scale_no(works(capacity)) == scale


@pytest.mark.parametrize(
    ("per", "last", "count"),
    [
        ("日", date(2022, 1, 31), 31), ("周", date(2022, 1, 30), 4), ("周", date(2022, 1, 29), 3),
        ("月", date(2022, 8, 31), 8), ("月", date(2022, 8, 30), 7), ("季", date(2022, 9, 29), 2),
        ("季", date(2022, 9, 30), 3), ("半年", date(2022, 12, 30), 1),
        ("年", date(2022, 12, 30), 0), ("年", date(2022, 12, 31), 1),
        ("日", date(2021, 12, 31), 0), ("月", date(2021, 6, 1), 0),
    ],
)  # fmt: skip
def test_only_whole_periods_count(per, last, count):
    """A quarter that has a day to go asks for nothing yet; 1 January 2022 is in a week of 2021."""
    assert len(whole_periods(per, YEAR, last)) == count


def test_the_row_fits_the_works():
    """By scale and source; blank fits all."""
    table = [row(scale_no=5), row(scale_no=4), row(source_type="地表水"), row()]

    assert asked_of(works(), table) == [table[0], table[3]]
    assert asked_of(works("100", "地表水"), table) == table[1:]


@pytest.mark.parametrize(
    ("asked", "days", "day", "seldom"),
    [
        (row(), ["03-31", "04-01"], "09-30", False),
        (row(), ["03-31", "04-01"], "10-01", True),
        (row(), ["01-05", "02-05", "03-05"], "07-01", True),
        (row(times=2), ["01-05", "02-05"], "04-01", False),
        (row(times=2), ["01-05"], "04-01", True),
        (row(sampling_point="末梢水"), ["01-05"], "04-01", True),
        (row(valid_from=date(2022, 1, 2)), [], "04-01", False),
        (row(valid_to=date(2022, 3, 30)), [], "12-01", False),
        (row("年"), [], "12-31", False),
    ],
)
def test_every_period_that_is_over_has_its_tests(asked, days, day, seldom):
    """At its point; tests of one quarter do not stand for another; the last day may be used up."""
    found = {"出厂水": [date.fromisoformat(f"2022-{d}") for d in days]}

    assert is_too_seldom([asked], found, YEAR, date.fromisoformat(f"2022-{day}")) == seldom
