"""Record checks that calls, visits and household checks share: who keeps the record, and how.

Nobody owns the record of what others found about him: inner levels write in the unit's folder,
outer ones in the city's. Only the city takes back what it found.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, Check, breach, row_check
from pipeline.rowtypes import FindingRow, HouseholdCheckRow, InspectionRow, PhoneCheckRow
from pipeline.terms import INNER

Came = InspectionRow | HouseholdCheckRow
"""Rows that say how somebody came; calls have no such column."""
Looked = PhoneCheckRow | Came
"""Rows with the common tail of checks."""

OWN, CITY = {"checker_level": "县"}, {"checker_level": "市"}
TAKEN_BACK = {"withdrawn_on": "2022-09-10", "withdrawn_reason": "走错了地方"}


def _home_by_level(kind: type[Looked], letter: str, word: str) -> Check:
    ledger = kind.table

    @row_check(
        f"{letter}91",
        ledger=kind,
        severity="error",
        sentence=f"村、乡镇、县的{word}记在单位目录，市、省、国家的由市里登记",
        remedy="核对检查层级；填对了的，把这一行移到该在的文件",
        source="各记各的",
        why="别人查出的由市里保管，被查的单位不能改",
        passes=[{ledger: [OWN]}, {f"{ledger}@C": [CITY]}],
        fails=[{ledger: [CITY]}, {f"{ledger}@C": [OWN]}],
    )
    def home_by_level(row: Looked, _book: Book) -> Breach | None:
        """What others found stands with the city."""
        home = "U" if row.checker_level in INNER else "C"
        return breach("checker_level") if row.shard.home != home else None

    return home_by_level


def _withdrawn_in_full(kind: type[Looked], letter: str, word: str) -> Check:
    ledger = kind.table

    @row_check(
        f"{letter}92",
        ledger=kind,
        severity="error",
        sentence=f"撤回的{word}写明日期和原因，只有市里登记的能撤回，撤回不早于检查",
        remedy="撤回日期和撤回原因一起填或一起留空；单位自己的写错了直接改正",
        source="改动有据、各记各的",
        why="查出的事不能不声不响地拿掉，要写明什么时候、为什么",
        where=lambda row: row.withdrawn_on is not None or row.withdrawn_reason is not None,
        passes=[{f"{ledger}@C": [CITY | TAKEN_BACK]}],
        fails=[
            {f"{ledger}@C": [CITY | {"withdrawn_on": "2022-09-10"}]},
            {f"{ledger}@C": [CITY | {"withdrawn_reason": "走错了地方"}]},
            {f"{ledger}@C": [CITY | TAKEN_BACK | {"withdrawn_on": "2022-08-09"}]},
            {ledger: [OWN | TAKEN_BACK]},
        ],
        skips=[{f"{ledger}@C": [CITY]}],
    )
    def withdrawn_in_full(row: Looked, _book: Book) -> Breach | None:
        """What is taken back says when and why, and only the city takes back."""
        return fault_of_withdrawal(row, _day(row))

    return withdrawn_in_full


def _day(row: Looked) -> date:
    return row.visited_on if isinstance(row, InspectionRow) else row.checked_on


def fault_of_withdrawal(row: Looked | FindingRow, checked_on: date | None) -> Breach | None:
    """Say what is wrong with the pair of date and reason of something taken back."""
    if row.shard.home == "U":
        return breach("withdrawn_on", "单位自己登记的不用撤回，写错了直接改正")
    if row.withdrawn_on is None:
        return breach("withdrawn_on", "写了撤回原因，没有写撤回日期")
    if row.withdrawn_reason is None:
        return breach("withdrawn_reason", "写了撤回日期，没有写撤回原因")
    if checked_on is not None and row.withdrawn_on < checked_on:
        return breach("withdrawn_on", "撤回日期早于检查日期")
    return None


def _group_of_city(kind: type[Looked], letter: str, word: str) -> Check:
    ledger = kind.table

    @row_check(
        f"{letter}93",
        ledger=kind,
        severity="error",
        sentence=f"督导组只填在市里登记的{word}上，组号在督导分工里",
        remedy="单位自己的把督导组留空；市里的照督导分工填组号",
        source="附件1、O-20",
        why="是哪个督导组查的要对得上分工，单位自己查的不能挂督导组的名",
        where=lambda row: row.group_no is not None,
        passes=[{"supervision": [{}], f"{ledger}@C": [CITY | {"group_no": "7"}]}],
        fails=[
            {"supervision": [{}], f"{ledger}@C": [CITY | {"group_no": "14"}]},
            {"supervision": [{}], ledger: [OWN | {"group_no": "7"}]},
        ],
        skips=[{f"{ledger}@C": [CITY]}],
    )
    def group_of_city(row: Looked, book: Book) -> Breach | None:
        """The 13 groups of Annex 1 are the city's."""
        if row.shard.home == "U":
            return breach("group_no", "单位自己登记的，督导组留空")
        groups = book.group("supervision", "group_no")
        return breach("group_no", "督导分工里没有这一组") if row.group_no not in groups else None

    return group_of_city


def _mode_by_home(kind: type[Came], letter: str, word: str) -> Check:
    ledger = kind.table

    @row_check(
        f"{letter}94",
        ledger=kind,
        severity="error",
        sentence=f"市里登记的{word}，方式不是自查",
        remedy="市以上来查的写明查、暗访等；单位自己查的移到单位目录",
        source="G11",
        why="外面来查的才扣分，写成自查就分不清了",
        where=lambda row: row.shard.home == "C",
        passes=[{f"{ledger}@C": [CITY | {"mode": "暗访"}]}],
        fails=[{f"{ledger}@C": [CITY | {"mode": "自查"}]}],
        skips=[{ledger: [OWN | {"mode": "自查"}]}],
    )
    def outside_is_no_self_check(row: Came, _book: Book) -> Breach | None:
        """Who comes from outside does not check himself."""
        return breach("mode") if row.mode == "自查" else None

    return outside_is_no_self_check


def _common(kind: type[Looked], letter: str, word: str) -> Iterator[Check]:
    for family in (_home_by_level, _withdrawn_in_full, _group_of_city):
        yield family(kind, letter, word)


SHARED: tuple[Check, ...] = (
    *_common(PhoneCheckRow, "C", "电话抽查"),
    *_common(InspectionRow, "J", "检查"),
    _mode_by_home(InspectionRow, "J", "检查"),
    *_common(HouseholdCheckRow, "H", "入户核查"),
    _mode_by_home(HouseholdCheckRow, "H", "入户核查"),
)
"""The checks of these ledgers, each with the letter of its rules and the word for a row."""
