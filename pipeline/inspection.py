"""What a visit looked at: the questions of its checklists that fit the place, less the skipped.

Looked at and without a finding is passed; a question nobody could ask is neither (data-model 3).
"""

from __future__ import annotations

from pipeline.rowtypes import ChecklistItemRow, InspectionRow, Ledgers


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
