"""Demo ledgers: the same every time, of the size that was asked, and about nobody real."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from story import PROJECT

from pipeline import demo, rectification
from pipeline.ledgers import load, load_schemas
from pipeline.ledgers.writer import canonical
from tests.shards_of import UNITS

DATA = PROJECT / "data"
SEED = 2022


def _bytes(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.csv")}


@pytest.fixture(scope="module")
def city():
    """The committed ledgers of the city."""
    return load(DATA).snapshot


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    """Twice, in two folders."""
    demo.write("small", SEED, DATA, tmp_path / "a")
    demo.write("small", SEED, DATA, tmp_path / "b")

    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_another_seed_gives_another_city(tmp_path):
    """The seed matters."""
    demo.write("small", SEED, DATA, tmp_path / "a")
    demo.write("small", SEED + 1, DATA, tmp_path / "b")

    assert _bytes(tmp_path / "a") != _bytes(tmp_path / "b")


@pytest.mark.parametrize(
    ("scale", "committed"), [("city", DATA), ("small", PROJECT / "tests/example")]
)
def test_what_is_committed_is_what_the_generator_writes(tmp_path, scale, committed):
    """Nobody edits demo ledgers by hand; a column that came later, `fmt` may still write in."""
    demo.write(scale, SEED, DATA, tmp_path)
    made, stands = _bytes(tmp_path), _bytes(committed)
    for raw in load(committed).raw:
        if raw.absent:
            name = raw.shard.path.relative_to(committed).as_posix()
            stands[name] = canonical(raw, load_schemas())

    assert made == {name: content for name, content in stands.items() if name in made}
    assert len(made) > 60


def test_the_city_has_the_size_that_the_bureau_reported(city):
    """17 units, 4,102 works, 546 issues, 265 supervision phones, two tests a works."""
    roles = Counter(row.role for row in city.phones)

    assert {row.unit_id for row in city.works} == set(UNITS)
    assert len(city.works) == 4_102
    assert len(city.issues) == 546
    assert roles["县级监督"] + roles["乡镇监督"] == 265
    assert len(city.water_tests) > 1.9 * len(city.works)
    assert len(city.water_results) > 15 * len(city.works)


def test_every_state_is_told(city):
    """From 整改中 to 已销号 and 已作废, overdue, recurring, sent back."""
    states = rectification.states(city, date(2022, 9, 16)).values()

    assert {s.state for s in states} == {
        "整改中", "已报完成", "待核查", "核查通过", "已销号", "已作废",
    }  # fmt: skip
    assert any(s.is_overdue for s in states)
    assert any(s.is_recurrent for s in states)
    assert any(s.was_reopened for s in states)


def test_one_unit_stays_silent_and_others_say_none(city):
    """Silence, none and a row are three things, and all of them occur."""
    assert not [row for row in city.issues if row.unit_id == "guanzhuang"]
    assert city.nil_returns


def test_every_ledger_has_rows_somewhere(city):
    """Nothing of the model is left untried."""
    empty = {name for name in load_schemas() if not city[name]}

    assert empty <= {"waivers"}


def test_nobody_real_is_named(city):
    """No invented person carries the name of an official of Annex 1."""
    real = {row.name for row in city.supervision}
    invented = {row.name for row in city.responsibilities} | {
        row.name for row in city.patrol_roster
    }
    invented |= {row.resp_person for row in city.issues}

    assert len(real) == 28
    assert not real & invented


def test_no_number_can_reach_anybody(city):
    """No subscriber number begins with 1."""
    numbers = {row.number for row in city.phones} | {row.resp_phone for row in city.issues}

    assert all(number.startswith("0377-1") for number in numbers)


def test_the_story_has_three_units():
    """One county, one district, one zone."""
    world = demo.generate("small", SEED, DATA / "reference")
    paths = {path.split("/")[1] for path in world.shards() if path.startswith("units/")}

    assert paths == {"nanzhao", "wolong", "yahe"}


def test_the_story_uses_only_its_own_places():
    """The small reference is enough for the small ledgers."""
    example = PROJECT / "tests" / "example"
    with (example / "reference" / "divisions.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["division_code"] for row in csv.DictReader(file)}
    snapshot = load(example).snapshot

    assert {row.village_code for row in snapshot.villages} <= codes
    assert len(codes) < 200


def test_the_city_has_works_of_every_shape(city):
    """More than one source, a reserve, an owner, parts of villages, two townships, any operator."""
    kinds = load_schemas()["works"].by_name["operator_kind"].enum
    shapes = Counter()
    for row in city.works:
        shapes["sources"] += bool(row.other_sources)
        shapes["reserve"] += row.backup_source not in (None, "无")
        shapes["none in reserve"] += row.backup_source == "无"
        shapes["owner"] += row.owner_name is not None
        shapes["parts"] += bool(row.partly_served_codes)
        shapes["townships"] += len({code[:9] for code in row.village_codes}) > 1

    assert {row.operator_kind for row in city.works} == set(kinds)
    assert len(shapes) == 6
    assert min(shapes.values()) >= len(UNITS)
