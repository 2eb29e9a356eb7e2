"""Record checks of nil returns (零报告): what is declared to be none, and whether it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import cast

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.dates import Termed, in_words
from pipeline.ledgers.schemas import Schema
from pipeline.rowtypes import NilReturnRow, Row

NIL = {"ledger": "outages", "covers_from": "2022-07-14", "covers_to": "2022-08-25"}
OUTAGE = {"started_on": "2022-08-10", "works_id": "jiaxian-w0001"}


@row_check(
    "Z01",
    ledger=NilReturnRow,
    severity="error",
    sentence="零报告的起日不晚于止日",
    remedy="核对起、止两个日期",
    source="常理",
    why="止日比起日还早，这份零报告没有管到任何一天",
    passes=[{"nil_returns": [NIL]}],
    fails=[{"nil_returns": [NIL | {"covers_to": "2022-07-13"}]}],
)
def nil_covers_days(row: NilReturnRow, _book: Book) -> Breach | None:
    """A period ends after it begins."""
    return breach("covers_to") if row.covers_to < row.covers_from else None


@row_check(
    "Z02",
    ledger=NilReturnRow,
    severity="error",
    sentence="零报告写的台账是单位填报的台账，类别是该台账已有的类别，全部类别的留空",
    remedy="对照字段字典改正台账名和类别",
    source="三种没有",
    why="说不清哪个台账为零，就和没有报一样",
    passes=[
        {"nil_returns": [NIL]},
        {"nil_returns": [NIL | {"ledger": "activities", "kind": "培训"}]},
        {"nil_returns": [NIL | {"ledger": "phones", "kind": "维修"}]},
    ],
    fails=[
        {"nil_returns": [NIL | {"ledger": "assignments"}]},
        {"nil_returns": [NIL | {"ledger": "activities", "kind": "旅游"}]},
        {"nil_returns": [NIL | {"ledger": "outages", "kind": "干旱"}]},
    ],
)
def nil_names_a_ledger(row: NilReturnRow, book: Book) -> Breach | None:
    """What is declared none is a ledger of the units, or one of its kinds."""
    schema = book.schemas.get(row.ledger)
    if schema is None or "U" not in schema.home:
        return breach("ledger", "没有这个由单位填报的台账")
    if row.kind is None:
        return None
    if schema.kind_field is None:
        return breach("kind", f"台账“{schema.title}”不分类别，类别请留空")
    allowed = schema.by_name[schema.kind_field].enum
    if row.kind not in allowed:
        return breach("kind", f"台账“{schema.title}”的类别是{'、'.join(allowed)}")
    return None


@book_check(
    "Z03",
    ledger=NilReturnRow,
    severity="error",
    sentence="申报为零的台账在这段时间里确实没有记录",
    remedy="有记录的，撤去零报告或改正起止日期；记录写错了的，先改记录",
    source="三种没有",
    why="一边说没有，一边有记录，两样必有一样错",
    passes=[
        {"nil_returns": [NIL]},
        {"nil_returns": [NIL], "outages": [OUTAGE | {"started_on": "2022-08-26"}]},
        {"nil_returns": [NIL], "outages@yixian": [OUTAGE | {"unit_id": "yixian"}]},
        {
            "nil_returns": [NIL | {"ledger": "activities", "kind": "培训"}],
            "activities": [{"kind": "宣传", "held_on": "2022-08-10"}],
        },
    ],
    fails=[
        {"nil_returns": [NIL], "outages": [OUTAGE]},
        {
            "nil_returns": [NIL | {"ledger": "activities", "kind": "培训"}],
            "activities": [{"kind": "培训", "held_on": "2022-08-10"}],
        },
        {"nil_returns": [NIL | {"ledger": "projects"}], "projects": [{}]},
        {
            "nil_returns": [NIL | {"ledger": "phones"}],
            "phones": [{"valid_from": "2021-01-01"}],
        },
        {
            "nil_returns": [NIL | {"ledger": "water_results"}],
            "water_tests": [{"sample_id": "jiaxian-s00012", "sampled_on": "2022-08-10"}],
            "water_results": [{"sample_id": "jiaxian-s00012"}],
        },
    ],
    skips=[{"nil_returns": [NIL], "outages@C": [OUTAGE]}],
)
def nil_is_true(book: Book) -> Iterator[Breach]:
    """Only the unit's own rows contradict it; what others found is theirs to report."""
    terms = _terms(book)
    for nil in book.nil_returns:
        for first, last, row in terms.get((nil.ledger, nil.unit_id), ()):
            touches = first <= nil.covers_to and nil.covers_from <= last
            if touches and _of_kind(row, nil, book.schemas[nil.ledger]):
                message = _contradiction(row, first, book.schemas[nil.ledger])
                yield breach("ledger", message, row=nil)
                break


def _terms(book: Book) -> dict[tuple[str, str | None], list[tuple[date, date, Row]]]:
    """Return what each unit itself wrote into the ledgers declared none, with its days."""
    declared = {(nil.ledger, nil.unit_id) for nil in book.nil_returns}
    terms = defaultdict(list)
    for ledger in sorted({ledger for ledger, _ in declared} & set(book.schemas)):
        schema = book.schemas[ledger]
        for row in book[ledger]:
            if row.shard.home == "U" and (ledger, row.shard.unit) in declared:
                terms[ledger, row.shard.unit].append((*_days(row, schema, book), row))
    return terms


def _contradiction(row: Row, first: date, schema: Schema) -> str:
    dated = f"，日期{in_words(first)}" if schema.dating_field or schema.dating_via else ""
    return f"申报为零，但有记录 {row.id}{dated}"


def _of_kind(other: Row, nil: NilReturnRow, schema: Schema) -> bool:
    return nil.kind is None or (
        schema.kind_field is not None and getattr(other, schema.kind_field) == nil.kind
    )


def _days(row: Row, schema: Schema, book: Book) -> tuple[date, date]:
    """Return the first and last day that a row speaks of; a standing row speaks of all its term."""
    if schema.dating_via is not None:
        parent = next(key for key in schema.foreign_keys if key.field == schema.dating_via)
        owner = book.index(parent.ledger).get(getattr(row, schema.dating_via))
        return (
            (date.max, date.min)
            if owner is None
            else _days(owner, book.schemas[parent.ledger], book)
        )
    if schema.dating_field is None:
        return date.min, date.max
    first = getattr(row, schema.dating_field)
    if schema.dating_field != "valid_from":
        return first, first
    return first, cast("Termed", row).valid_to or date.max
