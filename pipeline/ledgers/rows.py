"""From cells to frozen typed rows.

A row is a named tuple with one attribute per column, plus the shard and the physical line it came
from. Blank is None (an empty tuple for lists), never zero and never "no".

A cell that cannot be converted leaves its row out: the schema gate has said so already, and a test
holds it to that. Where the refused cells are known, such rows are made all the same, and reading
such a cell raises `Refused`: whoever asks can judge the row by its other cells, and no more.
"""

from __future__ import annotations

import re
from collections import defaultdict, namedtuple
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from itertools import repeat
from operator import itemgetter
from typing import Any

from pipeline.dates import parse_iso
from pipeline.ledgers.schemas import Field, Schema
from pipeline.ledgers.shard import RawShard, Shard
from pipeline.rowtypes import ROW_CLASSES, Row

RefusedCells = Mapping[int, frozenset[str]]
"""Line of a shard -> the columns whose cells the gates refused."""

_INTEGER = re.compile(r"(?:-?[0-9]{1,15})")
_NUMBER = re.compile(r"(?:-?[0-9]{1,15}(?:\.[0-9]{1,6})?)")
_BOOLEANS = {"是": True, "否": False}
JOINED = "+"
"""Stands between the cells of a key of several columns."""


class Refused(Exception):
    """Somebody read a cell that the gates refused: what rests on it cannot be judged."""

    def __init__(self, row: Row, column: str) -> None:
        """Say which cell of which row."""
        super().__init__(f"{row.table}.{column}")
        self.row, self.column = row, column


@lru_cache(maxsize=256)
def row_class(ledger: str, names: tuple[str, ...], key: tuple[str, ...]) -> type[Row]:
    """Return the named-tuple class of a ledger with these columns; its type is the generated one.

    The columns may be fewer than the ledger has (what an audience may see), and more where a
    schema is tried that the row types do not know yet.
    """
    base = namedtuple(ledger, (*names, "shard", "line"))  # type: ignore[misc]
    body: dict[str, Any] = {"__slots__": (), "table": ledger, "key": key}
    if set(key) <= set(names):  # found by their places, once for all rows
        cells = itemgetter(*map(names.index, key))
        # the common case is an alias of the column: no join per look-up
        body["id"] = property(cells if len(key) == 1 else _joined(cells))
    if "unit_id" in names:
        body["owner"] = property(_owner(names.index("unit_id")))
    return type(ledger, (ROW_CLASSES.get(ledger, Row), base), body)


def _owner(place: int) -> Callable[[Row], str | None]:
    return lambda row: row[place] or row.shard.unit


def _joined(cells: Callable[[Row], Any]) -> Callable[[Row], str]:
    return lambda row: JOINED.join(map(str, cells(row)))


@lru_cache(maxsize=1024)
def _spoiled_class(whole: type[Row], columns: frozenset[str]) -> type[Row]:
    """Return the class of rows with these cells refused; whole rows stay as quick as ever."""
    body: dict[str, Any] = {name: property(_refusal(name)) for name in columns}
    if "unit_id" in columns:
        body["owner"] = Row.owner
    return type(whole.__name__, (whole,), {"__slots__": (), "refused": columns, **body})


def _refusal(column: str) -> Callable[[Row], Any]:
    def refuse(row: Row) -> Any:
        raise Refused(row, column)

    return refuse


def class_of(schema: Schema) -> type[Row]:
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


def _column(field: Field, cells: Sequence[str]) -> tuple[list[Any], set[int]]:
    """Convert one column; equal cells are converted once. Returns values and bad row numbers."""
    convert, bad = converter(field), set()
    known: dict[str, Any] = {}
    if convert is _text:  # nothing to convert; equal cells are one text, whose hash is known
        known = dict(zip(cells, cells, strict=True))
    else:
        for cell in set(cells) - {""}:
            try:
                known[cell] = convert(cell)
            except ValueError:
                known[cell] = None
                bad.add(cell)
    known[""] = _blank(field)
    values = list(map(known.__getitem__, cells))
    return values, {number for number, cell in enumerate(cells) if cell in bad} if bad else set()


def typed(raw: RawShard, schema: Schema, refused: RefusedCells | None = None) -> list[Row]:
    """Turn the cells of a shard into frozen rows.

    Rows with a cell that cannot be converted, or with a blank required cell, are left out: what
    must be there can be relied on. With `refused` they are made too, with these cells unreadable.
    """
    if not raw.cells or raw.header != schema.names:
        return []
    columns: list[list[Any]] = []
    spoiled: dict[int, set[str]] = defaultdict(set)
    for field, cells in zip(schema.fields, zip(*raw.cells, strict=True), strict=True):
        values, wrong = _column(field, cells)
        if field.required and "" in cells:
            wrong.update(n for n, cell in enumerate(cells) if cell == "")
        for number in wrong:
            spoiled[number].add(field.name)
        columns.append(values)
    shards = repeat(raw.shard, len(raw.lines))
    make = partial(tuple.__new__, class_of(schema))  # `zip` holds the width, so `_make` need not
    made: list[Row] = list(map(make, zip(*columns, shards, raw.lines, strict=True)))
    if refused is None:
        return [row for n, row in enumerate(made) if n not in spoiled] if spoiled else made
    return [
        _spoilt(row, refused.get(row.line, frozenset()) | spoiled.get(number, frozenset()))
        for number, row in enumerate(made)
    ]


def lost_row(shard: Shard, schema: Schema) -> Row:
    """Return a row that stands for those lost in a torn file: none of its cells can be read."""
    whole = class_of(schema)
    spoiled = _spoiled_class(whole, frozenset(schema.names))
    return spoiled._make((*map(_blank, schema.fields), shard, 0))


def _spoilt(row: Row, columns: frozenset[str]) -> Row:
    """Return a row whose cells in these columns raise; keys still lead to it as they were meant."""
    if not columns:
        return row
    cells = (
        cell.strip() if name in columns and isinstance(cell, str) else cell
        for name, cell in zip(row._fields, row, strict=True)
    )
    return _spoiled_class(type(row), frozenset(columns))._make(cells)


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
