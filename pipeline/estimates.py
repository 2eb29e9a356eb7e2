"""What a sample says of the whole: a weighted share, whether two are apart, and how many more.

By hand, in Decimal, so that two machines say the same; checked in tests against published values.
Knows numbers, and nothing of what they count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.shares import around

MOST = 300
"""More visits than this to each of two are not worth a number: they cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of the whole as a sample gives it, and where it lies with 95 %.

    `looked` and `found` are what was counted. `effective` is how many equally likely places would
    say as much (Kish 1965): weighting costs some.
    """

    looked: int
    found: int
    share: Decimal
    low: Decimal
    high: Decimal
    effective: Decimal


def weighted(results: Iterable[tuple[bool, Decimal]]) -> Estimate | None:
    """Return the share of the whole, each result weighing the inverse of its probability (Hájek).

    `results` are whether it is so, and the probability to be looked at. None where nothing was
    looked at. The interval is Wilson's with the effective number; what was drawn from a small
    stratum is known a little better than it says.

    Raises:
        ValueError: a probability is not above 0 and at most 1.
    """
    told = list(results)
    if not told:
        return None
    if not all(0 < probability <= 1 for _, probability in told):
        raise ValueError("a probability is above 0 and at most 1")
    weights = [1 / probability for _, probability in told]
    if len(set(weights)) == 1:
        weights = [Decimal(1)] * len(told)  # no rounding where nothing is weighted
    total = sum(weights, Decimal(0))
    found = sum((w for w, (is_so, _) in zip(weights, told, strict=True) if is_so), Decimal(0))
    effective = total * total / sum((w * w for w in weights), Decimal(0))
    share = Decimal(1) if all(is_so for is_so, _ in told) else found / total
    count = sum(is_so for is_so, _ in told)
    return Estimate(len(told), count, share, *around(share, effective), effective)


Sample = tuple[Decimal, Decimal]
"""A share, and how many looked at it rests on."""


def is_apart(one: Sample, other: Sample) -> bool:
    """Whether the intervals of two samples do not overlap: what a reader can see on two bars.

    Stricter than a test of the difference; it never calls apart what chance explains.
    """
    (low1, high1), (low2, high2) = around(*one), around(*other)
    return high1 < low2 or high2 < low1


def further(one: Sample, other: Sample) -> int | None:
    """Return how many more must be looked at in each to tell two apart, if the shares stay.

    0 where they are apart already; None where the shares are the same, or `MOST` would not do.
    """
    (p, n), (q, m) = one, other

    def apart(more: int) -> bool:
        return is_apart((p, n + more), (q, m + more))

    if apart(0):
        return 0
    if p == q or not apart(MOST):
        return None
    low, high = 0, MOST
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if apart(middle) else (middle, high)
    return high
