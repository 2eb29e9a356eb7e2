"""What was probably meant by a word that nobody knows: a verb, a unit."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LIKE = 0.6
"""Likeness from which a word is offered; a wrong offer misleads more than none."""


def hint(word: str, known: Iterable[str]) -> str:
    """Return “；是不是 X？”, or nothing where no known word is near."""
    folded = {one.lower(): one for one in known}
    near = difflib.get_close_matches(word.strip().lower().replace("_", "-"), folded, 1, _LIKE)
    return f"；是不是 {folded[near[0]]}？" if near else ""


def unit_hint(word: str, units: Iterable[object]) -> str:
    """Return the same for a unit, known by its id, name, short name and other names."""
    return hint(word, (name for row in units for name in names_of(row)))


def names_of(row: object) -> tuple[str, ...]:
    """Return everything a unit is called in the ledgers."""
    ids = (getattr(row, name, None) for name in ("unit_id", "name", "short_name"))
    return (*filter(None, ids), *(getattr(row, "aliases", None) or ()))
