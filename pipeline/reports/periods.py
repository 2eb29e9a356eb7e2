"""The periods that are reported on: weeks of the campaign, then months and quarters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A time that an edition tells of, both days included; `number` counts editions from 1.

    `before_on` is the first day of the period before: a month is compared with the month before it,
    which is not as many days.
    """

    number: int
    first: date
    last: date
    before_on: date

    @property
    def before(self) -> tuple[date, date]:
        """The period just before, by its first and last day."""
        return self.before_on, self.first - DAY


def weeks(start: date, end: date, day: date) -> Iterator[Period]:
    """Yield the whole weeks since a campaign's first day that are over, while it lasts.

    The last week is the one in which the campaign ends, or the last that is over on `day`.
    """
    number, first = 1, start
    while first <= end and first + WEEK - DAY <= day:
        yield Period(number, first, first + WEEK - DAY, first - WEEK)
        number, first = number + 1, first + WEEK


def months(start: date, day: date) -> Iterator[Period]:
    """Yield the calendar months since that of `start` that are over on `day`."""
    yield from _calendar(start.replace(day=1), day, 1)


def quarters(start: date, day: date) -> Iterator[Period]:
    """Yield the calendar quarters since that of `start` that are over on `day`."""
    yield from _calendar(start.replace(month=(start.month - 1) // 3 * 3 + 1, day=1), day, 3)


def _calendar(first: date, day: date, length: int) -> Iterator[Period]:
    """Yield periods of so many months from the first of one, as far as they are over."""
    number = 1
    while (after := later(first, length)) <= day + DAY:
        yield Period(number, first, after - DAY, later(first, -length))
        number, first = number + 1, after


def later(first: date, months: int) -> date:
    """Return the first of the month so many months after, or before, the first of a month."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)
