"""Shares: how a part of a whole is rounded, when a percentage is said, and how sure it is.

The one place that makes percentages: pages, charts and downloads ask here, so that one number never
reads two ways. What was only sampled carries how many were looked at and, where they are few, the
95 % interval of Wilson. Knows numbers, and nothing of what they count.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

Number = int | Decimal

Z = Decimal("1.959963984540054")
"""Standard normal quantile of a two-sided 95 % interval."""
LEAST = 10
"""Fewer looked at than this give no percentage."""
FEW = 30
"""Fewer looked at than this carry their interval."""
RULE = (
    "百分比四舍五入到整数；没有到全部的不写 100%，不是没有的不写 0%，各写作 99% 和 1%。"
    f"抽查的都写明看了多少：不到 {LEAST} 个不写百分比，不到 {FEW} 个附 95% 置信区间（Wilson 法）。"
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
    n, share, square = Decimal(whole), Decimal(part) / whole, Z * Z
    middle = share + square / (2 * n)
    reach = Z * (share * (1 - share) / n + square / (4 * n * n)).sqrt()
    scale = 1 + square / n
    low = Decimal(0) if part == 0 else (middle - reach) / scale
    high = Decimal(1) if part == whole else (middle + reach) / scale
    return low, high


def rate(part: int, whole: int) -> str:
    """Write the share of what was looked at; blank where that is too few for a percentage."""
    return percent(part, whole) if whole >= LEAST else ""


def bounds(part: int, whole: int) -> str:
    """Write the interval of a share where few were looked at: （31%～86%）; blank otherwise."""
    if not 0 < whole < FEW:
        return ""
    low, high = map(_percent, interval(part, whole))
    return f"（{low}%～{high}%）"


def sampled(part: int, whole: int, measure: str, what: str = "") -> str:
    """Write how many of those looked at are so: 8 处中 5 处有问题（31%～86%）.

    `what` says what is so of the part; at least `LEAST` looked at give the percentage as well.
    """
    counted = f"{whole} {measure}中 {part} {measure}{what}"
    return "，".join(filter(None, (counted, rate(part, whole)))) + bounds(part, whole)
