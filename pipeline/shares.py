"""Shares: how a part of a whole is rounded, when a percentage is said, and how sure it is.

The one place that makes percentages: pages, charts and downloads ask here, so that one number never
reads two ways. What was only sampled carries how many were looked at and the 95 % interval of
Wilson. Knows numbers, and nothing of what they count.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

Number = int | Decimal

Z = Decimal("1.959963984540054")
"""Standard normal quantile of a two-sided 95 % interval."""
LEAST = 10
"""Fewer looked at than this give no percentage."""
FEW = 30
"""Fewer looked at than this are few: what rests on them says so."""
RULE = (
    "百分比四舍五入到整数；没有到全部的不写 100%，不是没有的不写 0%，各写作 99% 和 1%。"
    f"抽查的都写明看了多少、实际大约在多少之间（95% 置信区间，Wilson 法）；不到 {LEAST} 个不写"
    f"百分比，不到 {FEW} 个算少，靠它计分的条款都写明。"
)
"""The rule as the page of the method prints it."""


def rounded(part: Number, whole: Number) -> int | None:
    """Return a share in whole percent, half up, 0 and 100 only where exact; None of nothing."""
    return _percent(Decimal(part) / whole) if whole else None


def _percent(share: Decimal) -> int:
    if share <= 0 or share >= 1:
        return 100 if share >= 1 else 0
    nearest = int((share * 100 + Decimal("0.5")).to_integral_value(ROUND_FLOOR))
    return min(99, max(1, nearest))


def percent(part: Number, whole: Number) -> str:
    """Write a share of a whole that was counted in full: 85%; blank of nothing."""
    return f"{rounded(part, whole)}%" if whole else ""


def extent(part: Number, whole: Number) -> str:
    """Return how far a share reaches on a drawn scale, in percent of its length, for drawing only.

    Nothing is drawn before the beginning or past the end of the scale.
    """
    reached = Decimal(part) / whole if whole else Decimal(0)
    return f"{min(Decimal(1), max(Decimal(0), reached)) * 100:.2f}"


def interval(part: int, whole: int) -> tuple[Decimal, Decimal]:
    """Return the 95 % interval of a share by Wilson's score method, as shares from 0 to 1.

    Raises:
        ValueError: nothing was looked at, or more was found than looked at.
    """
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole}")
    return around(Decimal(part) / whole, Decimal(whole))


def around(share: Decimal, looked: Decimal) -> tuple[Decimal, Decimal]:
    """Return the interval of `interval` for a share of what counts as so many looked at."""
    square = Z * Z
    middle = share + square / (2 * looked)
    reach = Z * (share * (1 - share) / looked + square / (4 * looked * looked)).sqrt()
    scale = 1 + square / looked
    low = Decimal(0) if share == 0 else (middle - reach) / scale
    high = Decimal(1) if share == 1 else (middle + reach) / scale
    return low, high


def rate(part: int, whole: int) -> str:
    """Write the share of what was looked at; blank where that is too few for a percentage."""
    return percent(part, whole) if whole >= LEAST else ""


def bounds(part: int, whole: int) -> str:
    """Write the interval of a share: 大约在 31% 到 86% 之间; blank of nothing."""
    return within(*interval(part, whole)) if whole else ""


def within(low: Decimal, high: Decimal) -> str:
    """Write an interval of shares in words that anybody understands."""
    ends = _percent(low), _percent(high)
    return f"大约在 {ends[0]}% 到 {ends[1]}% 之间" if ends[0] < ends[1] else f"大约 {ends[0]}%"


def sampled(part: int, whole: int, measure: str, what: str = "") -> str:
    """Write how many of those looked at are so: 8 处中 5 处有问题，大约在 31% 到 86% 之间.

    `what` says what is so of the part; at least `LEAST` looked at give the percentage as well.
    """
    counted = f"{whole} {measure}中 {part} {measure}{what}"
    return "，".join(filter(None, (counted, rate(part, whole), bounds(part, whole))))


def is_few(whole: int) -> bool:
    """Whether so few were looked at that what rests on them must say so."""
    return 0 < whole < FEW
