"""Dates as officials use them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import Workdays, in_words, parse_iso


@pytest.mark.parametrize(
    "text",
    ["2022-8-20", "2022/08/20", "２０２２-08-20", "2022-02-30", "2022-08-20 ", "0022-08-25",
     "9999-12-31", "20220820", "", "2022-08-20\n", "44793", "2022年8月20日"],
)  # fmt: skip
def test_only_strict_dates_are_read(text):
    """No other form is ever guessed at."""
    assert parse_iso(text) is None


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_every_iso_date_is_read_back(day):
    """Writing and reading a date gives the same day."""
    assert parse_iso(day.isoformat()) == day


def test_working_days_skip_weekends_and_holidays():
    """Twenty working days after the document's date is 11 August (domain G4)."""
    calendar = Workdays({})

    assert calendar.after(date(2022, 7, 14), 20) == date(2022, 8, 11)
    assert calendar.before(date(2022, 8, 11), 20) == date(2022, 7, 14)


def test_a_worked_saturday_counts():
    """Days that differ from Monday to Friday are data."""
    calendar = Workdays({date(2022, 10, 8): True, date(2022, 10, 3): False})

    assert calendar.is_workday(date(2022, 10, 8))
    assert not calendar.is_workday(date(2022, 10, 3))


@given(st.dates(date(2022, 1, 1), date(2026, 1, 1)), st.integers(0, 60))
def test_counting_forth_and_back_ends_on_a_working_day(day, count):
    """The count-th working day is itself worked."""
    calendar = Workdays({})
    end = calendar.after(day, count)

    assert count == 0 or calendar.is_workday(end)


def test_dates_are_said_in_chinese():
    """With and without the year."""
    assert in_words(date(2022, 8, 5)) == "2022年8月5日"
    assert in_words(date(2022, 8, 5), year=False) == "8月5日"
