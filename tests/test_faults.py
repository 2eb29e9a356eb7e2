"""One more fault never gives more: not in one clause only, but in everything together."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from pipeline import assessment
from pipeline.checks.examples import book_of
from pipeline.ledgers import Snapshot, load
from pipeline.readings import SWITCHES, Readings
from tests import test_readings as made
from tests.faults import KINDS, one_more
from tests.mutations import mutate

ROOT = Path(__file__).parent.parent
CITY, STORY = ROOT / "data", ROOT / "tests" / "example"
DAY = date(2022, 9, 16)
SETS = 6


def scorer_of(snapshot: Snapshot) -> assessment.Scorer:
    return next(assessment.scorers(snapshot, [DAY]))


def some_readings(snapshot: Snapshot, dice: random.Random, count: int) -> list[Readings]:
    """Return the readings in force and some combinations of others."""
    drawn = ({name: dice.choice(known) for name, known in SWITCHES.items()} for _ in range(count))
    return [Readings.from_rows(snapshot["readings"]), *map(Readings, drawn)]


def gains(snapshot: Snapshot, units: list[str], dice: random.Random) -> list[tuple]:
    """Return every unit, kind of fault and reading by which one more fault gave more."""
    before = scorer_of(snapshot)
    found = []
    for unit in units:
        for kind in KINDS:
            worse = one_more(kind, snapshot, before.known, unit, dice)
            if worse is None:
                continue
            after = scorer_of(worse)
            for readings in some_readings(snapshot, dice, 2):
                was, now = (each.sheet(unit, readings).span for each in (before, after))
                if now[0] > was[0] or now[1] > was[1]:
                    found.append((unit, kind, dict(readings), was, now))
    return found


@pytest.mark.parametrize("seed", range(SETS))
def test_one_more_fault_never_gives_a_higher_total(tmp_path, seed):
    """Neither the lowest nor the highest total rises, in random ledgers and under any readings."""
    snapshot = load(mutate(STORY, tmp_path / "data", seed)).snapshot

    assert gains(snapshot, ["nanzhao", "wolong", "yahe"], random.Random(seed)) == []


@pytest.mark.parametrize("unit", ["fangcheng", "guanzhuang", "gaoxin"])
def test_one_more_fault_never_gives_a_unit_of_the_city_more(unit):
    """A unit with exposures, one that reports little, one that lacks a paper."""
    snapshot = load(CITY).snapshot.of_units(frozenset([unit]))

    assert gains(snapshot, [unit], random.Random(unit)) == []


def total(example: dict, **options: str):
    scorer = scorer_of(book_of({"units": [{"unit_id": "nanzhao"}]} | example).snapshot)
    return scorer.sheet("nanzhao", Readings(options)).span[1]


def incident(number: int, kind: str, problem: str, *, is_severe: bool = False) -> dict[str, str]:
    return {
        "incident_id": f"city-b{number:04}", "kind": kind, "problem_no": problem, "is_major": "是",
        "is_severe": "是" if is_severe else "否", "occurred_on": f"2022-08-{number:02}",
    }  # fmt: skip


ACCIDENTS = [incident(n, "安全事故", f"事{n}", is_severe=True) for n in (21, 22)]
NOTICES = [incident(n, "市通报", f"通{n}") for n in (23, 24)]
LATER = [
    ("twice in the media", [], "媒体披露", "媒体披露"),
    ("once in the media, once by a citizen", [], "媒体披露", "行风热线反映"),
    ("六.1 has come down to its bound", ACCIDENTS, "媒体披露", "行风热线反映"),
    ("六.2 has come down to its bound", NOTICES, "行风热线反映", "媒体披露"),
    ("both have", [*ACCIDENTS, *NOTICES], "媒体披露", "媒体披露"),
]


@pytest.mark.parametrize("option", SWITCHES["G16"])
@pytest.mark.parametrize("is_severe", [False, True], ids=["ordinary", "severe"])
@pytest.mark.parametrize(
    ("before", "first", "second"), [x[1:] for x in LATER], ids=[x[0] for x in LATER]
)
def test_a_problem_exposed_twice_never_costs_less_than_once(
    before, first, second, is_severe, option
):
    """Also where a charge that moves to the other clause would fall below that one's bound."""
    once = [*before, incident(1, first, "甲")]
    twice = [*once, incident(2, second, "甲", is_severe=is_severe)]

    assert total({"incidents": twice}, G16=option) <= total({"incidents": once}, G16=option)
    assert total({"incidents": once}, G16=option) <= total({"incidents": before}, G16=option)


def test_an_issue_sent_back_after_striking_off_excuses_no_failing_water():
    """Being mended in time is an excuse (G13) once, not again when the mending proved untrue."""
    listed = made.ISSUE | {"sample_id": "nanzhao-s00012", "due_on": "2022-12-01"}
    struck = [made.OPENED, made.DONE, made.PASSED, made.STRUCK]
    back = made.STRUCK | {"event_id": "nanzhao-2022-0001-e05", "event": "退回"}
    example = made.SUPPLY | {"issues": [listed], "issue_events": struck}
    worse = example | {"issue_events": [*struck, back | {"event_on": "2022-09-01"}]}

    assert total(worse) <= total(example)


def test_a_site_that_lowers_the_base_pays_for_what_earlier_visits_found():
    """Where each visit counts (G30), a site found worse at last is not let off those before."""
    visits = [
        made.SITE | {"visit_id": f"city-v0000{n}", "visited_on": f"2022-08-0{n}"}
        for n in range(1, 7)
    ]
    found = [made.finding(1, "GS7", visit["visit_id"]) for visit in visits]
    example = {
        "responsibilities": [made.WATER_HEAD], "inspections@C": visits, "findings@C": found,
        "checklist_items": [made.FIRST, made.SECOND, made.WHOLE],
    }  # fmt: skip
    worse = example | {"findings@C": [*found, made.finding(2, "GS5", "city-v00006")]}

    for option in SWITCHES["G30"]:
        assert total(worse, G30=option) <= total(example, G30=option)
