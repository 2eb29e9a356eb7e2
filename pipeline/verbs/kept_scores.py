"""Scores of units whose rows have not changed, kept from one build to the next.

A unit's result is kept under a key of everything it rests on: its own shards, what all units
share, the day, and the code. The file is plain JSON: a cache that somebody put there can be wrong
or damaged, and is then ignored, but it can never run anything.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline import assessment
from pipeline.assessment.alone import Alone, Move
from pipeline.files import digest, replace_file
from pipeline.ledgers import Snapshot
from pipeline.ledgers.schemas import PROJECT

CLASSES = {
    one.__name__: one
    for one in (
        Alone,
        Move,
        assessment.Line,
        assessment.Look,
        assessment.Sheet,
        assessment.Standing,
        assessment.Win,
    )
}
FILE = "scores.json"


def scores(
    snapshot: Snapshot, day: date, parts: Mapping[str, str], cache: Path
) -> Mapping[str, Alone]:
    """Return what each unit is by itself, computing only those whose part has changed."""
    earlier = assessment.milestones(snapshot.campaign, day)
    units = assessment.units_of(snapshot, day)
    keys = {unit: _key(unit, day, parts) for unit in units}
    kept = _recall(cache / FILE)
    found = {unit: kept[key] for unit, key in keys.items() if key in kept}
    missing = [unit for unit in units if unit not in found]
    found |= assessment.computed(snapshot, day, earlier, missing)
    if missing:
        _keep(cache / FILE, {keys[unit]: found[unit] for unit in units})
    return found


def _key(unit: str, day: date, parts: Mapping[str, str]) -> str:
    named = (_code(), parts["shared"], parts.get(f"unit/{unit}", ""), unit, day.isoformat())
    return sha256("\0".join(named).encode()).hexdigest()


@once
def _code() -> str:
    """Digest all code of the pipeline, so that nothing kept outlives a rule."""
    return sys.version + digest(PROJECT, "pipeline")


def _recall(path: Path) -> dict[str, Alone]:
    """Return what was kept; a missing, damaged or foreign file counts as none."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        found = {key: _whole(value) for key, value in kept.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return {}
    return found if all(isinstance(one, Alone) for one in found.values()) else {}


def _keep(path: Path, found: Mapping[str, Alone]) -> None:
    text = json.dumps({key: _plain(one) for key, one in found.items()}, ensure_ascii=False)
    replace_file(path, text.encode())


def _plain(value: Any) -> Any:
    """Write a result as lists, texts and numbers; a list's first member says what it was."""
    if is_dataclass(value):
        told = (_plain(getattr(value, field.name)) for field in fields(value))
        return [type(value).__name__, *told]
    if isinstance(value, Decimal):
        return ["Decimal", str(value)]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, tuple):
        return ["tuple", *map(_plain, value)]
    if isinstance(value, Mapping):
        return ["map", *([_plain(key), _plain(one)] for key, one in value.items())]
    return value


def _whole(value: Any) -> Any:
    """Read what `_plain` wrote.

    Raises:
        KeyError, TypeError, ValueError, ArithmeticError: it did not write this.
    """
    if not isinstance(value, list):
        return value
    kind, *rest = value
    match kind:
        case "Decimal":
            return Decimal(rest[0])
        case "date":
            return date.fromisoformat(rest[0])
        case "tuple":
            return tuple(map(_whole, rest))
        case "map":
            return {_whole(key): _whole(one) for key, one in rest}
    return CLASSES[kind](*map(_whole, rest))
