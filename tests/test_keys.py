"""Keys across the whole package: what is named must exist, once, in its unit, in its form."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import keys
from pipeline.checks.examples import cells_of
from pipeline.checks.ids import near
from pipeline.findings import Finding
from pipeline.ledgers import RawShard, Shard, load, load_schemas
from pipeline.ledgers.ceilings import MAX_FINDINGS

SCHEMAS = load_schemas()
DATA = Path(__file__).parents[1] / "data"

REFERENCE = {
    "units": [
        {"unit_id": "jiaxian", "name": "甲县"},
        {"unit_id": "zhongqu", "name": "中工区"},
    ],
    "divisions": [
        {"division_code": "890121103", "name": "柳河镇"},
        {"division_code": "890121103201", "parent_code": "890121103"},
        {"division_code": "890121302", "unit_id": "zhongqu"},
    ],
    "works": [{"works_id": "jiaxian-w0001"}],
}


def raw(ledger: str, *rows: dict[str, str], folder: str = "units/jiaxian", torn: bool = False):
    """Return a shard as the byte gate would have read it from a folder of data/."""
    schema = SCHEMAS[ledger]
    parts = folder.split("/")
    home = {"reference": "R", "units": "U", "city": "C"}[parts[0]]
    name = f"data/{folder}/{ledger}.csv"
    shard = Shard(Path(name), name, ledger, home, parts[-1] if len(parts) > 1 else None)
    cells = [cells_of(schema, row, number) for number, row in enumerate(rows)]
    return RawShard(shard, schema.names, [n + 2 for n in range(len(rows))], cells, is_torn=torn)


def found(*raws: RawShard, without: tuple[str, ...] = ()) -> list[Finding]:
    """Check shards with a small reference; ledgers given stand in for those of the reference."""
    given = {r.shard.ledger for r in raws} | set(without)
    base = [
        raw(ledger, *rows, folder="units/jiaxian" if ledger == "works" else "reference")
        for ledger, rows in REFERENCE.items()
        if ledger not in given
    ]
    return keys.check([*base, *raws], SCHEMAS)


def said(findings: list[Finding]) -> list[tuple[str, int | None, str | None]]:
    return [(f.rule, f.line, f.field) for f in findings]


def test_the_reference_itself_is_clean():
    """What the other tests stand on breaks no rule."""
    assert found() == []


def test_a_key_given_out_twice_names_both_places():
    """The second use of a key is refused, wherever the first one stands."""
    first = raw("phones", {"phone_id": "jiaxian-t00001"})
    second = raw(
        "phones",
        {
            "phone_id": "jiaxian-t00001",
            "unit_id": "zhongqu",
            "place_type": "县",
            "place_id": "zhongqu",
        },
        folder="units/zhongqu",
    )

    findings = found(first, second)

    assert said(findings) == [("K01", 2, "phone_id")]
    assert findings[0].file == "data/units/zhongqu/phones.csv"
    assert "data/units/jiaxian/phones.csv 第2行" in findings[0].message


def test_a_composite_key_is_one_key():
    """Two indicators of one sample are two rows; the same one twice is refused."""
    tests = raw("water_tests", {"sample_id": "jiaxian-s00010"})
    limits = raw("water_limits", {"indicator": "iron"}, {"indicator": "ph"}, folder="reference")
    results = [
        {"sample_id": "jiaxian-s00010", "indicator": name} for name in ("iron", "iron", "ph")
    ]

    findings = found(tests, limits, raw("water_results", *results))

    assert said(findings) == [("K01", 3, "sample_id")]


@pytest.mark.parametrize(
    ("ledger", "row", "rule", "field"),
    [
        ("works", {"town_code": "890121104"}, "K02", "town_code"),
        ("works", {"village_codes": "890121103201|890121103299"}, "K05", "village_codes"),
        ("works", {"replaced_by_id": "jiaxian-w0009"}, "K02", "replaced_by_id"),
        ("works", {"works_id": "jiaxian-x0001"}, "K07", "works_id"),
        ("works", {"works_id": "nanzhou-w0001"}, "K07", "works_id"),
        ("works", {"works_id": "city-w0001"}, "K07", "works_id"),
        ("works", {"works_id": "jiaxian-w001"}, "K07", "works_id"),
        ("works", {"unit_id": "zhongqu"}, "K06", "unit_id"),
        ("phones", {"place_id": "jiaxian-w0009"}, "K03", "place_id"),
        ("phones", {"place_type": "村", "place_id": "890121103"}, "K03", "place_id"),
        ("phones", {"place_type": "乡镇", "place_id": "890121103201"}, "K03", "place_id"),
        ("phones", {"place_type": "县", "place_id": "甲县"}, "K03", "place_id"),
        ("phones", {"place_type": "县", "place_id": "zhongqu"}, "K04", "place_id"),
        ("phones", {"place_type": "乡镇", "place_id": "890121302"}, "K04", "place_id"),
        ("activities", {"place_ids": "jiaxian-w0009"}, "K05", "place_ids"),
        ("issues", {"issue_id": "jiaxian-0031"}, "K07", "issue_id"),
    ],
)
def test_a_planted_fault_is_found_in_its_cell(
    ledger: str, row: dict[str, str], rule: str, field: str
):
    """Each wrong key is found once, in its line and column, with the place said in Chinese."""
    findings = found(raw(ledger, row))

    assert said(findings) == [(rule, 2, field)]
    assert findings[0].title == SCHEMAS[ledger].by_name[field].title
    assert findings[0].subject.startswith(f"{ledger}/")


@pytest.mark.parametrize(
    ("ledger", "row"),
    [
        ("works", {"works_id": "zhongqu-w0001"}),
        ("works", {"works_id": "jiaxian-w00012"}),
        ("phones", {"place_type": "县", "place_id": "jiaxian"}),
        ("phones", {"place_type": "村", "place_id": "890121103201"}),
        ("activities", {"place_ids": "890121103201|jiaxian-w0001"}),
        ("responsibilities", {"place_type": "乡镇", "place_id": "890121103"}),
    ],
)
def test_a_right_key_passes(ledger: str, row: dict[str, str]):
    """A row may keep the id another folder issued; places of every type are known."""
    assert found(raw(ledger, row)) == []


def test_the_citys_papers_name_no_place():
    """A paper of the city has a blank place; a place beside 市 is a mistake."""
    paper = {"doc_id": "city-d0001", "place_type": "市"}

    assert found(raw("documents", paper, folder="city")) == []
    findings = found(raw("documents", paper | {"place_id": "jiaxian"}, folder="city"))

    assert said(findings) == [("K03", 2, "place_id")]


def test_a_check_of_the_city_lies_in_the_folder_of_its_unit():
    """What the city keeps by unit names that unit."""
    visit = raw("inspections", {"unit_id": "zhongqu"}, folder="city/checks/jiaxian")

    assert [f.rule for f in found(visit)] == ["K06", "K04"]


@pytest.mark.parametrize(
    ("ledger", "row", "parents"),
    [
        ("findings", {"finding_id": "city-v00013-f01"}, ("inspections", {}, "city/checks/jiaxian")),
        ("milestones", {"milestone_id": "jiaxian-p0004-n01"}, ("projects", {}, "units/jiaxian")),
        ("issue_events", {"event_id": "jiaxian-2022-0099-e01"}, ("issues", {}, "units/jiaxian")),
    ],
)
def test_a_child_extends_its_parents_id(ledger: str, row: dict, parents: tuple):
    """An id that extends another than its parent's is refused."""
    name, cells, folder = parents
    items = raw("checklist_items", {"item_code": "GS1"}, folder="reference")
    beside = folder if SCHEMAS[ledger].home == "UC" else "units/jiaxian"

    findings = found(items, raw(name, cells, folder=folder), raw(ledger, row, folder=beside))

    assert said(findings) == [("K08", 2, SCHEMAS[ledger].primary_key[0])]


def test_rows_out_of_order_are_a_warning_with_a_remedy():
    """The first row out of its place is named; fmt puts all of them right."""
    phones = raw("phones", *({"phone_id": f"jiaxian-t0000{n}"} for n in (3, 2, 5, 4)))

    findings = found(phones)

    assert [(f.rule, f.severity, f.line) for f in findings] == [("K09", "warning", 3)]
    assert "qingyuan fmt" in findings[0].remedy


def test_a_row_refused_elsewhere_still_counts_as_existing():
    """A bad cell in a works makes no finding at its phones."""
    works = raw("works", {"works_id": "jiaxian-w0001", "population": "很多"})

    assert found(works, raw("phones", {})) == []


def test_what_may_stand_in_a_torn_file_is_not_missed():
    """Lost rows make no findings in other ledgers; ids of other folders are still looked up."""
    torn = raw("works", torn=True)

    (waiting,) = found(torn, raw("phones", {}, {"phone_id": "jiaxian-t00002"}))
    assert (waiting.rule, waiting.severity, waiting.file) == ("K11", "warning", torn.shard.name)
    assert "另有 2 处引用供水工程" in waiting.message
    other = raw(
        "works", {"works_id": "zhongqu-w0002", "unit_id": "zhongqu"}, folder="units/zhongqu"
    )
    elsewhere = found(torn, other, raw("phones", {"place_id": "zhongqu-w0001"}))
    assert ("K03", 2, "place_id") in said(elsewhere)


def test_a_missing_ledger_does_not_flood():
    """Without works every phone hangs in the air: the missing file is told once, with a count."""
    rows = [{"phone_id": f"jiaxian-t{n:05d}"} for n in range(1, MAX_FINDINGS + 51)]

    findings = found(raw("phones", *rows), without=("works",))

    (told,) = findings
    assert (told.rule, told.count) == ("K12", MAX_FINDINGS + 50)
    assert f"{MAX_FINDINGS + 50} 处引用" in told.message


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("jiaxian-w1", "jiaxian-w0001"),
        ("jiaxian-W0001", "jiaxian-w0001"),
        ("jiaxan-w0001", "jiaxian-w0001"),
        ("jiaxian_w0001", "jiaxian-w0001"),
        ("jiaxian-w00O1", "jiaxian-w0001"),
        ("jiaxian-w0002", None),
        ("yixian-w0700", None),
        ("", None),
    ],
)
def test_a_slip_of_the_hand_is_guessed_only_if_it_can_be_told(slip: str, meant: str | None):
    """One id one slip away is named; the neighbour by number never is."""
    assert near(slip, {"jiaxian-w0001", "jiaxian-w0003"}) == meant


def test_the_hint_stands_in_the_message():
    """The clerk is told what was meant."""
    findings = found(raw("phones", {"place_id": "jiaxan-w0001"}))

    assert "是不是 jiaxian-w0001" in findings[0].message


@given(st.text(max_size=80))
def test_no_value_breaks_the_guess(value: str):
    """Whatever a cell holds, looking for what was meant ends, and guesses only what exists."""
    assert near(value, {"jiaxian-w0001"}) in (None, "jiaxian-w0001")


@given(st.permutations(range(5)))
def test_the_order_of_shards_does_not_matter(order: list[int]):
    """The same files in any order give the same findings."""
    raws = [
        raw("phones", {"place_id": "jiaxian-w0009"}),
        raw("phones", {"unit_id": "zhongqu"}, folder="units/zhongqu"),
        raw("works", {"works_id": "jiaxian-w0001"}),
        *(raw(name, *REFERENCE[name], folder="reference") for name in ("units", "divisions")),
    ]

    findings = keys.check([raws[n] for n in order], SCHEMAS)

    assert sorted(map(str, findings)) == sorted(map(str, keys.check(raws, SCHEMAS)))


def test_the_committed_city_is_clean():
    """All keys of a whole city, in one look-up."""
    loaded = load(DATA)

    assert keys.check(loaded.raw, loaded.schemas) == []
