"""Record checks of adverse events (负面事件) and of what was done about them (追责问责)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.dates import is_late
from pipeline.rowtypes import AccountabilityRow, IncidentRow

GRADED = ("安全事故", "质量事故", "审计查出", "纪检监察查出")
"""Kinds that clause 六.1 counts only if they are major."""
INTERNAL = ("责令整改", "警示约谈")
_INCIDENT = re.compile(r"(?:[a-z]{1,20}-b[0-9]{1,9})")

EVENT = {"incident_id": "city-b0001", "kind": "媒体披露", "problem_no": "city-b0001"}
MEASURE = {"measure": "通报批评", "decided_on": "2022-08-10"}


@row_check(
    "I01",
    ledger=IncidentRow,
    severity="error",
    sentence="安全、质量事故和审计、纪检监察查出的，写明是否重大",
    remedy="按认定结果在重大一列填是或否",
    source="六.1",
    why="重大的才扣分，不写明就没有办法判断",
    where=lambda row: row.kind in GRADED,
    passes=[{"incidents": [EVENT | {"kind": "安全事故", "is_major": "否"}]}],
    fails=[{"incidents": [EVENT | {"kind": "审计查出"}]}],
    skips=[{"incidents": [EVENT]}],
)
def major_or_not(row: IncidentRow, _book: Book) -> Breach | None:
    """Only major ones are charged, so it must be said."""
    return breach("is_major") if row.is_major is None else None


@row_check(
    "I02",
    ledger=IncidentRow,
    severity="error",
    sentence="同一问题编号写的是已登记的事件编号",
    remedy="同一个问题的几次披露填最早那一次的编号；只有一次的填自己的编号",
    source="G16",
    why="说是同一件事，要指得出是哪一件",
    where=lambda row: _INCIDENT.fullmatch(row.problem_no),
    passes=[{"incidents": [EVENT]}],
    fails=[{"incidents": [EVENT | {"problem_no": "city-b0009"}]}],
    skips=[{"incidents": [EVENT | {"problem_no": "2022年水价投诉"}]}],
)
def problem_is_known(row: IncidentRow, book: Book) -> Breach | None:
    """A problem named after an event is named after one that stands in the ledger."""
    return breach("problem_no") if row.problem_no not in book.index("incidents") else None


@book_check(
    "I03",
    ledger=IncidentRow,
    severity="error",
    sentence="同一问题编号下的事件属于同一个单位",
    remedy="别的单位的问题另编同一问题编号",
    source="G16",
    why="同一件事只扣一次，扣在一个单位",
    passes=[{"incidents": [EVENT, EVENT | {"incident_id": "city-b0002"}]}],
    fails=[{"incidents": [EVENT, EVENT | {"incident_id": "city-b0002", "unit_id": "yixian"}]}],
)
def problem_of_one_unit(book: Book) -> Iterator[Breach]:
    """Exposures are counted together only within a unit."""
    units: dict[str, str] = {}
    for row in book.incidents:
        if units.setdefault(row.problem_no, row.unit_id) != row.unit_id:
            yield breach("problem_no", row=row)


@row_check(
    "I04",
    ledger=IncidentRow,
    severity="error",
    sentence="事件对应的整改问题是这个单位的",
    remedy="核对台账编号",
    source="台账约定",
    why="指到别的单位的问题，经过就对不上",
    where=lambda row: row.issue_id is not None,
    passes=[{"issues": [{}], "incidents": [EVENT | {"issue_id": "jiaxian-2022-0031"}]}],
    fails=[
        {
            "issues@yixian": [{"issue_id": "yixian-2022-0001", "unit_id": "yixian"}],
            "incidents": [EVENT | {"issue_id": "yixian-2022-0001"}],
        }
    ],
    skips=[{"incidents": [EVENT]}],
)
def incident_issue_of_unit(row: IncidentRow, book: Book) -> Breach | None:
    """The issue an event led to is the unit's own."""
    issue = book.index("issues").get(row.issue_id)
    return breach("issue_id") if issue is not None and issue.unit_id != row.unit_id else None


@row_check(
    "Y11",
    ledger=AccountabilityRow,
    severity="error",
    sentence="责令整改、警示约谈不公开，只有通报批评可以公开",
    remedy="把可公开改成否；通报已经公开印发的，措施填通报批评",
    source="O-21、政府信息公开条例",
    why="整改通知和约谈是内部过程，只有通报可以公布",
    where=lambda row: row.measure in INTERNAL,
    passes=[{"accountability": [MEASURE | {"measure": "警示约谈", "is_public": "否"}]}],
    fails=[{"accountability": [MEASURE | {"measure": "责令整改", "is_public": "是"}]}],
    skips=[{"accountability": [MEASURE | {"is_public": "是"}]}],
)
def milder_measures_stay_inside(row: AccountabilityRow, _book: Book) -> Breach | None:
    """Only a circular that is itself published may be shown."""
    return breach("is_public") if row.is_public else None


@row_check(
    "Y12",
    ledger=AccountabilityRow,
    severity="error",
    sentence="追责所列的整改问题是这个单位的",
    remedy="核对台账编号，去掉别的单位的",
    source="台账约定",
    why="指到别的单位的问题，责任就追错了",
    where=lambda row: row.issue_ids,
    passes=[{"issues": [{}], "accountability": [MEASURE | {"issue_ids": "jiaxian-2022-0031"}]}],
    fails=[
        {
            "issues@yixian": [{"issue_id": "yixian-2022-0001", "unit_id": "yixian"}],
            "accountability": [MEASURE | {"issue_ids": "yixian-2022-0001"}],
        }
    ],
    skips=[{"accountability": [MEASURE]}],
)
def measure_issues_of_unit(row: AccountabilityRow, book: Book) -> Breach | None:
    """A measure answers the unit's own issues."""
    for issue_id in row.issue_ids:
        issue = book.index("issues").get(issue_id)
        if issue is not None and issue.unit_id != row.unit_id:
            return breach("issue_ids", f"问题 {issue_id} 是别的单位的")
    return None


@row_check(
    "Y13",
    ledger=AccountabilityRow,
    severity="error",
    sentence="整改期限、反馈日期不早于追责日期",
    remedy="核对三个日期，改正写错的一个",
    source="常理",
    why="还没有追责就到期或反馈，日期一定有错",
    passes=[{"accountability": [MEASURE | {"due_on": "2022-08-20", "feedback_on": "2022-08-18"}]}],
    fails=[
        {"accountability": [MEASURE | {"due_on": "2022-08-09"}]},
        {"accountability": [MEASURE | {"feedback_on": "2022-08-09"}]},
    ],
    skips=[{"accountability": [MEASURE]}],
)
def measure_dates(row: AccountabilityRow, _book: Book) -> Iterator[Breach]:
    """First the measure, then what follows from it."""
    if row.due_on is not None and row.due_on < row.decided_on:
        yield breach("due_on", "整改期限早于追责日期")
    if row.feedback_on is not None and row.feedback_on < row.decided_on:
        yield breach("feedback_on", "反馈日期早于追责日期")


@row_check(
    "Y14",
    ledger=AccountabilityRow,
    severity="warning",
    sentence="被追责的单位按期反馈",
    remedy="催报整改情况，收到后补填反馈日期",
    source="O-21",
    why="追责以后没有下文，等于没有追",
    where=lambda row: row.due_on is not None and row.feedback_on is None,
    passes=[{"accountability": [MEASURE | {"due_on": "2022-09-16"}]}],
    fails=[{"accountability": [MEASURE | {"due_on": "2022-09-15"}]}],
    skips=[{"accountability": [MEASURE | {"due_on": "2022-09-15", "feedback_on": "2022-09-10"}]}],
)
def measure_answered(row: AccountabilityRow, book: Book) -> Breach | None:
    """Reality, not a fault of the row: no answer by the day set."""
    is_due = row.due_on is not None and is_late(row.due_on, book.as_of_on)
    return breach("feedback_on") if is_due else None
