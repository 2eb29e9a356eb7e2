"""What happened to rows between two states of the ledgers: added, removed, edited, by their ids.

Rows are matched by their permanent key wherever they stand, so a sorted, a split or a re-saved file
is no change. Cells are compared by what they mean: 0.40 and 0.4 are one number where the schema
says number, and two where the raw text is the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pipeline.ledgers import RawShard
from pipeline.ledgers.schemas import Field, Schema, Schemas

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A row as it stands on one side: its cells as text by English header, and where."""

    cells: Mapping[str, str]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is not the same on both sides; `before` or `after` is None where it is not.

    `cells` holds, for a row on both sides, the columns that differ: text before, text after.
    """

    schema: Schema
    key: Key
    before: Standing | None
    after: Standing | None
    cells: Mapping[str, tuple[str, str]]

    @property
    def ledger(self) -> str:
        """The ledger the row stands in."""
        return self.schema.name

    @property
    def row_id(self) -> str:
        """The key as one text, as findings and waivers write it."""
        return "/".join(self.key)

    @property
    def is_added(self) -> bool:
        """Whether the row is new."""
        return self.before is None

    @property
    def standing(self) -> Standing:
        """The row as it stands now, or as it stood last."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change has a side
        return found

    def was(self, column: str) -> str:
        """The cell before; empty where the row or the column was not there."""
        return self.before.cells.get(column, "") if self.before else ""

    def now(self, column: str) -> str:
        """The cell now; empty where the row or the column is not there."""
        return self.after.cells.get(column, "") if self.after else ""


Table = Mapping[Key, Standing]
"""Rows of one ledger by key."""


def compare(
    before: Mapping[str, Table], after: Mapping[str, Table], schemas: Schemas
) -> list[RowChange]:
    """Return what happened to the rows of some shards, by ledger and key.

    Both sides must hold every shard in which a row of the other may have gone: all that differ.
    """
    found = []
    for ledger in sorted(before.keys() | after.keys()):
        schema = schemas[ledger]
        was, now = before.get(ledger, {}), after.get(ledger, {})
        for key in sorted(was.keys() | now.keys()):
            change = _change(schema, key, was.get(key), now.get(key))
            if change is not None:
                found.append(change)
    return found


def by_key(shards: Iterable[RawShard], schemas: Schemas) -> dict[str, Table]:
    """Return the rows of shards by ledger and key.

    A key that stands twice is the key gate's business: here the first counts.
    """
    found: dict[str, dict[Key, Standing]] = {}
    for raw in shards:
        table = found.setdefault(raw.shard.ledger, {})
        for key, row in _rows(raw, schemas[raw.shard.ledger]):
            table.setdefault(key, row)
    return dict(found)


def _rows(raw: RawShard, schema: Schema) -> Iterator[tuple[Key, Standing]]:
    places = [raw.header.index(name) for name in schema.primary_key if name in raw.header]
    if len(places) == len(schema.primary_key):
        for line, cells in zip(raw.lines, raw.cells, strict=True):
            key = tuple(cells[place] for place in places)
            yield key, Standing(dict(zip(raw.header, cells, strict=True)), raw.shard.name, line)


def _change(
    schema: Schema, key: Key, before: Standing | None, after: Standing | None
) -> RowChange | None:
    cells = {}
    if before and after:
        if before.cells == after.cells:
            return None
        for field in schema.fields:
            old, new = before.cells.get(field.name, ""), after.cells.get(field.name, "")
            if old != new and not _alike(field, old, new):
                cells[field.name] = (old, new)
        if not cells:
            return None
    return RowChange(schema, key, before, after, cells)


_SLASHED = re.compile(r"([12][0-9]{3})/([0-9]{1,2})/([0-9]{1,2})")


def _iso(text: str) -> str:
    """Return a date that a spreadsheet wrote as 2022/7/14 as the ledgers write it."""
    found = _SLASHED.fullmatch(text.strip())
    if found is None:
        return text.strip()
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


def _alike(field: Field, old: str, new: str) -> bool:
    """Whether two texts of a cell mean the same value."""
    if field.type in ("number", "integer"):
        try:
            return Decimal(old) == Decimal(new)
        except InvalidOperation:
            return False
    if field.type == "date":
        return _iso(old) == _iso(new)
    if field.list_of:
        return sorted(old.split("|")) == sorted(new.split("|"))
    return old.strip() == new.strip()
