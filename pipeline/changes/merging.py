"""Merging two versions of one shard by key: rows are the unit, not lines.

A row that one side alone touched is taken from that side. One that both touched, and not alike, is
a conflict: both versions are written between marks that every gate refuses, and said in words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.ledgers import Shard
from pipeline.ledgers.reader import read
from pipeline.ledgers.repairs import can_be_written
from pipeline.ledgers.schemas import Field, Schema
from pipeline.ledgers.writer import sort_key

OURS, BETWEEN, THEIRS = "<<<<<<< 这边", "=======", ">>>>>>> 那边"

Cells = tuple[str, ...]
Table = Mapping[Cells, Cells]
"""Rows of one version by key."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged shard: its bytes, and each conflict in words."""

    content: bytes
    conflicts: tuple[str, ...]


def merge(schema: Schema, name: str, base: bytes, ours: bytes, theirs: bytes) -> Merged | None:
    """Merge two versions of a shard that come from `base`; which is empty where both are new.

    None where a version cannot be read whole, or holds a key twice: then lines must do.
    """
    tables = [
        {} if not content.strip() else _table(schema, name, content)
        for content in (base, ours, theirs)
    ]
    if any(table is None for table in tables):
        return None
    start, here, there = (table or {} for table in tables)
    order = sort_key(schema)
    rows: list[tuple[Cells, Cells | None, Cells | None]] = []
    conflicts = []
    for key in start.keys() | here.keys() | there.keys():
        was, mine, other = start.get(key), here.get(key), there.get(key)
        if mine == other or other == was:
            chosen, against = mine, mine
        elif mine == was:
            chosen, against = other, other
        else:
            chosen, against = mine, other
            conflicts.append((key, _words(schema, key, was, mine, other)))
        if chosen is not None or against is not None:
            shown = chosen or against or ()
            rows.append((shown, chosen, against))
    rows.sort(key=lambda row: order(row[0]))
    lines = [_line(schema.names)]
    for _, chosen, against in rows:
        if chosen == against:
            lines.append(_line(chosen or ()))
        else:
            one, two = (_line(side) if side else "" for side in (chosen, against))
            lines.append(f"{OURS}\n{one}{BETWEEN}\n{two}{THEIRS}\n")
    told = tuple(words for _, words in sorted(conflicts))
    return Merged("".join(lines).encode("utf-8"), told)


def _table(schema: Schema, name: str, content: bytes) -> dict[Cells, Cells] | None:
    raw = read(Shard(Path(name), name, schema.name, "U"), schema, content)
    if not can_be_written(raw) or not raw.header:
        return None
    places = [schema.names.index(column) for column in schema.primary_key]
    table = {tuple(row[place] for place in places): tuple(row) for row in raw.cells}
    return table if len(table) == len(raw.cells) else None


def _line(cells: Cells) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def _words(
    schema: Schema, key: Cells, was: Cells | None, mine: Cells | None, other: Cells | None
) -> str:
    """Say what both sides did to one row; what is not public is named, not repeated."""
    row = "/".join(key)
    if mine is None or other is None:
        gone, kept = ("这边", "那边") if mine is None else ("那边", "这边")
        return f"{row}：{gone}删了这一行，{kept}改了它；登记过的一般留着，留下对的一种"
    differing = [
        (field, one, two)
        for field, one, two in zip(schema.fields, mine, other, strict=True)
        if one != two
    ]
    cells = "；".join(_cell_words(*one) for one in differing)
    if was is None:
        return (
            f"{row}：两边都用这个编号新登记了一行，内容不同：{cells}。"
            "是两件事就运行 qingyuan renumber，还没公布的那一行自动换新编号；是同一件事就留一行"
        )
    return f"{row}：两边都改了这一行，改得不同：{cells}。问清楚哪边对，留下对的一行"


def _cell_words(field: Field, mine: str, other: str) -> str:
    if field.visibility != "P":
        return f"“{field.title}”不一样"
    return f"“{field.title}”这边是“{mine or '空白'}”，那边是“{other or '空白'}”"
