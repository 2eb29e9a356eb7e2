"""Row types: fresh, true of the rows that are read, and strict where a name or word is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from mypy import api

from pipeline import rowtypes
from pipeline.assessment.evidence import QUERIES
from pipeline.assessment.evidence import generate as queries
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


PLANTED = {
    "a check": """
from collections.abc import Iterator
from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.rowtypes import IssueRow, WorksRow

@row_check(
    "L98", ledger=IssueRow, severity="error", sentence="x", remedy="x", source="常理", why="x",
    where=lambda row: row.fuond_on is not None,  # ! fuond_on
)
def of_one(row: IssueRow, book: Book) -> Breach | None:
    works = book.index("works").get(row.works_id)
    if works is not None and works.status == "停用":
        return breach("works_id")
    if row.fuond_on < row.due_on:  # ! fuond_on
        return breach("due_on")
    if book.states[row.id].state == "己作废":  # ! Non-overlapping
        return breach("due_on")
    if book.isues:  # ! isues
        return breach("due_on")
    return breach("due_on") if row.due_on < row.found_on else None

@row_check(  # ! incompatible type
    "L97", ledger=IssueRow, severity="error", sentence="x", remedy="x", source="常理", why="x",
)
def of_another_ledger(row: WorksRow, _book: Book) -> Breach | None:
    return breach("name") if row.name == "" else None

@book_check(
    "L96", ledger=IssueRow, severity="error", sentence="x", remedy="x", source="常理", why="x",
    over=lambda book: book.issues,
)
def of_each(issue: IssueRow, book: Book) -> Iterator[Breach]:
    for event in book.events[issue.id]:
        if event.event_on < issue.fuond_on:  # ! fuond_on
            yield breach("event_on", row=event)
        if event.event == "销 号":  # ! Non-overlapping
            yield breach("event", row=event)
""",
    "evidence and a clause": """
from collections.abc import Iterator
from pipeline.assessment.evidence import Queried
from pipeline.assessment.evidence.counted import Fact, Scope, fact
from pipeline.assessment.rulebook import Award, deduct
from pipeline.readings import Readings
from pipeline.rowtypes import IssueRow, PhoneCheckRow, WorksRow

def evidence_of(scope: Scope) -> Iterator[Fact]:
    for row in scope.known.own(IssueRow, scope.unit_id):
        if row.fuond_on < scope.known.day:  # ! fuond_on
            yield fact(row)
        if scope.known.states[row.id].state == "己作废":  # ! Non-overlapping
            yield fact(row)
        if row.found_on < scope.known.day and row.channel == "暗访":
            yield fact(row)
    for call in scope.known.outside(PhoneCheckRow, scope.unit_id):
        yield fact(call, kind=call.call_resault)  # ! call_resault
    for works in scope.known.outside(WorksRow, scope.unit_id):  # ! cannot be
        yield fact(works)

def clause_of(evidence: Queried, readings: Readings) -> Award:
    if readings.says("G30", "once"):
        return deduct(3, "0.5", evidence.unanswered_hotline_calls)
    return deduct(3, "0.5", evidence.unanswerd_hotline_calls)  # ! unanswerd_hotline_calls
""",
    "a page and its question": """
from collections.abc import Mapping
from typing import ClassVar
from pipeline.publication.desk import Desk
from pipeline.publication.page import Content
from pipeline.publication.questions.subject import Subject, by_key
from pipeline.rowtypes import ShownIssueRow

class Late(Subject):
    NAME: ClassVar = "late"

    @by_key
    def of_unit(self) -> Mapping[str, list[ShownIssueRow]]:
        found: dict[str, list[ShownIssueRow]] = {}
        for row in self.view.issues:
            if row.fuond_on <= self.view.as_of_on:  # ! fuond_on
                continue
            if self.view.states[row.id].state == "己作废":  # ! Non-overlapping
                continue
            if self.view.states[row.id].state != "已作废" and row.found_on < row.due_on:
                found.setdefault(row.unit_id, []).append(row)
        return found

def late_page(desk: Desk, key: str) -> Content:
    issue = desk.view.index("issues")[key]
    told = issue.problem + issue.fuond_on.isoformat()  # ! fuond_on
    told += issue.resp_phone  # ! resp_phone
    told += desk.view.household_checks[0].unit_id  # ! household_checks
    if desk.issues.card(issue).state.state == "己作废":  # ! Non-overlapping
        told += desk.view.index("villages")[key].priority_households  # ! priority_households
    return Content(issue.problem, told, (), desk.places.unit(issue.unit_id).name)
""",
}
"""Code as it is written in the rooms, with slips; what mypy is to say stands behind them."""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return what mypy, run once, says of every file with planted slips, by line."""
    lines = USE.strip().splitlines()
    lines += ["", "def slips(snapshot: Snapshot) -> object:"]
    lines += [f"    x{number}: object = {code}" for number, (code, _) in enumerate(SLIPS.values())]
    lines += ["    return None"]
    texts = {"a row": "\n".join(lines) + "\n", **PLANTED}
    folder = tmp_path_factory.mktemp("slips")
    files = {name: folder / f"slips_{number}.py" for number, name in enumerate(texts)}
    for name, path in files.items():
        path.write_text(texts[name], encoding="utf-8")
    cache = PROJECT / "build" / ".mypy_slips"
    said, broken, _ = api.run(
        [*map(str, files.values()), "--strict", "--follow-imports=silent", "--no-error-summary",
         f"--config-file={PROJECT / 'pyproject.toml'}", f"--cache-dir={cache}"]
    )  # fmt: skip
    assert not broken
    found: dict[str, dict[int, str]] = {name: {} for name in texts}
    names = {path.name: name for name, path in files.items()}
    for line in said.splitlines():
        file, number, message = line.split(":", 2)
        by_line = found[names[Path(file).name]]
        by_line[int(number)] = by_line.get(int(number), "") + message
    return found


@pytest.fixture(scope="module")
def judged(told):
    """Return the first line of the slips about a row, and what is said by line."""
    return len(USE.strip().splitlines()) + 3, told["a row"]


@pytest.mark.parametrize("name", list(PLANTED))
def test_a_slip_in_a_room_is_a_type_error(told, name):
    """A wrong column or state word is refused where it is written; what stands beside it is not."""
    slips = {
        number: line.partition("  # ! ")[2]
        for number, line in enumerate(PLANTED[name].splitlines(), 1)
        if "  # ! " in line
    }

    assert told[name].keys() == slips.keys()
    assert {n: word for n, word in slips.items() if word not in told[name][n]} == {}


@pytest.mark.parametrize("name", list(SLIPS))
def test_a_slip_of_the_pen_is_a_type_error(judged, name):
    """A wrong name of a ledger or column, a word nobody may write, a blank taken for a value."""
    first, by_line = judged

    assert SLIPS[name][1] in by_line.get(first + list(SLIPS).index(name), "")


def test_right_uses_pass_strictly(judged):
    """What is written as the schemas have it is no error under --strict."""
    first, by_line = judged

    assert not {line: text for line, text in by_line.items() if line < first}


def test_the_queries_of_a_clause_are_fresh():
    """Whoever adds evidence runs `make rows`; a clause can count nothing else."""
    assert queries.TARGET.read_text(encoding="utf-8") == queries.source(QUERIES.values()), (
        "运行 make rows"
    )


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
