"""Faults that come back: recurrence as clause 五.2 counts it (reading G12).

A recurrence is a new issue. Either the unit says which earlier issue it repeats, or it was found
within a number of days after the 销号 of an issue with the same works (the same village where no
works is named) and the same category.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pipeline.ledgers import Snapshot
from pipeline.rectification.lifecycle import STRIKE, Step
from pipeline.rowtypes import IssueRow
from pipeline.terms import VOID

Fault = tuple[str, str | None, str]
"""What makes two issues the same fault: kind of place, place, category."""

RECURRENCE_DAYS = 180
"""Days after 销号 within which the same fault counts as back, unless the reading G12 says else."""


def recurrence_days(snapshot: Snapshot) -> int:
    """Return the days within which a fault counts as back, by the reading in force (G12)."""
    for row in snapshot["readings"]:
        if row.reading_id == "G12" and row.is_chosen and row.parameter is not None:
            return int(row.parameter)
    return RECURRENCE_DAYS


def _fault(issue: IssueRow) -> Fault:
    """Name what makes two issues the same fault: works (village if none) and category."""
    if issue.works_id is not None:
        return "工程", issue.works_id, issue.category
    return "村", issue.village_code, issue.category


def recurrences(
    issues: Iterable[IssueRow], known: Mapping[str, Sequence[Step]], days: int
) -> dict[str, str]:
    """Return issue -> the earlier issue that it repeats, said by the unit or seen by the dates."""
    rows = list(issues)
    struck: dict[Fault, list[tuple[date, str]]] = defaultdict(list)
    for issue in rows:
        steps = known[issue.issue_id]
        if steps and steps[-1].state != VOID:
            struck[_fault(issue)] += [
                (step.on, issue.issue_id)
                for step in steps
                if step.event == STRIKE and step.is_applied
            ]
    for dates in struck.values():
        dates.sort()
    origins = {}
    for issue in rows:
        origin = issue.recurs_of_id or _repeated(issue, struck.get(_fault(issue), []), days)
        if origin is not None:
            origins[issue.issue_id] = origin
    return origins


def _repeated(issue: IssueRow, struck: list[tuple[date, str]], days: int) -> str | None:
    """Return the issue struck off last before this one was found, if it was not too long ago."""
    if issue.works_id is None and issue.village_code is None:
        return None
    earlier = struck[: bisect_right(struck, (issue.found_on, "\uffff"))]
    for on, issue_id in reversed(earlier):
        if (issue.found_on - on).days > days:
            return None
        if issue_id != issue.issue_id:
            return issue_id
    return None
