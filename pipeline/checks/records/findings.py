"""Record checks of findings (查出的问题): one fact of one visit, and into the unit's ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pipeline.checks.book import Book
from pipeline.checks.records.inspections import ITEMS, VISIT
from pipeline.checks.records.visits import fault_of_withdrawal
from pipeline.checks.repeats import repeated
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import gathered
from pipeline.dates import is_late
from pipeline.inspection import fits, looked_at
from pipeline.rowtypes import FindingRow

LISTING_DAYS = 10
"""Days within which what others found stands in the unit's ledger."""

FAILED = {"item_code": "ZJ1"}
TAKEN_BACK = {"withdrawn_on": "2022-08-15", "withdrawn_reason": "认错了工程"}


@row_check(
    "J11",
    ledger=FindingRow,
    severity="error",
    sentence="查出问题的项目是这次检查看过的项目",
    remedy="核对项目编号；确实看过的，在检查的清单里补上，或从未查项目里删掉",
    source="数字可追溯",
    why="没有看过的项目查不出问题，写了就没有依据",
    passes=[{**ITEMS, "inspections@C": [VISIT], "findings@C": [FAILED]}],
    fails=[
        {**ITEMS, "inspections@C": [VISIT], "findings@C": [{"item_code": "HY1"}]},
        {
            **ITEMS,
            "inspections@C": [VISIT | {"items_skipped": "ZJ1"}],
            "findings@C": [FAILED],
        },
        {
            "checklist_items": ITEMS["checklist_items"],
            "works": [{"works_class": "千人以上"}],
            "inspections@C": [VISIT | {"checklists": "化验检测"}],
            "findings@C": [{"item_code": "HY1"}],
        },
    ],
    skips=[{**ITEMS, "findings@C": [FAILED]}, {"inspections@C": [VISIT], "findings@C": [FAILED]}],
)
def item_was_looked_at(row: FindingRow, book: Book) -> Breach | None:
    """Failed means looked at: the item stands in the visit's checklists and fits its place."""
    visit = book.index("inspections").get(row.visit_id)
    item = book.index("checklist_items").get(row.item_code)
    if visit is None or item is None or item in looked_at(visit, book.snapshot):
        return None
    if item.checklist not in visit.checklists:
        return breach("item_code", f"这次检查没有用“{item.checklist}”清单")
    if not fits(item, visit, book.snapshot):
        return breach("item_code", f"“{item.label}”不适用于这次检查的对象")
    return breach("item_code", f"“{item.label}”写在未查项目里")


@book_check(
    "J12",
    ledger=FindingRow,
    severity="error",
    sentence="一次检查的一个项目只登记一个问题",
    remedy="同一项目的几种情况写进一行；一个事实只对一个条款",
    source="G14",
    why="一处有几样不合格只扣一次，登记成几个就多扣了",
    passes=[{"findings@C": [FAILED, {"item_code": "ZJ2"}]}],
    fails=[{"findings@C": [FAILED, FAILED]}],
)
def one_fact_once(book: Book) -> Iterator[Breach]:
    """One fact, one clause (reading G17)."""
    for row, first in repeated(book["findings"], lambda row: (row.visit_id, row.item_code)):
        yield breach("item_code", f"{first.finding_id} 已经登记了这个项目", row=row)


@row_check(
    "J13",
    ledger=FindingRow,
    severity="error",
    sentence="查出的问题和它的检查放在同一个目录",
    remedy="把这一行移到登记那次检查的目录",
    source="各记各的",
    why="问题和检查分在两处，改了一处另一处不知道",
    passes=[{"inspections@C": [VISIT], "findings@C": [FAILED]}],
    fails=[{"inspections@C": [VISIT], "findings": [FAILED]}],
    skips=[{"findings": [FAILED]}],
)
def finding_beside_its_visit(row: FindingRow, book: Book) -> Breach | None:
    """Who keeps the visit keeps what it found."""
    visit = book.index("inspections").get(row.visit_id)
    if visit is None or (visit.shard.home, visit.shard.unit) == (row.shard.home, row.shard.unit):
        return None
    return breach("visit_id", f"这次检查登记在 {visit.file}")


@row_check(
    "J14",
    ledger=FindingRow,
    severity="error",
    sentence="撤回的问题写明日期和原因，只有市里登记的能撤回，撤回不早于检查",
    remedy="撤回日期和撤回原因一起填或一起留空；单位自己的写错了直接改正",
    source="改动有据、各记各的",
    why="撤回会少扣分，要说得清什么时候、为什么",
    where=lambda row: row.withdrawn_on is not None or row.withdrawn_reason is not None,
    passes=[{"inspections@C": [VISIT], "findings@C": [FAILED | TAKEN_BACK]}],
    fails=[
        {"findings@C": [FAILED | {"withdrawn_on": "2022-08-15"}]},
        {"findings@C": [FAILED | {"withdrawn_reason": "认错了工程"}]},
        {"findings": [FAILED | TAKEN_BACK]},
        {
            "inspections@C": [VISIT],
            "findings@C": [FAILED | TAKEN_BACK | {"withdrawn_on": "2022-08-09"}],
        },
    ],
    skips=[{"findings@C": [FAILED]}],
)
def finding_withdrawn_in_full(row: FindingRow, book: Book) -> Breach | None:
    """Only the city takes back what it found, and says when and why."""
    visit = book.index("inspections").get(row.visit_id)
    return fault_of_withdrawal(row, visit.visited_on if visit is not None else None)


@book_check(
    "J15",
    ledger=FindingRow,
    severity="warning",
    sentence=f"市以上查出的问题{LISTING_DAYS}天内记入整改台账",
    remedy="在整改台账登记，并把检查问题编号填进去；确实不成立的，请市里撤回",
    source="O-13",
    why="查出来不记台账，就没有人改",
    passes=[
        {
            "inspections@C": [VISIT],
            "findings@C": [FAILED],
            "issues": [{"found_on": "2022-08-10", "finding_ids": "city-v00012-f01"}],
        },
        {"inspections@C": [VISIT | {"visited_on": "2022-09-06"}], "findings@C": [FAILED]},
    ],
    fails=[
        {"inspections@C": [VISIT | {"visited_on": "2022-09-05"}], "findings@C": [FAILED]},
        {
            "inspections@C": [VISIT],
            "findings@C": [FAILED],
            "issues": [
                {
                    "found_on": "2022-10-01",
                    "due_on": "2022-10-30",
                    "finding_ids": "city-v00012-f01",
                }
            ],
        },
    ],
    skips=[
        {
            "inspections": [VISIT | {"checker_level": "县", "mode": "自查"}],
            "findings": [FAILED],
        },
        {"inspections@C": [VISIT], "findings@C": [FAILED | TAKEN_BACK]},
        {
            "inspections@C": [
                VISIT | {"withdrawn_on": "2022-08-15", "withdrawn_reason": "走错了地方"}
            ],
            "findings@C": [FAILED],
        },
    ],
)
def finding_enters_the_ledger(book: Book) -> Iterator[Breach]:
    """What others found is mended through one ledger (O-13); 未入台账 is said per unit."""
    listed = {code for issue in book.today.issues for code in issue.finding_ids}
    visits = book.today.index("inspections")
    poor = []
    for row in book.today["findings"]:
        visit = visits.get(row.visit_id)
        if row.shard.home != "C" or row.finding_id in listed or visit is None:
            continue
        stands = row.withdrawn_on is None and visit.withdrawn_on is None
        if stands and is_late(visit.visited_on + timedelta(days=LISTING_DAYS), book.as_of_on):
            poor.append(row)
    said = f"查出{LISTING_DAYS}天以后还没有记入整改台账"
    yield from gathered(poor, "finding_id", lambda row: row.finding_id, "个问题", said)
