"""Row types: fresh, true of the rows that are read, and strict where a name or word is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from mypy import api

from pipeline import rowtypes
from pipeline.disclosure import door
from pipeline.ledgers import generate, load, load_schemas
from pipeline.ledgers.rows import class_of
from pipeline.ledgers.schemas import PUBLISHED

PROJECT = Path(__file__).resolve().parents[1]
SCHEMAS = load_schemas()

USE = """
from collections.abc import Mapping
from datetime import date
from pipeline import rectification
from pipeline.ledgers import Snapshot
from pipeline.rowtypes import ISSUES_SEGMENT, IssueEventRow, IssueRow, IssueSegment, WorksRow

def right(snapshot: Snapshot, issue: IssueRow) -> list[str]:
    works: WorksRow | None = snapshot.index("works").get(issue.works_id)
    events: list[IssueEventRow] = snapshot.group("issue_events", "issue_id")[issue.id]
    segment: IssueSegment = ISSUES_SEGMENT[0]
    named = [one.name for one in snapshot["works"] if one.status == "停用"]
    return [works.name if works else segment, *(event.ref for event in events), *named]
"""

SLIPS = {
    "a column misspelt": ("snapshot.issues[0].fuond_on", "fuond_on"),
    "a word with another character": ('snapshot.issues[0].segment == "水原"', "Non-overlapping"),
    "a word of another column": ('snapshot.issue_events[0].event == "停用"', "Non-overlapping"),
    "a state with another character": (
        'rectification.states(snapshot, date.max)["x"].state != "己作废"',
        "Non-overlapping",
    ),
    "a ledger misspelt": ("snapshot.isues", "isues"),
    "a column of a ledger looked up by a wrong name": (
        'snapshot.index("isues")["x"].found_on',
        "found_on",
    ),
    "a group by a column that is not there": (
        'snapshot.group("issues", "work_id")["x"][0].found_on',
        "found_on",
    ),
    "a blank taken for a day": ("snapshot.works[0].status_on < snapshot.issues[0].due_on", "None"),
    "a number taken for a text": ("snapshot.works[0].population.strip()", "strip"),
    "a blank reference taken for a row": ('snapshot.index("works").get("x").name', "None"),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """Return what mypy says of each planted slip, by line; the right uses stand above them."""
    lines = USE.strip().splitlines()
    lines += ["", "def slips(snapshot: Snapshot) -> object:"]
    first = len(lines) + 1
    lines += [f"    x{number}: object = {code}" for number, (code, _) in enumerate(SLIPS.values())]
    lines += ["    return None"]
    path = tmp_path_factory.mktemp("slips") / "slips.py"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    cache = PROJECT / "build" / ".mypy_slips"
    told, broken, _ = api.run(
        [str(path), "--strict", "--follow-imports=silent", "--no-error-summary",
         f"--config-file={PROJECT / 'pyproject.toml'}", f"--cache-dir={cache}"]
    )  # fmt: skip
    assert not broken
    by_line: dict[int, str] = {}
    for line in told.splitlines():
        number = int(line.split(":")[1])
        by_line[number] = by_line.get(number, "") + line
    return first, by_line


@pytest.mark.parametrize("name", list(SLIPS))
def test_a_slip_of_the_pen_is_a_type_error(judged, name):
    """A wrong name of a ledger or column, a word nobody may write, a blank taken for a value."""
    first, by_line = judged

    assert SLIPS[name][1] in by_line.get(first + list(SLIPS).index(name), "")


def test_right_uses_pass_strictly(judged):
    """What is written as the schemas have it is no error under --strict."""
    first, by_line = judged

    assert not {line: text for line, text in by_line.items() if line < first}


def test_the_generated_module_is_fresh():
    """Whoever changes a schema runs `make rows`; nobody edits the module by hand."""
    made = generate.source(SCHEMAS, load_schemas(PUBLISHED))

    assert generate.TARGET.read_text(encoding="utf-8") == made, "运行 make rows"


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_rows_are_what_their_type_says(name):
    """The rows that are read have the generated class, and its columns are those of the file."""
    read, named = class_of(SCHEMAS[name]), rowtypes.ROW_CLASSES[name]

    assert issubclass(read, named)
    assert named.table == name
    assert _columns(named) == set(SCHEMAS[name].names)
    assert not set(SCHEMAS[name].names) & set(vars(rowtypes.Row))


@pytest.fixture(scope="module")
def shown():
    """Return what the public may see of the rows of the example."""
    snapshot = load(PROJECT / "tests" / "example").snapshot
    return door.let_through(snapshot.as_of(date.max), "public")


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_rows_of_a_view_are_what_their_type_says(shown, name):
    """What may be shown of a row is what its type has; of what is never shown there is none."""
    named = get_type_hints(rowtypes.ShownLedgers).get(name)

    assert (named is None) == (not door.is_shown(SCHEMAS[name]))
    for row in shown[name][:1]:
        assert _columns(get_args(named)[0]) == set(row._fields) - {"shard", "line"}


def _columns(named: type) -> set[str]:
    """Return the columns that a row class declares, those of what it inherits too."""
    own = [one.__annotations__ for one in named.__mro__ if issubclass(one, rowtypes.Row)]
    return set().union(*own) - set(rowtypes.Row.__annotations__)


def test_words_are_those_of_the_schemas():
    """Every column with a fixed choice has its tuple of words, in the order of the schema."""
    for schema in SCHEMAS.values():
        for field in schema.fields:
            if field.enum:
                words = getattr(rowtypes, f"{schema.name}_{field.name}".upper())
                assert words == field.enum


def test_cells_have_the_types_that_are_declared():
    """A blank is None only where the column may be blank."""
    loaded = load(PROJECT / "tests" / "example")
    for schema in SCHEMAS.values():
        for row in loaded.snapshot[schema.name]:
            for field in schema.fields:
                value = getattr(row, field.name)
                assert (value is None) <= (not field.required and not field.list_of)
                assert isinstance(value, tuple) == bool(field.list_of)
