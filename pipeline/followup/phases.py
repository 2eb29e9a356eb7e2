"""The phases of the campaign on a time line (一（三）): 回头看, 大评比, and the days between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.ledgers.campaign import Campaign

AHEAD, RUNNING, OVER = "还没开始", "进行中", "已结束"


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase, first and last day included.

    `start` and `width` say where it lies on the line from the first phase to the last, as shares
    from 0 to 1, `behind` how much of it is over; `days_left` counts from the day asked about to
    its last day.
    """

    name: str
    task: str
    from_on: date
    to_on: date
    state: str
    start: float
    width: float
    days_left: int
    behind: float

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.to_on - self.from_on).days + 1


@dataclass(frozen=True, slots=True)
class Course:
    """The phases in order, and their line: where the day lies on it, and where months begin.

    Places on the line are shares from 0 to 1; `today` is None outside it.
    """

    phases: tuple[Phase, ...]
    today: float | None
    months: tuple[tuple[date, float], ...]


def course(campaign: Campaign, day: date) -> Course:
    """Return the phases of the campaign as they stand on a day."""
    spans = (
        (
            "“回头看”排查整改",
            "逐户逐村逐工程排查，查出的登记、整改、销号；最后一天报总结和台账",
            campaign.screen_from_on,
            campaign.screen_to_on,
        ),
        ("“大评比”", "市里明察暗访，按附件3打分", campaign.assess_from_on, campaign.cut_off_on),
    )
    first, last = spans[0][2], spans[-1][3]
    length = (last - first).days + 1
    made = tuple(
        Phase(
            name,
            task,
            start,
            end,
            _state(start, end, day),
            (start - first).days / length,
            ((end - start).days + 1) / length,
            max(0, (end - day).days),
            min(1.0, max(0.0, ((day - start).days + 1) / ((end - start).days + 1))),
        )
        for name, task, start, end in spans
    )
    return Course(
        made,
        ((day - first).days + 0.5) / length if first <= day <= last else None,
        tuple((begin, (begin - first).days / length) for begin in _months(first, last)),
    )


def _months(first: date, last: date) -> Iterator[date]:
    """Yield the first days of months between two days."""
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        day = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)


def _state(start: date, end: date, day: date) -> str:
    if day < start:
        return AHEAD
    return RUNNING if day <= end else OVER
