"""Shards for tests: whole files of a ledger, written from a few given cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from pipeline.checks.examples import cells_of
from pipeline.ledgers import RawShard, Shard, load_schemas, unit_ids
from pipeline.ledgers.reader import read

SCHEMAS = load_schemas()
UNITS = unit_ids(Path(__file__).parents[1] / "data", SCHEMAS) or ()
"""The units of the committed city, in their order."""


def shard_of(ledger: str, unit: str = "nanzhao") -> Shard:
    """Return the shard of a unit's ledger, wherever its home is."""
    home = SCHEMAS[ledger].home[0]
    name = {
        "R": f"data/reference/{ledger}.csv",
        "U": f"data/units/{unit}/{ledger}.csv",
        "C": f"data/city/{ledger}.csv",
    }[home]
    return Shard(Path(name), name, ledger, home, unit if home == "U" else None)


def line_of(cells: list[str]) -> str:
    """Write one line as the ledgers are written."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def file_of(ledger: str, *rows: Mapping[str, str]) -> str:
    """Write a ledger with these rows; required columns left out take the schema's example."""
    schema = SCHEMAS[ledger]
    lines = [line_of(list(schema.names))]
    lines += [line_of(cells_of(schema, row, number)) for number, row in enumerate(rows)]
    return "".join(lines)


def read_of(ledger: str, content: str | bytes) -> RawShard:
    """Read a whole file as a shard of a ledger."""
    data = content.encode() if isinstance(content, str) else content
    return read(shard_of(ledger), SCHEMAS[ledger], data)
