"""Two computations that share no code agree on every clause: ours, and plain SQL over the files."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from pipeline import assessment
from pipeline.ledgers import Snapshot, load
from pipeline.readings import SETTLED, SWITCHES, Readings
from tests import second_opinion
from tests.mutations import mutate

ROOT = Path(__file__).parent.parent
CITY, STORY = ROOT / "data", ROOT / "tests" / "example"
SETS = 40
COMBINATIONS = 8


@lru_cache(maxsize=4)
def read(data: Path) -> tuple[Snapshot, bytes]:
    """Return ledgers as each of the two reads them; nothing here changes a file once written."""
    snapshot = load(data).snapshot
    assert snapshot is not None
    return snapshot, second_opinion.tables_of(data)


@lru_cache(maxsize=4)
def scorer_of(data: Path, day: date, audience: assessment.Audience) -> assessment.Scorer:
    """Return a scorer for many readings: what it keeps from one to the next is on trial, too."""
    return next(assessment.scorers(read(data)[0], [day], audience))


def disagreements(
    data: Path, day: date, audience: assessment.Audience = assessment.PUBLIC, **options: str
) -> list[tuple]:
    """Return every clause on which the two computations differ."""
    snapshot, tables = read(data)
    readings = Readings.from_rows(snapshot["readings"]).but(**options)
    ours = scorer_of(data, day, audience).sheets(readings)
    theirs = second_opinion.score(data, day.isoformat(), audience, tables, **options)
    assert set(ours) == set(theirs)
    return [
        (day, unit, line.clause, line.points, line.status, line.because, theirs[unit][line.clause])
        for unit, sheet in ours.items()
        for line in sheet.lines
        if (line.points, line.status) != theirs[unit][line.clause]
    ]


@pytest.mark.parametrize(
    "day", ["2022-07-20", "2022-08-25", "2022-09-05", "2022-09-16", "2022-12-31"]
)
def test_the_city_is_scored_the_same_twice(day):
    """Every clause of all 17 units, on days before, at and after the data date."""
    assert disagreements(CITY, date.fromisoformat(day)) == []


def test_inside_the_city_is_scored_the_same_twice():
    """With what units have not been told yet."""
    assert disagreements(CITY, date(2022, 9, 16), assessment.INTERNAL) == []


OTHERS = [(reading, option) for reading, known in SWITCHES.items() for option in known[1:]]
"""Options not in force."""


def drawn(seed: int) -> dict[str, str]:
    """Return one option of every reading, drawn by a seed."""
    dice = random.Random(seed)
    return {name: dice.choice(known) for name, known in SWITCHES.items()}


def test_both_know_the_same_options():
    """No option of a switch is missing from the second computation, and it knows no other."""
    switches = {reading: "|".join(known) for reading, known in SWITCHES.items()}
    assert switches | dict(SETTLED) == second_opinion.OPTIONS


@pytest.mark.parametrize(("reading", "option"), OTHERS)
def test_the_city_is_scored_the_same_twice_under_other_options(reading, option):
    """Each option by itself, on the data date."""
    assert disagreements(CITY, date(2022, 9, 16), **{reading: option}) == []


@pytest.mark.parametrize("seed", range(COMBINATIONS))
def test_the_city_is_scored_the_same_twice_under_any_readings(seed):
    """Every clause of all 17 units, under combinations of readings drawn by seed."""
    assert disagreements(CITY, date(2022, 9, 16), **drawn(seed)) == []


@pytest.mark.parametrize("seed", range(SETS))
def test_random_small_ledgers_are_scored_the_same_twice(tmp_path, seed):
    """Rows lost, moved, changed, added and struck: whatever stands there, both read it alike."""
    data = mutate(STORY, tmp_path / "data", seed)
    day = date(2022, 9, 16) + timedelta(days=seed * 7 % 40 - 25)

    assert disagreements(data, day) == []
    assert disagreements(data, day, assessment.INTERNAL) == []


@pytest.mark.parametrize("seed", range(SETS))
def test_random_small_ledgers_are_scored_the_same_twice_under_any_readings(tmp_path, seed):
    """One other option alone, each in its turn, and three combinations, for every set of rows."""
    data = mutate(STORY, tmp_path / "data", seed + SETS)
    day = date(2022, 9, 16) + timedelta(days=seed * 7 % 40 - 25)
    audience = (assessment.PUBLIC, assessment.INTERNAL)[seed % 2]

    for options in (dict([OTHERS[seed % len(OTHERS)]]), *(drawn(seed * 3 + n) for n in range(3))):
        assert disagreements(data, day, audience, **options) == []
