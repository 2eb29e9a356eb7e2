"""Measures taken (追责问责, O-21): how many of each of the three, over the whole city.

责令整改 and 警示约谈 stay internal: of them only the numbers of the city are told, by no unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.dates import is_late
from pipeline.rowtypes import AccountabilityRow


@dataclass(frozen=True, slots=True)
class Taken:
    """Measures of one kind; `answered` and `late` are of those with a day by which to answer.

    `late` counts those answered late, or not yet though the day is over.
    """

    measure: str
    count: int
    published: int
    with_due: int
    answered: int
    late: int


def taken(rows: Iterable[AccountabilityRow], kinds: Sequence[str], day: date) -> list[Taken]:
    """Count measures by kind, those of which there is none too."""
    found = list(rows)
    made = []
    for kind in kinds:
        some = [row for row in found if row.measure == kind]
        due = [row for row in some if row.due_on is not None]
        made.append(
            Taken(
                kind,
                len(some),
                sum(row.is_public is True for row in some),
                len(due),
                sum(row.feedback_on is not None for row in due),
                sum(
                    row.due_on is not None and is_late(row.due_on, day, row.feedback_on)
                    for row in due
                ),
            )
        )
    return made
