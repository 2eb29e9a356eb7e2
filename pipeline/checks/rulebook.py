"""How a record check is written: what must hold, how grave, how to mend it, and three examples.

A check of single rows says which rows it concerns (`where`) and returns what is wrong with one:

    @row_check("L03", ledger=IssueRow, severity="error",
               sentence="整改时限不早于发现日期", remedy="核对⑧整改时限和发现日期",
               source="常理、附表2-2", why="时限比发现还早，这个问题一登记就是逾期",
               passes=[{"issues": [{"found_on": "2022-07-20", "due_on": "2022-07-20"}]}],
               fails=[{"issues": [{"found_on": "2022-07-20", "due_on": "2022-07-19"}]}])
    def due_not_before_found(row: IssueRow, book: Book) -> Breach | None:
        return breach("due_on") if row.due_on < row.found_on else None

A check across rows (`book_check`) yields its breaches itself, each with its row; with `over` it is
asked of one thing at a time (an issue and its events, a group of rows). Examples are small tables
written as the cells of a CSV file; columns left out take the example of their schema (if required)
or stay blank. They are tests, and they are printed in the catalogue. The ledger is named by the
class of its rows, so that a column or word that is not there is found when types are checked.

A check reads through the book it is given and nowhere else: what it reads is noted, and it is not
asked again as long as that stands (`asked_again`).

No check sees a cell that the gates before refused: reading one raises `Refused`, and what was being
judged is passed over. What a check then says is only what no mended cell could take back. A check
that raises anything else is our bug: it is told as one (K90), and the other checks still answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from traceback import extract_tb
from typing import Any, Required, TypedDict, TypeVar, Unpack, overload

from pipeline.checks.book import Book, R
from pipeline.findings import Finding, Rule, Severity
from pipeline.ledgers import Refused
from pipeline.ledgers.rows import to_cell
from pipeline.rowtypes import Row

T = TypeVar("T")

BROKEN = Rule(
    "K90",
    "records",
    "error",
    "每一条规则都查得完",
    "这不是台账的错，不用改数据：把这句话和刚才的命令发给维护人员；修好以前不能发布",
    "先查后发",
    "有一条规则没有查完，就不能说数据都查过",
)

Example = dict[str, list[dict[str, str]]]
"""Ledger -> rows -> cells, as text."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach: the column it shows in, and what to say if the rule's sentence is not enough.

    `row` is None where the checked row itself is meant. `subject` names what lacks a row; the
    finding then has no line. `severity` is that of the rule, unless a reading says otherwise.
    """

    field: str | None = None
    message: str = ""
    row: Row | None = None
    subject: str | None = None
    value: str | None = None
    severity: Severity | None = None


breach = Breach
Result = Breach | Iterable[Breach] | None
RowCheck = Callable[[R, Book], Result]
BookCheck = Callable[[Book], Result]
ThingCheck = Callable[[T, Book], Result]
"""Takes a thing and the book: an issue and its events, a group of rows."""


class Told(TypedDict, total=False):
    """What a check says of itself, and the examples it is held to."""

    severity: Required[Severity]
    sentence: Required[str]
    remedy: Required[str]
    source: Required[str]
    why: Required[str]
    passes: Sequence[Example]
    fails: Sequence[Example]
    skips: Sequence[Example]


@dataclass(frozen=True, slots=True)
class Check:
    """A declared rule and the function that finds its breaches in a book."""

    rule: Rule
    find: Callable[[Book], Iterable[Finding]]


def row_check(
    id: str,
    *,
    ledger: type[R],
    where: Callable[[R], object] | None = None,
    **told: Unpack[Told],
) -> Callable[[RowCheck[R]], Check]:
    """Make the function below it a check of single rows of one ledger, named by their class."""
    rule = Rule(id, "records", ledger=ledger.table, **told)

    def made(function: RowCheck[R]) -> Check:
        def find(book: Book) -> Iterator[Finding]:
            for row in book.of(ledger):
                try:
                    if where is None or where(row):
                        result = function(row, book)
                        if result is not None:
                            yield from [_finding(rule, b, row, book) for b in _several(result)]
                except Refused:
                    continue  # it cannot be judged, and the cell that forbids it has been told

        return Check(rule, find)

    return made


@overload
def book_check(
    id: str, *, ledger: type[Row] | None, **told: Unpack[Told]
) -> Callable[[BookCheck], Check]: ...
@overload
def book_check(
    id: str, *, ledger: type[Row] | None, over: Callable[[Book], Iterable[T]], **told: Unpack[Told]
) -> Callable[[ThingCheck[T]], Check]: ...
def book_check(
    id: str,
    *,
    ledger: type[Row] | None,
    over: Callable[[Book], Iterable[Any]] | None = None,
    **told: Unpack[Told],
) -> Callable[[Callable[..., Result]], Check]:
    """Make the function below it a check across rows; `ledger` is the one its findings belong to.

    It is None where they may be in any.
    `over` gives the things the check is asked of, one by one: then a refused cell forbids the
    answer about one of them. Without it the check is asked again without the rows refused.
    """
    rule = Rule(id, "records", ledger=ledger.table if ledger else "", **told)

    def made(function: Callable[..., Result]) -> Check:
        def breaches(book: Book) -> list[Breach]:
            if over is None:
                return list(_several(function(book)))
            return [b for thing in over(book) for b in _about(function, thing, book)]

        def find(book: Book) -> list[Finding]:
            left: list[Row] = []
            while True:
                try:
                    found = breaches(book)
                    return [_finding(rule, b, b.row, book) for b in found if _is_sure(b, left)]
                except Refused as refusal:
                    book, rows = book.less(refusal)
                    left += rows

        return Check(rule, find)

    return made


def run_records(book: Book, checks: Iterable[Check]) -> list[Finding]:
    """Run record checks over a book."""
    return [finding for check in checks for finding in _run(check, book)]


def _run(check: Check, book: Book) -> list[Finding]:
    try:
        return list(check.find(book))
    except Exception as bug:  # noqa: BLE001 - one broken rule must not silence all the others
        last = extract_tb(bug.__traceback__)[-1]
        where = f"{type(bug).__name__}，{PurePath(last.filename).name} 第 {last.lineno} 行"
        said = f"规则 {check.rule.id}（{check.rule.sentence}）没有查成（{where}）；其他规则都已查过"
        return [BROKEN.at(said, ledger=check.rule.ledger)]


def _about(function: ThingCheck[T], thing: T, book: Book) -> list[Breach]:
    """Ask a check of one thing; nothing is said of it where a refused cell forbids the answer."""
    try:
        return list(_several(function(thing, book)))
    except Refused:
        return []


def _is_sure(fault: Breach, left: Sequence[Row]) -> bool:
    """Whether a breach stands whatever the rows left out may say when they are mended.

    What a unit lacks may be in them, and so may what a row of another ledger should find there.
    """
    ledger: str | None = None
    owner: str | None = (fault.subject or "").removeprefix("units/")
    if fault.row is not None:
        ledger, owner = fault.row.table, fault.row.owner
    return not any(row.owner == owner and row.table != ledger for row in left)


def _several(result: Result) -> Iterable[Breach]:
    if result is None:
        return ()
    return (result,) if isinstance(result, Breach) else result


def _finding(rule: Rule, fault: Breach, checked: Row | None, book: Book) -> Finding:
    row = fault.row if fault.row is not None else checked
    severity = fault.severity or rule.severity
    if row is None:
        return rule.at(fault.message, subject=fault.subject, value=fault.value, severity=severity)
    place: dict[str, Any] = {
        "severity": severity,
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
