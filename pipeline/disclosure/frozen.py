"""A period as it stood on its last day, frozen: figures of every unit, scores, every issue.

Plain words and numbers only, so that it can be kept, and shown again beside whatever came after.
What is hidden today is in no archive, whatever could be seen then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from pipeline import assessment, rectification
from pipeline.assessment import PUBLIC, contract
from pipeline.ledgers import Snapshot
from pipeline.personal import kinds_in
from pipeline.reporting import reporting_table
from pipeline.rowtypes import IssueRow, Row, UnitRow
from pipeline.terms import STRUCK, VOID

SILENT = "未报告"


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


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen period: its day, the revision of the ledgers it was pinned to (or blank)."""

    day: date
    revision: str
    digest: str
    units: tuple[UnitThen, ...]
    issues: tuple[IssueThen, ...]
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
    apart: Mapping[str, Mapping[str, assessment.Alone]] = MappingProxyType({}),
) -> Frozen:
    """Return what the public could see of a day, as an archive keeps it.

    `apart` are the scores of units by themselves on that day, by edition, where they are known.
    """
    told = snapshot.as_of(day)
    edition = assessment.of_campaign(told.campaign)[0]
    earlier = assessment.milestones(told.campaign, day)
    found = assessment.assess(snapshot, day, earlier, apart.get(edition.id), PUBLIC, edition)
    scores = {one["unit"]: one for one in contract.to_json(found, found.sheets)["units"]}
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
                scores.get(row.unit_id, {}),
                is_silent=reporting[row.unit_id]["issues"] == SILENT,
            )
            for row in sorted(told.units, key=lambda row: row.sort_no)
        ),
        tuple(_issue(row, states[row.id], is_told) for row in told.issues),
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
        told["hidden"],
    )


def shown(archive: Frozen, tables: Mapping[str, tuple[Row, ...]]) -> Frozen:
    """Return an archive with what may still be shown: issues that can be opened today.

    Words in which anything personal is found are not repeated.
    """
    there = {row.id for row in tables["issues"]}
    kept = tuple(
        one if one.problem and not kinds_in(one.problem) else replace(one, problem=None)
        for one in archive.issues
        if one.issue_id in there
    )
    return replace(archive, issues=kept, hidden=len(archive.issues) - len(kept))


def _unit(
    row: UnitRow, states: list[rectification.State], score: Mapping[str, Any], *, is_silent: bool
) -> UnitThen:
    standing = [one for one in states if one.state != VOID]
    total = score.get("total")
    return UnitThen(
        row.unit_id,
        row.name,
        None if is_silent else len(standing),
        sum(one.is_reported for one in standing),
        sum(one.is_verified for one in standing),
        sum(one.state == STRUCK for one in standing),
        sum(one.is_overdue for one in standing),
        None if total is None else str(total),
        score.get("rank"),
    )


def _issue(row: IssueRow, state: rectification.State, is_told: bool) -> IssueThen:
    return IssueThen(
        row.id,
        row.unit_id,
        row.problem if is_told else None,
        state.state,
        state.limit_on.isoformat(),
        state.is_overdue,
    )
