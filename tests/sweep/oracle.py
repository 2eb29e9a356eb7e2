"""What must be refused, whatever the pipeline thinks: read from the schema files alone.

Shares no code with the gates. It claims only what is certain: None means "may pass".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[2]
_DATE = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")
_INTEGER = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_UNFIT = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


@dataclass(frozen=True)
class Column:
    """One column as its schema file describes it; `number` counts from 1."""

    ledger: str
    name: str
    number: int
    kind: str
    raw: Mapping[str, Any]

    @property
    def limits(self) -> Mapping[str, Any]:
        """The constraints of Table Schema."""
        return self.raw.get("constraints", {})


@cache
def columns() -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of every ledger."""
    found = {}
    for path in sorted((PROJECT / "schemas").glob("*.yaml")):
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[raw["name"]] = tuple(
            Column(raw["name"], field["name"], number, field["type"], field)
            for number, field in enumerate(raw["fields"], 1)
        )
    return found


def must_refuse(column: Column, cell: str) -> str | None:
    """Say why a cell can never stand in a column, or None if it may."""
    if any(unicodedata.category(c) in _UNFIT for c in cell):
        return "unfit character"
    if cell != cell.strip() or "\u3000" in (cell[:1], cell[-1:]):
        return "blank at the edge" if cell.strip(" \u3000") else "blanks only"
    if unicodedata.normalize("NFC", cell) != cell:
        return "not NFC"
    if not cell:
        return "required" if column.limits.get("required") else None
    return _wrong_kind(column, cell) or _beyond(column, cell)


def _wrong_kind(column: Column, cell: str) -> str | None:
    allowed = column.limits.get("enum")
    if column.raw.get("listOf"):
        members = cell.split("|")
        choices = column.raw["listOf"].get("enum")
        if any(not member for member in members):
            return "empty member"
        return "no such member" if choices and not set(members) <= set(choices) else None
    if allowed and cell not in [str(value) for value in allowed]:
        return "no such choice"
    if column.kind == "date" and not _is_day(cell):
        return "no date"
    if column.kind == "integer" and not _INTEGER.fullmatch(cell):
        return "no integer"
    if column.kind == "number" and not _NUMBER.fullmatch(cell):
        return "no number"
    if column.kind == "boolean" and cell not in ("是", "否"):
        return "neither yes nor no"
    pattern = column.limits.get("pattern")
    return "pattern" if pattern and not re.fullmatch(pattern, cell, re.ASCII) else None


def _beyond(column: Column, cell: str) -> str | None:
    most = column.limits.get("maxLength")
    if most is not None and len(cell) > most:
        return "too long"
    if column.kind in ("integer", "number"):
        return _outside(column, float(cell), float)
    if column.kind == "date":
        return _outside(column, date.fromisoformat(cell), lambda d: date.fromisoformat(str(d)))
    return None


def _outside(column: Column, value: Any, read: Any) -> str | None:
    low, high = column.limits.get("minimum"), column.limits.get("maximum")
    below = low is not None and value < read(low)
    above = high is not None and value > read(high)
    return "out of bounds" if below or above else None


def _is_day(cell: str) -> bool:
    try:
        return bool(_DATE.fullmatch(cell)) and bool(date.fromisoformat(cell))
    except ValueError:
        return False
