"""The only door to icalendar: deadlines of issues, for each unit and each group.

A calendar programme that subscribes sees what is due when, and what is done. All-day events, no
alarm; the stamp is the data date, so the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from pipeline.publication.desk import Desk

Row = Any
FOLDER = "deadlines"


def calendars(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Yield every calendar: address and bytes."""
    by_unit = desk.issues.of_unit
    for unit in desk.places.units:
        yield address(unit.id), _calendar(desk, unit.name, by_unit.get(unit.id, ()))
    for number in desk.places.groups:
        units = desk.places.units_of_group(number)
        issues = [issue for u in units for issue in by_unit.get(u.id, ())]
        yield address(f"g{number}"), _calendar(desk, f"第{number}督导组", issues)


def address(name: str) -> str:
    """Return the address of the calendar of a unit or a group (g7)."""
    return f"{FOLDER}/{name}.ics"


def _calendar(desk: Desk, name: str, issues: Iterable[Row]) -> bytes:
    demo = "（演示数据）" if desk.view.campaign.is_demo else ""
    calendar = Calendar()
    calendar.add("prodid", "-//Qingyuan//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{name}整改时限{demo}")
    for issue in sorted(issues, key=lambda i: (desk.view.states[i.id].limit_on, i.id)):
        calendar.add_component(_event(desk, issue))
    return calendar.to_ical()


def _stage(state: Any) -> str:
    """Say how an issue stands; what was looked at is more than what is reported done."""
    if state.is_verified:
        return "已核查"
    if state.is_reported:
        return "已报完成"
    return "逾期" if state.is_overdue else "时限"


def _event(desk: Desk, issue: Row) -> Event:
    view, state = desk.view, desk.view.states[issue.id]
    site = view.campaign.site_url.rstrip("/")
    event = Event()
    event.add("uid", f"{issue.id}@{urlsplit(site).hostname or 'localhost'}")
    event.add("dtstamp", datetime.combine(view.as_of_on, time(), UTC))
    event.add("dtstart", state.limit_on)
    event.add("dtend", state.limit_on + timedelta(days=1))
    event.add("summary", f"{_stage(state)}：{desk.issues.title(issue)}")
    event.add("description", f"责任单位：{issue.resp_org}。整改措施：{issue.measures}")
    event.add("url", f"{site}/i/{issue.id}.html")
    event.add("transp", "TRANSPARENT")
    return event
