"""The only door to icalendar: what is due, for each unit and each group.

A calendar programme that subscribes sees what is due when, and what is done: issues, overdue ones
on the day on which they were due, problems handed down, returns. All-day events, no alarm; the
stamp is the data date, so the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.disclosure.shown import State
from pipeline.publication.desk import Desk
from pipeline.publication.questions.due import ISSUE, Due
from pipeline.rowtypes import ShownIssueRow, UnitRow

if TYPE_CHECKING:  # it is imported where a calendar is made: most builds make few
    from icalendar import Event

FOLDER = "deadlines"


def names(desk: Desk) -> list[str]:
    """Return the names of all calendars: of units, and of groups (g7)."""
    return [unit.id for unit in desk.places.units] + [f"g{n}" for n in desk.places.groups]


def calendar(desk: Desk, name: str) -> dict[str, bytes]:
    """Return one calendar by its address."""
    if name.startswith("g") and name[1:].isdecimal():
        number = int(name[1:])
        made = _calendar(desk, f"第{number}督导组", desk.places.units_of_group(number))
    else:
        unit = desk.places.unit(name)
        made = _calendar(desk, unit.name, [unit])
    return {address(name): made}


def address(name: str) -> str:
    """Return the address of the calendar of a unit or a group (g7)."""
    return f"{FOLDER}/{name}.ics"


def _calendar(desk: Desk, name: str, units: Iterable[UnitRow]) -> bytes:
    from icalendar import Calendar

    units = list(units)
    demo = "（演示数据）" if desk.view.campaign.is_demo else ""
    calendar = Calendar()
    calendar.add("prodid", "-//Qingyuan//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{name}整改时限{demo}")
    issues = [issue for u in units for issue in desk.issues.of_unit.get(u.id, ())]
    for issue in sorted(issues, key=lambda i: (desk.view.states[i.id].limit_on, i.id)):
        calendar.add_component(_issue(desk, issue))
    ahead = [one for u in units for one in desk.deadlines.of_unit.get(u.id, ())]
    for one in sorted(ahead, key=lambda one: (one.on, one.row_id)):
        if one.kind != ISSUE:
            calendar.add_component(_other(desk, one))
    made: bytes = calendar.to_ical()
    return made


def _stage(state: State) -> str:
    """Say how an issue stands; what was looked at is more than what is reported done."""
    if state.is_verified:
        return "已核查"
    if state.is_reported:
        return "已报完成"
    return "逾期" if state.is_overdue else "时限"


def _issue(desk: Desk, issue: ShownIssueRow) -> Event:
    state = desk.view.states[issue.id]
    event = _event(desk, issue.id, state.limit_on, f"{_stage(state)}：{desk.issues.title(issue)}")
    event.add("description", f"责任单位：{issue.resp_org}。整改措施：{issue.measures}")
    event.add("url", f"{_site(desk)}/i/{issue.id}.html")
    return event


def _other(desk: Desk, one: Due) -> Event:
    unit = desk.places.unit(one.unit_id).short_name
    event = _event(desk, one.row_id, one.on, f"{one.kind}：{unit}{one.what}")
    event.add("url", f"{_site(desk)}/u/{one.unit_id}.html")
    return event


def _event(desk: Desk, row_id: str, on: date, summary: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{row_id}@{urlsplit(_site(desk)).hostname or 'localhost'}")
    event.add("dtstamp", datetime.combine(desk.view.as_of_on, time(), UTC))
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    return event


def _site(desk: Desk) -> str:
    return desk.view.campaign.site_url.rstrip("/")
