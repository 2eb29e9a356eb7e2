"""Record checks of what a works draws from and whom it serves in part (供水工程)."""

from __future__ import annotations

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.rowtypes import WorksRow

PARTLY = {"village_codes": "890121103201", "partly_served_codes": "890121103201"}


@row_check(
    "W10",
    ledger=WorksRow,
    severity="error",
    sentence="部分供水的村都在供水村里",
    remedy="把这个村也写进供水村；不给它供水的，从部分供水的村里去掉",
    source="台账约定",
    why="部分供水的村也在供水村里，漏了就少算一个村",
    where=lambda row: bool(row.partly_served_codes),
    passes=[
        {"works": [PARTLY]},
        {"works": [PARTLY | {"village_codes": "890121103201|890121103202"}]},
    ],
    fails=[
        {"works": [PARTLY | {"village_codes": "890121103202"}]},
        {"works": [PARTLY | {"partly_served_codes": "890121103201|890121103202"}]},
    ],
    skips=[{"works": [{"village_codes": "890121103202"}]}],
)
def part_of_a_served_village(row: WorksRow, book: Book) -> Breach | None:
    """Who gets water in part gets water: the served villages stay one list, whole and partly."""
    strange = [code for code in row.partly_served_codes if code not in row.village_codes]
    if not strange:
        return None
    divisions = book.index("divisions")
    names = "、".join(divisions[c].name if c in divisions else c for c in strange[:3])
    return breach("partly_served_codes", f"部分供水的村“{names}”不在供水村里")


@row_check(
    "W11",
    ledger=WorksRow,
    severity="error",
    sentence="其他水源里不再写主要水源",
    remedy="从其他水源里去掉和水源类型相同的一项；同一类水源有几处的，写一次",
    source="台账约定",
    why="主要水源写两遍，看着像有备用，其实没有",
    where=lambda row: bool(row.other_sources),
    passes=[{"works": [{"source_type": "地表水", "other_sources": "地下水|泉水"}]}],
    fails=[
        {"works": [{"source_type": "地表水", "other_sources": "地表水"}]},
        {"works": [{"source_type": "泉水", "other_sources": "地下水|泉水"}]},
    ],
    skips=[{"works": [{"source_type": "地表水"}]}],
)
def sources_named_once(row: WorksRow, _book: Book) -> Breach | None:
    """The main source stands in its own column."""
    if row.source_type not in row.other_sources:
        return None
    return breach("other_sources", f"“{row.source_type}”已经写在水源类型里")
