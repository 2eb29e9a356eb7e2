"""Record checks of risk points (风险点): high risks are prepared for, plans are plans."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import gathered
from pipeline.rowtypes import RiskPointRow

PLAN = {
    "doc_id": "jiaxian-d0001",
    "unit_id": "jiaxian",
    "place_type": "县",
    "place_id": "jiaxian",
    "kind": "应急预案",
}
LOW = {"risk_level": "低"}
READY = {"risk_level": "高", "plan_doc_id": "jiaxian-d0001", "supplies": "送水车1辆"}


@book_check(
    "X01",
    ledger=RiskPointRow,
    severity="warning",
    sentence="等级为高、还没有消除的风险点，有预案，有物资储备",
    remedy="编制预案并登记，落实物资储备；风险已经消除的，填消除日期",
    source="O-17",
    why="风险高的地方真出了事，要有办法、有东西可用",
    passes=[{"documents": [PLAN], "risk_points": [READY]}],
    fails=[
        {"risk_points": [READY | {"supplies": ""}]},
        {"risk_points": [READY | {"plan_doc_id": ""}]},
    ],
    skips=[
        {"risk_points": [LOW]},
        {"risk_points": [READY | {"supplies": "", "closed_on": "2022-09-01"}]},
    ],
)
def high_risk_is_prepared_for(book: Book) -> Iterator[Breach]:
    """Where water may fail there is a plan and something to act with (O-17)."""
    high = [r for r in book.today.risk_points if r.risk_level == "高" and r.closed_on is None]
    for field, word in (("plan_doc_id", "预案"), ("supplies", "物资储备")):
        poor = [row for row in high if getattr(row, field) is None]
        yield from gathered(poor, field, lambda row: row.risk_id, "个高风险点", f"没有{word}")


@row_check(
    "X02",
    ledger=RiskPointRow,
    severity="error",
    sentence="消除日期不早于列入日期",
    remedy="核对列入日期和消除日期",
    source="常理",
    why="还没有列入就消除，日期一定有错",
    where=lambda row: row.closed_on is not None,
    passes=[{"risk_points": [LOW | {"closed_on": "2022-08-10"}]}],
    fails=[{"risk_points": [LOW | {"closed_on": "2022-08-09"}]}],
    skips=[{"risk_points": [LOW]}],
)
def closed_after_listed(row: RiskPointRow, _book: Book) -> Breach | None:
    """A risk is listed before it is gone."""
    is_before = row.closed_on is not None and row.closed_on < row.listed_on
    return breach("closed_on") if is_before else None


@row_check(
    "X03",
    ledger=RiskPointRow,
    severity="error",
    sentence="预案指向本单位的一份应急预案",
    remedy="核对文件编号；文件类别写错了的，改文件的类别",
    source="O-17",
    why="写的预案找不到，或不是应急预案，等于没有",
    where=lambda row: row.plan_doc_id is not None,
    passes=[{"documents": [PLAN], "risk_points": [READY]}],
    fails=[
        {"documents": [PLAN | {"kind": "管理办法"}], "risk_points": [READY]},
        {
            "documents@yixian": [PLAN | {"unit_id": "yixian", "place_id": "yixian"}],
            "risk_points": [READY],
        },
    ],
    skips=[{"risk_points": [READY]}],
)
def plan_is_a_plan(row: RiskPointRow, book: Book) -> Breach | None:
    """A contingency plan of the unit, not just any paper."""
    plan = book.index("documents").get(row.plan_doc_id)
    if plan is None:
        return None
    if plan.kind != "应急预案":
        return breach("plan_doc_id", f"这份文件的类别是“{plan.kind}”，不是应急预案")
    return breach("plan_doc_id", "这是别的单位的预案") if plan.unit_id != row.unit_id else None


@book_check(
    "X04",
    ledger=RiskPointRow,
    severity="warning",
    sentence="没有消除的风险点，预案还有效",
    remedy="换成现行的预案",
    source="四.4、O-17",
    why="预案废止了，出了事就没有可以照着办的",
    passes=[{"documents": [PLAN], "risk_points": [READY]}],
    fails=[{"documents": [PLAN | {"repealed_on": "2022-09-01"}], "risk_points": [READY]}],
    skips=[
        {
            "documents": [PLAN | {"repealed_on": "2022-09-01"}],
            "risk_points": [READY | {"closed_on": "2022-09-01"}],
        }
    ],
)
def plan_in_force(book: Book) -> Iterator[Breach]:
    """A repealed plan protects nobody."""
    papers = book.today.index("documents")
    poor = [
        row
        for row in book.today.risk_points
        if row.closed_on is None
        and (paper := papers.get(row.plan_doc_id)) is not None
        and paper.repealed_on is not None
    ]
    yield from gathered(poor, "plan_doc_id", lambda row: row.risk_id, "个风险点", "的预案已经废止")
