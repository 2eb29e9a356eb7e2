"""A new row: from what is given, by column names or Chinese titles, to a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.checks.ids import appended_as, counted_as
from pipeline.entry.drafts import Draft
from pipeline.entry.given import as_cell, column_named, indicators, kind_of_place
from pipeline.entry.known import COUNTY, known
from pipeline.entry.numbers import next_id
from pipeline.entry.office import Office
from pipeline.ledgers.schemas import Field, Schema
from pipeline.rectification.lifecycle import REGISTER
from pipeline.trouble import UsageTrouble

Ask = Callable[[Schema, Field, Mapping[str, str]], str | None]
"""Asks for one cell; None when whoever is asked has gone away."""


class Unfinished(UsageTrouble):
    """A row lacks what it must have, and nobody is there to be asked."""


@dataclass
class _Given:
    """A row as far as it is known, and the results of a sample that were given beside it."""

    row: dict[str, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)


def ledger_named(office: Office, name: str) -> Schema:
    """Return the ledger called so, by its English name or its Chinese title.

    Raises:
        UsageTrouble: none is called so, or its rows are not entered one by one.
    """
    for schema in office.schemas.values():
        if name in (schema.name, schema.title):
            return schema
    known_names = "、".join(f"{s.title}（{s.name}）" for s in office.schemas.at_home("U"))
    raise UsageTrouble(f"没有叫“{name}”的台账；可以写：{known_names}")


def draft_row(
    office: Office, schema: Schema, given: Mapping[str, str], ask: Ask | None = None
) -> Draft:
    """Return the draft of one new row, its 登记 event and its results included.

    Raises:
        UsageTrouble: a column or a place is not known.
        Unfinished: something required is missing and there is nobody to be asked.
    """
    told = _read(office, schema, given)
    row = told.row
    filled = _complete(office, schema, row)
    missing = _missing(schema, row)
    while missing and ask is not None:
        answer = ask(schema, missing[0], row)
        if answer is None:
            raise Unfinished("没有答完，什么都没有写")
        row[missing[0].name] = answer
        filled |= _complete(office, schema, row)
        missing = _missing(schema, row)
    if missing:
        named = "、".join(f"{f.title}（{f.name}{_choices(f)}）" for f in missing)
        raise Unfinished(f"{schema.title}还缺：{named}")
    draft = Draft(office)
    draft.add(schema, row)
    if schema.name == "issues":
        _register(draft, row)
    if told.results:
        _results(draft, row, told.results)
    draft.filled = {schema.by_name[name].title: cell for name, cell in filled.items()}
    return draft


def _read(office: Office, schema: Schema, given: Mapping[str, str]) -> _Given:
    """Read what is given: kinds of places first, since names are looked up by kind."""
    told, names = _Given(), indicators(office) if schema.name == "water_tests" else {}
    columns: dict[str, tuple[Field, str]] = {}
    for name, text in given.items():
        if (column := column_named(schema, name)) is not None:
            columns[column.name] = column, text
        elif name in names:
            told.results[names[name]] = text.strip()
        else:
            titles = "、".join(f.title for f in schema.fields)
            raise UsageTrouble(f"{schema.title}没有“{name}”这一列；有：{titles}")
    for is_place in (False, True):
        for column, text in columns.values():
            if bool(column.key_by) == is_place:
                if is_place and column.key_by and not told.row.get(column.key_by) and text:
                    told.row[column.key_by] = kind_of_place(office, schema, column, text)
                told.row[column.name] = as_cell(office, schema, column, text, told.row)
    return told


def _complete(office: Office, schema: Schema, row: dict[str, str]) -> dict[str, str]:
    """Fill in what is known, and the id as soon as what it is made of is there."""
    found = known(office, schema, row)
    row.update(found)
    key = schema.primary_key[0]
    child = appended_as(schema)
    is_numbered = counted_as(schema) is not None or (child is not None and row.get(child[0]))
    dated = schema.dating_field is None or row.get(schema.dating_field)
    if is_numbered and dated and not row.get(key):
        found[key] = row[key] = next_id(office, schema, row)
    return found


def _missing(schema: Schema, row: Mapping[str, str]) -> list[Field]:
    numbered = schema.primary_key[0] if counted_as(schema) or appended_as(schema) else None
    return [f for f in schema.fields if f.required and not row.get(f.name) and f.name != numbered]


def _choices(field: Field) -> str:
    return f"：{'、'.join(field.enum)}" if field.enum else ""


def _register(draft: Draft, issue: Mapping[str, str]) -> None:
    """Add the event that every issue begins with, made by the unit's own body on the day."""
    office, unit = draft.office, draft.office.unit
    schema = office.schemas["issue_events"]
    (path,) = draft.new
    event = {
        "issue_id": issue["issue_id"],
        "event": REGISTER,
        "event_on": max(office.day.isoformat(), issue["found_on"]),
        "by_level": COUNTY,
        "by_org": unit.competent_body if unit else "",
    }
    event["event_id"] = next_id(office, schema, event)
    draft.add(schema, event, beside=path)


def _results(draft: Draft, test: Mapping[str, str], results: Mapping[str, str]) -> None:
    """Add the values of a sample, as the report says them."""
    schema = draft.office.schemas["water_results"]
    (path,) = draft.new
    for indicator, raw in results.items():
        row = {"sample_id": test["sample_id"], "indicator": indicator, "raw_value": raw}
        draft.add(schema, row | known(draft.office, schema, row), beside=path)
