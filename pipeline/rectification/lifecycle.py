"""The life cycle of an issue: which event leads from which state to which, and what that settles.

The cycle is a table (`TRANSITIONS`) that the method page prints; everything the table does not list
is refused and leaves the issue where it was. Reported done (the unit says so) and verified (a body
at county level or above, other than the one responsible, has been there) are two facts, and neither
ever counts as the other (O-13, O-14, design 2.6). Knows one issue and its events, and no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple, get_args

from pipeline.rowtypes import IssueEventEvent, IssueEventRow, IssueRow
from pipeline.terms import (
    AWAITING,
    LEVELS,
    MENDING,
    OUTSIDE,
    REPORTED,
    STRUCK,
    UNREGISTERED,
    VERIFIED,
    VOID,
    IssueState,
)

STATES = get_args(IssueState)

REGISTER: Final = "登记"
EXTEND: Final = "延期批准"
EXPECT: Final = "预计完成"
DONE: Final = "整改完成"
PASS: Final = "现场核查通过"  # noqa: S105 - no password
REFUSE: Final = "现场核查不通过"
SEND_BACK: Final = "退回"
STRIKE: Final = "销号"
CANCEL: Final = "作废"

TRANSITIONS: Mapping[tuple[IssueState, IssueEventEvent], IssueState] = MappingProxyType(
    {
        (UNREGISTERED, REGISTER): MENDING,
        (MENDING, "交办"): MENDING,
        (MENDING, EXTEND): MENDING,
        (MENDING, EXPECT): MENDING,
        (MENDING, DONE): REPORTED,
        (REPORTED, "申请销号"): AWAITING,
        (REPORTED, PASS): VERIFIED,
        (REPORTED, REFUSE): MENDING,
        (REPORTED, SEND_BACK): MENDING,
        (AWAITING, PASS): VERIFIED,
        (AWAITING, REFUSE): MENDING,
        (AWAITING, SEND_BACK): MENDING,
        (VERIFIED, STRIKE): STRUCK,
        (VERIFIED, REFUSE): MENDING,
        (VERIFIED, SEND_BACK): MENDING,
        (STRUCK, PASS): STRUCK,
        (STRUCK, REFUSE): MENDING,
        (STRUCK, SEND_BACK): MENDING,
        (MENDING, CANCEL): VOID,
        (REPORTED, CANCEL): VOID,
        (AWAITING, CANCEL): VOID,
        (VERIFIED, CANCEL): VOID,
        (STRUCK, CANCEL): VOID,
    }
)
"""(state, event) -> state, as in the life cycle of data-model 3."""

COUNTY = "县"
_NUMBER = re.compile(r"-e([0-9]{1,9})\Z")


@dataclass(frozen=True, slots=True)
class Extension:
    """One approved extension; `is_admitted` says whether it moves the limit (reading G32)."""

    event_id: str
    on: date
    new_due_on: date | None
    by_level: str
    is_admitted: bool


@dataclass(frozen=True, slots=True)
class Expectation:
    """By when those who mend expect to be done: what they said, who and when; no deadline."""

    event_id: str
    on: date
    expected_on: date
    by_org: str


class Step(NamedTuple):
    """Where an issue stands after one event; an event that the table refuses changes nothing.

    `done_on` is the last 整改完成 that stands, `verified_on` the first 现场核查通过 since then that
    another body made (or the first at all, where all were the responsible body's own).
    """

    event_id: str
    event: str
    on: date
    is_applied: bool
    state: IssueState
    due_on: date
    limit_on: date
    registered_on: date | None = None
    done_on: date | None = None
    verified_on: date | None = None
    struck_on: date | None = None
    is_self_verified: bool = False
    was_reopened: bool = False
    extensions: tuple[Extension, ...] = ()
    expectation: Expectation | None = None

    @property
    def is_reported(self) -> bool:
        """Whether the unit says it is done, and nobody has refused that since."""
        return self.state in (REPORTED, AWAITING, VERIFIED, STRUCK)

    @property
    def is_verified(self) -> bool:
        """Whether another body, at county level or above, found it done on site."""
        return self.state in (VERIFIED, STRUCK) and not self.is_self_verified


def event_order(event: IssueEventRow) -> tuple[date, int, str]:
    """Order events by day, then by number, whichever home they stand in."""
    number = _NUMBER.search(event.event_id)
    return event.event_on, int(number[1]) if number else 0, event.event_id


def at_least(level: str, other: str) -> bool:
    """Whether an office level is the other one or above it; 社会 is no office."""
    return level in LEVELS and other in LEVELS and LEVELS.index(level) >= LEVELS.index(other)


def is_outside(issue: IssueRow) -> bool:
    """Whether somebody outside the unit found the issue or handed it over (data-model 3)."""
    return issue.found_by_level in OUTSIDE or issue.assignment_id is not None


def is_self_check(event: IssueEventRow, issue: IssueRow) -> bool:
    """Whether a check on site was made by those responsible for the mending (reading G22)."""
    if not at_least(event.by_level, COUNTY) or event.by_org == issue.resp_org:
        return True
    return event.by_level == COUNTY and issue.resp_tier == COUNTY


def history(
    issue: IssueRow, events: Iterable[IssueEventRow], level: str = COUNTY
) -> tuple[Step, ...]:
    """Return where an issue stood after each of its events, in order.

    `level` is the lowest level that may extend the deadline.
    """
    steps: list[Step] = []
    for event in sorted(events, key=event_order):
        before = steps[-1] if steps else before_all(issue)
        steps.append(_after(before, event, issue, level))
    return tuple(steps)


def before_all(issue: IssueRow) -> Step:
    """Return where an issue stands before any event."""
    return Step("", "", issue.found_on, True, UNREGISTERED, issue.due_on, issue.due_on)


def _after(before: Step, event: IssueEventRow, issue: IssueRow, level: str) -> Step:
    state = TRANSITIONS.get((before.state, event.event))
    return before._replace(
        event_id=event.event_id,
        event=event.event,
        on=event.event_on,
        is_applied=state is not None,
        state=state or before.state,
        **(_settled(before, event, issue, level) if state else {}),
    )


def _settled(before: Step, event: IssueEventRow, issue: IssueRow, level: str) -> dict[str, Any]:
    """Return what an event that the table admits settles, besides the state."""
    match event.event:
        case "登记":
            return {"registered_on": event.event_on}
        case "整改完成":
            return {"done_on": event.event_on, "expectation": None}
        case "预计完成":
            return _expected(event)
        case "销号":
            return {"struck_on": event.event_on}
        case "延期批准":
            return _extended(before, event, level)
        case "现场核查通过":
            return _verified(before, event, issue)
        case "现场核查不通过" | "退回":
            return {
                "done_on": None,
                "expectation": None,
                "verified_on": None,
                "struck_on": None,
                "is_self_verified": False,
                "was_reopened": before.was_reopened or before.state == STRUCK,
            }
    return {}


def _extended(before: Step, event: IssueEventRow, level: str) -> dict[str, Any]:
    """Move the limit if the extension came in time, from high enough, and lies later (G32)."""
    new, limit = event.new_due_on, before.limit_on
    is_admitted = (
        new is not None
        and new > limit
        and event.event_on <= limit
        and at_least(event.by_level, level)
    )
    extension = Extension(event.event_id, event.event_on, new, event.by_level, is_admitted)
    return {
        "limit_on": new if is_admitted and new is not None else limit,
        "extensions": (*before.extensions, extension),
    }


def _expected(event: IssueEventRow) -> dict[str, Any]:
    """Note by when it is expected to be done; the deadlines stay where they are."""
    if event.expected_on is None:
        return {}
    said = Expectation(event.event_id, event.event_on, event.expected_on, event.by_org)
    return {"expectation": said}


def _verified(before: Step, event: IssueEventRow, issue: IssueRow) -> dict[str, Any]:
    """Note a passed check; one made by another body outweighs all of the body's own."""
    by_self = is_self_check(event, issue)
    if before.verified_on is None:
        return {"verified_on": event.event_on, "is_self_verified": by_self}
    if before.is_self_verified and not by_self:
        return {"verified_on": event.event_on, "is_self_verified": False}
    return {}
