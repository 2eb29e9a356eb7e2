"""What a visit looked at, and whether the unit was told in time what it found.

Looked at are the questions of its checklists that fit the place, less the skipped. Looked at and
without a finding is passed; a question nobody could ask is neither (data-model 3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.dates import is_late
from pipeline.rowtypes import ChecklistItemRow, InspectionRow, Ledgers
from pipeline.terms import OUTSIDE

FEEDBACK_DAYS = 10
"""Days within which a unit is told what a visit from outside found (O-20: 及时反馈)."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Visits from outside to one unit: told in time, told late, not told though the time is over.

    Those whose time is not over are in no count: nobody is told of them yet.
    """

    in_time: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def due(self) -> int:
        """Those of which it is known whether the unit was told in time."""
        return self.in_time + self.late + self.overdue


def feedback(visits: Iterable[InspectionRow], day: date) -> dict[str, Feedback]:
    """Return by unit how many visits from outside were fed back in time, as of a day."""
    found: Counter[tuple[str, str]] = Counter()
    for visit in visits:
        if visit.checker_level not in OUTSIDE or visit.withdrawn_on is not None:
            continue
        due_on = visit.visited_on + timedelta(days=FEEDBACK_DAYS)
        if visit.feedback_on is not None:
            word = "late" if is_late(due_on, day, visit.feedback_on) else "in_time"
            found[visit.unit_id, word] += 1
        elif is_late(due_on, day):
            found[visit.unit_id, "overdue"] += 1
    units = {unit for unit, _ in found}
    return {
        unit: Feedback(found[unit, "in_time"], found[unit, "late"], found[unit, "overdue"])
        for unit in units
    }


def fits(item: ChecklistItemRow, visit: InspectionRow, tables: Ledgers) -> bool:
    """Whether a question can be asked at the place of a visit."""
    if visit.place_type not in item.place_types:
        return False
    if not item.works_classes or visit.place_type != "工程":
        return True
    works = tables.index("works").get(visit.place_id)
    return works is None or works.works_class in item.works_classes


def looked_at(visit: InspectionRow, tables: Ledgers) -> list[ChecklistItemRow]:
    """Return the questions of a visit: those of its checklists that fit, less the skipped."""
    return [
        item
        for checklist in visit.checklists
        for item in tables.group("checklist_items", "checklist")[checklist]
        if item.item_code not in visit.items_skipped and fits(item, visit, tables)
    ]
