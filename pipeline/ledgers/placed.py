"""Which columns of a ledger name places, and of which kinds: people write names, ledgers keys."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.ledgers.schemas import Field, Schema

TOWN, VILLAGE, WORKS, UNIT = "乡镇", "村", "工程", "单位"

_LISTED: Mapping[str, tuple[str, ...]] = {"works": (WORKS,), "divisions": (VILLAGE,)}
_NAMED: Mapping[str, str] = {"town_code": TOWN, "parent_code": TOWN, "village_code": VILLAGE}
_TARGETS: Mapping[str, str] = {"works": WORKS, "units": UNIT}


def kinds_of(schema: Schema, field: Field) -> tuple[str, ...]:
    """Return the kinds of place that a column names, one or, in a list, each of several.

    Empty where it names none, or where another column (`key_by`) says of which kind it is.
    """
    if field.list_of:
        if several := field.list_of.get("ledgers"):  # a list of both may name townships as well
            return (*(kind for one in several for kind in _LISTED[one]), TOWN)
        return _LISTED.get(field.list_of.get("ledger", ""), ())
    for key in schema.foreign_keys:
        if key.field == field.name:
            kind = _TARGETS.get(key.ledger)
            kind = kind or (_NAMED.get(field.name) if key.ledger == "divisions" else None)
            return (kind,) if kind else ()
    return ()
