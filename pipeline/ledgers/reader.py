"""The byte gate, and the one reader: bytes of a shard in, aligned cells with line numbers out.

Whatever is wrong with bytes, characters or the shape of the CSV becomes a finding with its
physical line. Rows that align with the header are kept even where a cell is bad, so that later
gates can list their findings too; a row that does not align is left out, never silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from pipeline.findings import Rule
from pipeline.ledgers import byte_rules as rules
from pipeline.ledgers.ceilings import MAX_COLUMNS
from pipeline.ledgers.characters import (
    BAD,
    alphabet_of,
    garbled,
    is_nfc,
    kind_of,
    may_be_garbled,
    meant,
    spelled,
)
from pipeline.ledgers.csv_records import Record, columns_of, cut
from pipeline.ledgers.damage import check_cells, suspects
from pipeline.ledgers.decoding import decode
from pipeline.ledgers.header import aligned_header, without_idle_rows
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Schema
from pipeline.ledgers.shard import RawShard, Shard
from pipeline.personal import mask

Sight = tuple[int, Rule, str]
"""Something wrong in a line: its place, the rule, what to say."""


def read(shard: Shard, schema: Schema, content: bytes) -> RawShard:
    """Read one shard.

    Never raises for bad content. A file that cannot be read at all gives no rows and at least one
    error.
    """
    listing = Listing(shard)
    digest = sha256(content).hexdigest()
    header: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    rows: list[Record] = []
    text = decode(content, listing)
    if text is not None:
        written = _written(text.partition("\n")[0].replace('"', "").split(","), schema)
        listing.columns = [schema.column(name) for name in written.names]
        alphabet = alphabet_of(text)
        _check_characters(text, alphabet, written, listing)
        records = cut(text, listing)
        written = _written(records[0][1], schema) if records else schema
        listing.columns = [schema.column(name) for name in written.names]
        absent = tuple(name for name in schema.names if name not in written.by_name)
        if records and aligned_header(records, written, listing):
            header = schema.names
            rows = without_idle_rows(records[1:], written, listing)
            rows = _aligned(rows, len(written.names), listing)
            check_cells(suspects(text, alphabet), rows, written, listing)
    lines, cells = [line for line, _ in rows], [row for _, row in rows]
    for number in (schema.names.index(name) for name in absent):
        for row in cells:
            row.insert(number, "")
    torn = not header or listing.has(rules.BAD_QUOTE, rules.NEWLINE_IN_CELL, rules.RAGGED)
    found, refused = listing.done(), listing.refused
    return RawShard(shard, header, lines, cells, found, digest, torn, refused, absent)


def _written(header: Sequence[str], schema: Schema) -> Schema:
    """Return the schema with the columns that a file has; with all where its header is wrong."""
    names = list(header)
    while names and not names[-1].strip():
        names.pop()
    return schema.as_written(names) or schema


def _check_characters(text: str, alphabet: str, schema: Schema, listing: Listing) -> None:
    """Report characters that may not stand in a ledger, once for each cell and kind."""
    if "\t" in alphabet and "," not in text.partition("\n")[0]:
        text = text.replace("\t", ",")  # parted by tabs: the header says so, once
        alphabet = alphabet.replace("\t", "")
    if BAD.search(alphabet):
        _each_line(text, schema, listing, _bad_characters)
    elif not is_nfc(text):
        _each_line(text, schema, listing, _not_normal)
    if may_be_garbled(alphabet):
        _each_line(text, schema, listing, _garbled)


def _each_line(
    text: str, schema: Schema, listing: Listing, look: Callable[[str], Iterator[Sight]]
) -> None:
    """Look at every line; list each cell that is named once for each thing that is wrong."""
    for number, line in enumerate(text.split("\n"), 1):
        told: set[tuple[int, str]] = set()
        column_at = None
        for offset, rule, message in look(line):
            column_at = column_at or columns_of(line)
            column = column_at(offset)
            if column > MAX_COLUMNS:
                break  # the shape of the line is refused as it is
            if (column, message) in told:
                continue
            told.add((column, message))
            place = {"line": number, "column": column, "value": _around(line, offset)}
            if column <= len(schema.fields):
                field = schema.fields[column - 1]
                place |= {"field": field.name, "title": field.title}
            listing.add(rule, message, **place)


def _bad_characters(line: str) -> Iterator[Sight]:
    """Yield the refused characters of a line; if there is none, say whether it is NFC."""
    clean = True
    for found in BAD.finditer(line):
        clean = False
        bad = found.group()
        plain = meant(bad)
        hint = f"，应是“{plain}”" if plain else ""
        yield found.start(), rules.BAD_CHARACTER, f"有{kind_of(bad)} {spelled(bad)}{hint}"
    if clean:
        yield from _not_normal(line)


def _not_normal(line: str) -> Iterator[Sight]:
    if is_nfc(line):
        return
    offset = 0
    for cell in line.split(","):
        if not is_nfc(cell):
            yield offset, rules.NOT_NFC, "有用组合记号拼出来的字，看着一样，其实不同"
        offset += len(cell) + 1


def _garbled(line: str) -> Iterator[Sight]:
    for offset, was in garbled(line):
        yield offset, rules.MOJIBAKE, f"有乱码，原来大概是“{was}”" if was else "有乱码"


REACH = 100
"""Characters on either side of a place in which personal data are looked for: longer than any."""


def _around(line: str, offset: int) -> str:
    """Return the surroundings of a place in a line, masked before they are cut."""
    first = max(0, offset - REACH)
    near, place = mask(line[first : offset + REACH]), offset - first
    return near[max(0, place - 10) : place + 10]


def _aligned(records: list[Record], width: int, listing: Listing) -> list[Record]:
    """Return the rows that have as many cells as the header; blank cells behind are cut off."""
    if {len(row) for _, row in records} <= {width}:
        return records  # the common case
    kept, extra = [], []
    for line, row in records:
        if len(row) > width and not any(cell.strip() for cell in row[width:]):
            extra.append(line)
            del row[width:]
        if len(row) == width:
            kept.append((line, row))
        else:
            text = f"这一行有 {len(row)} 格，表头有 {width} 格"
            listing.add(rules.RAGGED, text, line=line, value=",".join(row))
    if extra:
        listing.add(rules.EXTRA_COMMAS, f"有 {len(extra)} 行的末尾多了逗号", line=extra[0])
    return kept
