"""From cells to frozen typed rows.

A row is a named tuple with one attribute per column, plus the shard and the physical line it came
from. Blank is None (an empty tuple for lists), never zero and never "no". A cell that cannot be
converted leaves its row out: the schema gate has said so already, and a test holds it to that.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from pipeline.dates import parse_iso
from pipeline.ledgers.schemas import Field, Schema
from pipeline.ledgers.shard import RawShard

Row = Any
"""A frozen row; its attributes are the columns of its schema, so no static type can name them."""

_INTEGER = re.compile(r"(?:-?[0-9]{1,15})")
_NUMBER = re.compile(r"(?:-?[0-9]{1,15}(?:\.[0-9]{1,6})?)")
_BOOLEANS = {"是": True, "否": False}


class _Identity:
    """What every row can say of itself, whatever its ledger."""

    __slots__ = ()
    table: str
    key: tuple[str, ...]

    @property
    def id(self) -> str:
        """The primary key as text; several cells are joined by "+"."""
        return "+".join(str(getattr(self, name)) for name in self.key)

    @property
    def ref(self) -> str:
        """How findings, scores and pages cite this row: ledger/id."""
        return f"{self.table}/{self.id}"

    @property
    def file(self) -> str:
        """The file the row stands in, as people write it."""
        return self.shard.name  # type: ignore[attr-defined]


@lru_cache(maxsize=256)
def row_class(ledger: str, names: tuple[str, ...], key: tuple[str, ...]) -> type:
    """Return the named-tuple class of a ledger with these columns."""
    base = namedtuple(ledger, (*names, "shard", "line"))  # type: ignore[misc]
    single = len(key) == 1
    # not `ledger`: nil returns and waivers have a column of that name
    body: dict[str, Any] = {"__slots__": (), "table": ledger, "key": key}
    if single:  # the common case is an alias of the column: no join per look-up
        body["id"] = property(attrgetter(key[0]))
    return type(ledger, (_Identity, base), body)


def class_of(schema: Schema) -> type:
    """Return the row class of a schema."""
    return row_class(schema.name, schema.names, schema.primary_key)


def _text(cell: str) -> str:
    return cell


def _date(cell: str) -> date:
    day = parse_iso(cell)
    if day is None:
        raise ValueError(cell)
    return day


def _integer(cell: str) -> int:
    if not _INTEGER.fullmatch(cell):
        raise ValueError(cell)
    return int(cell)


def _number(cell: str) -> Decimal:
    if not _NUMBER.fullmatch(cell):
        raise ValueError(cell)
    return Decimal(cell)


def _boolean(cell: str) -> bool:
    try:
        return _BOOLEANS[cell]
    except KeyError:
        raise ValueError(cell) from None


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|"))


_CONVERTERS: dict[str, Callable[[str], Any]] = {
    "string": _text,
    "date": _date,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
}


def converter(field: Field) -> Callable[[str], Any]:
    """Return the function that turns a non-blank cell of this column into its value."""
    return _list if field.list_of else _CONVERTERS[field.type]


def _blank(field: Field) -> Any:
    return () if field.list_of else None


def _column(field: Field, cells: Iterable[str]) -> tuple[list[Any], set[int]]:
    """Convert one column; equal cells are converted once. Returns values and bad row numbers."""
    convert, known, bad = converter(field), {"": _blank(field)}, set()
    values = []
    for number, cell in enumerate(cells):
        try:
            value = known[cell]
        except KeyError:
            try:
                value = known[cell] = convert(cell)
            except ValueError:
                bad.add(number)
                value = None
        values.append(value)
    return values, bad


def typed(raw: RawShard, schema: Schema) -> list[Row]:
    """Turn the cells of a shard into frozen rows, leaving out those that cannot be converted.

    Rows with a blank required cell are left out as well: what must be there can be relied on.
    """
    if not raw.cells or raw.header != schema.names:
        return []
    columns, bad = [], set()
    for field, cells in zip(schema.fields, zip(*raw.cells, strict=True), strict=True):
        values, wrong = _column(field, cells)
        bad |= wrong
        if field.required:
            bad.update(n for n, cell in enumerate(cells) if cell == "")
        columns.append(values)
    make, shard = class_of(schema)._make, raw.shard  # type: ignore[attr-defined]
    rows = zip(*columns, strict=True)
    return [
        make((*row, shard, line))
        for number, (row, line) in enumerate(zip(rows, raw.lines, strict=True))
        if number not in bad
    ]


def to_cell(value: Any) -> str:
    """Write a value as the cell it would be read from."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (tuple, list)):
        return "|".join(value)
    return str(value)
