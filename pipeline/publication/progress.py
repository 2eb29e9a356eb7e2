"""The only door to pandas: issues grouped and counted, over time and by unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipeline.dates import late_from
from pipeline.disclosure import View

Row = Any
MEASURES = ("found", "reported", "verified", "overdue")


@dataclass(frozen=True)
class Progress:
    """Counts of issues at the end of each day, for one set of issues.

    Each measure has one number a day: found so far; reported done (and not refused later);
    verified on site by another body; open past the first deadline, which no extension moves.
    """

    days: tuple[date, ...]
    counts: dict[str, tuple[int, ...]]


def progress(view: View, issues: Sequence[Row], start: date) -> Progress:
    """Count a set of issues day by day from `start` to the day of the view."""
    import pandas as pd

    days = [start + timedelta(days=n) for n in range((view.as_of_on - start).days + 1)]
    changes = pd.DataFrame(
        [change for issue in issues for change in _changes(view, issue)],
        columns=["on", "measure", "change"],
    )
    if changes.empty:
        return Progress(tuple(days), {m: (0,) * len(days) for m in MEASURES})
    changes["on"] = changes["on"].where(changes["on"] >= start, start)
    table = (
        changes.groupby(["on", "measure"])["change"]
        .sum()
        .unstack(fill_value=0)
        .reindex(index=days, columns=list(MEASURES), fill_value=0)
        .cumsum()
    )
    return Progress(tuple(days), {m: tuple(int(n) for n in table[m]) for m in MEASURES})


def _changes(view: View, issue: Row) -> Iterable[tuple[date, str, int]]:
    """Yield what one issue adds to or takes from each measure, and when."""
    held: dict[str, bool] = dict.fromkeys(MEASURES, False)
    for on, standing in _standings(view, issue):
        for measure in MEASURES:
            if standing[measure] != held[measure]:
                yield on, measure, 1 if standing[measure] else -1
        held = standing


def _standings(view: View, issue: Row) -> Iterable[tuple[date, dict[str, bool]]]:
    """Yield what holds for an issue from each day on which something changes."""
    steps = view.histories.get(issue.id, ())
    for number, step in enumerate(steps):
        until = steps[number + 1].on if number + 1 < len(steps) else view.as_of_on
        found = step.state != "已作废"
        standing = {
            "found": found,
            "reported": found and step.is_reported,
            "verified": found and step.is_verified,
            "overdue": False,
        }
        late = found and not step.is_reported
        passed = late_from(step.due_on)
        if late and passed <= step.on:
            yield step.on, standing | {"overdue": True}
            continue
        yield step.on, standing
        if late and passed <= until:
            yield passed, standing | {"overdue": True}
