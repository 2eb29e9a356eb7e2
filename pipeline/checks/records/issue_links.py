"""Record checks of what an issue refers to: findings of visits, assignments, samples, an origin."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.dates import in_words
from pipeline.rowtypes import InspectionRow, IssueRow

VISIT = {"visit_id": "city-v00012", "checker_level": "市", "unit_id": "jiaxian"}
FOUND = {"finding_id": "city-v00012-f01", "visit_id": "city-v00012"}


def _visits(row: IssueRow, book: Book) -> Iterator[InspectionRow]:
    """Yield the visits whose findings an issue carries; unknown ids are reported elsewhere."""
    for finding_id in row.finding_ids:
        finding = book.index("findings").get(finding_id)
        visit = book.index("inspections").get(finding.visit_id) if finding is not None else None
        if visit is not None:
            yield visit


@row_check(
    "L11",
    ledger=IssueRow,
    severity="error",
    sentence="上级检查查出的问题，发现层级与检查层级相同",
    remedy="把发现层级改成那次检查的层级；不是那次查出的，从检查问题编号里去掉",
    source="G39",
    why="扣不扣分看是哪一级发现的，和检查对不上就算错",
    where=lambda row: row.finding_ids,
    passes=[
        {
            "inspections@C": [VISIT],
            "findings@C": [FOUND],
            "issues": [{"finding_ids": "city-v00012-f01", "found_by_level": "市"}],
        }
    ],
    fails=[
        {
            "inspections@C": [VISIT],
            "findings@C": [FOUND],
            "issues": [{"finding_ids": "city-v00012-f01", "found_by_level": "县"}],
        }
    ],
    skips=[
        {
            "inspections": [VISIT | {"checker_level": "乡镇"}],
            "findings": [FOUND],
            "issues": [{"finding_ids": "city-v00012-f01", "found_by_level": "县"}],
        }
    ],
)
def level_of_visit(row: IssueRow, book: Book) -> Breach | None:
    """An issue carried over from an outside visit keeps the level that found it."""
    for visit in _visits(row, book):
        if visit.shard.home == "C" and visit.checker_level != row.found_by_level:
            return breach(
                "found_by_level", f"检查 {visit.id} 的层级是“{visit.checker_level}”，与发现层级不同"
            )
    return None


@row_check(
    "L12",
    ledger=IssueRow,
    severity="error",
    sentence="所列检查问题是在本单位查出的",
    remedy="核对检查问题编号，去掉别的单位的",
    source="数字可追溯",
    why="引到别的单位查出的问题，这一条就没有依据",
    where=lambda row: row.finding_ids,
    passes=[
        {
            "inspections@C": [VISIT],
            "findings@C": [FOUND],
            "issues": [{"finding_ids": "city-v00012-f01"}],
        }
    ],
    fails=[
        {
            "inspections@C": [VISIT | {"unit_id": "yixian"}],
            "findings@C": [FOUND],
            "issues": [{"finding_ids": "city-v00012-f01"}],
        }
    ],
    skips=[{"issues": [{}]}],
)
def findings_of_unit(row: IssueRow, book: Book) -> Breach | None:
    """What is listed was found at this unit."""
    for visit in _visits(row, book):
        if visit.unit_id != row.unit_id:
            return breach("finding_ids", f"检查 {visit.id} 查的是别的单位")
    return None


@row_check(
    "L13",
    ledger=IssueRow,
    severity="error",
    sentence="交办的问题属于被交办的单位，⑧整改时限不晚于交办期限",
    remedy="核对交办编号；⑧整改时限按交办期限填写，要延期的走延期批准",
    source="五.2",
    why="比交办的期限还晚，等于自己给自己延期",
    where=lambda row: row.assignment_id is not None,
    passes=[
        {
            "assignments": [{"assignment_id": "city-u0001", "due_on": "2022-08-20"}],
            "issues": [{"assignment_id": "city-u0001", "due_on": "2022-08-20"}],
        }
    ],
    fails=[
        {
            "assignments": [{"assignment_id": "city-u0001", "due_on": "2022-08-20"}],
            "issues": [{"assignment_id": "city-u0001", "due_on": "2022-08-21"}],
        },
        {
            "assignments": [{"assignment_id": "city-u0001", "unit_id": "yixian"}],
            "issues": [{"assignment_id": "city-u0001"}],
        },
    ],
    skips=[{"issues": [{"due_on": "2022-12-31"}]}],
)
def within_assignment(row: IssueRow, book: Book) -> Breach | None:
    """A unit may not give itself more time than those who handed the problem over."""
    assignment = book.index("assignments").get(row.assignment_id)
    if assignment is None:
        return None
    if assignment.unit_id != row.unit_id:
        return breach("assignment_id", f"交办 {assignment.id} 交给的是别的单位")
    if row.due_on > assignment.due_on:
        return breach("due_on", f"交办期限是{in_words(assignment.due_on)}，⑧整改时限不能更晚")
    return None


@row_check(
    "L14",
    ledger=IssueRow,
    severity="error",
    sentence="所填水样是本单位的水样",
    remedy="核对水样编号",
    source="数字可追溯",
    why="引到别的单位的水样，水质问题就挂错了地方",
    where=lambda row: row.sample_id is not None,
    passes=[
        {
            "water_tests": [{"sample_id": "jiaxian-s00012", "unit_id": "jiaxian"}],
            "issues": [{"sample_id": "jiaxian-s00012"}],
        }
    ],
    fails=[
        {
            "water_tests@yixian": [{"sample_id": "yixian-s00012", "unit_id": "yixian"}],
            "issues": [{"sample_id": "yixian-s00012"}],
        }
    ],
    skips=[{"issues": [{}]}],
)
def sample_of_unit(row: IssueRow, book: Book) -> Breach | None:
    """The sample that an issue answers was taken in the unit."""
    sample = book.index("water_tests").get(row.sample_id)
    if sample is not None and sample.unit_id != row.unit_id:
        return breach("sample_id")
    return None


@row_check(
    "L15",
    ledger=IssueRow,
    severity="error",
    sentence="复发的问题指向本单位更早发现的一个问题",
    remedy="核对复发自一列的问题编号；不是复发的留空",
    source="五.2、G12",
    why="反复要扣分，得指得出是哪一个老问题又出来了",
    where=lambda row: row.recurs_of_id is not None,
    passes=[
        {
            "issues": [
                {"issue_id": "jiaxian-2022-0012", "found_on": "2022-07-20"},
                {"recurs_of_id": "jiaxian-2022-0012", "found_on": "2022-08-10"},
            ]
        }
    ],
    fails=[
        {"issues": [{"issue_id": "jiaxian-2022-0031", "recurs_of_id": "jiaxian-2022-0031"}]},
        {
            "issues": [
                {"issue_id": "jiaxian-2022-0012", "found_on": "2022-08-20"},
                {"recurs_of_id": "jiaxian-2022-0012", "found_on": "2022-08-10"},
            ]
        },
    ],
    skips=[{"issues": [{}]}],
)
def recurs_of_earlier(row: IssueRow, book: Book) -> Breach | None:
    """A fault comes back after it was first found, in the same unit."""
    origin = book.index("issues").get(row.recurs_of_id)
    if origin is None:
        return None
    if origin.issue_id == row.issue_id:
        return breach("recurs_of_id", "复发自一列写的是问题自己")
    if origin.unit_id != row.unit_id:
        return breach("recurs_of_id", "复发自一列写的是别的单位的问题")
    if origin.found_on > row.found_on:
        return breach("recurs_of_id", f"{origin.id} 发现得比这个问题晚")
    return None
