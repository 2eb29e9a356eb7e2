"""What a sample says of the whole: checked against published values, and against itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import estimates, shares

ONE = Decimal(1)


def sample(part: int, whole: int) -> estimates.Sample:
    """Return a share and how many it rests on."""
    return Decimal(part) / whole, Decimal(whole)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((2, 2), (0, 2), False), ((3, 3), (0, 3), False), ((4, 4), (0, 4), True),
        ((56, 70), (48, 80), False), ((81, 263), (15, 148), True), ((5, 8), (5, 8), False),
    ],
)  # fmt: skip
def test_two_are_apart_where_their_bars_do_not_touch(one, other, apart):
    """Whichever comes first."""
    assert estimates.is_apart(sample(*one), sample(*other)) is apart
    assert estimates.is_apart(sample(*other), sample(*one)) is apart


def test_equally_likely_places_give_the_plain_interval():
    """Weighting changes nothing where nothing is weighted."""
    found = estimates.weighted([(n < 5, Decimal("0.05")) for n in range(8)])

    assert found is not None
    assert (found.looked, found.found, found.effective) == (8, 5, 8)
    assert (found.low, found.high) == shares.interval(5, 8)


def test_a_place_drawn_four_times_as_readily_counts_a_quarter():
    """By hand: two at 0.4 with a fault, two at 0.1 without: 5 of 25, effective 25² ÷ 212.5."""
    results = [(True, Decimal("0.4"))] * 2 + [(False, Decimal("0.1"))] * 2
    found = estimates.weighted(results)

    assert found is not None
    assert found.share == Decimal("0.2")
    assert found.effective == Decimal(625) / Decimal("212.5")
    assert found.low < Decimal("0.2") < found.high


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 100)), min_size=1, max_size=40))
def test_weighting_never_makes_surer(results):
    """The effective number is at most what was looked at; the share lies in its interval."""
    found = estimates.weighted([(is_so, Decimal(n) / 100) for is_so, n in results])

    assert found is not None
    assert 0 < found.effective <= len(results) + Decimal("1e-20")
    assert 0 <= found.low <= found.share <= found.high <= 1


@pytest.mark.parametrize("probability", ["0", "-0.1", "1.01"])
def test_an_impossible_probability_is_refused(probability):
    """Nothing is divided by nothing."""
    with pytest.raises(ValueError, match="probability"):
        estimates.weighted([(True, Decimal(probability))])


def test_nothing_looked_at_gives_no_estimate():
    """And no share of nothing."""
    assert estimates.weighted([]) is None


def test_how_many_more_is_just_enough():
    """With one fewer they are not apart yet."""
    one, other = sample(3, 8), sample(1, 8)
    more = estimates.further(one, other)

    assert more
    assert estimates.is_apart((one[0], one[1] + more), (other[0], other[1] + more))
    assert not estimates.is_apart((one[0], one[1] + more - 1), (other[0], other[1] + more - 1))


def test_units_that_are_apart_need_no_more_and_equal_ones_have_no_number():
    """Nor those that only thousands of visits would tell apart."""
    assert estimates.further(sample(0, 20), sample(10, 10)) == 0
    assert estimates.further(sample(2, 8), sample(4, 16)) is None
    assert estimates.further((Decimal("0.250"), Decimal(8)), (Decimal("0.251"), Decimal(8))) is None
