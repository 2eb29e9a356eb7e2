"""The periods that are reported on: weeks of the campaign, then months and quarters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """A time that an edition tells of, both days included; `number` counts editions from 1."""

    number: int
    first: date
    last: date

    @property
    def before(self) -> tuple[date, date]:
        """The time of the same length just before."""
        length = self.last - self.first + timedelta(days=1)
        return self.first - length, self.last - length


def weeks(start: date, end: date, day: date) -> Iterator[Period]:
    """Yield the whole weeks since a campaign's first day that are over, while it lasts.

    The last week is the one in which the campaign ends, or the last that is over on `day`.
    """
    number, first = 1, start
    while first <= end and first + WEEK - timedelta(days=1) <= day:
        yield Period(number, first, first + WEEK - timedelta(days=1))
        number, first = number + 1, first + WEEK


def months(start: date, day: date) -> Iterator[Period]:
    """Yield the calendar months since that of `start` that are over on `day`."""
    number, first = 1, start.replace(day=1)
    while True:
        after = (first + timedelta(days=31)).replace(day=1)
        if after > day + timedelta(days=1):
            return
        yield Period(number, first, after - timedelta(days=1))
        number, first = number + 1, after


def quarters(start: date, day: date) -> Iterator[Period]:
    """Yield the calendar quarters since that of `start` that are over on `day`."""
    number, first = 1, start.replace(month=(start.month - 1) // 3 * 3 + 1, day=1)
    while True:
        after = (first + timedelta(days=93)).replace(day=1)
        if after > day + timedelta(days=1):
            return
        yield Period(number, first, after - timedelta(days=1))
        number, first = number + 1, after
