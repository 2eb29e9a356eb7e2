"""An independent opinion: Frictionless over the rows that our own gates let pass.

The schemas are the contract, and Frictionless is the reader of such contracts that is not ours. It
is asked whenever a whole package is checked, in a process of its own beside the other gates; never
about a single file or county, and never again about a shard whose rows and schema it has passed.
Rows our own words already speak of are not shown to it: one fault, one finding. This is the only
place that knows it, and its English is never shown.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline import workers
from pipeline.findings import Finding, Rule
from pipeline.ledgers import RawShard, RefusedCells
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.store import Store, key_of

DISSENT = Rule(
    "S50",
    "schema",
    "error",
    "另一个检查工具（Frictionless）照表结构核对，也没有异议",
    "对照字段字典里这一列的说明和例子改；看着没有错的，告诉维护人员：两种检查说法不一",
    source="先查后发",
    why="两种工具各查一遍，一种看漏了，另一种还能看见",
)

ALONE = 5_000
"""Rows up to which a process of its own is not worth while."""

PASSED = b"passed"
"""What is kept of a shard: that every row of it was shown and none was objected to."""

Passed = Callable[[], list[Finding]]


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of one ledger that are shown in one go, and where each of them stands."""

    schema: Schema
    raws: tuple[RawShard, ...]
    rows: list[list[str]]
    places: list[tuple[int, int]]
    """For each row the number of its shard among `raws`, and its line."""


def begin(
    raws: Sequence[RawShard],
    schemas: Schemas,
    refused: dict[str, RefusedCells],
    store: Store,
) -> Passed:
    """Show Frictionless all rows without a refused cell; returns what waits for its objections.

    What it passed is kept in the store, by the shard's content and its schema.
    """
    filled = [raw for raw in raws if raw.cells and raw.header]
    keys = {
        raw.shard.name: key_of("opinion", raw.digest, _fields(schemas[raw.shard.ledger]))
        for raw in filled
        if raw.digest and not raw.is_torn and raw.shard.name not in refused
    }
    known = {name for name, key in keys.items() if store.get(key) == PASSED}
    tables = _tables([r for r in filled if r.shard.name not in known], schemas, refused)
    wait = _begun(tables)

    def objections() -> list[Finding]:
        found = wait()
        shown = {raw.shard.name for table in tables for raw in table.raws}
        for name in shown & keys.keys() - {finding.file for finding in found}:
            store.put(keys[name], PASSED)
        return found

    return objections


def _tables(
    raws: Sequence[RawShard], schemas: Schemas, refused: dict[str, RefusedCells]
) -> list[_Table]:
    """Gather the rows of each ledger that nothing was said of."""
    by_ledger: dict[str, list[RawShard]] = defaultdict(list)
    for raw in raws:
        by_ledger[raw.shard.ledger].append(raw)
    tables = []
    for ledger, members in by_ledger.items():
        rows, places = [], []
        for number, raw in enumerate(members):
            spoken = raw.refused.keys() | refused.get(raw.shard.name, {}).keys()
            for line, row in zip(raw.lines, raw.cells, strict=True):
                if line not in spoken:
                    rows.append(row)
                    places.append((number, line))
        tables.append(_Table(schemas[ledger], tuple(members), rows, places))
    return tables


def _begun(tables: list[_Table]) -> Passed:
    """Start the work on another core where there is one; otherwise it is done when waited for."""
    few = sum(len(table.rows) for table in tables) <= ALONE
    if few or not workers.CAN_FORK or (os.cpu_count() or 1) == 1:
        return lambda: [finding for table in tables for finding in _objections(table)]
    pool = workers.pool(1, _take_over, tables)
    asked = [pool.submit(_about_number, number) for number in range(len(tables))]

    def wait() -> list[Finding]:
        with pool:
            try:
                return [finding for one in asked for finding in one.result()]
            except BrokenProcessPool:  # it was killed, for lack of memory perhaps: do it here
                return [finding for table in tables for finding in _objections(table)]

    return wait


_inherited: list[_Table] = []
"""In the other process: the tables, inherited by fork instead of being pickled."""


def _take_over(tables: list[_Table]) -> None:
    _inherited[:] = tables


def _about_number(number: int) -> list[Finding]:
    return _objections(_inherited[number])


def _objections(table: _Table) -> list[Finding]:
    """Return what Frictionless says of a table, in our own words, at our own places."""
    listings = [Listing(raw.shard) for raw in table.raws]
    for error in errors(table.schema, table.rows):
        number = getattr(error, "row_number", None)
        owner, line = table.places[number - 2] if number else (0, None)
        tell(error, line, table.schema, listings[owner])
    return [finding for listing in listings for finding in listing.done()]


def errors(schema: Schema, rows: list[list[str]]) -> Iterator[Any]:
    """Yield what Frictionless finds in rows of a ledger; row n of its report is rows[n - 2].

    Keys are looked up across all shards by the records gate, so that it is given none.
    """
    if not rows:
        return
    checklist, resource, _ = _frictionless()
    table = resource(data=[list(schema.names), *rows], schema=_table_schema(_fields(schema)))
    report = table.validate(checklist(), limit_errors=len(rows) * len(schema.names) + 1)
    for task in report.tasks:
        yield from task.errors
    yield from report.errors


def tell(error: Any, line: int | None, schema: Schema, listing: Listing) -> None:
    """List an objection; of its English nothing is repeated."""
    field = schema.by_name.get(getattr(error, "field_name", ""))
    if field is None:
        listing.add(DISSENT, "这张表没有通过独立核对（Frictionless）", line=line)
        return
    listing.add(
        DISSENT,
        f"“{field.title}”这一格没有通过独立核对（Frictionless），应当像 {field.example}",
        line=line,
        field=field.name,
        title=field.title,
        column=schema.column(field.name),
        value=getattr(error, "cell", None) or None,
    )


@lru_cache(maxsize=1)
def _frictionless() -> tuple[Any, Any, Any]:
    """Import Frictionless only when there is something new to show it: it takes 0.3 s."""
    from frictionless import Checklist, Resource
    from frictionless import Schema as TableSchema

    return Checklist, Resource, TableSchema


@lru_cache(maxsize=128)
def _table_schema(fields: str) -> Any:
    """Return the Frictionless schema of a ledger, made once: making it costs 5 ms."""
    return _frictionless()[2].from_descriptor({"fields": json.loads(fields)})


def _fields(schema: Schema) -> str:
    return json.dumps(schema.descriptor["fields"], ensure_ascii=False)
