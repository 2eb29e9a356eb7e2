"""Issues counted over time.

A day's figures are those that a page made on that day shows: an issue counts from the day it was
registered until the day it was found void, whatever has become of it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from pipeline.dates import is_late, late_from
from pipeline.disclosure import View
from pipeline.rowtypes import ShownIssueRow
from pipeline.terms import UNREGISTERED, VOID

MEASURES = ("found", "reported", "verified", "overdue")
UNKNOWN = (UNREGISTERED, VOID)
"""States in which an issue counts nowhere: not yet in the register, or found void."""


@dataclass(frozen=True)
class Progress:
    """Counts of issues at the end of each day, for one set of issues.

    Each measure has one number a day: in the register and not void; reported done (and not refused
    later); verified on site by another body; open past the first deadline, which nothing moves.
    """

    days: tuple[date, ...]
    counts: dict[str, tuple[int, ...]]


def progress(view: View, issues: Sequence[ShownIssueRow], start: date) -> Progress:
    """Count a set of issues, void ones too, day by day up to the day of the view.

    The first day is `start`, or the day of the view where that is earlier.
    """
    start = min(start, view.as_of_on)
    days = [start + timedelta(days=n) for n in range((view.as_of_on - start).days + 1)]
    changes = view.pivots.of(
        (measure, max(on, start).isoformat(), n)
        for issue in issues
        for on, measure, n in _changes(view, issue)
    )
    counts = {
        measure: tuple(accumulate(row.get(day.isoformat(), 0) for day in days))
        for measure, row in ((one, changes.get(one, {})) for one in MEASURES)
    }
    return Progress(tuple(days), counts)


def _changes(view: View, issue: ShownIssueRow) -> Iterable[tuple[date, str, int]]:
    """Yield what one issue adds to or takes from each measure, and when."""
    held: dict[str, bool] = dict.fromkeys(MEASURES, False)
    for on, standing in _standings(view, issue):
        for measure in MEASURES:
            if standing[measure] != held[measure]:
                yield on, measure, 1 if standing[measure] else -1
        held = standing


def _standings(view: View, issue: ShownIssueRow) -> Iterator[tuple[date, dict[str, bool]]]:
    """Yield what holds for an issue at the end of each day on which something changes."""
    steps = view.histories.get(issue.id, ())
    days = {step.on for step in steps} | {late_from(issue.due_on)}
    for day in sorted(d for d in days if d <= view.as_of_on):
        last = next((step for step in reversed(steps) if step.on <= day), None)
        known = last is not None and last.state not in UNKNOWN
        reported = last is not None and known and last.is_reported
        yield (
            day,
            {
                "found": known,
                "reported": reported,
                "verified": last is not None and known and last.is_verified,
                "overdue": known and not reported and is_late(issue.due_on, day),
            },
        )
