"""Dates as officials use them: working days, spans, and how a date is said in Chinese.

Nothing here reads a clock: every function takes the dates it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Protocol

from pipeline.rowtypes import WorkdayRow

SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 1949, 2100
"""Years a ledger may name; anything outside is a slip of the hand."""

_ISO = re.compile(r"(?:[12][0-9]{3}-[01][0-9]-[0-3][0-9])")


def parse_iso(text: str) -> date | None:
    """Read a strict ISO date (ASCII digits, zero-padded, real day); None if it is not one."""
    if not _ISO.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


class Workdays:
    """The calendar of working days: Monday to Friday, but for the listed exceptions."""

    def __init__(self, exceptions: Mapping[date, bool]) -> None:
        """Take the days that differ: True is worked, False is off."""
        self._exceptions = dict(exceptions)

    @classmethod
    def from_rows(cls, rows: Iterable[WorkdayRow]) -> Workdays:
        """Build from the rows of the reference table `workdays`."""
        return cls({row.day_on: bool(row.is_workday) for row in rows})

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        return self._exceptions.get(day, day.weekday() < SATURDAY)

    def after(self, start: date, count: int) -> date:
        """Return the count-th working day after `start` (the start itself not counted)."""
        day = start
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def before(self, end: date, count: int) -> date:
        """Return the count-th working day before `end` (the end itself not counted)."""
        day = end
        while count > 0:
            day -= timedelta(days=1)
            count -= self.is_workday(day)
        return day


class Termed(Protocol):
    """What is in force from a day on, and to a day if it ends; most rows with a term."""

    @property
    def valid_from(self) -> date | None:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day; None while there is none."""


def in_force(row: Termed, day: date) -> bool:
    """Whether a row with valid_from and valid_to is in force on a day, both ends included."""
    start, end = row.valid_from, row.valid_to
    return start is not None and start <= day and (end is None or day <= end)


def is_late(due_on: date, day: date, met_on: date | None = None) -> bool:
    """Whether what was due was missed, as of the end of a day: met later, or not yet and over.

    The due day belongs to the one who owes: nothing is late before the day after it. Every clause,
    check, page and feed asks here.
    """
    return (met_on or day) > due_on


def days_late(due_on: date, day: date) -> int:
    """Return how many days ago the due day ended for what is not met yet; none until then."""
    return max(0, (day - due_on).days)


def late_from(due_on: date) -> date:
    """Return the first day on which what is not met yet is late."""
    return due_on + timedelta(days=1)


def is_decided(due_on: date, day: date, met_on: date | None = None) -> bool:
    """Whether it is known if something was met in time: it was met, or its due day is over."""
    return met_on is not None or is_late(due_on, day)


def in_words(day: date, *, year: bool = True) -> str:
    """Say a date in Chinese: 2022年8月25日, or 8月25日 where the year is plain."""
    said = f"{day.month}月{day.day}日"
    return f"{day.year}年{said}" if year else said
