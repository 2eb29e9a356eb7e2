"""The index of a history: its shapes, and the same as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, TypeVar

_NAMED = re.compile("[0-9a-f]{4,64}")
FORMAT = 1
"""The form of the file; one of another form is not read."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that was changed, or (without a column) one row that was removed.

    `on` and `change` are the day and the short name of the commit; `about` is the record whose page
    tells it ("issues/..."), `unit` the unit it is of, blank if of none. `old` and `new` are None
    where they may not be shown. `is_open` says whether the row could be seen before and after.
    """

    on: date
    change: str
    ledger: str
    row: str
    unit: str
    about: str
    column: str
    old: str | None
    new: str | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Filing:
    """Rows of a unit that came with one change: how many, how many with a day, how many late.

    Late is what was registered more than a week after it happened; `most` are the days of the
    latest.
    """

    on: date
    change: str
    ledger: str
    unit: str
    rows: int
    dated: int
    late: int
    most: int


@dataclass(frozen=True, slots=True)
class Bulk:
    """A ledger that was written anew in one change: how many rows differ, too many to be listed."""

    on: date
    change: str
    ledger: str
    rows: int


@dataclass(frozen=True, slots=True)
class Quality:
    """What the gates said of a unit's ledgers at a commit: how many errors, how many warnings."""

    on: date
    change: str
    unit: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class History:
    """What happened up to a commit, the earliest first; rows of the first commit were always there.

    `source` is "git", "shallow" (only the last changes are known) or "file". `touched` names the
    last change of a record by what it is about: day and short name.
    """

    source: str
    commit: str
    until: date
    since: date
    edits: tuple[Edit, ...] = ()
    filings: tuple[Filing, ...] = ()
    bulks: tuple[Bulk, ...] = ()
    touched: Mapping[str, tuple[date, str]] | None = None
    quality: tuple[Quality, ...] = ()


def to_json(history: History) -> bytes:
    """Write a history as a file that the same history always gives alike."""
    told = {
        "format": FORMAT,
        "commit": history.commit,
        "until": history.until.isoformat(),
        "since": history.since.isoformat(),
        "edits": [_plain(one) for one in history.edits],
        "filings": [_plain(one) for one in history.filings],
        "bulks": [_plain(one) for one in history.bulks],
        "touched": {
            about: [on.isoformat(), change]
            for about, (on, change) in sorted((history.touched or {}).items())
        },
        "quality": [_plain(one) for one in history.quality],
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=0)}\n".encode()


def from_json(content: bytes) -> History | None:
    """Read a history from a file; None if it is none, or of another form."""
    try:
        told = json.loads(content)
        if told["format"] != FORMAT:
            return None
        return History(
            "file",
            str(told["commit"]),
            date.fromisoformat(told["until"]),
            date.fromisoformat(told["since"]),
            tuple(whole(Edit, one) for one in told["edits"]),
            tuple(whole(Filing, one) for one in told["filings"]),
            tuple(whole(Bulk, one) for one in told["bulks"]),
            {
                str(about): (date.fromisoformat(on), str(change))
                for about, (on, change) in told["touched"].items()
            },
            tuple(whole(Quality, one) for one in told["quality"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _plain(one: Edit | Filing | Bulk | Quality) -> list[Any]:
    return [v.isoformat() if isinstance(v, date) else v for v in asdict(one).values()]


_KINDS = {"str": str, "int": int, "bool": bool, "str | None": (str, type(None))}


def whole(kind: type[T], cells: list[Any]) -> T:
    """Return a record from its plain cells.

    Raises:
        ValueError: a cell is of another kind.
    """
    values: dict[str, Any] = {}
    for field, cell in zip(fields(kind), cells, strict=True):  # type: ignore[arg-type]
        if field.name == "change" and not _NAMED.fullmatch(str(cell)):
            raise ValueError(field.name)
        if field.type == "date":
            values[field.name] = date.fromisoformat(cell)
        elif isinstance(cell, _KINDS[str(field.type)]):  # type: ignore[arg-type]
            values[field.name] = cell
        else:
            raise ValueError(field.name)
    return kind(**values)
