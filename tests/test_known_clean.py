"""Clean shards are looked through once; with whatever is kept, what is read is the same."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.ledgers import Loaded, known_clean, load
from pipeline.ledgers.known_clean import KnownClean
from pipeline.ledgers.schemas import Schemas
from pipeline.store import Store
from tests.bad_inputs import CASES, Case
from tests.shards_of import SCHEMAS, file_of, shard_of
from tests.story import EXAMPLE
from tests.test_store import DAMAGES

LEDGER = "activities"
CHANGED = "units/nanzhao/issues.csv"


class Watched:
    """Counts the shards that the byte gate looks through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[str] = []
        look = known_clean.read

        def read(shard, schema, content):
            self.seen.append(shard.name.partition("/")[2])
            return look(shard, schema, content)

        monkeypatch.setattr(known_clean, "read", read)

    def during(self, data: Path, store: Store | None, **how: object) -> tuple[Loaded, list[str]]:
        """Load and return what was loaded, and the shards looked through on the way."""
        self.seen.clear()
        loaded = load(data, SCHEMAS, store=store, **how)  # type: ignore[arg-type]
        return loaded, list(self.seen)


@pytest.fixture
def watched(monkeypatch):
    """The byte gate under watch."""
    return Watched(monkeypatch)


@pytest.fixture
def data(tmp_path):
    """The ledgers of the story, to be changed."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "data"))


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    return Store(tmp_path / "cache")


def same(one: Loaded, other: Loaded) -> bool:
    """Whether two are the same to the last cell, and rows of the same types."""
    tables = [loaded.snapshot.tables if loaded.snapshot else {} for loaded in (one, other)]
    types = [[list(map(type, row)) for rows in t.values() for row in rows] for t in tables]
    return one == other and tables[0] == tables[1] and types[0] == types[1]


def kept_in(store: Store) -> Path:
    """Return the file of the list; there is one."""
    assert store.folder is not None
    (path,) = (store.folder / "clean").iterdir()
    return path


def test_clean_shards_are_looked_through_once(data, store, watched):
    """Cold, warm, or without a store: the very same, and only the first time looks."""
    plain, looked = watched.during(data, None)
    cold, first = watched.during(data, store)
    warm, second = watched.during(data, store)

    assert same(plain, cold)
    assert same(plain, warm)
    assert looked == first
    assert len(first) == len(plain.raw)
    assert second == []
    assert plain.row_count > 0


def test_only_what_changed_is_looked_through_again(data, store, watched):
    """Also where the change is one that the gate must tell; it is told as long as it stands."""
    watched.during(data, store)
    path = data / CHANGED
    path.write_bytes(path.read_bytes().replace("水".encode(), "水\u200b".encode(), 1))
    plain, _ = watched.during(data, None)

    for _ in range(2):
        loaded, looked = watched.during(data, store)
        assert looked == [CHANGED]
        assert same(loaded, plain)
        assert [finding.rule for finding in loaded.findings] == ["B20"]


def test_a_part_is_read_by_the_same_list_and_takes_nothing_from_it(data, store, watched):
    """A check of one county knows what a whole one found, and the other way round."""
    part = {"units": frozenset({"nanzhao"})}
    _, first = watched.during(data, store, **part)
    _, rest = watched.during(data, store)
    again, none = watched.during(data, store, **part)
    plain, _ = watched.during(data, None, **part)

    assert not set(first) & set(rest)
    assert none == watched.during(data, store)[1] == []
    assert same(again, plain)


@pytest.mark.parametrize("what", DAMAGES)
def test_whatever_happened_to_the_list_it_counts_as_none(data, store, watched, what):
    """All is looked through, as the first time; afterwards the list is whole again."""
    plain, looked = watched.during(data, store)
    path = kept_in(store)
    DAMAGES[what](path)
    is_lost = store.get(f"clean/{path.name}") is None
    loaded, again = watched.during(data, store)

    assert same(loaded, plain)
    assert is_lost or what == "unreadable"  # which root can read
    assert again == (looked if is_lost else [])
    assert watched.during(data, store)[1] == []


def test_the_list_of_another_key_is_none(data, store, watched, monkeypatch):
    """Other code or another schema may find what these did not."""
    _, looked = watched.during(data, store)
    first = kept_in(store)
    monkeypatch.setattr("pipeline.store.code", lambda: "changed")
    _, again = watched.during(data, store)
    (other,) = set(first.parent.iterdir()) - {first}
    other.write_bytes(first.read_bytes())
    _, foreign = watched.during(data, store)

    assert looked == again == foreign


def test_a_changed_schema_looks_again(store):
    """What stands in a column may be wrong by another schema."""
    content, shard = file_of(LEDGER, {}).encode(), shard_of(LEDGER)
    reader = KnownClean(SCHEMAS, store)
    reader.read(shard, content)
    reader.keep()
    schema = SCHEMAS[LEDGER]
    described = {**schema.descriptor, "fields": schema.descriptor["fields"][:-1]}
    narrower = replace(schema, fields=schema.fields[:-1], descriptor=described)
    raw = KnownClean(Schemas({**SCHEMAS, LEDGER: narrower}), store).read(shard, content)

    assert [finding.rule for finding in raw.findings] != []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title[:40])
def test_what_has_a_finding_is_never_kept(case: Case, store):
    """Read again and again, a bad file says the same; so does a good one of another ledger."""
    shard = shard_of(case.ledger)
    first, second = KnownClean(SCHEMAS, store), KnownClean(SCHEMAS, None)
    told = first.read(shard, case.content)
    first.keep()
    again = KnownClean(SCHEMAS, store).read(shard, case.content)

    assert told == again == second.read(shard, case.content)
    assert not (told.findings and store.folder and store.folder.exists())


@pytest.mark.parametrize(
    "content",
    [
        file_of(LEDGER, {}, {}).replace("\n", "\r\n"),
        file_of(LEDGER, {}).replace("\n", ",,\n", 1),
        file_of(LEDGER).replace("title", '"title"'),
    ],
    ids=["ends of lines as in Windows", "blank cells behind the header", "a quoted header"],
)
def test_what_is_forgiven_in_silence_is_looked_through_each_time(content, store):
    """Rows are cut plainly only where the file is written plainly."""
    reader = KnownClean(SCHEMAS, store)
    raw = reader.read(shard_of(LEDGER), content.encode())
    reader.keep()

    assert raw.findings == []
    assert store.folder is not None
    assert not store.folder.exists()


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"title": "检修,换阀"}, {"title": "他说“好”"}, {"title": '写着"禁"字'}],
        [{"title": "一"}] * 3,
    ],
    ids=["a header alone", "quotes and commas", "alike"],
)
def test_rows_are_cut_as_the_gate_cuts_them(rows, store):
    """From the bytes of the file, with their lines."""
    content, shard = file_of(LEDGER, *rows).encode(), shard_of(LEDGER)
    first = KnownClean(SCHEMAS, store)
    told = first.read(shard, content)
    first.keep()
    again = KnownClean(SCHEMAS, store).read(shard, content)

    assert kept_in(store).is_file()
    assert told == again
    assert again.lines == list(range(2, 2 + len(rows)))


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_of_too_many_the_last_used_stay(over, store, monkeypatch):
    """The list does not grow for ever."""
    monkeypatch.setattr(known_clean, "MAX_KNOWN", 4)
    contents = [file_of(LEDGER, {"title": f"第{n}次检修"}).encode() for n in range(4 + over)]
    for content in contents:
        reader = KnownClean(SCHEMAS, store)
        reader.read(shard_of(LEDGER), content)
        reader.keep()
    names = kept_in(store).read_bytes().split(b"\n")[1:]

    assert len(names) == min(4, 4 + over)
    assert len(set(names)) == len(names)
