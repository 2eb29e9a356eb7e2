"""What record checks found is kept, and a check is asked again where what it read has changed."""

from __future__ import annotations

import ast
import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import checks, ledgers
from pipeline.checks import asked_again, noted, records
from pipeline.checks.book import Book, answered, derived
from pipeline.checks.collected import Catalogue, collected
from pipeline.checks.rulebook import BROKEN, Check
from pipeline.findings import Finding, Rule
from pipeline.ledgers import Loaded
from pipeline.ledgers.schemas import Field
from pipeline.store import Store
from tests.shards_of import SCHEMAS, file_of, line_of, shard_of
from tests.story import EXAMPLE

DAY = date(2022, 9, 16)
STORY = ledgers.load(EXAMPLE, SCHEMAS)
FILLED = sorted({raw.shard.ledger for raw in STORY.raw if raw.cells})
"""Ledgers of which the story has rows."""


def asked(
    loaded: Loaded, store: Store, catalogue: Catalogue | None = None, day: date = DAY
) -> list[Finding]:
    """Return what the record checks find in all that was loaded."""
    assert loaded.snapshot is not None
    return asked_again.records(
        catalogue or collected(), loaded, loaded.snapshot, day, store, is_whole=True
    )


def entry_of(store: Store) -> Path:
    """Return the one file in which all record checks are kept."""
    assert store.folder is not None
    (entry,) = (store.folder / "records").iterdir()
    return entry


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that goes through all changes one after the other: each finds what the last left."""
    store = Store(tmp_path_factory.mktemp("store"))
    asked(STORY, store)
    return store


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rules whose checks were asked, as they are asked."""
    names: list[str] = []
    run = asked_again.run_records

    def noted(book: Book, some: list[Check]) -> list[Finding]:
        names.extend(one.rule.id for one in some)
        return run(book, some)

    monkeypatch.setattr(asked_again, "run_records", noted)
    return names


def other(field: Field, cell: str) -> Iterator[str]:
    """Yield other cells that may stand in a column: the next day or number, another choice."""
    if field.enum:
        yield next(one for one in field.enum if one != cell) if len(field.enum) > 1 else cell
    elif field.type == "date":
        yield (date.fromisoformat(cell or "2022-08-01") + timedelta(days=1)).isoformat()
    elif field.type in ("integer", "number"):
        yield str(int(float(cell or 0)) + 1)
    elif field.type == "boolean":
        yield "否" if cell == "是" else "是"
    else:
        yield f"{cell}九"
    if cell and not field.required:
        yield ""


def changes_of(ledger: str) -> Iterator[tuple[Path, bytes]]:
    """Yield a file of the story with a row removed, one added, each cell of one changed.

    A ledger that the story lacks gets its first rows.
    """
    if ledger not in FILLED:
        below = shard_of(ledger).name.removeprefix("data/")
        for rows in ([{}], [{}, {}]):
            yield EXAMPLE / below, file_of(ledger, *rows).encode()
        return
    raw = next(one for one in STORY.raw if one.shard.ledger == ledger and one.cells)
    schema, last = SCHEMAS[ledger], raw.cells[-1]

    def file(*rows: list[str]) -> tuple[Path, bytes]:
        return raw.shard.path, "".join(map(line_of, [list(raw.header), *rows])).encode()

    yield file(*raw.cells[:-1])
    key = schema.names.index(schema.primary_key[0])
    yield file(*raw.cells, [*last[:key], last[key][:-1] + "x", *last[key + 1 :]])
    for place, field in enumerate(schema.fields):
        for cell in other(field, last[place]):
            yield file(*raw.cells[:-1], [*last[:place], cell, *last[place + 1 :]])


@pytest.mark.parametrize("ledger", SCHEMAS)
def test_after_any_change_a_full_shelf_says_what_an_empty_one_does(
    walked: Store, ledger: str
) -> None:
    """The same findings in the same order; with rows as no gate would let them through as well."""
    for path, content in changes_of(ledger):
        now = ledgers.instead(STORY, EXAMPLE, {path: content})
        assert asked(now, walked) == asked(now, Store())
    assert asked(STORY, walked) == asked(STORY, Store())


@pytest.mark.parametrize("ledger", ["issues", "waivers"])
def test_a_whole_check_says_the_same_as_well(tmp_path: Path, walked: Store, ledger: str) -> None:
    """Through all gates, which may refuse what the change brought about."""
    data = Path(shutil.copytree(EXAMPLE, tmp_path / "example"))
    for path, content in list(changes_of(ledger))[:3]:
        (data / path.relative_to(EXAMPLE)).write_bytes(content)
        warm, cold = (checks.run(data, today=lambda: DAY, store=one) for one in (walked, Store()))
        assert warm.findings == cold.findings
        if path.exists():
            shutil.copy(path, data / path.relative_to(EXAMPLE))


def test_the_campaign_and_the_day_are_everybodys(store: Store) -> None:
    """Nothing stands of another day or another campaign."""
    assert STORY.snapshot is not None
    shorter = replace(STORY.snapshot.campaign, screen_to_on=date(2022, 8, 1))
    other = replace(STORY, snapshot=replace(STORY.snapshot, campaign=shorter))
    told = set()
    for loaded in (STORY, other, STORY):
        for day in (DAY, DAY + timedelta(days=1), date(2022, 8, 10)):
            found = asked(loaded, store, day=day)
            assert found == asked(loaded, Store(), day=day)
            told.add(tuple(found))
    assert len(told) > 3
    assert store.folder is not None
    assert len(list((store.folder / "records").iterdir())) == 6


def test_nothing_is_asked_where_nothing_changed(store: Store, counted: list[str]) -> None:
    """And then little: what reads the ledger that changed."""
    before = asked(STORY, store)
    assert counted == list(collected().checks)
    counted.clear()
    assert asked(STORY, store) == before
    assert counted == []
    asked(touched("spoken_words"), store)
    assert counted == []
    asked(touched("issues"), store)
    assert {"L03", "E02"} <= set(counted)
    assert len(counted) < len(collected().checks) / 5


def test_on_another_core_the_same_is_found_and_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the other process reads and answers comes back with what it finds."""
    alone = asked(STORY, store)
    monkeypatch.setattr(asked_again, "ALONE", 0)
    once = noted.Noting.told

    def told(self: noted.Noting, name: str) -> str:
        assert name in self.answers, "made once more, only to be kept"
        return once(self, name)

    monkeypatch.setattr(noted.Noting, "told", told)
    both = Store(tmp_path / "both")

    assert asked(STORY, both) == alone
    assert entry_of(both).name == entry_of(store).name
    whole, parts = (asked_again.json.loads(one.get(key(one)) or b"") for one in (store, both))
    assert parts["checks"] == whole["checks"]
    assert parts["answers"] == whole["answers"]


def key(store: Store) -> str:
    return f"records/{entry_of(store).name}"


# ---- planted checks: every door by which a check comes to rows

RULE = collected().rules["L03"]
Read = Callable[[Book], Any]


def planted(read: Read, calls: list[int]) -> Catalogue:
    """Return a catalogue with one check, which reads something and finds nothing."""

    def find(book: Book) -> list[Finding]:
        calls.append(1)
        read(book)
        return []

    return Catalogue(collected().rules, {RULE.id: Check(RULE, find)})


def touched(*names: str) -> Loaded:
    """Return the story as if files of some ledgers had changed, in a way that no rows show."""
    raws = (
        replace(raw, digest=raw.digest[::-1]) if raw.shard.ledger in names else raw
        for raw in STORY.raw
    )
    return replace(STORY, raw=tuple(raws))


WATER = {"water_tests", "water_results", "water_limits", "works", "units"}
STEPS = {"issues", "issue_events", "assignments", "readings", "units"}
SAMPLES = {"water_tests", "water_results"}
DOORS: dict[str, tuple[Read, set[str]]] = {
    "nothing": (lambda _book: None, set()),
    "attribute": (lambda book: book.issues, {"issues"}),
    "item": (lambda book: book["issues"], {"issues"}),
    "class": (lambda book: book.of(type(book.issues[0])), {"issues"}),
    "index": (lambda book: book.index("works"), {"works", "units"}),
    "group": (lambda book: book.group("phones", "unit_id"), {"phones", "units"}),
    "snapshot": (lambda book: book.snapshot.works, {"works"}),
    "snapshot item": (lambda book: book.snapshot["works"], {"works"}),
    "snapshot index": (lambda book: book.snapshot.index("works"), {"works", "units"}),
    "a table": (lambda book: book.snapshot.tables["works"], {"works"}),
    "a table perhaps": (lambda book: book.snapshot.tables.get("works"), {"works"}),
    "all tables": (lambda book: list(book.snapshot.tables.values()), set(FILLED)),
    "a copy of tables": (lambda book: {**book.snapshot.tables}, set(FILLED)),
    "of some units": (lambda book: book.snapshot.of_units({"nanzhao"}), set(FILLED)),
    "without a ledger": (lambda book: book.snapshot.without("issues"), set(FILLED)),
    "less a row": (lambda book: book.snapshot.less("works", []), set(FILLED)),
    "once": (lambda book: book.snapshot.once("x", (), lambda: book.works), {"works"}),
    "today": (lambda book: book.today.works, {"works"}),
    "today by its parent": (lambda book: book.today.water_results, SAMPLES),
    "today by id": (lambda book: book.today.index("water_results"), {*SAMPLES, "units"}),
    "today in groups": (lambda book: book.today.group("works", "unit_id"), {"works", "units"}),
    "another day": (lambda book: book.snapshot.as_of(date(2022, 8, 1)).phones, {"phones"}),
    "a day of a day": (lambda book: book.today.as_of(date(2022, 8, 1)).phones, set(FILLED)),
    "calendar": (lambda book: book.calendar, {"workdays"}),
    "parameters": (lambda book: book.parameters, {"readings"}),
    "events": (lambda book: book.events["x"], {"issue_events", "units"}),
    "states": (lambda book: book.states, STEPS),
    "screened": (
        lambda book: book.screened.unfinished,
        {"inspections", "household_checks", "villages", "works"},
    ),
    "verdicts": (lambda book: book.verdicts, WATER),
    "heard": (lambda book: book.heard, set()),
    "failing": (lambda book: book.failing, set()),
}


@pytest.mark.parametrize("door", DOORS)
def test_whatever_a_check_reads_it_is_asked_again_when_that_changed(
    store: Store, door: str
) -> None:
    """And only then: a change elsewhere is none of its concern."""
    read, names = DOORS[door]
    calls: list[int] = []
    catalogue = planted(read, calls)
    asked(STORY, store, catalogue)
    asked(STORY, store, catalogue)
    assert len(calls) == 1
    again = set()
    for ledger in FILLED:
        asked(STORY, store, catalogue)
        calls.clear()
        asked(touched(ledger), store, catalogue)
        again |= {ledger} if calls else set()

    assert again == names


DERIVED = [name for name, one in vars(Book).items() if isinstance(one, derived)]


def test_every_derived_value_is_among_the_doors() -> None:
    """Who derives something new from a book plants a check that reads it."""
    assert set(DERIVED) <= set(DOORS)


@pytest.mark.parametrize(
    "door", [name for name, one in vars(Book).items() if isinstance(one, derived)]
)
def test_a_later_check_has_read_what_an_earlier_one_derived(store: Store, door: str) -> None:
    """What was made for another check is taken over with all that it was made from."""
    read, names = DOORS[door]
    first, second = (collected().rules[name] for name in ("L03", "L04"))
    calls: list[str] = []

    def by(rule: Rule) -> Check:
        return Check(rule, lambda book: [calls.append(rule.id), read(book), []][-1])

    catalogue = Catalogue(collected().rules, {one.id: by(one) for one in (first, second)})
    asked(STORY, store, catalogue)
    for ledger in names:
        calls.clear()
        asked(touched(ledger), store, catalogue)
        asked(STORY, store, catalogue)
        assert calls == [first.id, second.id] * 2


def test_what_goes_on_reading_after_it_was_made_notes_that_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A derived value may read a ledger only when a check asks it something."""
    late = derived(lambda book: lambda: book.phones)
    late.__set_name__(Book, "late")
    monkeypatch.setattr(Book, "late", late, raising=False)
    calls: list[int] = []
    catalogue = planted(lambda book: book.late(), calls)
    asked(STORY, store, catalogue)
    asked(touched("phones"), store, catalogue)
    asked(touched("phones"), store, catalogue)

    assert len(calls) == 2


def test_an_answer_that_changed_asks_again_and_one_made_anew_does_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks for an answer has read it, and not what stands behind it."""
    made: list[int] = []
    say = ["as before"]

    def make(book: Book) -> str:
        made.append(len(book.phones))
        return say[0]

    word = answered(make, str, str)
    word.__set_name__(Book, "word")
    monkeypatch.setattr(Book, "word", word, raising=False)
    calls: list[int] = []
    catalogue = planted(lambda book: book.word, calls)
    asked(STORY, store, catalogue)
    asked(STORY, store, catalogue)
    assert (len(made), len(calls)) == (1, 1)
    asked(touched("phones"), store, catalogue)  # made anew, and the same
    assert (len(made), len(calls)) == (2, 1)
    say[0] = "otherwise"
    asked(STORY, store, catalogue)  # the entry still has the answer for these phones
    assert len(calls) == 1
    asked(touched("phones", "works"), store, catalogue)
    assert len(calls) == 2


def test_a_row_of_another_ledger_is_read_with_its_ledger(store: Store) -> None:
    """An issue leads to its works by the look-up that notes it."""
    calls: list[int] = []
    catalogue = planted(
        lambda book: [book.index("works").get(row.works_id) for row in book.issues], calls
    )
    asked(STORY, store, catalogue)
    asked(touched("works"), store, catalogue)

    assert len(calls) == 2


def test_checks_use_no_other_door() -> None:
    """No name that begins with an underscore, no file, nothing that keeps the notes."""
    private = {"sharing", "base", "path"}
    for path in Path(records.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in private, f"{path.name}:{node.lineno}"
                assert not node.attr.startswith("_") or node.attr in ("_fields", "_replace"), node
            elif isinstance(node, ast.Name):
                assert node.id not in ("open", "Path", "vars", "getattr_static"), path.name


# ---- what is not kept


def test_a_check_that_broke_is_asked_again(store: Store) -> None:
    """It answered nothing; perhaps it does the next time."""
    calls: list[int] = []

    def read(_book: Book) -> None:
        if len(calls) == 1:
            raise KeyError("once")

    catalogue = planted(read, calls)
    assert [one.rule for one in asked(STORY, store, catalogue)] == [BROKEN.id]
    assert asked(STORY, store, catalogue) == []
    assert asked(STORY, store, catalogue) == []
    assert len(calls) == 2


def test_an_answer_that_breaks_is_told_of_the_check_that_asks(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if nothing were kept."""
    says = [1]

    def make(book: Book) -> int:
        return says[len(book.phones) * 0]

    word = answered(make, int, int)
    word.__set_name__(Book, "word")
    monkeypatch.setattr(Book, "word", word, raising=False)
    catalogue = planted(lambda book: book.word, [])
    assert asked(STORY, store, catalogue) == []
    says.clear()
    assert [one.rule for one in asked(touched("phones"), store, catalogue)] == [BROKEN.id]


@pytest.mark.parametrize(
    "damage", [lambda old: old[:0], lambda old: old[:-1], lambda old: old.replace(b"[", b"{", 1)]
)
def test_a_damaged_entry_is_nothing_kept(
    store: Store, counted: list[str], damage: Callable[[bytes], bytes]
) -> None:
    """All are asked, and the entry is whole again."""
    before = asked(STORY, store)
    entry = entry_of(store)
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    counted.clear()

    assert asked(STORY, store) == before
    assert counted == list(collected().checks)
    assert entry.read_bytes() == whole


def no_digest(loaded: Loaded) -> Loaded:
    """Return the story as if rows of one file were assumed."""
    first, *rest = loaded.raw
    return replace(loaded, raw=(replace(first, digest=""), *rest))


def torn(loaded: Loaded) -> Loaded:
    """Return the story as if one file could not be read whole."""
    first, *rest = loaded.raw
    return replace(loaded, raw=(replace(first, is_torn=True), *rest))


@pytest.mark.parametrize("spoil", [no_digest, torn])
def test_of_rows_that_are_not_as_read_nothing_is_kept_or_taken(
    store: Store, counted: list[str], spoil: Callable[[Loaded], Loaded]
) -> None:
    """Assumed rows, and files of which rows are missing."""
    asked(spoil(STORY), store)
    assert store.folder is not None
    assert not store.folder.exists()
    asked(STORY, store)
    counted.clear()
    asked(spoil(STORY), store)
    assert counted == list(collected().checks)


def test_where_a_cell_was_refused_nothing_is_kept_or_taken(
    tmp_path: Path, store: Store, counted: list[str]
) -> None:
    """A refused cell is read as none, whatever stands in the file; and of a part nothing is."""
    data = Path(shutil.copytree(EXAMPLE, tmp_path / "example"))
    works = data / "units" / "nanzhao" / "works.csv"
    whole = works.read_bytes()
    header, first, *rest = csv.reader(whole.decode().splitlines())
    first[header.index("works_class")] = "一般"
    works.write_text("".join(map(line_of, [header, first, *rest])), encoding="utf-8")
    checks.run(data, today=lambda: DAY, store=store)
    assert store.folder is not None
    assert not (store.folder / "records").exists()
    works.write_bytes(whole)
    checks.run(data, today=lambda: DAY, store=store, paths=[data / "units" / "nanzhao"])
    assert not (store.folder / "records").exists()
    counted.clear()
    checks.run(data, today=lambda: DAY, store=store)
    checks.run(data, today=lambda: DAY, store=store)
    assert counted == list(collected().checks)
