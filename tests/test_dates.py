"""Dates as officials use them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.examples import book_of
from pipeline.dates import Workdays, in_force, in_words, parse_iso


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


@pytest.mark.parametrize(
    ("text", "is_read"),
    [("1948-12-31", False), ("1949-01-01", True), ("2100-12-31", True), ("2101-01-01", False)],
)
def test_years_that_a_ledger_may_name(text, is_read):
    """From 1949 to 2100, both included."""
    assert (parse_iso(text) is not None) is is_read


def test_the_calendar_is_made_of_the_rows_of_the_reference():
    """A worked Saturday and a holiday on a Monday."""
    rows = book_of(
        {
            "workdays": [
                {"day_on": "2022-10-08", "is_workday": "是"},
                {"day_on": "2022-10-03", "is_workday": "否"},
            ]
        }
    )["workdays"]
    calendar = Workdays.from_rows(rows)

    assert calendar.is_workday(date(2022, 10, 8))
    assert not calendar.is_workday(date(2022, 10, 3))
    assert calendar.is_workday(date(2022, 10, 7))
    assert not calendar.is_workday(date(2022, 10, 15))


@pytest.mark.parametrize(
    ("start", "end", "is_in_force"),
    [
        ("2022-09-15", "", True),
        ("2022-09-16", "", True),
        ("2022-09-17", "", False),
        ("2022-01-01", "2022-09-15", False),
        ("2022-01-01", "2022-09-16", True),
        ("2022-01-01", "2022-09-17", True),
        ("2022-09-17", "2022-09-18", False),
    ],
)
def test_a_term_holds_from_its_first_day_to_its_last(start, end, is_in_force):
    """Both included; blank is still in force."""
    (row,) = book_of({"phones": [{"valid_from": start, "valid_to": end}]}).phones

    assert in_force(row, date(2022, 9, 16)) is is_in_force


def test_a_term_without_a_beginning_is_never_in_force():
    """Nobody knows since when."""
    (row,) = book_of({"phones": [{}]}).phones

    assert not in_force(row._replace(valid_from=None), date(2022, 9, 16))


def test_counting_nothing_stays_where_it_is():
    """Also on a day off; one working day after a Friday is the Monday."""
    calendar, friday = Workdays({}), date(2022, 9, 16)

    assert calendar.after(date(2022, 9, 17), 0) == date(2022, 9, 17)
    assert calendar.before(date(2022, 9, 17), 0) == date(2022, 9, 17)
    assert calendar.after(friday, 1) == date(2022, 9, 19)
    assert calendar.before(date(2022, 9, 19), 1) == friday
