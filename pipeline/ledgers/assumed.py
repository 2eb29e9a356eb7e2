"""Rows assumed for a what-if: added to what was read, or put in place of rows with the same key.

A file of assumptions looks like the ledger it speaks of: the same header, and the ledger's name at
the end of the file's name (water_tests.csv, plan-water_tests.csv). The ledgers themselves are not
touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.ledgers.reader import read
from pipeline.ledgers.rows import typed
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.ledgers.shard import RawShard, Shard
from pipeline.ledgers.snapshot import Snapshot
from pipeline.rowtypes import Row
from pipeline.terms import INNER
from pipeline.trouble import UsageTrouble

LEVELS = ("checker_level", "by_level", "found_by_level")
"""Columns that say whether the unit itself speaks or somebody from outside."""


def assume(
    raws: Sequence[RawShard], snapshot: Snapshot, path: Path
) -> tuple[list[RawShard], RawShard, Snapshot]:
    """Return the shards and the snapshot with the rows of a file assumed, and the file as read.

    Raises:
        UsageTrouble: there is no such file, its name names no ledger, or its rows do not belong to
            one unit and one home.
    """
    schemas = snapshot.schemas
    if not path.is_file():
        raise UsageTrouble(f"没有 {path} 这个文件")
    schema = _schema(path, schemas)
    raw = read(Shard(path, str(path), schema.name, schema.home[0]), schema, path.read_bytes())
    raw = replace(raw, shard=_placed(raw, schema, snapshot))
    keys = {_key(cells, schema) for cells in raw.cells}
    kept = [_less(other, keys, schema) for other in raws]
    rows = typed(raw, schema)
    taken = {row.id for row in rows}
    standing = tuple(row for row in snapshot[schema.name] if row.id not in taken)
    tables = {**snapshot.tables, schema.name: (*standing, *rows)}
    return [*kept, raw], raw, Snapshot(snapshot.campaign, schemas, tables=tables)


def _schema(path: Path, schemas: Schemas) -> Schema:
    """Return the schema that a file's name ends with, the longest name first."""
    for name in sorted(schemas, key=len, reverse=True):
        if path.stem == name or path.stem.endswith((f"-{name}", f".{name}", f" {name}")):
            return schemas[name]
    raise UsageTrouble(
        f"{path.name} 看不出是哪个台账；文件名写成台账的名字，如 water_tests.csv、"
        "plan-water_tests.csv"
    )


def _placed(raw: RawShard, schema: Schema, snapshot: Snapshot) -> Shard:
    """Say where the rows would stand: in a unit's folder, or with the city."""
    if schema.home == "R":
        return raw.shard
    rows = (dict(zip(schema.names, cells, strict=True)) for cells in raw.cells)
    places = {home_of_row(row, schema, snapshot) for row in rows}
    if len(places) > 1:
        raise UsageTrouble(
            f"{raw.shard.name} 里有几个单位的行，或者既有单位登记的又有市里登记的；"
            "分成几个文件，--assume 可以写几次"
        )
    home, unit = places.pop() if places else (schema.home[0], None)
    return replace(raw.shard, home=home, unit=unit)


def home_of_row(
    row: Mapping[str, str], schema: Schema, snapshot: Snapshot
) -> tuple[str, str | None]:
    """Return the home (R, U or C) and the folder's unit in which a row of cells belongs."""
    if schema.home == "R":
        return "R", None
    parent = _parent(row, schema, snapshot)
    unit = row.get("unit_id") or (parent.owner if parent is not None else None)
    if schema.home == "C" or (schema.name, row.get("place_type")) == ("documents", "市"):
        return "C", None
    if schema.name == "judgements":
        return ("U", unit) if row["stage"] == "自评" else ("C", None)
    level = next((row[name] for name in LEVELS if name in row), None)
    if level is not None and "C" in schema.home:
        return ("U" if level in INNER else "C"), unit
    if parent is not None and "C" in schema.home:
        return parent.shard.home, unit
    return "U", unit


def _parent(row: Mapping[str, str], schema: Schema, snapshot: Snapshot) -> Row | None:
    """Return the row that a row without a unit of its own belongs to."""
    if "unit_id" in row:
        return None
    for key in schema.foreign_keys:
        found = snapshot.index(key.ledger).get(row[key.field])
        if found is not None:
            return found
    return None


def _less(raw: RawShard, keys: set[tuple[str, ...]], schema: Schema) -> RawShard:
    """Leave out of a shard what the assumptions put in its place."""
    if raw.shard.ledger != schema.name:
        return raw
    kept = [n for n, cells in enumerate(raw.cells) if _key(cells, schema) not in keys]
    if len(kept) == len(raw.cells):
        return raw
    lines, cells = [raw.lines[n] for n in kept], [raw.cells[n] for n in kept]
    return replace(raw, lines=lines, cells=cells, digest="")  # its content is no longer the file's


def _key(cells: Sequence[str], schema: Schema) -> tuple[str, ...]:
    return tuple(cells[schema.names.index(name)] for name in schema.primary_key)
