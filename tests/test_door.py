"""The door of privacy as a whole: what the ledgers keep back stands nowhere in the built site.

Two questions are asked of the story, whatever its schemas say. Does any word of what is kept back
stand in any file, unzipped? And does anything on the site change when what is kept back changes?
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.ledgers import Row, Snapshot, load, load_schemas
from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.schemas import Field, Schema
from pipeline.publication import site
from pipeline.release.target import Target
from pipeline.store import Store

SCHEMAS = load_schemas()
GATED = [schema for schema in SCHEMAS.values() if schema.row_gate]
DAY = date(2022, 9, 16)
CATALOGUES = ("rules.html", "dictionary.html", "rule/", "d/")
"""Pages and folders that print made-up rows and cells, whose ids may be anybody's."""
NUMBERS = ("number", "resp_phone")
"""Columns of phone numbers: written to a pattern, and yet words to look for."""
TELLING = 4
"""Characters from which on a text is told from chance; shorter ones occur in other words."""


@cache
def told() -> Snapshot:
    """Return the story as of its day."""
    return load(EXAMPLE).snapshot.as_of(DAY)


@cache
def view() -> disclosure.View:
    """Return what the public may see of it."""
    return disclosure.view(load(EXAMPLE).snapshot, DAY, "0" * 64)


def closed(schema: Schema) -> list[Row]:
    """Return the rows of a ledger that the public may not see."""
    open_rows = {row.id for row in view()[schema.name]}
    return [row for row in told()[schema.name] if row.id not in open_rows]


def is_words(field: Field) -> bool:
    """Whether a column holds free words or the number of a phone, not codes and choices."""
    if field.list_of:
        return "text" in field.list_of
    return field.name in NUMBERS or (field.type == "string" and not field.is_coded)


AUDIT = frozenset(
    (schema.name, field.name)
    for schema in SCHEMAS.values()
    for field in schema.fields
    if field.visibility in "MI" and is_words(field)
)
"""Columns of words that are masked or internal."""


def texts(row: Row, field: Field) -> Iterator[str]:
    """Yield what a cell says in words: free texts and numbers of phones, not codes and choices."""
    value = getattr(row, field.name)
    if is_words(field) and value:
        yield from value if isinstance(value, tuple) else (value,)


@cache
def public_words() -> str:
    """Return every cell that may be seen, as one text: what stands there is no secret."""
    cells = (value for rows in view().tables.values() for row in rows for value in row[:-2])
    words = (w for cell in cells for w in (cell if isinstance(cell, tuple) else (cell,)))
    return "\n".join((*map(str, words), repr(told().campaign)))


def is_telling(text: str) -> bool:
    """Whether a text can only come from what is kept back."""
    return len(text) >= TELLING and text not in public_words()


def secrets(schema: Schema) -> set[str]:
    """Return the words of a ledger that are kept back: closed rows, internal and masked columns."""
    shut = closed(schema)
    found = {
        text
        for row in told()[schema.name]
        for field in schema.fields
        if field.visibility in "IM" or row in shut
        for text in texts(row, field)
    }
    return set(filter(is_telling, found))


def contents(site: Path) -> dict[str, bytes]:
    """Return the files of a site by address; a workbook as the files it is zipped from."""
    found = {}
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        address = path.relative_to(site).as_posix()
        if path.suffix in (".xlsx", ".zip"):
            with zipfile.ZipFile(path) as book:
                found |= {f"{address}/{name}": book.read(name) for name in book.namelist()}
        else:
            found[address] = path.read_bytes()
    return found


@pytest.fixture(scope="module")
def files(example_site):
    """Every file of the story's site."""
    return contents(example_site)


def places(files: dict[str, bytes], word: str) -> list[str]:
    """Return the files that hold a word, as text, as a JSON escape or as an entity."""
    forms = {
        word.encode(),
        word.encode("unicode_escape"),
        word.encode("ascii", "xmlcharrefreplace"),
    }
    return [name for name, content in files.items() if any(form in content for form in forms)]


@pytest.mark.parametrize(
    "schema", [s for s in SCHEMAS.values() if s.row_gate], ids=lambda s: s.name
)
def test_the_story_has_open_and_closed_rows_behind_every_gate(schema):
    """And the closed ones have words of their own: otherwise the search below finds nothing."""
    shut = closed(schema)

    assert view()[schema.name]
    assert shut
    own = {t for row in shut for field in schema.fields for t in texts(row, field)}
    assert any(map(is_telling, own))


@pytest.mark.parametrize(("ledger", "column"), sorted(AUDIT))
def test_the_story_fills_every_column_of_words_that_is_kept_back(ledger, column):
    """With something that stands nowhere in public."""
    field = SCHEMAS[ledger].by_name[column]

    assert any(is_telling(text) for row in told()[ledger] for text in texts(row, field))


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=list(SCHEMAS))
def test_no_word_that_is_kept_back_stands_in_the_site(schema, files):
    """Pages, feeds, calendars, workbooks, JSON, charts and the index of the look-up."""
    found = {word: names for word in secrets(schema) if (names := places(files, word))}

    assert found == {}


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=list(SCHEMAS))
def test_no_row_that_is_kept_back_is_named(schema, files):
    """Its id is in no file, in no table of the view, and no score cites it."""
    pages = {name: content for name, content in files.items() if not name.startswith(CATALOGUES)}
    named = {row.id for row in closed(schema)}

    cells = set(public_words().split("\n"))

    assert not named & cells
    assert {word: names for word in named if (names := places(pages, word))} == {}


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=list(SCHEMAS))
def test_a_masked_column_shows_no_name_in_full(schema):
    """The view holds the surname and two stars, for one person or several."""
    for field in schema.fields:
        if field.visibility == "M":
            for row in view()[schema.name]:
                value = getattr(row, field.name)
                for name in value if isinstance(value, tuple) else (value,):
                    assert name is None or (name.endswith("**") and len(name) == 3)


def test_the_search_sees_what_is_there(files):
    """A word of an open row is found in pages, both CSV files, the workbook and JSON."""
    word = next(row.subject for row in view().assignments)
    kinds = {name.split("/")[0] + name[name.rindex(".") :] for name in places(files, word)}

    assert {"data.csv", "data.xml", "data.json", "g.html"} <= kinds
    assert "data/assignments-demo.xlsx/xl/worksheets/sheet1.xml" in files


def disturbed(snapshot: Snapshot, within: str) -> Snapshot:
    """Return the same ledgers with everything changed that the public may not see.

    Closed rows and internal columns say something else, masked names keep their surname only, and
    counts change places within their unit (and `within`), so that its sums stay.
    """
    tables = {}
    for schema in SCHEMAS.values():
        open_rows = {row.id for row in view()[schema.name]}
        rows = [_reworded(row, schema, row.id in open_rows) for row in snapshot[schema.name]]
        for field in schema.fields:
            if field.visibility == "A" and field.type == "integer":
                rows = _rotated(rows, field.name, within, snapshot.campaign)
        tables[schema.name] = tuple(rows)
    return replace(snapshot, tables=MappingProxyType(tables))


def _reworded(row: Row, schema: Schema, is_open: bool) -> Row:
    changes: dict[str, object] = {}
    for field in schema.fields:
        value, is_hidden = getattr(row, field.name), field.visibility == "I" or not is_open
        if field.visibility == "M" and value:
            masked = tuple(f"{name[0]}改名" for name in value)
            changes[field.name] = masked if field.list_of else f"{value[0]}改名"
        elif is_hidden and field.name in NUMBERS and value:
            changes[field.name] = "0377-19999999"
        elif is_hidden and value and isinstance(value, str) and not field.is_coded:
            changes[field.name] = f"{value}改"
    return row._replace(**changes)


def _rotated(rows: list[Row], name: str, within: str, campaign: Campaign) -> list[Row]:
    """Move the counts of a column on by one row, among the rows that one published sum is made of.

    Sums are parted by unit, side, kind of household and period; `within` is a column besides.
    """
    groups: dict[tuple, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if getattr(row, name):
            kind, day = getattr(row, "household_kind", None), getattr(row, "checked_on", None)
            period = day and (day >= campaign.screen_from_on, day >= campaign.assess_from_on)
            part = getattr(row, "unit_id", None), getattr(row, within, None)
            groups[*part, row.shard.home, kind, period].append(place)
    moved = list(rows)
    for group in groups.values():
        for to, origin in zip(group, [*group[1:], group[0]], strict=True):
            moved[to] = rows[to]._replace(**{name: getattr(rows[origin], name)})
    return moved


def published(snapshot: Snapshot, folder: Path, store: Store) -> dict[str, bytes]:
    """Return the site of a snapshot, under a digest that does not tell of its data."""
    folder.mkdir()
    site.publish(disclosure.view(snapshot, DAY, "0" * 64), PROJECT, Target(folder), store)()
    return contents(folder)


COVERAGE = {
    "data.html", "data/datapackage.json", "data/qingyuan-demo.zip/SHA256SUMS",
    "data/qingyuan-demo.zip/datapackage.json",
    "data/qingyuan-demo.zip/screening_coverage-demo-excel.csv",
    "data/qingyuan-demo.zip/screening_coverage-demo.csv",
    "data/qingyuan-demo.zip/screening_coverage-demo.json",
    "data/qingyuan-demo.zip/screening_coverage-demo.xlsx",
    "data/screening_coverage-demo-excel.csv",
    "data/screening_coverage-demo.csv", "data/screening_coverage-demo.json",
    "data/screening_coverage-demo.xlsx/xl/worksheets/sheet1.xml",
    "screening.html", "u/wolong-screening.html", "u/yahe-screening.html",
    "r/screening-wolong-2022-08-25.html", "r/screening-wolong-2022-08-25.pdf",
    "r/screening-city-2022-08-25.html", "r/screening-city-2022-08-25.pdf", "reports.html",
    "feeds/reports.xml",
}  # fmt: skip
"""The one table that adds up what each village makes of its own counts, with its sizes, and the
pages and the report that print it."""


@pytest.mark.parametrize(("within", "moved"), [("village_code", set()), ("unit_id", COVERAGE)])
def test_what_is_kept_back_changes_nothing_on_the_site(tmp_path, within, moved):
    """Not a byte of any file, whatever the words, names and counts of single rows are.

    Counts that move between villages of a unit also move the households it counts as screened.
    """
    snapshot = load(EXAMPLE).snapshot
    other = disturbed(snapshot, within)
    changed = {
        (schema.name, field.name)
        for schema in SCHEMAS.values()
        for field in schema.fields
        for one, two in zip(snapshot[schema.name], other[schema.name], strict=True)
        if getattr(one, field.name) != getattr(two, field.name)
    }

    store = Store(tmp_path / "cache")
    one = published(snapshot, tmp_path / "one", store)
    two = published(other, tmp_path / "two", store)

    assert len(changed) > 50
    assert changed >= AUDIT
    assert one.keys() == two.keys()
    assert {name for name in one if one[name] != two[name]} == moved
