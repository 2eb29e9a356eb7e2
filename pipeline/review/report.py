"""The whole meaning of a change as one value, and as the JSON of its contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pipeline.changes import Change
from pipeline.findings import Finding, shown
from pipeline.personal import mask
from pipeline.review.deeds import Deed, unit_of
from pipeline.review.effects import Found, Moved, Stood

HIDDEN = "（不公开）"
"""What stands for a value that is not published."""
LISTED = 2000
"""Cells and findings of each kind that are listed in JSON; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that differs; what is not published stands as `HIDDEN`."""

    unit: str
    subject: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the campaign that differs, as it is written."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Review:
    """What a change means.

    `rewritten` are files whose rows all say what they said, each with how it was written anew;
    `gate` are the change gate's answers; `unsaid` says what could not be compared, and why.
    """

    base: str
    head: str
    as_of_on: date
    names: Mapping[str, str]
    deeds: tuple[Deed, ...]
    found: Found
    gate: tuple[Finding, ...]
    moved: tuple[Moved, ...]
    stood: tuple[Stood, ...]
    cells: tuple[Cell, ...]
    rewritten: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    settings: tuple[Setting, ...]
    unsaid: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs that has a meaning."""
        told = (self.deeds, self.found.new, self.found.gone, self.gate, self.moved, self.stood)
        return not any((*told, self.settings)) and not self.unsaid

    def to_json(self) -> dict[str, Any]:
        """Return the JSON contract of `diff`."""
        return {
            "base": self.base,
            "head": self.head,
            "as_of": self.as_of_on.isoformat(),
            "deeds": [asdict(one) for one in self.deeds[:LISTED]],
            "gate": [one.to_json() for one in self.gate[:LISTED]],
            "findings": {
                "new": [one.to_json() for one in self.found.new[:LISTED]],
                "gone": [one.to_json() for one in self.found.gone[:LISTED]],
                "standing": self.found.standing,
            },
            "points": [asdict(one) for one in self.moved],
            "totals": [asdict(one) for one in self.stood],
            "cells": [asdict(one) for one in self.cells[:LISTED]],
            "rewritten": [{"file": file, "how": how} for file, how in self.rewritten],
            "others": list(self.others),
            "settings": [asdict(one) for one in self.settings],
            "unsaid": list(self.unsaid),
            "cut": sum(
                max(0, len(told) - LISTED)
                for told in (self.deeds, self.gate, self.found.new, self.found.gone, self.cells)
            ),
        }


def settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Setting]:
    """Yield every setting of a campaign that differs between two of its files."""
    for name in dict.fromkeys((*before, *after)):
        was, now = (_written(side.get(name)) for side in (before, after))
        if was != now:
            yield Setting(mask(str(name)), was, now)


def _written(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else shown(mask(text))


def cells(change: Change) -> Iterator[Cell]:
    """Yield every cell of rows on both sides that says something else than before."""
    for row in change.rows:
        for column, (old, new) in row.cells.items():
            field = row.schema.by_name[column]
            if field.visibility == "P":
                was, now = (shown(mask(text, keeps=field.may_show)) for text in (old, new))
            else:
                was, now = (HIDDEN if text else "" for text in (old, new))
            subject = mask(f"{row.ledger}/{row.row_id}")
            yield Cell(unit_of(change, row), subject, field.title, was, now)
