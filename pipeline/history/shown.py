"""Which values a history may repeat: an allow-list, stricter than that of today's pages.

What was once written is not public for ever. Names of persons and telephone numbers that were
replaced are not repeated, nor texts in which anything personal is found, nor what stood in a row
while nobody could see it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.checks.names import PERSON_COLUMNS
from pipeline.ledgers.schemas import Field, Schema, Schemas
from pipeline.personal import kinds_in

PERSONS = PERSON_COLUMNS | {
    ("works", "operator_name"),
    ("works", "owner_name"),
    ("nil_returns", "declared_by"),
}
"""Columns that hold the name of a person, or may."""
LONGEST = 300
"""Characters of a text that are repeated."""


def is_told(field: Field) -> bool:
    """Whether it may be told at all that a cell of a column was changed."""
    return field.visibility in ("P", "M")


def repeats(schema: Schema, field: Field, schemas: Schemas) -> bool:
    """Whether the values of a column may be repeated."""
    if field.visibility != "P" or field.is_phone or (schema.name, field.name) in PERSONS:
        return False
    targets = [key.ledger for key in schema.foreign_keys if key.field == field.name]
    if field.list_of or field.key_by or field.member_of:
        targets += [name for name in schemas if schemas[name].row_gate and field.name in _ids(name)]
    return not any(_is_shut(schemas[name]) for name in targets if name in schemas)


def _ids(ledger: str) -> tuple[str, ...]:
    """Return the columns by which rows of a ledger are most likely cited in lists."""
    stem = ledger.removesuffix("s")
    return (f"{stem}_ids", f"{stem}_id")


def _is_shut(schema: Schema) -> bool:
    """Whether rows of a ledger may be hidden, all or some: then nothing old names them."""
    visible = {f.name for f in schema.fields if f.visibility in ("P", "M")}
    return bool(schema.row_gate) or not set(schema.primary_key) <= visible


def worded(text: str) -> str | None:
    """Return a text as it may be repeated; None if anything personal is found in it."""
    if kinds_in(text):
        return None
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"


def is_open(schema: Schema, cells: Mapping[str, str]) -> bool:
    """Whether a row could be seen, by its own cells; no where they do not say."""
    if schema.row_gate is None:
        return True
    field = schema.by_name.get(schema.row_gate)
    if field is None:
        return False
    cell = cells.get(field.name, "")
    return cell == "是" if field.type == "boolean" else bool(cell)
