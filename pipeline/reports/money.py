"""What came into the repair fund (维修基金) in a month, and was spent, in 万元 as offices write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pipeline.disclosure import View
from pipeline.figures import TEN_THOUSAND
from pipeline.reports.compared import change
from pipeline.reports.paper import Column, Sentence, Table, Value, joined, say, table
from pipeline.reports.periods import Period

CENT = Decimal("0.01")
ENTRIES = ("到账", "支出")
"""Entries of the fund that are money moved; what is owed (应落实) moves nothing."""

FUND = (
    Column("what", "维修基金", "text", 20),
    Column("now", "本月", width=20),
    Column("before", "上月", width=20),
    Column("change", "增减", width=20),
    Column("year", "今年累计", width=20),
)


def fund(view: View, period: Period) -> Table:
    """Return what arrived and was spent in a month, the month before, and the year so far.

    Sums are in 万元, rounded half up to two places; the difference is that of the rounded sums.
    """
    start = view.campaign.year_from_on
    is_compared = start <= period.before_on
    rows: dict[str, list[Value]] = {}
    for entry in ENTRIES:
        now = _sum(view, entry, (period.first, period.last))
        before = _sum(view, entry, period.before) if is_compared else None
        year = _sum(view, entry, (period.last.replace(month=1, day=1), period.last))
        rows[entry] = [entry, now, before, None if before is None else change(now - before), year]
    note = "按台账里记的日期算，四舍五入到百元；准确到元的在“数据”页下载。"
    return table("fund", "维修基金（万元）", FUND, rows, note=note)


def moved(made: Table) -> Iterator[Sentence]:
    """Say what arrived and was spent; what did not is said, and not as a nought."""
    yield say("本月{clauses}；", clauses=_clauses(made, "now", "没有到账和支出"))
    yield say("今年累计{clauses}。", clauses=_clauses(made, "year", "没有到账和支出"))


def _clauses(made: Table, column: str, none: str) -> Sentence:
    there = [entry for entry in ENTRIES if made.figure(entry, column).text != "0"]
    if not there:
        return say(none)
    return joined(
        [
            say(f"{entry}{{n}}万元", n=made.figure(entry, column))
            if entry in there
            else say(f"没有{entry}")
            for entry in ENTRIES
        ]
    )


def _sum(view: View, entry: str, span: tuple[date, date]) -> Decimal:
    """Add up the entries of a kind dated in a time, in 万元."""
    yuan = sum(
        (
            row.amount_yuan
            for row in view.funds
            if row.entry == entry and span[0] <= row.entry_on <= span[1]
        ),
        Decimal(0),
    )
    return (yuan / TEN_THOUSAND).quantize(CENT, ROUND_HALF_UP)
