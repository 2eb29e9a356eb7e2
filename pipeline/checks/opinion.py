"""An independent opinion: Frictionless over the cells that our own gates let pass.

The schemas are the contract, and Frictionless is the reader of such contracts that is not ours. It
is asked whenever a whole package is checked, in a process of its own beside the other gates; never
about a single file or county, and never again about a shard whose rows and schema it has passed.
Its own cell readers, made from the schema's own descriptor, are asked once about each distinct cell
of a column: streaming every row through it takes many times as long and says the same of cells.
Rows, headers, keys and references are our own gates' alone. What it says of rows our own words
already speak of is dropped: one fault, one finding. This is the only place that knows it, and its
English is never shown.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline import workers
from pipeline.findings import Finding, Rule
from pipeline.ledgers import RawShard, RefusedCells
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Field, Schema, Schemas
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

PASSED = b"passed"
"""What is kept of a shard: that every cell of it was shown and none was objected to."""

Doubted = dict[str, frozenset[str]]
"""For each column of a ledger that has any, the cells that Frictionless objects to."""

Passed = Callable[[dict[str, RefusedCells]], list[Finding]]
"""Waits for the objections, and leaves out those about rows with a refused cell."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The shards of one ledger that are shown in one go."""

    schema: Schema
    raws: tuple[RawShard, ...]


def begin(raws: Sequence[RawShard], schemas: Schemas, store: Store) -> Passed:
    """Show Frictionless all cells it has not passed before; returns what waits for its objections.

    What it passed is kept in the store, by the shard's content and its schema.
    """
    filled = [raw for raw in raws if raw.cells and raw.header]
    keys = {
        raw.shard.name: key_of("opinion", raw.digest, schemas[raw.shard.ledger].text)
        for raw in filled
        if raw.digest and not raw.is_torn
    }
    known = {name for name, key in keys.items() if store.get(key) == PASSED}
    by_ledger: dict[str, list[RawShard]] = defaultdict(list)
    for raw in filled:
        if raw.shard.name not in known:
            by_ledger[raw.shard.ledger].append(raw)
    tables = [_Table(schemas[ledger], tuple(members)) for ledger, members in by_ledger.items()]
    wait = _begun(tables)

    def objections(refused: dict[str, RefusedCells]) -> list[Finding]:
        found = []
        for table, doubted in zip(tables, wait(), strict=True):
            for raw in table.raws:
                places = _places(raw, table.schema, doubted)
                if not places and raw.shard.name in keys:
                    store.put(keys[raw.shard.name], PASSED)
                spoken = raw.refused.keys() | refused.get(raw.shard.name, {}).keys()
                found += _told(raw, [place for place in places if place[0] not in spoken])
        return found

    return objections


def _begun(tables: list[_Table]) -> Callable[[], list[Doubted]]:
    """Start the work on another core: even for a few rows, to import it takes a tenth of a second.

    Where there is no other core it is done when waited for.
    """

    def ask() -> list[Doubted]:
        return [_asked(table) for table in tables]

    return workers.beside(ask) if tables else ask


def _asked(table: _Table) -> Doubted:
    distinct: dict[str, set[str]] = {name: set() for name in table.schema.names}
    for raw in table.raws:
        for seen, column in zip(distinct.values(), zip(*raw.cells, strict=True), strict=True):
            seen.update(column)
    return doubted(table.schema, distinct)


def doubted(schema: Schema, cells: Mapping[str, Collection[str]]) -> Doubted:
    """Return of the cells of each column those that Frictionless objects to."""
    found, readers = {}, _readers(_fields(schema))
    for name, column in cells.items():
        read = readers[name]
        if bad := frozenset(cell for cell in column if read(cell)[1]):
            found[name] = bad
    return found


def _places(raw: RawShard, schema: Schema, doubted: Doubted) -> list[tuple[int, Field, int, str]]:
    """Return line, column and cell of all that is objected to in a shard."""
    columns = [(schema.by_name[name], schema.column(name), bad) for name, bad in doubted.items()]
    return [
        (line, field, number, row[number - 1])
        for line, row in (zip(raw.lines, raw.cells, strict=True) if columns else ())
        for field, number, bad in columns
        if row[number - 1] in bad
    ]


def _told(raw: RawShard, places: Sequence[tuple[int, Field, int, str]]) -> list[Finding]:
    """List objections in our own words; of its English nothing is repeated."""
    listing = Listing(raw.shard)
    for line, field, number, cell in places:
        listing.add(
            DISSENT,
            f"“{field.title}”这一格没有通过独立核对（Frictionless），应当像 {field.example}",
            line=line,
            field=field.name,
            title=field.title,
            column=number,
            value=cell or None,
        )
    return listing.done()


@lru_cache(maxsize=128)
def _readers(fields: str) -> dict[str, Callable[[Any], tuple[Any, Any]]]:
    """Return Frictionless's own reader of each column, which gives the value and what is wrong.

    It is imported only when there is something new to show it: that takes 0.3 s.
    """
    from frictionless import Schema as TableSchema

    table = TableSchema.from_descriptor({"fields": json.loads(fields)})
    return {field.name: field.create_cell_reader() for field in table.fields}


def _fields(schema: Schema) -> str:
    return json.dumps(schema.descriptor["fields"], ensure_ascii=False)
