"""Record checks of judgements against the printed rules: their edition, clauses and bounds."""

from __future__ import annotations

from decimal import Decimal

from pipeline import annexes
from pipeline.annexes import Annex
from pipeline.checks.book import Book
from pipeline.checks.records.judgements import JUDGED, SCORED
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.rowtypes import JudgementRow


@row_check(
    "M03",
    ledger=JudgementRow,
    severity="error",
    sentence="分值在该条款的最低分和满分之间",
    remedy="对照附件3改正分值；第六部分可以是负分",
    source="附件3",
    why="超出细则的最低和最高，总分就不是100分的考评",
    where=lambda row: row.points is not None,
    passes=[
        {"judgements": [SCORED, SCORED | {"points": "0"}]},
        {"judgements": [SCORED | {"clause_id": "六.1", "points": "-10"}]},
    ],
    fails=[
        {"judgements": [SCORED | {"points": "5.5"}]},
        {"judgements": [SCORED | {"points": "-1"}]},
        {"judgements": [SCORED | {"clause_id": "六.1", "points": "1"}]},
        {"judgements": [SCORED | {"clause_id": "五.4①", "points": "3"}]},
    ],
    skips=[{"judgements@C": [JUDGED]}],
)
def points_within_bounds(row: JudgementRow, book: Book) -> Breach | None:
    """No clause gives more than its full points or takes more than it may."""
    annex = _annex(row, book)
    if annex is None or row.points is None or row.clause_id not in annex.bounds:
        return None  # M10 says so
    low, high = annex.bounds[row.clause_id]
    if Decimal(low) <= row.points <= Decimal(high):
        return None
    return breach("points", f"{row.clause_id}的分值在{low}到{high}之间")


@row_check(
    "M04",
    ledger=JudgementRow,
    severity="error",
    sentence="认定与事实相配：机构落实可认定部分，其余认定是或否；事实写在对应的条款下",
    remedy="改正认定或条款：预案可操作属四.4，机构落实属四.1",
    source="附件3",
    why="事实写在别的条款下，该用的地方找不到",
    where=lambda row: row.fact is not None,
    passes=[
        {"judgements@C": [JUDGED]},
        {"judgements@C": [JUDGED | {"fact": "机构落实", "clause_id": "四.1", "answer": "部分"}]},
    ],
    fails=[
        {"judgements@C": [JUDGED | {"answer": "部分"}]},
        {"judgements@C": [JUDGED | {"clause_id": "四.1"}]},
    ],
    skips=[{"judgements": [SCORED]}],
)
def fact_fits_clause(row: JudgementRow, book: Book) -> Breach | None:
    """Each fact belongs to one clause and has its answers."""
    annex = _annex(row, book)
    clause = annex.facts.get(row.fact or "", row.clause_id) if annex else row.clause_id
    if row.clause_id != clause:
        return breach("clause_id", f"“{row.fact}”属于{clause}")
    if row.answer == "部分" and row.fact != "机构落实":
        return breach("answer", f"“{row.fact}”只能认定是或否")
    return None


@row_check(
    "M10",
    ledger=JudgementRow,
    severity="error",
    sentence="细则版次是本次考评的版次",
    remedy="版次填发文年份；往年的评定留在往年的台账里",
    source="附件3",
    why="用别的年度的条款评今年，分值对不上",
    passes=[{"judgements": [SCORED]}],
    fails=[{"judgements": [SCORED | {"edition": "2021"}]}],
)
def edition_is_this_one(row: JudgementRow, book: Book) -> Breach | None:
    """A judgement by other rules must not move these points."""
    annex = _annex(row, book)
    if annex is None:
        years = (annexes.ANNEXES[name].year for name in book.snapshot.campaign.editions)
        return breach("edition", f"本次是{'、'.join(years)}版")
    if row.clause_id not in annex.bounds:
        return breach("clause_id", f"{annex.year}版没有{row.clause_id}这一条")
    return None


def _annex(row: JudgementRow, book: Book) -> Annex | None:
    """Return the edition of the campaign that a judgement names by its year."""
    known = (annexes.ANNEXES[name] for name in book.snapshot.campaign.editions)
    return next((one for one in known if one.year == row.edition), None)
