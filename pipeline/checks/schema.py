"""The schema gate: our own cell checks and Frictionless, the only place that knows it.

The rows the byte gate read go to Frictionless as inline tables, with their schema less its keys
(keys are looked up across all shards by the records gate), over all cores. What is found in a shard
is kept by the digest of the shard, its schema and this code. A row that our own words already
speak of is not given to Frictionless: one fault, one finding.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from pipeline import workers
from pipeline.checks import cells, wording
from pipeline.findings import Finding
from pipeline.ledgers import RawShard
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.store import Store, key_of

ALONE = 5_000
"""Rows up to which one process is quicker than several."""

TABLE_ROWS = 8_000
"""Rows of one table given to Frictionless; more would keep one core waiting for the other."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Shards of one ledger that are checked in one go."""

    schema: Schema
    raws: tuple[RawShard, ...]

    @property
    def rows(self) -> int:
        return sum(len(raw.cells) for raw in self.raws)


def check(raws: Sequence[RawShard], schemas: Schemas, store: Store | None = None) -> list[Finding]:
    """Return what the schema gate finds in all shards; shards that are in the store are not run."""
    store = store or Store()
    filled = [raw for raw in raws if raw.cells and raw.header]
    whole = [raw for raw in filled if raw.digest]  # of a part of a shard nothing is kept
    keys = {raw.shard.name: _key(raw, schemas[raw.shard.ledger]) for raw in whole}
    kept = {name: store.get(key) for name, key in keys.items()}
    found = {name: _recalled(value) for name, value in kept.items() if value is not None}
    missing = [raw for raw in filled if raw.shard.name not in found]
    if missing:
        fresh = _run(_tables(missing, schemas))
        for name in fresh.keys() & keys.keys():
            store.put(keys[name], _told(fresh[name]))
        found |= fresh
    return [finding for raw in filled for finding in found[raw.shard.name]]


def _tables(raws: Sequence[RawShard], schemas: Schemas) -> list[_Table]:
    """Gather shards of one ledger into tables of a fair size, the largest first."""
    by_ledger: dict[str, list[RawShard]] = defaultdict(list)
    for raw in raws:
        by_ledger[raw.shard.ledger].append(raw)
    tables = []
    for ledger, members in by_ledger.items():
        batch: list[RawShard] = []
        for raw in members:
            if batch and sum(len(r.cells) for r in batch) + len(raw.cells) > TABLE_ROWS:
                tables.append(_Table(schemas[ledger], tuple(batch)))
                batch = []
            batch.append(raw)
        tables.append(_Table(schemas[ledger], tuple(batch)))
    return sorted(tables, key=lambda table: -table.rows)


def _run(tables: list[_Table]) -> dict[str, list[Finding]]:
    """Check all tables, by several processes where it pays."""
    cores = os.cpu_count() or 1
    few = sum(table.rows for table in tables) <= ALONE or cores == 1
    if few or not workers.CAN_FORK:
        return dict(pair for table in tables for pair in _check_table(table))
    _load_frictionless()  # once, before the workers are forked
    try:
        with workers.pool(cores, _take_over, tables) as pool:
            results = list(pool.map(_check_number, range(len(tables))))
    except BrokenProcessPool:  # a worker was killed, for lack of memory perhaps: do it alone
        results = [_check_table(table) for table in tables]
    return dict(pair for result in results for pair in result)


_inherited: list[_Table] = []
"""In a worker: the tables, inherited by fork instead of being pickled."""


def _take_over(tables: list[_Table]) -> None:
    _inherited[:] = tables


def _check_number(number: int) -> list[tuple[str, list[Finding]]]:
    return _check_table(_inherited[number])


def _check_table(table: _Table) -> list[tuple[str, list[Finding]]]:
    """Return the findings of each shard of a table, by the name of the shard."""
    listings, left, places = {}, [], []
    for raw in table.raws:
        listing = listings[raw.shard.name] = Listing(raw.shard)
        cells.check(raw, table.schema, listing)
        spoken = raw.refused.keys() | listing.refused.keys()
        for line, row in zip(raw.lines, raw.cells, strict=True):
            if line not in spoken:
                left.append(row)
                places.append((raw.shard.name, line))
    for error in frictionless_errors(table.schema, left):
        number = getattr(error, "row_number", None)
        nowhere: tuple[str, int | None] = (table.raws[0].shard.name, None)
        owner, at_line = places[number - 2] if number else nowhere
        translate(error, at_line, table.schema, listings[owner])
    return [(name, listing.done()) for name, listing in listings.items()]


def frictionless_errors(schema: Schema, rows: list[list[str]]) -> Iterator[Any]:
    """Yield what Frictionless finds in rows of a ledger; row n of its report is rows[n - 2]."""
    if not rows:
        return
    checklist, resource, _ = _load_frictionless()
    table = resource(
        data=[list(schema.names), *rows],
        schema=_table_schema(json.dumps(schema.descriptor["fields"])),
    )
    report = table.validate(checklist(), limit_errors=len(rows) * len(schema.names) + 1)
    for task in report.tasks:
        yield from task.errors
    yield from report.errors


@lru_cache(maxsize=1)
def _load_frictionless() -> tuple[Any, Any, Any]:
    """Import Frictionless only when there is something new to check: it takes 0.3 s."""
    from frictionless import Checklist, Resource
    from frictionless import Schema as TableSchema

    return Checklist, Resource, TableSchema


@lru_cache(maxsize=128)
def _table_schema(fields: str) -> Any:
    """Return the Frictionless schema of a ledger, made once: making it costs 5 ms."""
    return _load_frictionless()[2].from_descriptor({"fields": json.loads(fields)})


def translate(error: Any, line: int | None, schema: Schema, listing: Listing) -> None:
    """List an error of Frictionless in our own words."""
    rule, sentence = wording.of(error.type, getattr(error, "note", ""))
    place: dict[str, Any] = {"line": line}
    field = schema.by_name.get(getattr(error, "field_name", ""))
    if field is not None:
        place |= {"field": field.name, "title": field.title, "column": schema.column(field.name)}
        place["value"] = getattr(error, "cell", None) or None
        sentence = f"“{field.title}”{sentence}，应当像 {field.example}"
    listing.add(rule, sentence, **place)


def _key(raw: RawShard, schema: Schema) -> str:
    return key_of("schema", raw.shard.name, raw.digest, repr(dict(schema.descriptor)))


def _told(found: Sequence[Finding]) -> bytes:
    return json.dumps([asdict(finding) for finding in found], ensure_ascii=False).encode()


def _recalled(value: bytes) -> list[Finding]:
    return [Finding(**finding) for finding in json.loads(value)]
