"""What happens to an issue: found by its id or its number, and entered as the next event."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.entry.drafts import Draft
from pipeline.entry.given import as_cell, column_named
from pipeline.entry.known import COUNTY
from pipeline.entry.numbers import next_id
from pipeline.entry.office import Office
from pipeline.rectification import lifecycle
from pipeline.rowtypes import IssueRow
from pipeline.terms import LEVELS
from pipeline.trouble import UsageTrouble

LEDGER = "issue_events"
_OF_THE_RESPONSIBLE = (lifecycle.DONE, lifecycle.EXPECT, "申请销号")
"""Events that those who mend enter themselves; all others are the county's."""


def unit_in(issue: str, roll: Mapping[str, object]) -> str | None:
    """Return the unit that issued an id."""
    issuer = issue.partition("-")[0]
    return issuer if issuer in roll else None


def find_issue(office: Office, text: str) -> IssueRow:
    """Return the issue with this id, or with this number in the unit's list.

    Raises:
        UsageTrouble: there is none, or several townships count from one.
    """
    found = office.snapshot.index("issues").get(text)
    if found is not None:
        return found
    number = text.strip("第号")
    rows = [i for i in office.snapshot.issues if number.isdecimal() and i.seq_no == int(number)]
    rows = [issue for issue in rows if issue.owner == office.unit_id]
    if len(rows) == 1:
        return rows[0]
    if rows:
        listed = "、".join(f"{issue.id}（{issue.problem}）" for issue in rows)
        raise UsageTrouble(f"序号{number}的问题有{len(rows)}件：{listed}；写问题编号")
    raise UsageTrouble(f"没有“{text}”这个问题；写问题编号，或用 --unit 写单位再写台账里的序号")


def draft_event(office: Office, issue: IssueRow, kind: str, given: Mapping[str, str]) -> Draft:
    """Return the draft of the next event of an issue; who did it follows from what it is.

    Raises:
        UsageTrouble: a column is not known.
    """
    schema = office.schemas[LEDGER]
    row = {"issue_id": issue.id, "event": kind, "event_on": office.day.isoformat()}
    for name, text in given.items():
        column = column_named(schema, name)
        if column is None:
            raise UsageTrouble(f"{schema.title}没有“{name}”这一列")
        row[column.name] = as_cell(office, schema, column, text, row)
    filled = {name: cell for name, cell in _by(office, issue, kind).items() if not row.get(name)}
    row |= filled
    row["event_id"] = filled["event_id"] = next_id(office, schema, row)
    draft = Draft(office, filled={schema.by_name[n].title: cell for n, cell in filled.items()})
    draft.add(schema, row)
    return draft


def may_follow(office: Office, issue: IssueRow, kind: str) -> tuple[str, tuple[str, ...]]:
    """Return the state an issue is in after one more event, and what may come next."""
    events = office.snapshot.group("issue_events", "issue_id")[issue.id]
    steps = lifecycle.history(issue, events)
    before = steps[-1].state if steps else lifecycle.before_all(issue).state
    moves: Mapping[tuple[str, str], str] = dict(lifecycle.TRANSITIONS.items())
    state = moves.get((before, kind), before)
    return state, tuple(event for (old, event) in lifecycle.TRANSITIONS if old == state)


def _by(office: Office, issue: IssueRow, kind: str) -> dict[str, str]:
    if kind in _OF_THE_RESPONSIBLE:
        tier = issue.resp_tier if issue.resp_tier in LEVELS else COUNTY
        return {"by_level": tier, "by_org": issue.resp_org}
    unit = office.snapshot.index("units").get(issue.owner)
    return {"by_level": COUNTY, "by_org": unit.competent_body if unit else ""}
