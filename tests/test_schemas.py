"""Schemas: complete, linear, of one grammar, and the terms that name every word of them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import frictionless
import pytest
from effort import ends

from pipeline import terms
from pipeline.annexes import ANNEXES, Y2022
from pipeline.checks.cells import judge_of
from pipeline.ledgers import load_schemas

PROJECT = Path(__file__).resolve().parents[1]
SCHEMAS = load_schemas()
FIELDS = [(s, f) for s in SCHEMAS.values() for f in s.fields]
NAMES = [f"{s.name}.{f.name}" for s, f in FIELDS]
OWN = {"visibility", "change", "officialColumn", "listOf", "keyBy", "isPlan", "memberOf", "since"}


def test_every_reference_table_says_what_rests_on_it():
    """And nothing else does: a county's ledger may be empty."""
    for schema in SCHEMAS.values():
        assert bool(schema.needed_for) == (schema.home == "R"), schema.name


def test_there_are_39_ledgers_in_their_homes():
    """10 reference tables, 21 kept by units, 8 by the city (some of both)."""
    homes = defaultdict(set)
    for schema in SCHEMAS.values():
        homes[schema.home].add(schema.name)

    assert len(SCHEMAS) == 39
    assert len(homes["R"]) == 10
    assert homes["UC"] == {
        "phone_checks", "inspections", "findings", "household_checks", "issue_events", "outages",
        "water_tests", "water_results", "documents", "judgements",
    }  # fmt: skip


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_frictionless_takes_the_schema_and_keeps_our_own_properties(name):
    """The standard is the contract; what we add survives it."""
    raw = SCHEMAS[name].descriptor
    table = {key: raw[key] for key in ("fields", "primaryKey", "foreignKeys") if key in raw}
    read = frictionless.Schema.from_descriptor(table).to_descriptor()

    for before, after in zip(raw["fields"], read["fields"], strict=True):
        assert {k: before[k] for k in OWN & set(before)} == {k: after[k] for k in OWN & set(after)}


@pytest.mark.parametrize(("schema", "field"), FIELDS, ids=NAMES)
def test_every_column_explains_itself(schema, field):
    """Chinese title and sentence, visibility, and an example that its own rules accept."""
    assert re.search("[\u4e00-\u9fff]", field.title + field.description)
    assert field.description.endswith("。")
    assert field.visibility in "PMAI"
    assert judge_of(field, schema.name)(field.example) is None


@pytest.mark.parametrize(("schema", "field"), FIELDS, ids=NAMES)
def test_names_follow_the_grammar_of_suffixes(schema, field):
    """_on is a date, is_ and has_ are booleans, counts are whole numbers."""
    if field.name.endswith("_on"):
        assert field.type == "date"
    if field.name.startswith(("is_", "has_")):
        assert field.type == "boolean"
    if field.name.endswith(("_households", "_people", "_count", "_no")) and field.name not in (
        "report_no", "doc_no", "problem_no",
    ):  # fmt: skip
        assert field.type == "integer"
    assert re.fullmatch("[a-z][a-z0-9_]*", field.name)


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_keys_lead_somewhere(name):
    """Primary keys are columns; foreign keys are the single key of a ledger; gates exist."""
    schema = SCHEMAS[name]

    assert set(schema.primary_key) <= set(schema.names)
    for key in schema.foreign_keys:
        assert key.field in schema.names
        assert SCHEMAS[key.ledger].primary_key == (key.target,)
    for special in (schema.kind_field, schema.dating_field, schema.dating_via):
        assert special is None or special in schema.names
    assert len(set(schema.names)) == len(schema.names)


@pytest.mark.parametrize(("schema", "field"), FIELDS, ids=NAMES)
def test_a_column_that_came_later_may_be_blank(schema, field):
    """A file written before it reads as blank in it: that must be an honest state of every row."""
    if field.since is not None:
        assert re.fullmatch("20[0-9]{2}-(0[1-9]|1[0-2])", field.since)
        assert not field.required
        assert field.name not in (*schema.primary_key, schema.dating_field, schema.dating_via)


def test_patterns_are_grouped_and_linear():
    """A pattern never takes long, whatever stands in the cell."""
    hostile = ("1" * 50_000, "a-" * 25_000, "2022-08-10T09:30|" * 3_000)
    for pattern in {f.pattern for _, f in FIELDS if f.pattern}:
        assert pattern.startswith("(?:")
        compiled = re.compile(pattern)
        with ends():
            for text in hostile:
                compiled.fullmatch(text)


def test_the_vocabulary_of_the_code_is_that_of_the_schemas():
    """Lists that code names cannot drift from the lists that files must use."""
    enum = {(s.name, f.name): f.enum for s, f in FIELDS}

    clauses = dict.fromkeys(clause for annex in ANNEXES.values() for clause in annex.bounds)
    assert (*terms.INNER, *terms.OUTSIDE) == enum["issues", "found_by_level"]
    assert enum["household_checks", "household_kind"][:4] == terms.CHARGEABLE
    assert tuple(clauses) == enum["judgements", "clause_id"]
    full = sum(high for clause, (_, high) in Y2022.bounds.items() if not clause.startswith("六"))
    assert full == 100


def test_a_term_says_what_no_schema_says():
    """Terms are roles, duties and indicators with a source; columns and values stand in schemas."""
    with (PROJECT / "data/reference/terms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (PROJECT / "data/reference/water_limits.csv").open(encoding="utf-8", newline="") as file:
        indicators = {row["indicator"] for row in csv.DictReader(file)}

    assert len({(row["term"], row["kind"]) for row in rows}) == len(rows)
    assert {row["word"] for row in rows if row["kind"] == "指标"} == indicators
    assert all(row["source"].startswith(("GB 5749", "宛水农")) for row in rows)


def test_clause_addresses_are_ascii_and_distinct():
    """五.4① stands as 5.4.1 in addresses."""
    addresses = [terms.clause_address(c) for c in Y2022.bounds]

    assert terms.clause_address("五.4①") == "5.4.1"
    assert len(set(addresses)) == len(addresses) == 23
    assert all(a.isascii() for a in addresses)


def test_no_ledger_has_two_columns_of_one_title():
    """A title stands above a column in every sheet; two alike cannot be told apart."""
    for schema in load_schemas().values():
        titles = [field.title for field in schema.fields]

        assert len(titles) == len(set(titles)), schema.name
