"""Returns (O-8, clause 五.5①): what was due, in time, late, missing, sent back, and copied.

The due day belongs to the one who owes: what is due on a day and has not come is late from the day
after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline.dates import days_late, is_late
from pipeline.rowtypes import ReturnRow

IN_TIME: Final = "按期报来"
LATE: Final = "逾期才报"
MISSING: Final = "逾期没报"
WAITING: Final = "还没到期"
RETURN_OUTCOMES = (IN_TIME, LATE, MISSING, WAITING)

COPIED_KINDS = ("工作总结", "整改台账")
"""Kinds that go to the office of rural revitalisation as well (抄送, 一（三）)."""


@dataclass(frozen=True, slots=True)
class Return:
    """One due return of one unit.

    `days` is by how many days it came late or is missing; `is_sent_back` whether it was returned
    to be corrected; `is_copied` whether it was copied where that is asked of this kind and it has
    come, None where it is not asked or there is nothing yet to copy.
    """

    return_id: str
    unit_id: str
    kind: str
    name: str
    recipient: str
    due_on: date
    received_on: date | None
    outcome: str
    days: int
    is_sent_back: bool
    is_copied: bool | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Returns counted; `due` is the sum of in time, late and missing, without what waits."""

    in_time: int
    late: int
    missing: int
    waiting: int
    sent_back: int
    copied: int
    to_copy: int

    @property
    def due(self) -> int:
        """How many are decided: come, or not come though the day is over."""
        return self.in_time + self.late + self.missing

    @property
    def is_prompt(self) -> bool:
        """Whether all that was due came in time, and nothing was sent back."""
        return 0 < self.due == self.in_time and not self.sent_back


def returned(rows: Iterable[ReturnRow], day: date) -> list[Return]:
    """Return what became of every return, in the order of the days they are due."""
    return sorted((_one(row, day) for row in rows), key=lambda one: (one.due_on, one.return_id))


def _one(row: ReturnRow, day: date) -> Return:
    came = row.received_on
    if came is not None:
        outcome = LATE if is_late(row.due_on, day, came) else IN_TIME
    else:
        outcome = MISSING if is_late(row.due_on, day) else WAITING
    asked = row.kind in COPIED_KINDS and came is not None
    return Return(
        row.return_id,
        row.unit_id,
        row.kind,
        row.name,
        row.recipient,
        row.due_on,
        came,
        outcome,
        days_late(row.due_on, came or day),
        row.returned_on is not None,
        row.copied_on is not None if asked else None,
    )


def tally(some: Iterable[Return]) -> Tally:
    """Count returns."""
    rows = list(some)
    count = Counter(one.outcome for one in rows)
    return Tally(
        count[IN_TIME],
        count[LATE],
        count[MISSING],
        count[WAITING],
        sum(one.is_sent_back for one in rows),
        sum(one.is_copied is True for one in rows),
        sum(one.is_copied is not None for one in rows),
    )
