"""The one writer of ledgers: UTF-8, LF, one header, rows in the order of their primary key."""

from __future__ import annotations

import csv
import errno
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from pipeline.files import replace_file
from pipeline.ledgers.rows import to_cell
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.ledgers.shard import RawShard


def shard_bytes(schema: Schema, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the canonical bytes of a shard; values may be typed or already text."""
    return _bytes(schema, [[to_cell(row.get(name)) for name in schema.names] for row in rows])


def write_shard(path: Path, schema: Schema, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a shard whole or not at all; its folder is made if need be.

    Raises:
        OSError: it could not be written; also where its folder is a link (ELOOP), which no reader
            of ledgers follows.
    """
    if path.parent.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path.parent))
    replace_file(path, shard_bytes(schema, rows))


def canonical(raw: RawShard, schemas: Schemas) -> bytes:
    """Return the canonical bytes of a shard as it was read; nothing but form is changed.

    Columns that came after the file was written are written in, blank.
    """
    return _bytes(schemas[raw.shard.ledger], raw.cells)


def sort_key(schema: Schema) -> Any:
    """Return the key that orders rows of cells by primary key; whole numbers as numbers."""
    places = [schema.names.index(name) for name in schema.primary_key]
    numeric = [schema.by_name[name].type == "integer" for name in schema.primary_key]
    if not any(numeric):
        return itemgetter(*places)

    def key(cells: Sequence[str]) -> list[tuple[int, str]]:
        return [
            (int(cells[p]) if n and cells[p].isdecimal() else 0, cells[p])
            for p, n in zip(places, numeric, strict=True)
        ]

    return key


def _bytes(schema: Schema, cells: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(schema.names)
    writer.writerows(sorted(cells, key=sort_key(schema)))
    return buffer.getvalue().encode("utf-8")
