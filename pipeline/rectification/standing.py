"""Where every issue stands on a given day: state, deadline in force, overdue, late, come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.dates import days_late, is_late
from pipeline.ledgers import Snapshot
from pipeline.rectification.lifecycle import (
    COUNTY,
    Expectation,
    Extension,
    Step,
    before_all,
    history,
    is_outside,
)
from pipeline.rectification.recurrence import recurrence_days, recurrences
from pipeline.rowtypes import AssignmentRow, IssueRow
from pipeline.terms import (
    AWAITING,
    MENDING,
    REPORTED,
    STRUCK,
    UNREGISTERED,
    VERIFIED,
    VOID,
    IssueState,
)


@dataclass(frozen=True, slots=True)
class State:
    """Where an issue stands on a day.

    `limit_on` is the deadline in force (the first one, or the last extension that reading G32
    admits); overdue is counted from `due_on`, the first deadline, which no extension moves, while
    `was_late` is judged by `limit_on`: it was not reported done by then, or that did not stand.
    """

    issue_id: str
    state: IssueState
    due_on: date
    limit_on: date
    registered_on: date | None = None
    done_on: date | None = None
    verified_on: date | None = None
    struck_on: date | None = None
    days_overdue: int = 0
    was_late: bool = False
    is_outside: bool = False
    is_self_verified: bool = False
    was_reopened: bool = False
    recurs_of: str | None = None
    extensions: tuple[Extension, ...] = ()
    expectation: Expectation | None = None
    refused: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is still to be mended: not reported done, not void."""
        return self.state in (UNREGISTERED, MENDING)

    @property
    def is_overdue(self) -> bool:
        """Whether it is open past its first deadline."""
        return self.days_overdue > 0

    @property
    def is_recurrent(self) -> bool:
        """Whether it is an earlier fault come back (reading G12)."""
        return self.recurs_of is not None

    @property
    def is_reported(self) -> bool:
        """Whether the unit says it is done, and nobody has refused that since."""
        return self.state in (REPORTED, AWAITING, VERIFIED, STRUCK)

    @property
    def is_verified(self) -> bool:
        """Whether another body, at county level or above, found it done on site."""
        return self.state in (VERIFIED, STRUCK) and not self.is_self_verified

    @property
    def is_struck(self) -> bool:
        """Whether it is struck off the ledger (销号)."""
        return self.state == STRUCK


def extending_level(issue: IssueRow, assignments: Mapping[str, AssignmentRow]) -> str:
    """Return the lowest level that may extend the deadline: who handed it over, else the county."""
    assignment = assignments.get(issue.assignment_id or "")
    return assignment.from_level if assignment is not None else COUNTY


def histories(snapshot: Snapshot) -> dict[str, tuple[Step, ...]]:
    """Return the history of every issue of a snapshot, by issue."""
    events = snapshot.group("issue_events", "issue_id")
    assignments = snapshot.index("assignments")
    return {
        issue.issue_id: history(issue, events[issue.issue_id], extending_level(issue, assignments))
        for issue in snapshot["issues"]
    }


def states(snapshot: Snapshot, day: date) -> dict[str, State]:
    """Return where every issue found by a day stands at its end.

    Events after the day are left out, so a snapshot of all rows may be given as well.
    """
    known = {
        issue_id: tuple(step for step in steps if step.on <= day)
        for issue_id, steps in histories(snapshot).items()
    }
    issues = [issue for issue in snapshot["issues"] if issue.found_on <= day]
    origins = recurrences(issues, known, recurrence_days(snapshot))
    return {
        issue.issue_id: _state(issue, known[issue.issue_id], origins.get(issue.issue_id), day)
        for issue in issues
    }


def _state(issue: IssueRow, steps: Sequence[Step], origin: str | None, day: date) -> State:
    last = steps[-1] if steps else before_all(issue)
    is_open = last.state in (UNREGISTERED, MENDING)
    is_void = last.state == VOID
    return State(
        issue_id=issue.issue_id,
        state=last.state,
        due_on=issue.due_on,
        limit_on=last.limit_on,
        registered_on=last.registered_on,
        done_on=last.done_on,
        verified_on=last.verified_on,
        struck_on=last.struck_on,
        days_overdue=days_late(issue.due_on, day) if is_open else 0,
        was_late=not is_void and is_late(last.limit_on, day, last.done_on),
        is_outside=is_outside(issue),
        is_self_verified=last.is_self_verified,
        was_reopened=last.was_reopened,
        recurs_of=None if is_void else origin,
        extensions=last.extensions,
        expectation=last.expectation if is_open else None,
        refused=tuple(step.event_id for step in steps if not step.is_applied),
    )
