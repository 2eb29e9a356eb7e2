"""The shapes of a clause: points, arithmetic as a phrase, and the rows behind it."""

from __future__ import annotations

import sys
from collections import defaultdict
from decimal import Decimal

import pytest

from pipeline.annexes import Annex
from pipeline.assessment import rulebook
from pipeline.assessment.editions.y2022 import EDITION
from pipeline.assessment.evidence import MadeUp
from pipeline.assessment.evidence.counted import Counted, Fact
from pipeline.assessment.rulebook import (
    Award,
    ClauseBook,
    Mend,
    Stake,
    adjust,
    award,
    best,
    deduct,
    left_out,
    not_applicable,
    not_reported,
    rounded,
    share,
    tier,
    within,
)
from pipeline.readings import Readings


def found(*counts: int | str, word: str = "问题", kind: str = "", rows: str = "r") -> Counted:
    """Return facts of these counts, each with a row of its own: r1, r2, ..."""
    facts = (
        Fact(rows=(f"{rows}{n}",), count=Decimal(count), kind=kind)
        for n, count in enumerate(counts, 1)
    )
    return Counted(word, "处", tuple(facts))


NONE = found()


def test_all_or_nothing():
    """Whatever was found gives all."""
    assert award(5, found(1)) == Award(Decimal(5), "问题1处，得5分", ("r1",))
    assert award(5, NONE) == Award(Decimal(0), "问题0处，得0分", ())


@pytest.mark.parametrize(
    ("total", "points"), [(0, 0), (1, 3), (2, 3), (3, 5), (4, 5), ("2.5", 3), ("0.5", 0)]
)
def test_a_tier_begins_with_its_own_number(total, points):
    """The first step that the total reaches, highest first."""
    assert tier([(3, 5), (1, 3)], found(total)).points == points


def test_a_tier_says_what_it_counted():
    """Facts, points, and the rows."""
    assert tier([(1, "2.5")], found(1, 1)) == Award(
        Decimal("2.5"), "问题2处，得2.5分", ("r1", "r2")
    )


def test_the_best_kind_counts():
    """Kinds are listed best first; only the rows of that kind moved the points."""
    levels = {"市": 3, "县": 1}
    both = Counted("会", "次", (*found(1, kind="县").facts, *found(1, kind="市", rows="s").facts))

    assert best(levels, both) == Award(Decimal(3), "会：市，得3分", ("s1",))
    assert best(levels, found(1, kind="县")) == Award(Decimal(1), "问题：县，得1分", ("r1",))
    assert best(levels, found(1, 1, kind="乡")) == Award(
        Decimal(0), "问题：乡，得0分", ("r1", "r2")
    )
    assert best(levels, NONE) == Award(Decimal(0), "问题：没有，得0分", ())


def test_a_share_is_of_what_was_due():
    """Rounded half up to hundredths; what was not met comes first among the rows."""
    due, met = found(1, 1, 1, word="应有"), found(1, word="已有")

    assert share(5, met, due) == Award(
        Decimal("1.67"), "应有3处，已有1处：5×1÷3=1.67", ("r2", "r3", "r1"), 2
    )
    assert share(5, due, due).faults == 0
    assert share(5, due, due).points == 5


@pytest.mark.parametrize(
    ("count", "points", "because"),
    [
        (0, "3", "没有扣分，得3分"),
        (1, "2.5", "问题1处：3−0.5×1=2.5"),
        (6, "0", "问题6处：3−0.5×6=0"),
        (7, "0", "问题7处：3−0.5×7=−0.5，扣到0分为止"),
    ],
)
def test_a_deduction_ends_at_its_floor(count, points, because):
    """At the floor itself nothing is cut off."""
    given = deduct(3, "0.5", found(*[1] * count))

    assert (given.points, given.because, given.faults) == (Decimal(points), because, count)


def test_a_deduction_may_have_another_floor_and_several_causes():
    """Each row once, though two queries saw it; what was not found is not said."""
    other = Counted("投诉", "件", (Fact(rows=("r1",)), Fact(rows=("s9",), count=3)))

    assert deduct(3, 1, found(1), NONE, other, floor=-2) == Award(
        Decimal(-2), "问题1处，投诉4件：3−1×5=−2", ("r1", "s9"), 5
    )
    assert deduct(3, 1, found(1), other, floor=-1).points == -1


@pytest.mark.parametrize(
    ("good", "bad", "points", "because", "faults"),
    [
        (0, 0, "0", "没有加减分", 0),
        (1, 0, "2", "好1处：2×1=2", 0),
        (2, 0, "3", "好2处：2×2=4，最多加3分", 0),
        (0, 1, "−1", "坏1处：−1×1=−1", 1),
        (0, 5, "−4", "坏5处：−1×5=−5，最多减4分", 1),
        (1, 1, "1", "好1处，坏1处：2×1−1×1=1", 1),
    ],
)
def test_an_adjustment_keeps_within_its_bounds(good, bad, points, because, faults):
    """Both ways, and says so only where it cut something off."""
    merits, sins = found(*[1] * good, word="好"), found(*[1] * bad, word="坏", rows="s")
    given = adjust(-4, 3, (2, merits), (-1, sins))

    assert given.points == Decimal(points.replace("−", "-"))
    assert (given.because, given.faults) == (because, faults)
    assert given.rows == (*merits.rows, *sins.rows)


def test_half_a_point_won_is_no_fault():
    """Only what takes points off counts as a fault."""
    given = adjust(-4, 3, ("0.5", found(1)), ("-0.5", found(1, rows="s")))

    assert (given.points, given.faults) == (0, 1)


def test_nothing_to_adjust_keeps_within_bounds_that_leave_out_zero():
    """Zero is moved to the nearest bound."""
    assert adjust(1, 3).points == 1
    assert adjust(-3, -1).points == -1


def test_what_does_not_apply_and_what_is_not_known_are_two_things():
    """Full points, no points to count, and nothing said at all."""
    assert not_applicable(2, "没有水厂") == Award(
        Decimal(2), "不适用：没有水厂，得满分", status="not_applicable"
    )
    assert left_out("没有水厂") == Award(None, "不适用：没有水厂，不计分", status="not_applicable")
    assert not_reported("没有报告", ["a/1"]) == Award(
        None, "没有报告", ("a/1",), status="not_reported"
    )


@pytest.mark.parametrize(
    ("points", "said"),
    [("1.005", "1.01"), ("1.004", "1"), ("-0.005", "-0.01"), ("10", "10"), ("0.00", "0")],
)
def test_points_are_rounded_half_up(points, said):
    """To hundredths, without needless zeros, never minus nothing."""
    assert str(rounded(Decimal(points))) == said


def test_part_of_an_award_may_change():
    """The rest stays."""
    given = within(award(5, found(1)), points=Decimal(4))

    assert given == Award(Decimal(4), "问题1处，得5分", ("r1",))


PAPER = Annex(
    id="y1999",
    year="1999",
    title="另一版",
    source="样例",
    parts={"一": "甲", "六": "乙"},
    bounds={"六.1": (-10, 0), "一.1": (0, 5)},
    beside=("六",),
)
DECLARED = {"title": "", "full": 5, "source": (), "why": "", "examples": []}


def test_a_clause_is_written_down_as_it_is_declared():
    """Its bounds from the annex, its words from the docstring, its examples as values."""
    book = ClauseBook(PAPER)

    @book.clause(
        "六.1",
        title="扣分",
        full=0,
        source=("附件3 六.1",),
        why="有人受害。",
        needs={"incidents": {}},
        seen=("trainings",),
        mends=[Mend("exposures", "少一次")],
        stakes=[Stake("exposures", "issues_at_stake", "快办")],
        uncited=("works",),
        examples=[("一处", {"grave_events": 1}, "-3"), ("没有数", {}, None, {"G1": "x"})],
    )
    def rule(_evidence, _readings):
        """一处扣

        3分。
        """

    book.clause("一.1", **DECLARED)(rule)
    made = book.clauses["六.1"]
    assert (made.id, made.title, made.full, made.low) == ("六.1", "扣分", 0, -10)
    assert (made.source, made.why, made.uncited) == (("附件3 六.1",), "有人受害。", ("works",))
    assert (made.needs, made.seen, made.mends, made.stakes) == (
        {"incidents": {}},
        ("trainings",),
        (Mend("exposures", "少一次"),),
        (Stake("exposures", "issues_at_stake", "快办"),),
    )
    assert made.text == "一处扣 3分。"
    assert (made.is_base, made.part, made.rule) == (False, "六", rule)
    assert [e.points for e in made.examples] == [Decimal(-3), None]
    assert [e.readings for e in made.examples] == [{}, {"G1": "x"}]
    assert made.examples[0].evidence == {"grave_events": 1}
    assert [q.name for q in made.queries] == ["grave_events", "exposures", "trainings"]
    assert book.clauses["一.1"].is_base
    assert list(book.clauses) == list(PAPER.bounds)


def test_a_book_without_one_of_its_clauses_is_not_finished():
    """A clause of the annex that nobody wrote would be points that nobody can get."""
    with pytest.raises(ValueError, match=r"y1999: .*六\.1"):
        ClauseBook(PAPER).clauses  # noqa: B018 - asking is the act


def test_a_number_is_written_once_in_an_edition_and_may_stand_in_another():
    """The second under a number is refused; the clause of 2022 is not touched by either."""
    book, before = ClauseBook(PAPER), EDITION.clauses["一.1"]
    book.clause("一.1", **DECLARED)(len)

    with pytest.raises(ValueError, match=r"y1999 一\.1"):
        book.clause("一.1", **DECLARED)

    assert EDITION.clauses["一.1"] is before


def test_a_mend_takes_away_unless_it_adds():
    """And its facts are of any kind, not amounts."""
    assert Mend("exposures", "少一次") == Mend("exposures", "少一次", adds=False, kind="")
    assert Mend("exposures", "少一次").amount is None


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("一.1", {"full": 4}),
        ("一.1", {"seen": ("nobody",)}),
        ("一.1", {"mends": [Mend("nobody", "")]}),
        ("一.1", {"stakes": [Stake("nobody", "exposures", "")]}),
        ("一.1", {"needs": {"works": {"nobody": 1}}}),
        ("一.2", {}),
    ],
    ids=["full points", "seen", "mends", "stakes", "needs", "number"],
)
def test_a_clause_that_contradicts_its_annex_is_refused(number, wrong):
    """A number or points that are not its own, queries that do not exist."""
    with pytest.raises(ValueError, match=number):
        ClauseBook(PAPER).clause(number, **DECLARED | wrong)


def test_every_step_has_an_example_below_at_and_above(monkeypatch):
    """Of each tier that a clause declares, under any reading; of each kind that it ranks."""
    steps: dict[tuple[str, Decimal], set[Decimal]] = defaultdict(set)
    kinds: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, set[str]] = defaultdict(set)
    name = ""

    def told_tier(given, counted):
        for least, _ in given:
            steps[name, Decimal(least)].add(Decimal(counted.total))
        return tier(given, counted)

    def told_best(levels, counted):
        kinds[name] |= set(levels)
        seen[name] |= {fact.kind for fact in counted.facts} or {""}
        return best(levels, counted)

    for module in {sys.modules[one.rule.__module__] for one in EDITION.clauses.values()}:
        monkeypatch.setattr(module, "tier", told_tier, raising=False)
        monkeypatch.setattr(module, "best", told_best, raising=False)
    for name, one in EDITION.clauses.items():  # noqa: B007 - read by the recorders
        for example in one.examples:
            one.rule(MadeUp(example.evidence), Readings(example.readings))

    assert steps
    for (_, least), totals in steps.items():
        assert {least - 1, least, least + 1} <= totals
    assert kinds
    for clause_id, ranked in kinds.items():
        assert ranked | {""} <= seen[clause_id], clause_id


def test_a_deduction_tells_what_the_registers_show():
    """Faults that nobody had to go and see are counted beside those of visits."""
    seen, told = Fact(rows=("a/1",)), Fact(rows=("b/1",), count=2, is_registered=True)

    assert deduct(6, "0.5", Counted("处", "处", (seen, told))).registered == 2
    assert deduct(6, "0.5", Counted("处", "处", (seen,))).registered == 0


def test_nothing_is_never_a_negative_nothing():
    """A loss below half a hundredth is written 0."""
    assert str(rounded(Decimal("-0.001"))) == "0"


def test_what_is_not_reported_may_still_say_its_top():
    """The most it can come to, where findings are known; None means full points."""
    assert not_reported("没有报告", top=Decimal(7)).top == 7
    assert not_reported("没有报告").top is None


def test_points_are_counted_in_hundredths():
    """Halves and thirds can be written; nothing finer is."""
    assert Decimal("0.01") == rulebook.HUNDREDTH
