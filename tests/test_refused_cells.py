"""A refused cell is told at its place, hides nothing else, and makes no findings elsewhere."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from story import EXAMPLE

from pipeline import checks
from pipeline.checks import rulebook
from pipeline.checks.book import Book
from pipeline.checks.collected import Catalogue, collected
from pipeline.checks.examples import book_of
from pipeline.checks.rulebook import Check
from pipeline.findings import Finding
from pipeline.ledgers import Refused, Snapshot
from pipeline.ledgers.rows import typed
from pipeline.store import Store
from pipeline.water import Limits
from tests.shards_of import SCHEMAS, file_of, line_of, read_of

WIDEST = max(len(schema.fields) for schema in SCHEMAS.values())
ELSEWHERE = "example/units/wolong"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """What the schema gate keeps for all runs: most files are the same in each."""
    return Store(tmp_path_factory.mktemp("store"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The story, free to be spoiled."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


def findings_of(data: Path, store: Store) -> tuple[Finding, ...]:
    return checks.run(data, today=lambda: date(2022, 9, 16), store=store).findings


def write(path: Path, line: int, cells: Mapping[str, str]) -> None:
    """Write some cells of one line of a ledger."""
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    for name, cell in cells.items():
        rows[line - 2][header.index(name)] = cell
    path.write_text("".join(map(line_of, [header, *rows])), encoding="utf-8")


def wrong(field: str, ledger: str) -> str | None:
    """Return a word that cannot stand in a column: of another type, or none of its choices."""
    column = SCHEMAS[ledger].by_name[field]
    if column.enum or column.type in ("date", "integer", "number", "boolean"):
        return "手机"
    return None


def spoilable(data: Path, number: int) -> Iterator[tuple[Path, str]]:
    """Yield ledgers, but for one unit's own, whose column of that number holds no free text."""
    for path in sorted(data.rglob("*.csv")):
        fields = SCHEMAS[path.stem].fields
        is_filled = path.read_text(encoding="utf-8").count("\n") > 1
        if not is_filled or number >= len(fields) or path.parent.name == "wolong":
            continue
        if wrong(fields[number].name, path.stem):
            yield path, fields[number].name


@pytest.mark.parametrize("number", range(WIDEST))
def test_a_wrong_word_in_any_column_is_told_there_and_hides_nothing(
    data: Path, store: Store, number: int
) -> None:
    """The column of this number is spoiled in every ledger at once; the gates still answer."""
    own = data / "units" / "wolong"
    write(own / "issues.csv", 2, {"problem": "户主张三家无水"})
    write(own / "issues.csv", 3, {"village_code": "411321103299"})
    cells = set()
    for path, field in spoilable(data, number):
        write(path, 2, {field: wrong(field, path.stem) or ""})
        name = path.relative_to(data.parent).as_posix()
        cells.add((name, 2, SCHEMAS[path.stem].column(field)))

    errors = [f for f in findings_of(data, store) if f.severity == "error"]
    planted = {(f.rule, f.line) for f in errors if (f.file or "").startswith(ELSEWHERE)}

    assert {(f.file, f.line, f.column) for f in errors} >= cells
    assert not [f.message for f in errors if f.rule == rulebook.BROKEN.id]
    assert planted == {("PR04", 2), ("K02", 3)}
    assert {(f.file, f.line) for f in errors if f.file and not f.file.startswith(ELSEWHERE)} == {
        (file, line) for file, line, _ in cells
    }


@pytest.mark.parametrize(
    ("ledger", "field", "value"),
    [
        ("units/nanzhao/phones", "number_kind", "手机"),
        ("units/nanzhao/works", "works_class", "Ⅳ型 "),
        ("units/nanzhao/issue_events", "event_on", "2022-02-30"),
        ("units/nanzhao/issue_events", "issue_id", ""),
        ("units/nanzhao/phones", "phone_id", ""),
        ("units/nanzhao/works", "works_id", "NANZHAO-w0001"),
        ("units/nanzhao/responsibilities", "duty", "管水"),
        ("reference/divisions", "division_level", "村"),
        ("reference/water_limits", "limit_kind", "最高"),
        ("reference/workdays", "is_workday", "不"),
        ("reference/units", "sort_no", "一"),
    ],
)
def test_one_wrong_cell_is_one_finding(
    data: Path, store: Store, ledger: str, field: str, value: str
) -> None:
    """Its row still stands for its key; what cannot be judged without the cell is not judged."""
    before = set(findings_of(data, store))
    write(data / f"{ledger}.csv", 2, {field: value})

    (new,) = set(findings_of(data, store)) - before

    assert (new.file, new.line, new.field) == (f"example/{ledger}.csv", 2, field)
    assert new.severity == "error"


def test_a_rule_that_raises_is_named_and_the_others_answer(
    data: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told as ours, not the clerk's, without the value it stumbled over."""
    before = findings_of(data, store)

    def broken(_book: object) -> list[Finding]:
        raise KeyError("赵测一")

    rules, run = collected().rules, collected().checks
    spoilt = Catalogue(rules, {**run, "E01": Check(rules["E01"], broken)})
    monkeypatch.setattr(checks, "collected", lambda: spoilt)
    after = findings_of(data, store)
    (told,) = [f for f in after if f.rule == rulebook.BROKEN.id]

    assert set(after) - {told} == {f for f in before if f.rule != "E01"}
    assert "E01" in told.message
    assert "维护人员" in told.remedy
    assert "赵测一" not in str(told.to_json())
    assert not checks.Report(None, after, 0, 0, None).ok  # type: ignore[arg-type]


def test_reading_a_refused_cell_raises_and_the_rest_is_as_before() -> None:
    """Who reads the cell is told, who does not sees no difference."""
    raw = read_of("works", file_of("works", {}))
    (whole,) = typed(raw, SCHEMAS["works"])
    (row,) = typed(raw, SCHEMAS["works"], {2: frozenset({"works_class"})})

    assert row == whole
    assert (row.id, row.status, row.refused) == (whole.id, whole.status, {"works_class"})
    with pytest.raises(Refused, match=r"works\.works_class"):
        _ = row.works_class
    assert row._replace(status="停用").refused == {"works_class"}


def test_a_refused_last_day_of_a_limit_to_come_forbids_no_verdict_of_today() -> None:
    """Only who chooses among limits that have begun asks how long they last."""
    cells = {"limit_set": "gb5749-2022", "valid_from": "2023-04-01", "valid_to": ""}
    raw = read_of("water_limits", file_of("water_limits", cells))
    limits = Limits(typed(raw, SCHEMAS["water_limits"], {2: frozenset({"valid_to"})}))
    asked = {"is_small": True, "is_limited": False, "point": "出厂水"}

    assert not limits.choose(date(2022, 8, 10), **asked).rows
    with pytest.raises(Refused, match=r"water_limits\.valid_to"):
        limits.choose(date(2023, 8, 10), **asked)


def test_what_is_derived_is_asked_for_row_by_row() -> None:
    """The state of an issue cannot be told where a date of its flow was refused; others can."""
    whole = book_of(
        {
            "issues": [{}, {"issue_id": "jiaxian-2022-0032"}],
            "issue_events": [{"event": "登记"}],
        }
    )
    raw = read_of("issue_events", file_of("issue_events", {"event": "登记"}))
    events = typed(raw, SCHEMAS["issue_events"], {2: frozenset({"event_on"})})
    tables = {**whole.snapshot.tables, "issue_events": tuple(events)}
    book = Book(Snapshot(whole.snapshot.campaign, SCHEMAS, tables=tables), whole.as_of_on)

    assert set(whole.states) == {"jiaxian-2022-0031", "jiaxian-2022-0032"}
    assert set(book.states) == {"jiaxian-2022-0032"}
    with pytest.raises(Refused, match=r"issue_events\.event_on"):
        book.states.get("jiaxian-2022-0031")
