"""Record checks of inspections (排查与检查): what was looked at, and whether it was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import gathered
from pipeline.dates import is_late
from pipeline.inspection import FEEDBACK_DAYS, fits
from pipeline.rowtypes import InspectionRow

CARE = {
    "item_code": "ZJ1",
    "checklist": "厂站管理",
    "place_types": "工程",
}
LAB = {
    "item_code": "HY1",
    "checklist": "化验检测",
    "place_types": "工程",
    "works_classes": "千吨万人",
}
ITEMS = {"checklist_items": [CARE, LAB], "works": [{"works_class": "千吨万人"}]}
VISIT = {"checklists": "厂站管理", "checker_level": "市", "mode": "暗访"}


@row_check(
    "J01",
    ledger=InspectionRow,
    severity="error",
    sentence="清单用在该用的对象上",
    remedy="看对象类型和工程类别，只留用得上的清单",
    source="附件3",
    why="用错清单，查的就不是细则要看的项目",
    passes=[{**ITEMS, "inspections@C": [VISIT | {"checklists": "厂站管理|化验检测"}]}],
    fails=[
        {
            **ITEMS,
            "inspections@C": [VISIT | {"place_type": "村", "place_id": "890121103201"}],
        },
        {
            "checklist_items": [LAB],
            "works": [{"works_class": "千人以上"}],
            "inspections@C": [VISIT | {"checklists": "化验检测"}],
        },
    ],
    skips=[{"inspections@C": [VISIT]}],
)
def checklists_fit_place(row: InspectionRow, book: Book) -> Iterator[Breach]:
    """A checklist has something to ask at this place."""
    for checklist in row.checklists:
        items = book.group("checklist_items", "checklist")[checklist]
        if items and not any(fits(item, row, book.snapshot) for item in items):
            said = f"“{checklist}”清单里没有一项能用在这个对象上"
            yield breach("checklists", said, value=checklist)


@row_check(
    "J02",
    ledger=InspectionRow,
    severity="error",
    sentence="未查的项目是所用清单里的项目",
    remedy="核对未查或不适用项目；不在这几张清单里的不用写",
    source="附件3",
    why="不在清单里的项目谈不上未查，看过几项会算错",
    where=lambda row: row.items_skipped,
    passes=[{**ITEMS, "inspections@C": [VISIT | {"items_skipped": "ZJ1"}]}],
    fails=[{**ITEMS, "inspections@C": [VISIT | {"items_skipped": "HY1"}]}],
    skips=[{**ITEMS, "inspections@C": [VISIT]}],
)
def skipped_belongs_to_checklists(row: InspectionRow, book: Book) -> Iterator[Breach]:
    """Only what would have been asked can be skipped."""
    items = book.index("checklist_items")
    for code in row.items_skipped:
        if code in items and items[code].checklist not in row.checklists:
            said = f"{code} 是“{items[code].checklist}”清单的项目，这次没有用这张清单"
            yield breach("items_skipped", said, value=code)


@row_check(
    "J03",
    ledger=InspectionRow,
    severity="error",
    sentence="反馈日期不早于检查日期",
    remedy="核对检查日期和反馈日期",
    source="常理",
    why="还没有检查就反馈，日期一定有错",
    where=lambda row: row.feedback_on is not None,
    passes=[{"inspections@C": [VISIT | {"feedback_on": "2022-08-10"}]}],
    fails=[{"inspections@C": [VISIT | {"feedback_on": "2022-08-09"}]}],
    skips=[{"inspections@C": [VISIT]}],
)
def feedback_after_visit(row: InspectionRow, _book: Book) -> Breach | None:
    """What was found is told afterwards."""
    is_before = row.feedback_on is not None and row.feedback_on < row.visited_on
    return breach("feedback_on") if is_before else None


@book_check(
    "J04",
    ledger=InspectionRow,
    severity="warning",
    sentence=f"市以上的检查{FEEDBACK_DAYS}天内反馈",
    remedy="把查出的问题反馈给单位，填反馈日期；没有反馈的检查不公开",
    source="告知才扣",
    why="不反馈，单位不知道查出了什么，也就不能改、不能申辩",
    passes=[
        {"inspections@C": [VISIT | {"feedback_on": "2022-08-20"}]},
        {"inspections@C": [VISIT | {"visited_on": "2022-09-06"}]},
    ],
    fails=[
        {"inspections@C": [VISIT | {"feedback_on": "2022-08-21"}]},
        {"inspections@C": [VISIT | {"visited_on": "2022-09-05"}]},
    ],
    skips=[
        {"inspections": [VISIT | {"checker_level": "县", "mode": "自查"}]},
        {
            "inspections@C": [
                VISIT | {"withdrawn_on": "2022-08-20", "withdrawn_reason": "走错了地方"}
            ]
        },
    ],
)
def feedback_in_time(book: Book) -> Iterator[Breach]:
    """Supervision groups tell promptly what they found (O-20)."""
    poor = []
    for row in book.today.inspections:
        due_on = row.visited_on + timedelta(days=FEEDBACK_DAYS)
        stands = row.shard.home == "C" and row.withdrawn_on is None
        if stands and is_late(due_on, book.as_of_on, row.feedback_on):
            poor.append(row)
    said = f"{FEEDBACK_DAYS}天内没有反馈"
    yield from gathered(poor, "feedback_on", lambda row: row.visit_id, "次检查", said)
