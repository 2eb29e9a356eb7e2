"""Issues voided as duplicates: the reason of 作废 names the issue that goes on instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.ledgers import Snapshot
from pipeline.rectification.lifecycle import CANCEL
from pipeline.rectification.standing import State
from pipeline.rowtypes import IssueEventRow, IssueRow
from pipeline.terms import VOID

_ID = re.compile(r"[a-z0-9-]+")


def duplicates(snapshot: Snapshot, states: Mapping[str, State]) -> dict[str, str]:
    """Return void issue -> the standing issue of the same unit that it repeats.

    A duplicate of a duplicate leads on; where the chain ends in a void issue nothing goes on.
    """
    issues = snapshot.index("issues")
    events = snapshot.group("issue_events", "issue_id")
    named: dict[str, str] = {}
    for issue, state in states.items():
        for row in events[issue] if state.state == VOID else ():
            for name in _others(row, issues):
                named.setdefault(issue, name)
    ends = {issue: _end(issue, named) for issue in named}
    return {issue: end for issue, end in ends.items() if states[end].state != VOID}


def _others(event: IssueEventRow, issues: Mapping[str, IssueRow]) -> Iterator[str]:
    """Yield the other issues of the same unit that the reason of a 作废 names."""
    for name in _ID.findall(event.reason or "") if event.event == CANCEL else ():
        is_known = name in issues and name != event.issue_id
        if is_known and issues[name].unit_id == issues[event.issue_id].unit_id:
            yield name


def _end(issue: str, named: Mapping[str, str]) -> str:
    seen = {issue}
    while (issue := named.get(issue, issue)) not in seen:
        seen.add(issue)
    return issue
