"""A period as it stood on its last day, frozen: figures of units, score sheets, persons, issues.

Plain words and numbers only, so that it can be kept, and shown again beside whatever came after.
What is hidden today is in no archive, whatever could be seen then; nor are names that have since
been replaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from pipeline import assessment, rectification
from pipeline.assessment import PUBLIC, Sheet
from pipeline.assessment.contract import STATUSES
from pipeline.ledgers import Snapshot
from pipeline.personal import kinds_in
from pipeline.readings import Readings
from pipeline.reporting import reporting_table
from pipeline.rowtypes import IssueRow, ResponsibilityRow, Row, UnitRow
from pipeline.terms import STRUCK, VOID

SILENT = "未报告"
OF_UNIT = "县"
"""The place_type of those who answer for a whole unit."""


@dataclass(frozen=True, slots=True)
class UnitThen:
    """A unit on that day: issues found, reported done, verified, struck off, overdue; its score.

    The counts are None where the unit had not reported; so are points and place where there were
    none.
    """

    unit_id: str
    name: str
    found: int | None
    reported: int
    verified: int
    struck: int
    overdue: int
    total: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class IssueThen:
    """An issue on that day; `problem` is None where its words are not repeated."""

    issue_id: str
    unit_id: str
    problem: str | None
    state: str
    due_on: str
    is_overdue: bool
    found_on: str
    first_due_on: str


@dataclass(frozen=True, slots=True)
class ClauseThen:
    """What a unit had for a clause on that day; `points` is None where there were none."""

    unit_id: str
    clause: str
    title: str
    full: str
    points: str | None
    status: str
    because: str


@dataclass(frozen=True, slots=True)
class PersonThen:
    """Who answered for a unit on that day; `name` is None where it is not repeated."""

    unit_id: str
    resp_id: str
    duty: str
    rank: str
    post: str
    org: str
    name: str | None
    since_on: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen period: its day, the revision of the ledgers it was pinned to (or blank)."""

    day: date
    revision: str
    digest: str
    units: tuple[UnitThen, ...]
    issues: tuple[IssueThen, ...]
    clauses: tuple[ClauseThen, ...]
    persons: tuple[PersonThen, ...]
    hidden: int = 0
    """Issues that stood there then and may not be shown today."""

    @property
    def json(self) -> bytes:
        """The archive as a file."""
        told = asdict(self) | {"day": self.day.isoformat()}
        return f"{json.dumps(told, ensure_ascii=False, indent=0)}\n".encode()


def frozen(
    snapshot: Snapshot,
    day: date,
    digest: str,
    revision: str = "",
) -> Frozen:
    """Return what the public could see of a day, as an archive keeps it.

    Of the scores only the sheets are computed: no other readings, nothing that could still be won.
    """
    told = snapshot.as_of(day)
    edition = assessment.of_campaign(told.campaign)[0]
    readings = Readings.from_rows(snapshot["readings"])
    sheets = next(assessment.scorers(snapshot, [day], PUBLIC, edition)).sheets(readings)
    states = rectification.states(told, day)
    reporting = reporting_table(told, day)
    of_unit = told.group("issues", "unit_id")
    schema = told.schemas["issues"]
    is_told = schema.row_gate is None and schema.by_name["problem"].visibility == "P"
    return Frozen(
        day,
        revision,
        digest,
        tuple(
            _unit(
                row,
                [states[one.id] for one in of_unit[row.unit_id]],
                sheets.get(row.unit_id),
                is_silent=reporting[row.unit_id]["issues"] == SILENT,
            )
            for row in sorted(told.units, key=lambda row: row.sort_no)
        ),
        tuple(_issue(row, states[row.id], is_told) for row in told.issues),
        tuple(_clauses(edition, sheets)),
        tuple(_person(row) for row in told.responsibilities if _answers(row, day)),
    )


def from_json(content: bytes) -> Frozen:
    """Read an archive as `Frozen.json` wrote it."""
    told: dict[str, Any] = json.loads(content)
    return Frozen(
        date.fromisoformat(told["day"]),
        told["revision"],
        told["digest"],
        tuple(UnitThen(**one) for one in told["units"]),
        tuple(IssueThen(**one) for one in told["issues"]),
        tuple(ClauseThen(**one) for one in told["clauses"]),
        tuple(PersonThen(**one) for one in told["persons"]),
        told["hidden"],
    )


def shown(archive: Frozen, tables: Mapping[str, tuple[Row, ...]]) -> Frozen:
    """Return an archive with what may still be shown: issues that can be opened today.

    Words in which anything personal is found are not repeated, nor the name of somebody whose row
    says another name today, has ended or is gone.
    """
    there = {row.id for row in tables["issues"]}
    kept = tuple(
        one if one.problem and not kinds_in(one.problem) else replace(one, problem=None)
        for one in archive.issues
        if one.issue_id in there
    )
    known = cast("tuple[ResponsibilityRow, ...]", tables["responsibilities"])
    serving = {row.resp_id: row.name for row in known if row.valid_to is None}
    persons = tuple(
        one if serving.get(one.resp_id) == one.name else replace(one, name=None)
        for one in archive.persons
    )
    hidden = len(archive.issues) - len(kept)
    return replace(archive, issues=kept, persons=persons, hidden=hidden)


def _unit(
    row: UnitRow, states: list[rectification.State], sheet: Sheet | None, *, is_silent: bool
) -> UnitThen:
    standing = [one for one in states if one.state != VOID]
    return UnitThen(
        row.unit_id,
        row.name,
        None if is_silent else len(standing),
        sum(one.is_reported for one in standing),
        sum(one.is_verified for one in standing),
        sum(one.state == STRUCK for one in standing),
        sum(one.is_overdue for one in standing),
        None if sheet is None or sheet.total is None else _plain(sheet.total),
        None if sheet is None else sheet.rank,
    )


def _issue(row: IssueRow, state: rectification.State, is_told: bool) -> IssueThen:
    return IssueThen(
        row.id,
        row.unit_id,
        row.problem if is_told else None,
        state.state,
        state.limit_on.isoformat(),
        state.is_overdue,
        row.found_on.isoformat(),
        row.due_on.isoformat(),
    )


def _clauses(edition: assessment.Edition, sheets: Mapping[str, Sheet]) -> Iterator[ClauseThen]:
    """Yield every unit's score sheet, clause by clause in the order of the edition."""
    for unit, sheet in sheets.items():
        for line in sheet.lines:
            yield ClauseThen(
                unit,
                line.clause,
                edition.clauses[line.clause].title,
                _plain(line.full),
                None if line.points is None else _plain(line.points),
                STATUSES[line.status],
                line.because,
            )


def _plain(points: Decimal) -> str:
    """Return points as people write them: 77.5, 80."""
    return f"{points.normalize():f}"


def _answers(row: ResponsibilityRow, day: date) -> bool:
    """Whether a row names somebody who answered for a whole unit on a day."""
    has_ended = row.valid_to is not None and row.valid_to < day
    return row.place_type == OF_UNIT and row.valid_from <= day and not has_ended


def _person(row: ResponsibilityRow) -> PersonThen:
    return PersonThen(
        row.unit_id,
        row.resp_id,
        row.duty,
        row.rank,
        row.post or "",
        row.org or "",
        row.name,
        row.valid_from.isoformat(),
    )
