"""Record checks of the readings (口径): one in force of each, and only what the code can do."""

from __future__ import annotations

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.readings import PARAMETERS, options
from pipeline.rowtypes import ReadingRow

WORKDAYS = {"reading_id": "G4", "option": "twenty-workdays", "parameter": "20"}

WITHOUT_NUMBER = ("within-year",)
"""Options that need no number although their reading has one."""


@book_check(
    "R07",
    ledger=ReadingRow,
    severity="error",
    sentence="每个口径采用且只采用一种读法",
    remedy="在这个口径的几行里，只给一行的采用写“是”",
    source="附件3、数字可追溯",
    why="一个说法同时用两种读法，同样的数据会算出两个分",
    passes=[{"readings": [{}, {"option": "per-visit", "is_chosen": "否"}]}],
    fails=[
        {"readings": [{}, {"option": "per-visit"}]},
        {"readings": [{"is_chosen": "否"}]},
    ],
    over=lambda book: book.group("readings", "reading_id"),
)
def one_reading_in_force(name: str, book: Book) -> Breach | None:
    """What is in force is one thing, and it is printed."""
    rows = book.group("readings", "reading_id")[name]
    chosen = [row for row in rows if row.is_chosen]
    if len(chosen) == 1:
        return None
    said = f"口径 {name} 采用了{len(chosen)}种读法"
    return breach("is_chosen", said, row=chosen[1] if chosen else rows[0])


@row_check(
    "R12",
    ledger=ReadingRow,
    severity="error",
    sentence="口径和选项都是程序认得的，填了的都真能换",
    remedy="照方法与口径页改口径编号和选项；要加新的读法，先请维护人员写进程序",
    source="附件3、数字可追溯",
    why="写了程序不认得的读法，看着换了口径，其实没有换",
    passes=[{"readings": [{}]}],
    fails=[
        {"readings": [{"option": "twice"}]},
        {"readings": [{"reading_id": "G99"}]},
        {"readings": [WORKDAYS | {"option": "once"}]},
    ],
)
def option_is_known(row: ReadingRow, _book: Book) -> Breach | None:
    """An option that no code knows would be in force on paper only (G1 to G44)."""
    known = options(row.reading_id)
    if not known:
        return breach("reading_id", f"程序不认得口径 {row.reading_id}")
    if row.option not in known:
        return breach("option", f"口径 {row.reading_id} 只有这些选项：{'、'.join(known)}")
    return None


@row_check(
    "R13",
    ledger=ReadingRow,
    severity="error",
    sentence="用到数字的口径写明数字，至少是1的整数",
    remedy="在参数里填天数、次数或年数：G4、G6、G10、G12",
    source="附件3",
    why="几天、几次没有写明，逾期和不通就没有办法判断",
    where=lambda row: row.reading_id in PARAMETERS and row.is_chosen,
    passes=[{"readings": [WORKDAYS]}],
    fails=[
        {"readings": [WORKDAYS | {"parameter": "0"}]},
        {"readings": [WORKDAYS | {"parameter": "1.5"}]},
        {"readings": [WORKDAYS | {"parameter": ""}]},
    ],
    skips=[
        {"readings": [{}]},
        {"readings": [{"reading_id": "G10", "option": "within-year"}]},
    ],
)
def number_is_given(row: ReadingRow, _book: Book) -> Breach | None:
    """Days, calls and years are the bureau's to set, not the program's."""
    if row.parameter is None:
        return None if row.option in WITHOUT_NUMBER else breach("parameter")
    is_whole = row.parameter == row.parameter.to_integral_value()
    return None if is_whole and row.parameter >= 1 else breach("parameter")
