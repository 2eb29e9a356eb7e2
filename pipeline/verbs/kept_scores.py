"""Scores of units whose rows have not changed, kept from one build to the next.

A unit's result is kept under a key of everything it rests on: its own shards, what all units
share, and the day. What is kept is plain JSON: it can be wrong, but it can never run anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline import assessment
from pipeline.assessment.alone import Alone, Move
from pipeline.ledgers import Snapshot
from pipeline.store import Store, key_of

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


def scores(
    snapshot: Snapshot, day: date, parts: Mapping[str, str], store: Store
) -> Mapping[str, Mapping[str, Alone]]:
    """Return what each unit is by itself in public, by edition of the rules.

    Only those are computed whose part of the input has changed.
    """
    editions = assessment.of_campaign(snapshot.campaign)
    return {one.id: _by(one, snapshot, day, parts, store) for one in editions}


def _by(
    edition: assessment.Edition,
    snapshot: Snapshot,
    day: date,
    parts: Mapping[str, str],
    store: Store,
) -> Mapping[str, Alone]:
    earlier = assessment.milestones(snapshot.campaign, day)
    units = assessment.units_of(snapshot, day)
    keys = {unit: _key(edition.id, unit, day, parts) for unit in units}
    kept = {unit: store.get(key) for unit, key in keys.items()}
    found = {unit: whole(json.loads(one)) for unit, one in kept.items() if one is not None}
    missing = [unit for unit in units if unit not in found]
    fresh = assessment.computed(snapshot, day, earlier, missing, assessment.PUBLIC, edition)
    for unit in missing:
        store.put(keys[unit], json.dumps(plain(fresh[unit]), ensure_ascii=False).encode())
    return found | fresh


def _key(edition: str, unit: str, day: date, parts: Mapping[str, str]) -> str:
    own = parts.get(f"unit/{unit}", "")
    return key_of("scores", edition, parts["shared"], own, unit, day.isoformat())


def plain(value: Any) -> Any:
    """Write a result as lists, texts and numbers; a list's first member says what it was."""
    if is_dataclass(value):
        told = (plain(getattr(value, field.name)) for field in fields(value))
        return [type(value).__name__, *told]
    if isinstance(value, Decimal):
        return ["Decimal", str(value)]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, tuple):
        return ["tuple", *map(plain, value)]
    if isinstance(value, Mapping):
        return ["map", *([plain(key), plain(one)] for key, one in value.items())]
    return value


def whole(value: Any) -> Any:
    """Read what `plain` wrote."""
    if not isinstance(value, list):
        return value
    kind, *rest = value
    match kind:
        case "Decimal":
            return Decimal(rest[0])
        case "date":
            return date.fromisoformat(rest[0])
        case "tuple":
            return tuple(map(whole, rest))
        case "map":
            return {whole(key): whole(one) for key, one in rest}
    return CLASSES[kind](*map(whole, rest))
