"""Record check of a deadline against its own words: 8月9日前 is no day in October."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.dates import in_words
from pipeline.rowtypes import IssueRow

_SAID = re.compile(
    r"(?:(?P<year>20[0-9]{2})年)?(?P<month>1[0-2]|0?[1-9])月"
    r"(?:(?P<day>[12][0-9]|3[01]|0?[1-9])[日号]|(?P<end>底|末))(?:之?前|以前|完成)*"
)


@row_check(
    "L19",
    ledger=IssueRow,
    severity="error",
    sentence="⑧整改时限和它的原文是同一天",
    remedy="核对交办单：原文写 8月9日前，时限就是发现以后的第一个 8月9日；改写错了的那一格",
    source="附表2-2",
    why="原文写8月、格子里写10月，或者错了一年，逾期就不见了",
    passes=[
        {"issues": [{"found_on": "2022-07-20", "due_text": "8月9日前", "due_on": "2022-08-09"}]},
        {"issues": [{"found_on": "2022-12-20", "due_text": "1月9日前", "due_on": "2023-01-09"}]},
        {"issues": [{"found_on": "2022-07-20", "due_text": "8月底前", "due_on": "2022-08-31"}]},
    ],
    fails=[
        {"issues": [{"found_on": "2022-07-20", "due_text": "8月9日前", "due_on": "2022-10-30"}]},
        {"issues": [{"found_on": "2022-07-20", "due_text": "8月9日前", "due_on": "2023-08-09"}]},
        {
            "issues": [
                {"found_on": "2022-07-20", "due_text": "2022年8月9日", "due_on": "2023-08-09"}
            ]
        },
    ],
    skips=[
        {"issues": [{"found_on": "2022-07-20", "due_text": "立行立改", "due_on": "2022-07-23"}]},
    ],
)
def due_as_said(row: IssueRow, _book: Book) -> Breach | None:
    """The deadline is the first day of that name on or after the day of finding."""
    said = _SAID.fullmatch(row.due_text.strip()) if row.due_text and row.due_on else None
    if said is None:
        return None
    expected = _first(said, row.found_on)
    if expected is None or expected == row.due_on:
        return None
    return breach("due_on", f"原文“{row.due_text}”说的是{in_words(expected)}")


def _first(said: re.Match[str], found_on: date) -> date | None:
    """Return the first day on or after the finding that has the name said; None if none has."""
    month = int(said["month"])
    years = [int(said["year"])] if said["year"] else [found_on.year, found_on.year + 1]
    for year in years:
        last = monthrange(year, month)[1]
        day = last if said["end"] else int(said["day"])
        if day <= last and (said["year"] or date(year, month, day) >= found_on):
            return date(year, month, day)
    return None
