"""Record checks of the maintenance fund (维修基金): three yuan a head, and where it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from pipeline.checks.book import Book
from pipeline.checks.repeats import repeated
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.rowtypes import FundRow

YUAN_PER_HEAD = 3
"""What is to be set aside for each person served (附件3 四.3)."""

DUE = {"entry": "应落实", "base_population": "1286", "amount_yuan": "3858"}
PAID = {"entry": "到账", "fund_source": "县级财政", "amount_yuan": "3858"}


def money(amount: Decimal | int) -> str:
    """Write an amount without needless zeros: 3858 or 1.5."""
    return f"{amount.normalize():f}" if isinstance(amount, Decimal) else str(amount)


def _entries(book: Book) -> Mapping[str, list[FundRow]]:
    """Return the entries known on the day, by unit."""
    return book.today.group("funds", "unit_id")


@book_check(
    "F01",
    ledger=FundRow,
    severity="error",
    sentence="每个单位每年只有一行应落实",
    remedy="留下核定的一行；人口变了的，改这一行的计提人口和金额",
    source="四.3",
    why="应落实写了两行，足不足额就不知道跟哪个比",
    passes=[{"funds": [DUE, DUE | {"fund_year": "2021"}]}],
    fails=[{"funds": [DUE, DUE]}],
    skips=[{"funds": [PAID, PAID]}],
)
def due_once_a_year(book: Book) -> Iterator[Breach]:
    """What is due is fixed once a year; what comes in may come in parts."""
    due = [row for row in book.funds if row.entry == "应落实"]
    for row, first in repeated(due, lambda row: (row.unit_id, row.fund_year)):
        yield breach("entry", f"{row.fund_year}年已在第{first.line}行写过应落实", row=row)


@row_check(
    "F02",
    ledger=FundRow,
    severity="error",
    sentence=f"应落实写明计提人口，金额是人口乘以{YUAN_PER_HEAD}元",
    remedy=f"填计提人口，金额写人口乘以{YUAN_PER_HEAD}",
    source="四.3",
    why="细则按每人3元算，人口和金额对不上就算不出足不足额",
    where=lambda row: row.entry == "应落实",
    passes=[{"funds": [DUE]}],
    fails=[
        {"funds": [DUE | {"base_population": ""}]},
        {"funds": [DUE | {"amount_yuan": "3857"}]},
    ],
    skips=[{"funds": [PAID]}],
)
def due_is_three_a_head(row: FundRow, _book: Book) -> Breach | None:
    """Three yuan for each person served (附件3 四.3)."""
    if row.base_population is None:
        return breach("base_population", "应落实没有写计提人口")
    due = row.base_population * YUAN_PER_HEAD
    return breach("amount_yuan", f"按计提人口应当是{due}元") if row.amount_yuan != due else None


@row_check(
    "F03",
    ledger=FundRow,
    severity="error",
    sentence="到账写明来源",
    remedy="填县级财政、上级补助、水费提取或其他",
    source="四.3",
    why="说不出钱从哪里来的到账，没有办法核实",
    where=lambda row: row.entry == "到账",
    passes=[{"funds": [PAID]}],
    fails=[{"funds": [PAID | {"fund_source": ""}]}],
    skips=[{"funds": [DUE]}],
)
def income_has_source(row: FundRow, _book: Book) -> Breach | None:
    """Money came from somewhere."""
    return breach("fund_source") if row.fund_source is None else None


@row_check(
    "F04",
    ledger=FundRow,
    severity="warning",
    sentence="当年的计提人口等于全部工程的受益人口之和",
    remedy="核对计提人口和工程台账的受益人口；口径不同的，向市里说明",
    source="四.3",
    why="细则按已建工程的受益人口算，少报人口就少落实",
    where=lambda row: row.entry == "应落实" and row.base_population is not None,
    passes=[{"works": [{}], "funds": [DUE]}],
    fails=[{"works": [{"population": "1287"}], "funds": [DUE]}],
    skips=[
        {"funds": [DUE]},
        {"works": [{"population": "9"}], "funds": [DUE | {"fund_year": "2021"}]},
    ],
)
def base_is_all_served(row: FundRow, book: Book) -> Breach | None:
    """The base counts everybody served, whatever the state of the works (附件3 四.3)."""
    works = book.group("works", "unit_id")[row.unit_id]
    if not works or row.fund_year != book.as_of_on.year:
        return None
    served = sum(one.population for one in works)
    said = f"计提人口{row.base_population}人，工程受益人口合计{served}人"
    return breach("base_population", said) if row.base_population != served else None


@book_check(
    "F05",
    ledger=FundRow,
    severity="warning",
    sentence="应落实的维修基金足额到账",
    remedy="到账以后登记；公布时写明到账多少",
    source="四.3",
    why="没有足额到账，坏了没有钱修，这一条也拿不到满分",
    passes=[{"funds": [DUE, PAID]}],
    fails=[
        {"funds": [DUE]},
        {"funds": [DUE, PAID | {"amount_yuan": "3857"}]},
        {"funds": [DUE, PAID | {"entry_on": "2022-09-17"}]},
    ],
    skips=[{"funds": [PAID | {"amount_yuan": "1"}]}],
    over=_entries,
)
def fund_in_full(unit: str, book: Book) -> Iterator[Breach]:
    """Only what has come in counts (附件3 四.3)."""
    entries = _entries(book)[unit]
    paid: dict[int, Decimal] = defaultdict(Decimal)
    for row in entries:
        if row.entry == "到账":
            paid[row.fund_year] += row.amount_yuan
    for row in entries:
        if row.entry == "应落实":
            there = paid[row.fund_year]
            if there < row.amount_yuan:
                due = money(row.amount_yuan)
                said = f"{row.fund_year}年应落实{due}元，到账{money(there)}元"
                yield breach("amount_yuan", said, row=row)


@book_check(
    "F06",
    ledger=FundRow,
    severity="warning",
    sentence="支出不超过历年到账",
    remedy="补登漏掉的到账，或核对支出",
    source="常理",
    why="花的比到过的还多，不是漏记了到账，就是挪了别的钱",
    passes=[{"funds": [PAID, {"entry": "支出", "amount_yuan": "3858"}]}],
    fails=[
        {"funds": [PAID, {"entry": "支出", "amount_yuan": "3859"}]},
        {"funds": [PAID | {"fund_year": "2023"}, {"entry": "支出", "amount_yuan": "1"}]},
    ],
    skips=[{"funds": [PAID | {"fund_year": "2021"}, {"entry": "支出", "amount_yuan": "1"}]}],
    over=_entries,
)
def spent_within_income(unit: str, book: Book) -> Iterator[Breach]:
    """Nobody spends what has not come in, in this year or before."""
    left = Decimal()
    for row in sorted(_entries(book)[unit], key=_in_before_out):
        if row.entry == "到账":
            left += row.amount_yuan
        elif row.entry == "支出":
            left -= row.amount_yuan
            if (over := -left) > 0:
                said = f"到{row.fund_year}年这一笔，累计支出比累计到账多{money(over)}元"
                yield breach("amount_yuan", said, row=row)


def _in_before_out(row: FundRow) -> tuple[int, bool, date, str]:
    return row.fund_year, row.entry == "支出", row.entry_on, row.fund_entry_id
