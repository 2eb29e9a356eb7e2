"""A period as it stood on its last day, frozen: figures of every unit, scores, every issue.

Plain words and numbers only, so that it can be kept, and shown again beside whatever came after.
What is hidden today is in no archive, whatever could be seen then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.personal import kinds_in
from pipeline.rowtypes import Row
from pipeline.terms import STRUCK, VOID

if TYPE_CHECKING:
    from pipeline.disclosure import View


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


def frozen(then: View, revision: str = "") -> Frozen:
    """Return what a view shows of its day, as an archive keeps it."""
    scores = {one["unit"]: one for one in then.score_data["units"]}
    units = sorted(then.units, key=lambda row: row.sort_no)
    return Frozen(
        then.as_of_on,
        revision,
        then.digest,
        tuple(_unit(then, row, scores.get(row.unit_id, {})) for row in units),
        tuple(_issue(then, row) for row in then.issues),
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


def _unit(then: View, row: Any, score: Mapping[str, Any]) -> UnitThen:
    issues = then.group("issues", "unit_id")[row.unit_id]
    states = [s for s in (then.states[one.id] for one in issues) if s.state != VOID]
    is_silent = then.reporting[row.unit_id]["issues"] == "未报告"
    total = score.get("total")
    return UnitThen(
        row.unit_id,
        row.name,
        None if is_silent else len(states),
        sum(s.is_reported for s in states),
        sum(s.is_verified for s in states),
        sum(s.state == STRUCK for s in states),
        sum(s.is_overdue for s in states),
        None if total is None else str(total),
        score.get("rank"),
    )


def _issue(then: View, row: Any) -> IssueThen:
    state = then.states[row.id]
    return IssueThen(
        row.id, row.unit_id, row.problem, state.state, state.limit_on.isoformat(), state.is_overdue
    )
