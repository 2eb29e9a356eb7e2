"""How a record check is written: what must hold, how grave, how to mend it, and three examples.

A check of single rows says which rows it concerns (`where`) and returns what is wrong with one:

    @row_check("L03", ledger="issues", severity="error",
               sentence="整改时限不早于发现日期", remedy="核对⑧整改时限和发现日期",
               passes=[{"issues": [{"found_on": "2022-07-20", "due_on": "2022-07-20"}]}],
               fails=[{"issues": [{"found_on": "2022-07-20", "due_on": "2022-07-19"}]}])
    def due_not_before_found(row, book):
        if row.due_on < row.found_on:
            return breach("due_on")

A check across rows (`book_check`) yields its breaches itself, each with its row. Examples are small
tables written as the cells of a CSV file; columns left out take the example of their schema (if
required) or stay blank. They are tests, and they are printed in the catalogue.

A check that raises is a bug, never a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.checks.book import Book
from pipeline.findings import Finding, Rule, Severity, declare
from pipeline.ledgers import Row
from pipeline.ledgers.rows import to_cell

Example = dict[str, list[dict[str, str]]]
"""Ledger -> rows -> cells, as text."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach: the column it shows in, and what to say if the rule's sentence is not enough.

    `row` is None where the checked row itself is meant. `subject` names what lacks a row; the
    finding then has no line.
    """

    field: str | None = None
    message: str = ""
    row: Row | None = None
    subject: str | None = None
    value: str | None = None


breach = Breach
RowCheck = Callable[[Row, Book], "Breach | Iterable[Breach] | None"]
BookCheck = Callable[[Book], Iterable[Breach]]


@dataclass(frozen=True, slots=True)
class Check:
    """A declared rule and the function that finds its breaches in a book."""

    rule: Rule
    find: Callable[[Book], Iterator[Finding]]


CHECKS: dict[str, Check] = {}


def row_check(
    id: str,
    *,
    ledger: str,
    severity: Severity,
    sentence: str,
    remedy: str,
    where: Callable[[Row], Any] | None = None,
    passes: Sequence[Example] = (),
    fails: Sequence[Example] = (),
    skips: Sequence[Example] = (),
) -> Callable[[RowCheck], RowCheck]:
    """Register a check of single rows of one ledger."""
    rule = declare(
        id,
        "records",
        severity,
        sentence,
        remedy,
        ledger=ledger,
        passes=passes,
        fails=fails,
        skips=skips,
    )

    def register(function: RowCheck) -> RowCheck:
        def find(book: Book) -> Iterator[Finding]:
            for row in book[ledger]:
                if where is None or where(row):
                    result = function(row, book)
                    if result is not None:
                        yield from (_finding(rule, b, row, book) for b in _several(result))

        CHECKS[id] = Check(rule, find)
        return function

    return register


def book_check(
    id: str,
    *,
    ledger: str,
    severity: Severity,
    sentence: str,
    remedy: str,
    passes: Sequence[Example] = (),
    fails: Sequence[Example] = (),
    skips: Sequence[Example] = (),
) -> Callable[[BookCheck], BookCheck]:
    """Register a check across rows; `ledger` is the one its findings belong to."""
    rule = declare(
        id,
        "records",
        severity,
        sentence,
        remedy,
        ledger=ledger,
        passes=passes,
        fails=fails,
        skips=skips,
    )

    def register(function: BookCheck) -> BookCheck:
        def find(book: Book) -> Iterator[Finding]:
            return (_finding(rule, b, b.row, book) for b in function(book))

        CHECKS[id] = Check(rule, find)
        return function

    return register


def run_records(book: Book) -> list[Finding]:
    """Run every registered record check over a book."""
    return [finding for check in CHECKS.values() for finding in check.find(book)]


def _several(result: Breach | Iterable[Breach]) -> Iterable[Breach]:
    return (result,) if isinstance(result, Breach) else result


def _finding(rule: Rule, fault: Breach, checked: Row | None, book: Book) -> Finding:
    row = fault.row if fault.row is not None else checked
    if row is None:
        return rule.at(fault.message, subject=fault.subject, value=fault.value)
    place: dict[str, Any] = {
        "ledger": row.table,
        "subject": row.ref,
        "file": row.file,
        "line": row.line,
    }
    if fault.subject is not None:
        place |= {"subject": fault.subject}
    if fault.field is not None:
        place |= {
            "field": fault.field,
            "title": book.schemas[row.table].by_name[fault.field].title,
            "column": book.schemas[row.table].column(fault.field),
            "value": fault.value or to_cell(getattr(row, fault.field)),
        }
    elif fault.value is not None:
        place["value"] = fault.value
    return rule.at(fault.message, **place)
