"""Record checks of terms and years, alike in every ledger that has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach
from pipeline.dates import FIRST_YEAR, Termed

YEARS_AHEAD = {"built_year": 0, "plan_year": 1, "fund_year": 1}
"""Columns that hold a year, and how far it may lie ahead: next year's plan and money come early."""

SEAT = {"valid_from": "2022-07-01"}


@book_check(
    "K21",
    ledger=None,
    severity="error",
    sentence="失效、离任、停用的日期不早于生效、到任、启用的日期",
    remedy="核对起止两个日期；最后一天算在内，仍在用的留空",
    source="常理",
    why="结束比开始还早，这一条就从来没有生效过",
    passes=[
        {"phones": [SEAT | {"valid_to": "2022-07-01"}]},
        {"units": [SEAT]},
    ],
    fails=[
        {"phones": [SEAT | {"valid_to": "2022-06-30"}]},
        {"responsibilities": [SEAT | {"valid_to": "2022-06-30"}]},
        {"divisions": [SEAT | {"valid_to": "2022-06-30"}]},
    ],
)
def term_ends_after_start(book: Book) -> Iterator[Breach]:
    """First and last day are included, so a term lasts one day at least."""
    for schema in book.schemas.values():
        if {"valid_from", "valid_to"} <= schema.by_name.keys():
            for row in book[schema.name]:
                term = cast("Termed", row)
                start, end = term.valid_from, term.valid_to
                if end is not None and start is not None and end < start:
                    yield breach("valid_to", row=row)


@book_check(
    "K22",
    ledger=None,
    severity="error",
    sentence=f"年份从{FIRST_YEAR}年起，四位数字，计划和资金的年度最多写到明年",
    remedy="核对年份，看是不是多写、少写了一位",
    source="常理",
    why="年份多一位少一位，工程的年龄和资金的年度就都错了",
    passes=[
        {"works": [{"built_year": "1949"}]},
        {"works": [{"built_year": "2022"}]},
        {"works": [{"built_year": ""}]},
        {"projects": [{"plan_year": "2023"}]},
    ],
    fails=[
        {"works": [{"built_year": "1948"}]},
        {"works": [{"built_year": "20222"}]},
        {"projects": [{"plan_year": "2024"}]},
        {"funds": [{"fund_year": "202"}]},
    ],
    skips=[{"funds": [{"fund_year": "2024", "entry_on": "2023-12-01"}]}],
)
def year_is_plausible(book: Book) -> Iterator[Breach]:
    """A year of works, plans or money that can be meant; rows dated later are not looked at yet."""
    for ledger, field in _year_columns(book):
        last = _last_year(book) + YEARS_AHEAD[field]
        for row in book.today[ledger]:
            year = getattr(row, field)
            if year is not None and not FIRST_YEAR <= year <= last:
                yield breach(field, row=row)


def _year_columns(book: Book) -> Iterator[tuple[str, str]]:
    for schema in book.schemas.values():
        for field in schema.fields:
            if field.name in YEARS_AHEAD:
                yield schema.name, field.name


def _last_year(book: Book) -> int:
    """Return the year of the day, or of the campaign's own day where an earlier one is asked for.

    Works carry no date of entry: a site as of an earlier day must not refuse what was built since.
    """
    own = book.snapshot.campaign.as_of_on
    return max(book.as_of_on.year, own.year if own else book.as_of_on.year)
