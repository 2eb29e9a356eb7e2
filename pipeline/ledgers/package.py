"""The computed data package: one multi-part resource a ledger, for `frictionless validate`."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.files import cleared, replace_file
from pipeline.ledgers.schemas import Schemas
from pipeline.ledgers.shard import RawShard
from pipeline.ledgers.writer import canonical

DIALECT = {"csv": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True}}

LINK = "data"
"""Beside datapackage.json stands a link to the data: Frictionless trusts no path that climbs."""

FILLED = "filled"
"""Beside it, too, stand the shards that lack a later column, as `fmt` would write them."""


def descriptor(raws: Iterable[RawShard], schemas: Schemas) -> dict[str, Any]:
    """Return datapackage.json for shards, with paths below the link to their data folder.

    A shard that lacks a column of a later day stands below `filled`, with the column written in.
    Ledgers without a shard are empty tables: foreign keys to them must still resolve, so they are
    given inline with their header only. Parts after the first carry a header of their own, which
    the standard does not foresee; `extrapaths` of Frictionless reads each part with its header.
    """
    parts: dict[str, list[str]] = defaultdict(list)
    for raw in sorted(raws, key=lambda r: r.shard.name):
        if raw.cells or raw.header:
            below = raw.shard.name.partition("/")[2]
            parts[raw.shard.ledger].append(f"{FILLED if raw.absent else LINK}/{below}")
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


def write_package(raws: Iterable[RawShard], schemas: Schemas, data: Path, path: Path) -> None:
    """Write the computed datapackage.json, and beside it what its paths lead to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raws = tuple(raws)
    cleared(path.parent / FILLED)
    for raw in raws:
        if raw.absent:
            below = raw.shard.name.partition("/")[2]
            content = canonical(raw, schemas)
            replace_file(path.parent / FILLED / below, content, lasting=False)
    link = path.parent / LINK
    if not link.is_symlink() or os.path.realpath(link) != os.path.realpath(data):
        cleared(link)
        link.symlink_to(os.path.relpath(data.resolve(), path.parent.resolve()))
    text = json.dumps(descriptor(raws, schemas), ensure_ascii=False, indent=1) + "\n"
    if path.is_symlink() or path.is_dir():
        cleared(path)
    replace_file(path, text.encode(), lasting=False)
