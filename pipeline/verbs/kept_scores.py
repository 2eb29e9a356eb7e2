"""Scores of units whose rows have not changed, kept from one build to the next.

A unit's result is kept under a key of everything it rests on: its own shards, what all units
share, and the day. What is kept is plain JSON: it can be wrong, but it can never run anything.

Of many units it is computed on another core, while this one finds out what may be shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline import assessment, workers
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


FEW = 3
"""Units up to which a process of its own is not worth while."""
ByUnit = Mapping[str, Alone]


def begin(
    snapshot: Snapshot, day: date, parts: Mapping[str, str], store: Store
) -> Callable[[], Mapping[str, ByUnit]]:
    """Start to compute what each unit is by itself in public, by edition of the rules.

    Only those are computed whose part of the input has changed. Returns what waits for them.
    """
    editions = assessment.of_campaign(snapshot.campaign)
    waits = {one.id: _begun(one, snapshot, day, parts, store) for one in editions}
    return lambda: {name: wait() for name, wait in waits.items()}


def _begun(
    edition: assessment.Edition,
    snapshot: Snapshot,
    day: date,
    parts: Mapping[str, str],
    store: Store,
) -> Callable[[], ByUnit]:
    earlier = assessment.milestones(snapshot.campaign, day)
    units = assessment.units_of(snapshot, day)
    keys = {unit: _key(edition.id, unit, day, parts) for unit in units}
    kept = {unit: store.get(key) for unit, key in keys.items()}
    found = {unit: whole(json.loads(one)) for unit, one in kept.items() if one is not None}
    missing = [unit for unit in units if unit not in found]

    def compute(some: Sequence[str]) -> ByUnit:
        return assessment.computed(snapshot, day, earlier, some, assessment.PUBLIC, edition)

    wait = workers.beside(lambda: compute(missing)) if len(missing) > FEW else None

    def done() -> ByUnit:
        fresh = wait() if wait else compute(missing)
        for unit in missing:
            store.put(keys[unit], json.dumps(plain(fresh[unit]), ensure_ascii=False).encode())
        return {**found, **fresh}

    return done


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
