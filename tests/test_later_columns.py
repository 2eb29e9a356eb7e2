"""A column that came later: files that lack it are as good as before, and `fmt` writes it in."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from frictionless import validate

from pipeline.checks import run
from pipeline.ledgers import load, load_schemas
from pipeline.ledgers.package import write_package
from pipeline.ledgers.schemas import SCHEMAS as FOLDER
from pipeline.ledgers.writer import canonical
from tests.story import EXAMPLE

LATER = {
    "name": "tried_count",
    "title": "试加的数",
    "description": "试着加的一列。",
    "example": "312",
    "type": "integer",
    "visibility": "P",
    "since": "2026-11",
    "constraints": {"minimum": 0, "maximum": 100000},
}
AFTER = "households"
FILE = "data/units/nanzhao/works.csv"


def today() -> date:
    """Return the day of the story."""
    return date(2022, 9, 16)


@pytest.fixture(scope="module")
def schemas(tmp_path_factory):
    """Return the schemas with a later column in the middle of works."""
    folder = tmp_path_factory.mktemp("later") / "schemas"
    shutil.copytree(FOLDER, folder)
    raw = yaml.safe_load((folder / "works.yaml").read_text(encoding="utf-8"))
    names = [field["name"] for field in raw["fields"]]
    raw["fields"].insert(names.index(AFTER) + 1, LATER)
    (folder / "works.yaml").write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return load_schemas(folder)


@pytest.fixture
def data(tmp_path):
    """Return a copy of the story, written before the column was there."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    for raw in load(tmp_path / "data").raw:
        if raw.absent:  # of another column that came later
            raw.shard.path.write_bytes(canonical(raw, load_schemas()))
    return tmp_path / "data"


def rows_of(data: Path) -> list[list[str]]:
    """Return the lines of one works file as cells."""
    text = (data.parent / FILE).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))


def put(data: Path, rows: list[list[str]]) -> None:
    """Write them."""
    with (data.parent / FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def found(data: Path, schemas) -> list[tuple[str, str | None, int | None, int | None]]:
    """Return what refuses the file: rule, column by name, line, number of the column."""
    report = run(data, today=today, schemas=schemas)
    return [(f.rule, f.field, f.line, f.column) for f in report.errors if f.file == FILE]


def test_files_without_it_have_no_finding_more(data, schemas):
    """Nobody's file is refused because somebody added a column."""
    before, after = run(data, today=today), run(data, today=today, schemas=schemas)

    assert after.ok
    assert after.findings == before.findings


def test_it_reads_as_blank(data, schemas):
    """Nothing is said of it: neither zero nor no."""
    works = load(data, schemas).snapshot["works"]

    assert works
    assert {row.tried_count for row in works} == {None}
    assert [row.households for row in works] == [
        row.households for row in load(data).snapshot["works"]
    ]


def test_fmt_writes_it_in_at_its_place_and_changes_nothing_else(data, schemas):
    """The canonical form has every column; it is read again to the same rows."""
    raw = next(raw for raw in load(data, schemas).raw if raw.shard.name == FILE)
    before = rows_of(data)
    (data.parent / FILE).write_bytes(canonical(raw, schemas))
    after = rows_of(data)

    place = schemas["works"].names.index("tried_count")
    assert after[0] == list(schemas["works"].names)
    assert [row[:place] + row[place + 1 :] for row in after] == before
    assert {row[place] for row in after[1:]} == {""}
    assert found(data, schemas) == []


def test_a_fault_is_told_by_its_column_in_the_file(data, schemas):
    """The clerk counts columns in the file as it is, not in one that is to come."""
    rows = rows_of(data)
    place = rows[0].index("source_type")
    rows[1][place] = "天上水"
    put(data, rows)

    assert found(data, schemas) == [("S06", "source_type", 2, place + 1)]


def test_a_fault_of_characters_is_told_by_its_column_in_the_file(data, schemas):
    """The byte gate, too, knows which column a cell stands in."""
    rows = rows_of(data)
    place = rows[0].index("operator_name")
    rows[1][place] += "\u200b"
    put(data, rows)

    assert [(f, line, column) for _, f, line, column in found(data, schemas)] == [
        ("operator_name", 2, place + 1)
    ]


def test_filled_in_it_is_judged_as_any_column(data, schemas):
    """What stands in it must be a number."""
    rows = rows_of(data)
    place = schemas["works"].names.index("tried_count")
    rows = [
        [*row[:place], "约300" if n else "tried_count", *row[place:]] for n, row in enumerate(rows)
    ]
    put(data, rows)

    assert {(rule, column) for rule, _, _, column in found(data, schemas)} == {("S03", place + 1)}


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        (lambda names: [n if n != "aliases" else "nickname" for n in names], "B40", None),
        (lambda names: [n for n in names if n != "treatment"], "B41", "treatment"),
        (lambda names: [names[1], names[0], *names[2:]], "B43", None),
    ],
    ids=["unknown", "missing", "out of order"],
)
def test_other_faults_of_a_header_are_refused_as_before(data, schemas, change, rule, field):
    """Only the later column may be missing; no other name, gap or order is let pass."""
    rows = rows_of(data)
    old = rows[0]
    new = change(old)
    keep = [n for n, name in enumerate(old) if len(new) == len(old) or name in new]
    put(data, [new, *([row[n] for n in keep] for row in rows[1:])])
    report = run(data, today=today, schemas=schemas)
    told = [(f.rule, f.field) for f in report.errors if f.file == FILE and f.gate == "bytes"]

    assert (rule, field) in told
    assert "tried_count" not in {named for _, named in told}


def test_the_package_is_valid_for_frictionless_all_the_same(data, schemas):
    """Files that lack it stand in the package as `fmt` would write them; a fault is still seen."""
    package = data.parent / "build" / "datapackage.json"
    write_package(load(data, schemas).raw, schemas, data, package)

    assert validate(str(package)).valid

    rows = rows_of(data)
    rows[1][rows[0].index("source_type")] = "天上水"
    put(data, rows)
    write_package(load(data, schemas).raw, schemas, data, package)

    assert not validate(str(package)).valid
