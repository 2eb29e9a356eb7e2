"""The frames that reports rest on: issues, counted by unit as of a day.

A frame says what a view of that day would say, but is made from any later view, because what
happened carries its day: an edition is made again as of its last day, and a test compares it with
the view of that very day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipeline.dates import days_late
from pipeline.disclosure import View
from pipeline.disclosure.shown import Step
from pipeline.pivots import Count, Table
from pipeline.rowtypes import Row, ShownIssueRow
from pipeline.terms import STRUCK, UNREGISTERED, VOID

CITY = ""
"""The key of the sums over all units."""

UNKNOWN = (UNREGISTERED, VOID)

SOON = 7
"""Days ahead within which a deadline is named."""

STANDING = ("found", "reported", "verified", "struck", "overdue", "soon", "refused")
HAPPENED = {
    "登记": "new",
    "整改完成": "done",
    "现场核查通过": "passed",
    "销号": "closed",
    "现场核查不通过": "failed",
    "退回": "sent_back",
    "延期批准": "extended",
    "作废": "void",
}
"""Events of issues, and the column in which a period counts them."""


IssueColumn = Literal["channel", "category", "issue_level"]
"""Columns of issues by which a report counts them."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A frame of counts by unit and column, the city last."""

    table: Table

    def at(self, unit: str, column: str) -> int:
        """Return a count."""
        return self.table[unit][column]

    def row(self, unit: str) -> dict[str, int]:
        """Return the counts of a unit by column."""
        return dict(self.table[unit])


@dataclass(frozen=True, slots=True)
class Open:
    """An issue not reported done at the end of a day."""

    issue: ShownIssueRow
    due_on: date
    limit_on: date
    days_overdue: int


def standing(view: View, day: date) -> Counted:
    """Return how the issues stand at the end of a day: a row a unit and one for the city.

    Columns: in the register and not void; reported done; verified on site by another body; struck
    off; open past the first deadline; open and due within `SOON` days; sent back and open again.
    """

    def make() -> Counted:
        rows = ((issue.unit_id, flags) for issue, flags in _flags(view, day))
        return by_unit(view, spread(rows, STANDING), STANDING)

    return view.once(f"issues counted on {day}", ("issues", "issue_events"), make)


def standing_by(
    view: View, day: date, column: IssueColumn, units: Collection[str]
) -> dict[str, Counted]:
    """Return how the issues of some units stand at the end of a day, by a column of theirs.

    Each value of the column has its frame of one row, the city's; the most found comes first.
    """
    summed: dict[str, dict[str, int]] = {}
    for unit, values in _standing_by(view, day, column).items():
        for value, row in values.items() if unit in units else ():
            sums = summed.setdefault(value, dict.fromkeys(STANDING, 0))
            for name, n in row.items():
                sums[name] += n
    most_first = sorted(summed.items(), key=lambda one: (-one[1]["found"], one[0]))
    return {value: Counted({CITY: row}) for value, row in most_first}


def _standing_by(view: View, day: date, column: IssueColumn) -> Mapping[str, Table]:
    """Return how the issues stand at the end of a day, by unit and a column of theirs."""

    def make() -> Mapping[str, Table]:
        rows = (
            (f"{issue.unit_id} {getattr(issue, column)}", flags)
            for issue, flags in _flags(view, day)
        )
        found: dict[str, dict[str, Mapping[str, int]]] = defaultdict(dict)
        for both, row in view.pivots.of(spread(rows, STANDING)).items():
            unit, _, value = both.partition(" ")
            found[unit][value] = row
        return found

    return view.once(f"issues by {column} on {day}", ("issues", "issue_events"), make)


def happened(view: View, first: date, last: date) -> Counted:
    """Return what happened to issues in a period, both days included: a row a unit, one the city.

    An event counts where it was in order; what is void on the last day has no events but its own.
    Every report of a later week tells of this one too, so it is counted once for a view.
    """
    name = f"happened from {first} to {last}"
    return view.once(name, ("issues", "issue_events"), lambda: _happened(view, first, last))


def _happened(view: View, first: date, last: date) -> Counted:
    counts = []
    for issue in view.issues:
        steps = [s for s in view.histories.get(issue.id, ()) if s.on <= last]
        is_void = bool(steps) and steps[-1].state == VOID
        for step in steps:
            if step.on >= first and step.is_applied and step.event in HAPPENED:
                if is_void and step.event != "作废":
                    continue
                counts.append((issue.unit_id, HAPPENED[step.event], 1))
    return by_unit(view, counts, HAPPENED.values())


def open_issues(view: View, day: date) -> list[Open]:
    """Return the issues not reported done at the end of a day: the longest overdue first."""
    found = []
    for issue in view.issues:
        step = _last(view, issue, day)
        if step is not None and step.state not in UNKNOWN and not step.is_reported:
            late = days_late(step.due_on, day)
            found.append(Open(issue, step.due_on, step.limit_on, late))
    return sorted(found, key=lambda one: (-one.days_overdue, one.limit_on, one.issue.id))


def silent(view: View, day: date, ledger: str = "issues") -> list[str]:
    """Return the units that had neither reported a ledger by a day nor declared that it is empty.

    A row counts from the day that its ledger dates it by; an issue from its registration.
    """
    heard = {
        nil.unit_id
        for nil in view.nil_returns
        if nil.ledger == ledger
        and nil.kind is None
        and nil.declared_on <= day
        and nil.covers_from <= day <= nil.covers_to
    }
    first = _first_rows(view, ledger)
    return [
        unit.id
        for unit in view.units
        if unit.id not in heard and first.get(unit.id, date.max) > day
    ]


def _first_rows(view: View, ledger: str) -> Mapping[str, date]:
    """Return the day of the first row of a ledger that each unit has reported."""

    def make() -> Mapping[str, date]:
        found: dict[str, date] = {}
        for row in view.tables[ledger]:
            if row.shard.home == "U":
                unit = row.peek("unit_id")
                found[unit] = min(_dated(view, row, ledger), found.get(unit, date.max))
        return found

    return view.once(f"first rows of {ledger}", (ledger, "issue_events"), make)


Flags = tuple[ShownIssueRow, tuple[int, ...]]
"""An issue, and for each of `STANDING` whether it counts there."""


def _flags(view: View, day: date) -> list[Flags]:
    """Return how every issue stands at the end of a day; asked again for each column."""
    name = f"issues standing on {day}"
    return view.once(name, ("issues", "issue_events"), lambda: list(_flagged(view, day)))


def _flagged(view: View, day: date) -> Iterator[Flags]:
    soon = day + timedelta(days=SOON)
    for issue in view.issues:
        step = _last(view, issue, day)
        if step is None or step.state in UNKNOWN:
            continue
        is_open = not step.is_reported
        yield (
            issue,
            (
                1,
                int(step.is_reported),
                int(step.is_verified),
                int(step.state == STRUCK),
                int(is_open and days_late(step.due_on, day) > 0),
                int(is_open and day < step.due_on <= soon),
                int(is_open and step.was_reopened),
            ),
        )


def _last(view: View, issue: ShownIssueRow, day: date) -> Step | None:
    """Return the last step of an issue up to a day; None before it was known."""
    return next(
        (step for step in reversed(view.histories.get(issue.id, ())) if step.on <= day), None
    )


def _dated(view: View, row: Row, ledger: str) -> date:
    if ledger == "issues":
        registered = view.states[row.id].registered_on
        return registered or date.max
    found: date = row.peek(view.schemas[ledger].dating_field or "")
    return found


def spread(rows: Iterable[tuple[str, Sequence[int]]], columns: Collection[str]) -> Iterator[Count]:
    """Yield the counts of rows, each a name and a number for each column, one by one."""
    for name, numbers in rows:
        for column, n in zip(columns, numbers, strict=True):
            yield name, column, n


def by_unit(view: View, counts: Iterable[Count], columns: Collection[str]) -> Counted:
    """Add up by unit, in the order of the roll, with the city last."""
    found = view.pivots.of(counts)
    table = {
        unit.id: {**dict.fromkeys(columns, 0), **found.get(unit.id, {})} for unit in view.units
    }
    table[CITY] = {column: sum(row[column] for row in table.values()) for column in columns}
    return Counted(table)
