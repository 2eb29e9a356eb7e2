"""Not reporting never raises what a unit can reach: what others found is taken off all the same."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import assessment
from pipeline.assessment.editions.y2022 import EDITION
from pipeline.assessment.rulebook import rounded
from pipeline.checks.examples import book_of
from pipeline.ledgers import Row, Snapshot, load
from pipeline.readings import Readings
from tests import test_readings as made
from tests.mutations import mutate

ROOT = Path(__file__).parent.parent
CITY, STORY = ROOT / "data", ROOT / "tests" / "example"
DAY = date(2022, 9, 16)
SETS = 4
PARENTS = ("issue_id", "sample_id", "project_id")


def scorer_of(snapshot: Snapshot) -> assessment.Scorer:
    return next(assessment.scorers(snapshot, [DAY]))


def reach(scorer: assessment.Scorer, unit: str, readings: Readings) -> dict[str, Decimal]:
    """Return what each clause has, or would have if the best were reported wherever it may be."""
    found = {}
    for line in scorer.sheet(unit, readings).lines:
        clause = EDITION.clauses[line.clause]
        best = scorer.at_best(unit, clause, tuple(clause.needs), readings)
        hoped = clause.full if best.points is None else rounded(best.points)
        found[clause.id] = hoped if line.top is None else max(hoped, line.top)
    return found


def admitted(scorer: assessment.Scorer, unit: str, readings: Readings) -> set[str]:
    """Return the ids that only the unit's own rows show to be faults that no report can undo."""
    refs = (
        ref
        for clause in EDITION.clauses.values()
        for ref in scorer.at_best(unit, clause, tuple(clause.needs), readings).rows
    )
    return {ref.partition("/")[2] for ref in refs}


def free(snapshot: Snapshot, unit: str, faults: set[str]) -> dict[str, list[Row]]:
    """Return the unit's own rows by ledger that it could leave out and still pass the gates.

    A row that a row of the city names has to stand; a fault that the unit has admitted is not
    silence but a deletion, which the gate of changes refuses.
    """
    named = {
        member
        for rows in snapshot.tables.values()
        for row in rows
        if row.shard.home == "C"
        for cell in row
        for member in (cell if isinstance(cell, tuple) else (cell,))
        if isinstance(member, str)
    }
    found = defaultdict(list)
    for name, rows in snapshot.tables.items():
        for row in rows:
            if row.shard.home == "U" and row.shard.unit == unit:
                keys = {row.id, *(getattr(row, parent, None) for parent in PARENTS)}
                if not keys & (named | faults):
                    found[name].append(row)
    return found


def silences(own: dict[str, list[Row]], dice: random.Random) -> Iterator[list[Row]]:
    """Yield what a unit could leave out: each ledger, parts of each, everything."""
    for rows in own.values():
        yield rows
        yield [row for row in rows if dice.random() < 0.4]
    yield [row for rows in own.values() for row in rows]


def without(snapshot: Snapshot, rows: list[Row]) -> Snapshot:
    gone = {row.ref for row in rows}
    tables = {
        name: tuple(row for row in rows if row.ref not in gone)
        for name, rows in snapshot.tables.items()
    }
    return Snapshot(snapshot.campaign, snapshot.schemas, tables=tables)


def raised(snapshot: Snapshot, unit: str, dice: random.Random) -> list[tuple]:
    """Return every clause that silence lets come above what it could reach."""
    scorer, readings = scorer_of(snapshot), Readings.from_rows(snapshot["readings"])
    most = reach(scorer, unit, readings)
    own = free(snapshot, unit, admitted(scorer, unit, readings))
    return [
        (rows[0].shard.ledger, line.clause, line.top, most[line.clause])
        for rows in silences(own, dice)
        for line in scorer_of(without(snapshot, rows)).sheet(unit, readings).lines
        if line.top is not None and line.top > most[line.clause]
    ]


@pytest.mark.parametrize("unit", ["nanzhao", "wolong", "yahe"])
def test_leaving_rows_out_never_raises_what_a_unit_of_the_story_can_reach(unit):
    """Ledger by ledger, in parts, and all at once, clause by clause."""
    assert raised(load(STORY).snapshot, unit, random.Random(unit)) == []


@pytest.mark.parametrize("seed", range(SETS))
def test_leaving_rows_out_of_random_ledgers_never_raises_what_can_be_reached(tmp_path, seed):
    snapshot = load(mutate(STORY, tmp_path / "data", seed)).snapshot

    for unit in ("nanzhao", "wolong", "yahe"):
        assert raised(snapshot, unit, random.Random(seed)) == []


@pytest.mark.parametrize("unit", ["guanzhuang", "gaoxin"])
def test_leaving_rows_out_never_raises_what_a_unit_of_the_city_can_reach(unit):
    snapshot = load(CITY).snapshot.of_units(frozenset([unit]))

    assert raised(snapshot, unit, random.Random(unit)) == []


def test_the_top_of_a_silent_unit_is_what_others_left_of_it():
    """官庄: an unsafe household, an assignment nobody registered, two reports not posted."""
    sheet = scorer_of(load(CITY).snapshot).sheet("guanzhuang", Readings())

    short = {
        line.clause: line.full - line.top
        for line in sheet.lines
        if line.status == "not_reported" and line.top < line.full
    }

    assert short == {"五.1": 1, "五.2": 2, "五.3": 2}
    assert sheet.span[1] == sum(line.top for line in sheet.lines)
    for clause in short:
        assert "补报以后最多" in sheet.line(clause).because
        assert sheet.line(clause).rows


PAPERS = {"documents": [made.AGENCY | {"kind": "管理办法"}]}
JUDGED = {"kind": "事实", "fact": "机构落实", "stage": "核查", "clause_id": "四.1", "points": ""}
JUDGED |= {"signed_on": "2022-09-12"}
TOWN = {"place_type": "村", "place_id": "890121103201", "checklists": "宣传资料"}
PAGE = made.SHEET | {"place_types": "村"}
FOUND = [
    (
        "四.1", "the bureau judged that there is no agency", "0",
        PAPERS | {"judgements@C": [JUDGED | {"answer": "否"}]},
    ),
    (
        "四.1", "the bureau judged it to be there in part", "2",
        PAPERS | {"judgements@C": [JUDGED | {"answer": "部分"}]},
    ),
    (
        "三.2", "the site was seen and named nobody first", "1",
        {
            "checklist_items": [made.FIRST, made.SECOND], "inspections@C": [made.SITE],
            "findings@C": [made.finding(1, "GS5")],
        },
    ),
    (
        "三.2", "the site was seen and was in order", "3",
        {"checklist_items": [made.FIRST, made.SECOND], "inspections@C": [made.SITE]},
    ),
    (
        "五.4④", "a village that was not registered had no notice", "4.5",
        {
            "checklist_items": [PAGE], "inspections@C": [made.VISIT | TOWN],
            "findings@C": [made.finding(1, "ZL1")],
        },
    ),
    (
        "四.3", "works are not reported, and nothing was paid", "0",
        {"funds": [{"entry": "支出"}]},
    ),
    (
        "五.2", "two assignments are over", "13",
        {
            "assignments": [
                {"assignment_id": f"city-u000{n}", "due_on": "2022-09-01"} for n in (1, 2)
            ]
        },
    ),
    ("一.1", "nothing is known", "5", {}),
    ("二.2", "nothing is known", "5", {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "top", "example"),
    [(c, t, e) for c, _, t, e in FOUND],
    ids=[f"{c} {w}" for c, w, *_ in FOUND],
)
def test_a_clause_that_is_not_reported_can_come_to_no_more_than_others_left(clause, top, example):
    """Whatever could still be reported is hoped for; what was found, judged or is over stands."""
    snapshot = book_of({"units": [{"unit_id": "jiaxian"}]} | example).snapshot
    for options in ({}, {"G3": "rescale"}, {"G38": "zero"}):
        line = scorer_of(snapshot).sheet("jiaxian", Readings(options)).line(clause)

        assert line.status == "not_reported"
        assert line.points is None
        assert line.top == Decimal(top)


def test_pooled_items_that_are_not_reported_pay_what_is_found_of_them():
    """G14 pooled: 五.4④ lacks its villages; twelve faults found there leave five of eleven."""
    places = [
        made.VISIT | {"visit_id": f"city-v000{n}", "place_id": f"jiaxian-w00{n}"}
        for n in range(10, 22)
    ]
    example = made.STATION | {
        "checklist_items": [made.SHEET],
        "works": [made.WORKS | {"works_id": f"jiaxian-w00{n}"} for n in range(10, 22)],
        "inspections@C": places,
        "findings@C": [made.finding(1, "ZL1", f"city-v000{n}") for n in range(10, 22)],
    }  # 5 - 12 x 0.5 = -1
    scorer = scorer_of(book_of({"units": [{"unit_id": "jiaxian"}]} | example).snapshot)

    pooled = scorer.sheet("jiaxian", Readings({"G14": "pooled"}))

    items = ("五.4①", "五.4②", "五.4③", "五.4④")
    assert pooled.line("五.4④").status == "not_reported"
    assert sum(pooled.line(name).top for name in items) == 5
    assert sum(pooled.line(name).points or 0 for name in items) == 5
