"""Bands over all readings are exact, effects are what recomputing gives, wins are honest."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from pipeline import assessment
from pipeline.assessment import sensitivity
from pipeline.assessment.editions.y2022 import EDITION
from pipeline.assessment.rulebook import rounded
from pipeline.assessment.sheets import ZERO
from pipeline.assessment.winning import wins
from pipeline.ledgers import Snapshot, load
from pipeline.readings import SWITCHES, Readings

ROOT = Path(__file__).parent.parent
CITY, STORY = ROOT / "data", ROOT / "tests" / "example"
DAY = date(2022, 9, 16)
TRIED = {"G3", "G14", "G31", "G33", "G36", "G38"}


@cache
def scorer_of(data: Path, day: date = DAY) -> assessment.Scorer:
    return next(assessment.scorers(load(data).snapshot, [day]))


@cache
def readings_of(data: Path) -> Readings:
    return Readings.from_rows(load(data).snapshot["readings"])


def combinations(dice: random.Random, count: int) -> list[Readings]:
    """Return random combinations of options."""
    return [
        Readings({name: dice.choice(known) for name, known in SWITCHES.items()})
        for _ in range(count)
    ]


@pytest.mark.parametrize("data", [STORY, CITY], ids=["story", "city"])
def test_no_combination_of_readings_leaves_the_band(data):
    """Two hundred random combinations lie within it, for every unit; the score in force does."""
    scorer = scorer_of(data)
    bands = {u: sensitivity.band(scorer, u, readings_of(data)) for u in scorer.units}

    count = 200 if data == STORY else 40
    for readings in [readings_of(data), *combinations(random.Random(11), count)]:
        for unit, sheet in scorer.sheets(readings).items():
            low, high = bands[unit]
            assert low <= sheet.span[0] <= sheet.span[1] <= high, (unit, dict(readings))


def test_a_band_is_reached_at_both_ends():
    """With six readings free, trying every combination one by one gives the same band."""
    free = {name: known if name in TRIED else known[:1] for name, known in SWITCHES.items()}
    edition = replace(EDITION, readings=free)
    for data in (STORY, CITY):
        scorer = next(assessment.scorers(load(data).snapshot, [DAY], edition=edition))
        tried = [
            scorer.sheets(Readings(dict(zip(free, options, strict=True))))
            for options in product(*free.values())
        ]

        found = {u: sensitivity.band(scorer, u, Readings()) for u in scorer.units}

        for unit in scorer.units:
            spans = [sheets[unit].span for sheets in tried]
            assert found[unit] == (min(lo for lo, _ in spans), max(hi for _, hi in spans)), unit


UNITS = {
    CITY: ("fangcheng", "guanzhuang", "nanzhao", "tanghe", "xinye"),
    STORY: ("nanzhao", "yahe"),
}


PARTS = (EDITION.pooled, *((n,) for n in EDITION.clauses if n not in EDITION.pooled))
"""Clauses whose points may pay for each other, and all others by themselves."""


@cache
def named(data: Path) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the readings that the table names for each part, but for those it names for all."""
    found: dict[tuple[str, ...], set[str]] = {part: set() for part in PARTS}
    for row in load(data).snapshot["readings"]:
        if row.reading_id in SWITCHES and len(row.clause_ids) < len(EDITION.clauses):
            for part in PARTS:
                if set(part) & set(row.clause_ids):
                    found[part].add(row.reading_id)
    return {part: tuple(sorted(names - {"G3"})) for part, names in found.items()}


def groups(data: Path) -> list[list[tuple[str, ...]]]:
    """Return the parts that some reading ties together."""
    found: list[list[tuple[str, ...]]] = []
    for part, names in named(data).items():
        tied = [g for g in found if any(set(names) & set(named(data)[one]) for one in g)]
        found = [group for group in found if group not in tied] + [sum(tied, [part])]
    return found


def sums(scorer: assessment.Scorer, unit: str, part: tuple[str, ...], readings: Readings) -> tuple:
    """Return the lowest and highest sum of a part, and the points it leaves out of the hundred."""
    low = high = out = ZERO
    for name, award in scorer.awards(unit, part, readings).items():
        assert (unit, name) not in scorer.finals
        points = award.points or ZERO
        low += points
        high += points if award.points is not None else award.top or ZERO
        if award.points is None and award.status == "not_applicable":
            out += EDITION.clauses[name].full
    return low, high, out


def brute(scorer: assessment.Scorer, unit: str, data: Path) -> tuple[Decimal, Decimal]:
    """Return the ends of a band by trying everything: each group under all its combinations."""
    ends = []
    for g33, g3 in product(SWITCHES["G33"], SWITCHES["G3"]):
        tables = {
            (part, options): sums(
                scorer,
                unit,
                part,
                Readings(dict(zip(names, options, strict=True)) | {"G33": g33, "G3": g3}),
            )
            for part, names in named(data).items()
            for options in product(*(SWITCHES[name] for name in names))
        }
        out = sum((tables[part, ()][2] for part, names in named(data).items() if not names), ZERO)
        total = [ZERO, ZERO]
        for is_base in (True, False):
            lowest = highest = ZERO
            for group in groups(data):
                if group[0][0].startswith("六") != is_base:
                    tried = list(_tried(group, data, tables))
                    lowest += min(low for low, _ in tried)
                    highest += max(high for _, high in tried)
            scale = 100 / (100 - out) if is_base else 1
            total[0] += rounded(lowest * scale)
            total[1] += rounded(highest * scale)
        ends.append(total)
    return min(low for low, _ in ends), max(high for _, high in ends)


def _tried(group: list[tuple[str, ...]], data: Path, tables: dict) -> Iterator[tuple]:
    """Yield the sums of a group under every combination of all the readings named for it."""
    names = sorted({name for part in group for name in named(data)[part]})
    for options in product(*(SWITCHES[name] for name in names)):
        told = dict(zip(names, options, strict=True))
        found = [tables[part, tuple(told[n] for n in named(data)[part])] for part in group]
        yield sum(low for low, _, _ in found), sum(high for _, high, _ in found)


@pytest.mark.parametrize(
    ("data", "unit"), [(data, unit) for data, units in UNITS.items() for unit in units]
)
def test_a_band_is_what_trying_every_combination_gives(data, unit):
    """Every reading a clause hangs on, in all combinations, for units of the story and the city."""
    scorer = scorer_of(data)

    assert sensitivity.band(scorer, unit, Readings()) == brute(scorer, unit, data)


@pytest.mark.parametrize("unit", UNITS[CITY])
def test_no_search_leads_out_of_a_band(unit):
    """Whole sheets, one reading changed after the other as long as the total falls, or rises."""
    scorer, dice = scorer_of(CITY), random.Random(unit)
    ends = sensitivity.band(scorer, unit, Readings())
    for end, sign in ((0, 1), (1, -1)):
        chosen = dict(combinations(dice, 1)[0]) | {"G38": "span"}
        best = sign * scorer.sheet(unit, Readings(chosen)).span[end]
        for name, known in list(SWITCHES.items()) * 3:
            for option in known:
                tried = sign * scorer.sheet(unit, Readings(chosen | {name: option})).span[end]
                if tried < best:
                    best, chosen = tried, chosen | {name: option}
        assert sign * ends[end] <= best


def test_an_effect_is_what_recomputing_gives():
    """Each option alone: the standings that change, the points that move, and nothing else."""
    scorer, readings = scorer_of(CITY), readings_of(CITY)
    now = scorer.sheets(readings)

    effects = assessment.assess(load(CITY).snapshot, DAY).effects

    assert len(effects) == sum(len(known) - 1 for known in SWITCHES.values())
    for effect in effects:
        then = scorer.sheets(readings.but(**{effect.reading: effect.option}))
        for unit, sheet in then.items():
            changed = {
                new.clause: new.points
                for old, new in zip(now[unit].lines, sheet.lines, strict=True)
                if old.points != new.points
            }
            assert effect.points.get(unit, {}) == changed
            assert (unit in effect.changes) == (sheet.standing != now[unit].standing)


def test_what_was_not_asked_moves_nothing():
    """A clause whose award never asked a reading keeps its points under its other options."""
    scorer, readings = scorer_of(CITY), readings_of(CITY)
    fresh = next(assessment.scorers(load(CITY).snapshot, [DAY]))
    for unit in scorer.units:
        for clause in EDITION.clauses:
            plain = fresh.award(unit, clause, readings)
            asked = fresh.asked(unit, clause)
            for reading in set(SWITCHES) - asked:
                for option in SWITCHES[reading][1:]:
                    other = scorer.award(unit, clause, readings.but(**{reading: option}))
                    assert other.points == plain.points, (unit, clause, reading)


@pytest.mark.parametrize("data", [STORY, CITY], ids=["story", "city"])
def test_a_win_is_never_more_than_what_was_lost(data):
    """Gains are positive and within what the clause can give; the largest come first."""
    scorer, readings = scorer_of(data), readings_of(data)
    for unit, sheet in scorer.sheets(readings).items():
        found = wins(scorer, sheet, readings)
        gains = [win for win in found if not win.is_kept]

        assert [w.points for w in gains] == sorted((w.points for w in gains), reverse=True)
        for win in found:
            line = sheet.line(win.clause)
            most = line.points if win.is_kept else line.full - (line.points or 0)
            assert 0 < win.points <= most
            assert win.until >= DAY
            if win.is_kept:
                assert len(win.rows) == 1
                assert not scorer.known.states[win.rows[0].partition("/")[2]].is_reported
        assert {w.clause for w in gains if sheet.line(w.clause).status == "not_reported"} <= {
            line.clause for line in sheet.lines if line.points is None
        }, unit


def test_after_the_cut_off_nothing_can_be_won():
    """And before it somebody can win something."""
    late = scorer_of(CITY, date(2023, 1, 1))
    readings = readings_of(CITY)

    assert not any(wins(late, sheet, readings) for sheet in late.sheets(readings).values())
    early = scorer_of(CITY)
    assert any(wins(early, sheet, readings) for sheet in early.sheets(readings).values())


def test_a_win_comes_true_when_its_rows_are_registered():
    """The money that is said to be short gives exactly the points that were promised."""
    snapshot = load(CITY).snapshot
    scorer, readings = scorer_of(CITY), readings_of(CITY)
    sheets = scorer.sheets(readings)
    unit = next(u for u, s in sheets.items() if s.line("四.3").points and s.line("四.3").lost)
    promised = next(w for w in wins(scorer, sheets[unit], readings) if w.clause == "四.3")
    told, unit_of_money = re.search(r"([0-9.]+)(万?)元", promised.words).groups()
    short = Decimal(told) * (10_000 if unit_of_money else 1)
    paid = next(row for row in snapshot.funds if row.unit_id == unit and row.entry == "到账")
    more = paid._replace(fund_entry_id="new", amount_yuan=short, entry_on=DAY)
    richer = Snapshot(
        snapshot.campaign,
        snapshot.schemas,
        tables={**snapshot.tables, "funds": (*snapshot.funds, more)},
    )

    then = next(assessment.scorers(richer, [DAY])).sheet(unit, readings)

    assert then.line("四.3").points == sheets[unit].line("四.3").points + promised.points
