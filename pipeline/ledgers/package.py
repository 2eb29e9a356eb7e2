"""The computed data package: one multi-part resource a ledger, as `frictionless validate` reads it."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.ledgers.schemas import Schemas
from pipeline.ledgers.shard import RawShard

DIALECT = {"csv": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True}}


def descriptor(raws: Iterable[RawShard], schemas: Schemas, folder: Path) -> dict[str, Any]:
    """Return datapackage.json for shards, with paths relative to the folder it will stand in.

    Ledgers without a shard are empty tables: foreign keys to them must still resolve, so they are
    given inline with their header only. Parts after the first carry a header of their own, which
    the standard does not foresee; `extrapaths` of Frictionless reads each part with its header.
    """
    parts: dict[str, list[str]] = defaultdict(list)
    for raw in sorted(raws, key=lambda r: r.shard.name):
        if raw.cells or raw.header:
            parts[raw.shard.ledger].append(os.path.relpath(raw.shard.path, folder))
    resources = [_resource(name, parts[name], schemas) for name in schemas]
    return {
        "name": "qingyuan-ledgers",
        "title": "清源台账（内部）",
        "profile": "data-package",
        "resources": resources,
    }


def _resource(name: str, paths: list[str], schemas: Schemas) -> dict[str, Any]:
    schema = schemas[name]
    raw = schema.descriptor
    table = {key: raw[key] for key in ("fields", "primaryKey", "foreignKeys") if raw.get(key)}
    head: dict[str, Any] = {"name": name, "title": schema.title, "schema": table}
    if not paths:
        return head | {"data": [list(schema.names)], "format": "inline"}
    head |= {"encoding": "utf-8", "format": "csv", "dialect": DIALECT, "path": paths[0]}
    return head | ({"extrapaths": paths[1:]} if len(paths) > 1 else {})


def write_package(raws: Iterable[RawShard], schemas: Schemas, path: Path) -> None:
    """Write the computed datapackage.json."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(descriptor(raws, schemas, path.parent), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
