"""What the scores promise: order, independence, tracing, judgement, silence."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import assessment
from pipeline.assessment.editions.y2022 import EDITION
from pipeline.assessment.sheets import Line, Sheet, Standing, ranked
from pipeline.checks.examples import book_of
from pipeline.ledgers import Snapshot, load
from pipeline.readings import Readings
from pipeline.shares import sampled

ROOT = Path(__file__).parent.parent
CITY, STORY = ROOT / "data", ROOT / "tests" / "example"
DAY = date(2022, 9, 16)


@cache
def snapshot_of(data: Path) -> Snapshot:
    snapshot = load(data).snapshot
    assert snapshot is not None
    return snapshot


def sheets(snapshot: Snapshot, day: date = DAY, **options: str) -> dict[str, Sheet]:
    """Return all sheets under the readings in force, but for some options."""
    readings = Readings.from_rows(snapshot["readings"]).but(**options)
    return next(assessment.scorers(snapshot, [day])).sheets(readings)


def without(snapshot: Snapshot, **gone: set[str]) -> Snapshot:
    """Return a snapshot without some rows of some ledgers."""
    tables = {
        name: tuple(row for row in rows if row.id not in gone.get(name, ()))
        for name, rows in snapshot.tables.items()
    }
    return Snapshot(snapshot.campaign, snapshot.schemas, tables=tables)


def judged(snapshot: Snapshot, *judgements: dict[str, str], home: str = "@C") -> Snapshot:
    """Return a snapshot with judgements added."""
    given = [
        {"judgement_id": f"city-j8{n:03}", "stage": "终评", "edition": "2022", "reason": "复核"}
        | {"judged_on": "2022-09-10", "signed_on": "2022-09-11"}
        | judgement
        for n, judgement in enumerate(judgements)
    ]
    rows = book_of({f"judgements{home}": given}).snapshot["judgements"]
    tables = {**snapshot.tables, "judgements": (*snapshot["judgements"], *rows)}
    return Snapshot(snapshot.campaign, snapshot.schemas, tables=tables)


def points(found: dict[str, Sheet]) -> dict[tuple[str, str], tuple]:
    return {(u, x.clause): (x.points, x.status) for u, s in found.items() for x in s.lines}


def test_the_order_of_rows_and_shards_never_matters():
    """Shuffled tables give the same sheets, but for the order in which rows are named."""
    snapshot, dice = snapshot_of(STORY), random.Random(7)
    tables = {name: list(rows) for name, rows in snapshot.tables.items()}
    for rows in tables.values():
        dice.shuffle(rows)
    shuffled = Snapshot(
        snapshot.campaign, snapshot.schemas, tables={n: tuple(r) for n, r in tables.items()}
    )

    ours, theirs = sheets(snapshot), sheets(shuffled)

    assert points(ours) == points(theirs)
    for unit, sheet in ours.items():
        for one, other in zip(sheet.lines, theirs[unit].lines, strict=True):
            assert sorted(one.rows) == sorted(other.rows)


@pytest.mark.parametrize("unit", ["nanzhao", "wolong", "yahe"])
def test_a_unit_s_rows_never_move_another_s_points(unit):
    """Everything a unit wrote and everything found about it may go; the others stay."""
    snapshot = snapshot_of(STORY)
    tables = {
        name: tuple(row for row in rows if getattr(row, "unit_id", row.shard.unit) != unit)
        if name not in ("units", "divisions")
        else rows
        for name, rows in snapshot.tables.items()
    }
    alone = Snapshot(snapshot.campaign, snapshot.schemas, tables=tables)

    before, after = sheets(snapshot), sheets(alone)

    for other in set(before) - {unit}:
        assert before[other].lines == after[other].lines


def test_before_the_first_event_nothing_is_claimed():
    """On a day when units exist and nothing is recorded, no unit has a base, total or rank."""
    found = sheets(snapshot_of(CITY), date(2022, 1, 1))

    assert len(found) == 17
    assert {(s.base, s.total, s.rank) for s in found.values()} == {(None, None, None)}
    assert sheets(snapshot_of(CITY), date(2021, 12, 31)) == {}


@pytest.mark.parametrize("data", [CITY, STORY], ids=["city", "story"])
def test_every_named_row_exists(data):
    """Each deduction opens its rows: every reference leads to a row known on the day."""
    known = snapshot_of(data).as_of(DAY)

    for sheet in sheets(snapshot_of(data)).values():
        for line in sheet.lines:
            for ref in line.rows:
                ledger, _, key = ref.partition("/")
                assert key in known.index(ledger), ref


@pytest.mark.parametrize("data", [CITY, STORY], ids=["city", "story"])
def test_no_fact_is_charged_twice(data):
    """一事不二扣: a finding, call, issue, incident or return costs points in one clause only."""
    once = ("findings/", "phone_checks/", "issues/", "incidents/", "returns/", "assignments/")
    for sheet in sheets(snapshot_of(data)).values():
        charged = Counter(
            ref for line in sheet.lines if line.lost for ref in line.rows if ref.startswith(once)
        )

        assert not [ref for ref, count in charged.items() if count > 1]


def test_every_lost_point_of_a_deduction_has_its_rows():
    """Where faults were counted, rows are named."""
    for data in (CITY, STORY):
        for sheet in sheets(snapshot_of(data)).values():
            for line in sheet.lines:
                assert line.rows or not line.faults, (sheet.unit_id, line)


LEAVES = (
    "activities", "assignments", "documents", "findings", "funds", "household_checks", "incidents",
    "judgements", "milestones", "phone_checks", "returns",
)  # fmt: skip
OTHERS = {"judgements": {"四.4"}}


@pytest.mark.parametrize("data", [CITY, STORY], ids=["city", "story"])
def test_taking_a_row_away_moves_only_the_clauses_that_named_it(data):
    """Any one evidence row gone: no other clause and no other unit moves."""
    snapshot, dice = snapshot_of(data), random.Random(3)
    before = sheets(snapshot)
    cited: dict[str, set[tuple[str, str]]] = {}
    for unit, sheet in before.items():
        for line in sheet.lines:
            for ref in line.rows:
                cited.setdefault(ref, set()).add((unit, line.clause))
    refs = sorted(ref for ref in cited if ref.partition("/")[0] in LEAVES)
    for ref in dice.sample(refs, min(len(refs), 12)):
        ledger, _, key = ref.partition("/")
        after = points(sheets(without(snapshot, **{ledger: {key}})))
        moved = {place for place, was in points(before).items() if after[place] != was}

        assert moved <= cited[ref], ref
        for unit, clause in moved:
            line = before[unit].line(clause)
            assert ref in line.rows


def test_a_struck_row_leaves_the_evidence_and_stays_in_the_file():
    """事实 属实/否 takes a training out of 五.4⑤; a later final 是 brings it back."""
    snapshot = snapshot_of(CITY)
    line = sheets(snapshot)["nanzhao"].line("五.4⑤")
    subject = line.rows[0].partition("/")[2]
    strike = {
        "unit_id": "nanzhao", "clause_id": "五.4⑤", "kind": "事实", "fact": "属实",
        "answer": "否", "subject_id": subject, "stage": "核查",
    }  # fmt: skip

    struck = judged(snapshot, strike)
    restored = judged(struck, strike | {"stage": "终评", "answer": "是", "judgement_id": "city-j9"})

    assert line.points == 2
    assert sheets(struck)["nanzhao"].line("五.4⑤").points == 0
    assert sheets(restored)["nanzhao"].line("五.4⑤").points == 2
    assert subject in struck.index("activities")


def test_a_signed_final_judgement_stands_beside_what_was_computed():
    """It replaces the points once it is signed; the computed ones and their reason stay visible."""
    snapshot = snapshot_of(CITY)
    decided = {"unit_id": "nanzhao", "clause_id": "五.2", "kind": "分值", "points": "12.5"}

    signed = sheets(judged(snapshot, decided))["nanzhao"].line("五.2")
    unsigned = sheets(judged(snapshot, decided | {"signed_on": ""}))["nanzhao"].line("五.2")
    earlier = sheets(judged(snapshot, decided), date(2022, 9, 9))["nanzhao"].line("五.2")

    computed = sheets(snapshot)["nanzhao"].line("五.2")
    assert (signed.points, signed.status) == (Decimal("12.5"), "judged")
    assert signed.computed == computed.points
    assert computed.because in signed.because
    assert signed.rows[0].startswith("judgements/")
    assert (unsigned.points, unsigned.status) == (computed.points, "scored")
    assert earlier.status == "scored"


def test_a_judgement_can_say_that_a_clause_does_not_apply():
    """Then it gives full points and says so, also where the unit reported nothing."""
    excused = {"unit_id": "guanzhuang", "clause_id": "五.2", "kind": "不适用", "points": ""}

    line = sheets(judged(snapshot_of(CITY), excused))["guanzhuang"].line("五.2")

    assert (line.points, line.status) == (17, "not_applicable")


def test_silence_makes_a_span_and_no_rank():
    """A clause that was not reported is neither zero nor full; under G38 zero it is zero."""
    found = sheets(snapshot_of(CITY))
    silent = found["guanzhuang"]
    open_points = sum(line.top for line in silent.lines if line.status == "not_reported")

    as_zero = sheets(snapshot_of(CITY), G38="zero")["guanzhuang"]

    assert silent.total is None
    assert silent.rank is None
    assert silent.span[1] - silent.span[0] == open_points
    assert as_zero.total == silent.span[0]
    assert as_zero.rank == 17
    for line in silent.lines:
        if line.status == "not_reported":
            assert line.points is None
            assert line.because.startswith(("没有报告：", "可操作性"))


def test_nothing_checked_is_said_and_is_not_faultless():
    """未抽查 stands in the arithmetic where nothing was looked at from outside."""
    for sheet in sheets(snapshot_of(CITY)).values():
        for line in sheet.lines:
            if line.checked == 0 and not line.faults:
                assert line.because.startswith("未抽查")
                assert not any(look.looked for look in line.looks)


PLACES = [
    ("ties share a place", {"a": 90, "b": 80, "c": 80, "d": 70}, "a1 b2 c2 d4"),
    ("who is open has none, and may end anywhere", {"a": 90, "b": 80, "e": (0, 95)}, "a1-2 b2-3"),
    ("certainly behind an open one", {"a": 90, "b": 70, "e": (75, 85)}, "a1 b3"),
    ("certainly before an open one", {"a": 90, "e": (75, 85)}, "a1"),
    ("an open one that may draw level costs no place", {"a": 85, "e": (75, 85)}, "a1"),
    ("two open ones make a wider range", {"a": 80, "e": (0, 90), "f": (70, 95)}, "a1-3"),
    ("all are open", {"e": (0, 90), "f": (70, 95)}, ""),
]


@pytest.mark.parametrize(("given", "expected"), [p[1:] for p in PLACES], ids=[p[0] for p in PLACES])
def test_a_place_among_open_rivals_is_a_range(given, expected):
    """From one after those certainly above to one after all that may be above."""
    standings = {
        unit: Standing(None, (Decimal(it[0]), Decimal(it[1])), None)
        if isinstance(it, tuple)
        else Standing(Decimal(it), (Decimal(it), Decimal(it)), None)
        for unit, it in given.items()
    }

    found = {unit: one.places for unit, one in ranked(standings).items() if one.places}

    told = " ".join(f"{u}{a}" if a == b else f"{u}{a}-{b}" for u, (a, b) in found.items())
    assert told == expected


def test_every_place_in_the_range_is_possible_and_no_other():
    """Whatever the open ones turn out to have, the place lies in the range, and its ends occur."""
    found = sheets(snapshot_of(CITY))
    dice, seen = random.Random(5), defaultdict(set)
    ends = [{u: s.span[end] for u, s in found.items()} for end in (0, 1)]
    drawn = [{u: dice.choice(s.span) for u, s in found.items()} for _ in range(50)]
    for totals in (*ends, *drawn):
        for unit, total in totals.items():
            seen[unit].add(1 + sum(other > total for other in totals.values()))

    for unit, sheet in found.items():
        if sheet.places:
            assert (min(seen[unit]), max(seen[unit])) == sheet.places


def test_points_of_every_line_keep_within_bounds():
    """Pooled or not, on the city and under every option alone."""
    snapshot = snapshot_of(CITY)
    scorer = next(assessment.scorers(snapshot, [DAY]))
    readings = Readings.from_rows(snapshot["readings"])
    for chosen in (readings, readings.but(G14="pooled"), readings.but(G33="from-assessment")):
        for sheet in scorer.sheets(chosen).values():
            for line in sheet.lines:
                clause = EDITION.clauses[line.clause]
                assert line.points is None or clause.low <= line.points <= clause.full


def test_the_course_is_computed_from_what_was_known_then():
    """The last day of the course is the day of the sheets; earlier days are what they were."""
    found = assessment.assess(
        snapshot_of(STORY), DAY, assessment.milestones(snapshot_of(STORY).campaign, DAY)
    )

    days = [day for day, _ in found.course]

    assert date(2022, 8, 25) in days
    assert days == sorted(days)
    assert found.course[-1][1] == {u: s.standing for u, s in found.sheets.items()}
    for day, standings in found.course:
        assert standings == {u: s.standing for u, s in sheets(snapshot_of(STORY), day).items()}


def test_a_line_says_how_its_clause_was_read():
    """Readings are named with the option in force, only those that were asked."""
    line: Line = sheets(snapshot_of(CITY))["nanzhao"].line("一.1")

    assert SimpleNamespace(**dict(line.readings)).G1 == "three-is-five"
    assert ("G12", "outside-only") not in line.readings


def test_a_nil_return_is_promised_no_points():
    """What a silent clause could win is said as the most there is; a nil return is no promise."""
    found = assessment.assess(snapshot_of(CITY), DAY)
    silent = [
        (sheet.line(win.clause), win)
        for unit, sheet in found.sheets.items()
        for win in found.wins[unit]
        if win.is_most
    ]

    assert silent
    for line, win in silent:
        assert line.status == "not_reported"
        assert win.points == line.top
        assert "零报告" not in win.words


def test_a_fault_rate_counts_what_was_looked_at_only():
    """Found faulty is part of what was looked at; faults of the registers stand beside it."""
    sheets = assessment.assess(snapshot_of(CITY), DAY).sheets
    looks = [look for sheet in sheets.values() for line in sheet.lines for look in line.looks]

    assert looks
    assert all(0 <= look.failed <= look.looked for look in looks)
    clean = [line for sheet in sheets.values() if (line := sheet.line("三.1")).registered]
    assert [line for line in clean if line.faults == line.registered]
    for line in clean:
        (look,) = line.looks
        assert look.failed == line.faults - line.registered
        assert look.said == f"{look.word}：{sampled(look.failed, look.looked, '处', '有问题')}"
