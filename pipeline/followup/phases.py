"""The phases of the campaign on a time line (一（三）): 回头看, 大评比, and the days between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.ledgers.campaign import Campaign

AHEAD, RUNNING, OVER = "还没开始", "进行中", "已结束"


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase, first and last day included.

    `start` and `width` say where it lies on the line from the first phase to the last, as shares
    from 0 to 1; `days_left` counts from the day asked about to the last day, 0 once it is over.
    """

    name: str
    task: str
    from_on: date
    to_on: date
    state: str
    start: float
    width: float
    days_left: int

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.to_on - self.from_on).days + 1


def phases(campaign: Campaign, day: date) -> tuple[tuple[Phase, ...], float | None]:
    """Return the phases in order, and where the day lies on their line; None outside it."""
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
        )
        for name, task, start, end in spans
    )
    is_on_it = first <= day <= last
    return made, ((day - first).days + 0.5) / length if is_on_it else None


def _state(start: date, end: date, day: date) -> str:
    if day < start:
        return AHEAD
    return RUNNING if day <= end else OVER
