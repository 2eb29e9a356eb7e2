"""What falls due for a unit and is not met yet: issues, postings, reports, tests, boards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline import rectification
from pipeline.dates import Workdays
from pipeline.ledgers import Snapshot
from pipeline.readings import Readings
from pipeline.rowtypes import ResponsibilityRow
from pipeline.terms import IN_SUPPLY
from pipeline.water import LABORATORY

Kind = Literal["整改", "公示", "报送", "检测", "责任栏"]

KINDS: tuple[Kind, ...] = ("整改", "公示", "报送", "检测", "责任栏")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that a unit owes: `ref` is the row, `due_on` the deadline in force.

    `known_on` is the day it was entered where that may be late; `by_org` who must act, as a body.
    `expected_on` is by when those who are late expect to be done.
    """

    unit_id: str
    kind: Kind
    ref: str
    title: str
    due_on: date
    known_on: date | None = None
    first_due_on: date | None = None
    expected_on: date | None = None
    by_org: str = ""


def due(snapshot: Snapshot, day: date) -> list[Due]:
    """Return what is owed at the end of a day; `snapshot` holds the rows known on it."""
    workdays = Workdays.from_rows(snapshot.workdays)
    limit = Readings.from_rows(snapshot.readings).number("G4")
    found = [
        *_issues(snapshot, day),
        *_reports(snapshot, workdays, limit),
        *_returns(snapshot),
        *_tests(snapshot, day),
        *_postings(snapshot, workdays, limit),
    ]
    return sorted(found, key=lambda one: (one.unit_id, KINDS.index(one.kind), one.due_on, one.ref))


def _issues(snapshot: Snapshot, day: date) -> Iterator[Due]:
    """Yield open issues, by the limit in force: an approved extension is what one is held to."""
    states = rectification.states(snapshot, day)
    for row in snapshot.issues:
        state = states.get(row.issue_id)
        if state is not None and state.is_open:
            said = state.expectation
            yield Due(
                row.unit_id, "整改", row.ref, row.problem, state.limit_on,
                known_on=state.registered_on, first_due_on=row.due_on,
                expected_on=said.expected_on if said else None, by_org=row.resp_org,
            )  # fmt: skip


def _reports(snapshot: Snapshot, workdays: Workdays, limit: int) -> Iterator[Due]:
    """Yield reports on water that are out and not posted yet (G4)."""
    works = snapshot.index("works")
    for row in snapshot.water_tests:
        if row.shard.home != "U" or row.method != LABORATORY or row.reported_on is None:
            continue
        place = works.get(row.place_id)
        if row.posted_on is None and place is not None and place.status in IN_SUPPLY:
            title = f"{place.name}水质报告"
            due_on = workdays.after(row.reported_on, limit)
            yield Due(row.unit_id, "公示", row.ref, title, due_on, by_org=place.operator_name)


def _returns(snapshot: Snapshot) -> Iterator[Due]:
    for row in snapshot.returns:
        if row.received_on is None:
            yield Due(row.unit_id, "报送", row.ref, f"{row.name}（报{row.recipient}）", row.due_on)


def _tests(snapshot: Snapshot, day: date) -> Iterator[Due]:
    """Yield works in supply that the unit has not tested this year; due by the cut-off (五.3)."""
    start, due_on = snapshot.campaign.year_from_on, snapshot.campaign.cut_off_on
    tested = {
        row.place_id
        for row in snapshot.water_tests
        if row.shard.home == "U" and row.method == LABORATORY and start <= row.sampled_on <= day
    }
    for row in snapshot.works:
        if row.status in IN_SUPPLY and row.works_id not in tested:
            title = f"{row.name}今年还没有化验"
            yield Due(row.unit_id, "检测", row.ref, title, due_on, by_org=row.operator_name)


def _postings(snapshot: Snapshot, workdays: Workdays, limit: int) -> Iterator[Due]:
    """Yield whom site or board do not name yet; the board is printed anew (三.1)."""
    seats: dict[tuple[str, str], list[ResponsibilityRow]] = defaultdict(list)
    divisions = snapshot.index("divisions")
    start = snapshot.campaign.screen_from_on
    for row in snapshot.responsibilities:
        is_asked = row.duty == "政府主体责任" and row.rank == "主要领导"
        if is_asked and row.valid_to is None and row.valid_from >= start:
            seats[row.unit_id, row.place_id].append(row)
    for (unit, place), rows in seats.items():
        name = divisions[place].name if place in divisions else "县里"
        for row in rows:
            due_on = workdays.after(row.valid_from, limit)
            if row.web_posted_on is None:
                yield Due(unit, "公示", row.ref, f"{name}新任责任人网上公示", due_on)
            if row.board_posted_on is None:
                yield Due(unit, "责任栏", row.ref, f"{name}责任栏更换", due_on)
