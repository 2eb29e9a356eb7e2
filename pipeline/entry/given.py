"""What people give as a cell, as the ledger writes it: 2022年8月5日, 厂站、村, 下关村, 氟化物."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from pipeline.checks.cells import judge_of
from pipeline.entry.office import Office
from pipeline.entry.places import place_named, places_named
from pipeline.ledgers.placed import UNIT, kinds_of
from pipeline.ledgers.schemas import Field, Schema
from pipeline.trouble import UsageTrouble

_DAY = re.compile(r"([12][0-9]{3})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?")
_BETWEEN = re.compile("[、，,;；|｜]")


def column_named(schema: Schema, name: str) -> Field | None:
    """Return the column called so, by its English header or its Chinese title."""
    return schema.by_name.get(name) or schema.by_title.get(name)


def as_cell(office: Office, schema: Schema, field: Field, text: str, row: Mapping[str, str]) -> str:
    """Return what is written for a given text; `row` holds what was given beside it.

    What cannot be told stays as it is: the gates say what is wrong with it.

    Raises:
        UsageTrouble: a place is not known by this name, or several are.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        return ""
    if field.type == "date" and (day := _DAY.fullmatch(text)):
        return f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}"
    if field.list_of and not (field.list_of.get("text") and "|" in text):
        return _list(office, schema, field, text)
    kinds = kinds_of(schema, field)
    if kinds and kinds != (UNIT,):
        return place_named(office, kinds[0], text)
    if field.key_by and row.get(field.key_by):
        return place_named(office, row[field.key_by], text)
    if field.member_of and field.member_of.get("field") == "indicator":
        return indicators(office).get(text, text)
    return text


def kind_of_place(office: Office, schema: Schema, field: Field, text: str) -> str:
    """Return the one kind of place that is called so, of those a ledger may speak of.

    Raises:
        UsageTrouble: none is, or places of several kinds are.
    """
    kinds = schema.by_name[field.key_by or ""].enum
    found = [kind for kind in kinds if places_named(office, kind, text)]
    if len(found) == 1:
        return found[0]
    title = schema.by_name[field.key_by or ""].title
    said = f"“{text}”可能是{'、'.join(found)}" if found else f"没有叫“{text}”的地方"
    raise UsageTrouble(f"{said}；再写“{title}”（{'、'.join(kinds)}）")


def fault_of(schema: Schema, field: Field, cell: str) -> str | None:
    """Say what is wrong with one cell by itself, in the words of `check`; None if nothing is."""
    fault = judge_of(field, schema.name)(cell)
    return fault[1] if fault else None


def indicators(office: Office) -> dict[str, str]:
    """Return the indicators of water by name and by id."""
    names = {row.indicator_name: row.indicator for row in office.snapshot.water_limits}
    return names | {one: one for one in names.values()}


def _list(office: Office, schema: Schema, field: Field, text: str) -> str:
    members = [one.strip() for one in _BETWEEN.split(text) if one.strip()]
    if kinds := kinds_of(schema, field):
        members = [_listed(office, kinds, one) for one in members]
    is_text = bool(field.list_of and field.list_of.get("text"))
    return "|".join(members if is_text else sorted(set(members)))


def _listed(office: Office, kinds: Sequence[str], text: str) -> str:
    """Return the key of a place of one of these kinds."""
    found = [kind for kind in kinds if places_named(office, kind, text)]
    if len(found) > 1:
        raise UsageTrouble(f"“{text}”可能是{'、'.join(found)}；写全名，或写编号")
    return place_named(office, found[0] if found else kinds[0], text)
