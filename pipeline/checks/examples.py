"""The small made-up books that the examples of record checks stand for.

An example names ledgers and gives rows as the cells of a CSV file. Columns left out take the
example of their schema if they are required, and stay blank otherwise. A ledger with two homes
stands in the unit's folder; "inspections@C" puts the rows into the city's, "works@yixian" into
another unit's. Several rows without a key are numbered on. The pseudo-ledger "campaign" may set the
day and say that the data are real: {"campaign": [{"as_of_on": "2022-09-30", "is_demo": "否"}]}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pipeline.checks.book import Book
from pipeline.dates import parse_iso
from pipeline.findings import Rule
from pipeline.ledgers import RawShard, Shard, Snapshot
from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.rows import typed
from pipeline.ledgers.schemas import Field, Schema, load_schemas
from pipeline.rowtypes import Row

UNIT = "jiaxian"
AS_OF = date(2022, 9, 16)
_TAIL = re.compile(r"(.*?)([0-9]+)\Z")

CAMPAIGN = Campaign(
    document_number="某水农〔2022〕20号",
    document_on=date(2022, 7, 14),
    title="示例",
    screen_from_on=date(2022, 7, 14),
    screen_to_on=date(2022, 8, 25),
    assess_from_on=date(2022, 9, 1),
    year_from_on=date(2022, 1, 1),
    cut_off_on=date(2022, 12, 31),
    as_of_on=AS_OF,
    is_demo=True,
    site_url="https://example.invalid/",
    organiser="示例",
    site={},
    hotlines=(),
    goals=(),
    basis=(),
    team={},
    edition="y2022",
    city="示例市",
    city_code="8901",
    area_code="0300",
    phone_digits=8,
)


def book_of(
    example: Mapping[str, Sequence[Mapping[str, str]]],
    rules: Mapping[str, Rule] = MappingProxyType({}),
) -> Book:
    """Return the book that an example stands for; `rules` are those that a waiver may name.

    Raises:
        ValueError: the example names an unknown ledger or column, or a cell that cannot be read.
    """
    schemas = load_schemas()
    campaign = _campaign(example.get("campaign", ({},))[0])
    tables: dict[str, list[Row]] = {name: [] for name in schemas}
    for key, rows in example.items():
        if key == "campaign":
            continue
        ledger, _, home = key.partition("@")
        if ledger not in schemas:
            raise ValueError(f"no ledger {ledger}")
        known = len(tables[ledger])
        tables[ledger] += _rows(schemas[ledger], rows, home, known)
    snapshot = Snapshot(
        campaign, schemas, tables={name: tuple(rows) for name, rows in tables.items()}
    )
    return Book(snapshot, campaign.as_of_on or AS_OF, rules)


def cells_of(schema: Schema, given: Mapping[str, str], number: int = 0) -> list[str]:
    """Return one whole row of cells: what is given, else the schema's example if required.

    `number` counts the rows before this one; a key that is left out is numbered on by it.
    """
    if unknown := set(given) - set(schema.names):
        raise ValueError(f"{schema.name} has no {sorted(unknown)}")
    return [
        given[field.name] if field.name in given else _default(schema, field, number)
        for field in schema.fields
    ]


def _default(schema: Schema, field: Field, number: int) -> str:
    if not field.required:
        return ""
    tail = _TAIL.match(field.example)
    if number and tail and schema.primary_key == (field.name,):
        return f"{tail[1]}{int(tail[2]) + number:0{len(tail[2])}d}"
    return field.example


def _rows(schema: Schema, rows: Sequence[Mapping[str, str]], home: str, known: int) -> list[Row]:
    shard = _shard(schema, home)
    cells = [cells_of(schema, given, known + n) for n, given in enumerate(rows)]
    lines = [known + n + 2 for n in range(len(rows))]
    made = typed(RawShard(shard, schema.names, lines, cells), schema)
    if len(made) != len(rows):
        raise ValueError(f"{schema.name}: a row of the example cannot be read")
    return made


def _shard(schema: Schema, home: str) -> Shard:
    folder = UNIT if home in ("", "C") else home
    if schema.home == "R":
        name, kind, unit = f"data/reference/{schema.name}.csv", "R", None
    elif home != "C" and "U" in schema.home:
        name, kind, unit = f"data/units/{folder}/{schema.name}.csv", "U", folder
    elif schema.home == "C" or schema.name in ("documents", "judgements"):
        name, kind, unit = f"data/city/{schema.name}.csv", "C", None
    else:
        name, kind, unit = f"data/city/checks/{folder}/{schema.name}.csv", "C", folder
    return Shard(Path(name), name, schema.name, kind, unit)


def _campaign(given: Mapping[str, str]) -> Campaign:
    day = parse_iso(given.get("as_of_on", AS_OF.isoformat()))
    if day is None:
        raise ValueError(given["as_of_on"])
    return replace(CAMPAIGN, as_of_on=day, is_demo=given.get("is_demo", "是") == "是")
