"""How large type may be so that words find room: reckoned, not measured.

Thousands of boards are set; setting each twice to see whether it fits costs half as much again.
So the height of words is reckoned from above: a full-width character is one em wide, any other at
most 0.6; capitals are 0.75 em high, and half an em of the surrounding type lies between two lines.
Nothing here knows a unit: lengths are in whatever the caller reckons in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import ceil

CAPITALS, BETWEEN = 0.75, 0.5
NARROW = 0.6
SPARE = 1.06
"""Room that breaking leaves at the ends of lines."""
SIZES = (
    1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5,
    0.46, 0.42, 0.38, 0.35, 0.32, 0.29, 0.26, 0.24, 0.22, 0.2,
)  # fmt: skip
"""Scales that are tried, the largest first."""


_NARROW = re.compile("[\0-\u1fff]")


@lru_cache(maxsize=4096)
def ems(words: str) -> float:
    """Return how wide words are at most, in ems."""
    return len(words) - (1 - NARROW) * len(_NARROW.findall(words))


def lines(words: str, size: float, width: float) -> int:
    """Return on how many lines words of a size stand in a width, at most."""
    return max(1, ceil(ems(words) * size / width * SPARE))


def high(words: str, size: float, width: float) -> float:
    """Return how high a paragraph of its own size is."""
    count = lines(words, size, width)
    return (count * CAPITALS + (count - 1) * BETWEEN) * size


def stacked(pieces: Sequence[tuple[str, float]], around: float, width: float) -> float:
    """Return how high pieces of several sizes are, one under another in type of size `around`."""
    gap = BETWEEN * around
    return sum(lines(words, size, width) * (size * CAPITALS + gap) for words, size in pieces)


def fitting(
    room: float, needed: Callable[[float], float], scales: Sequence[float] = SIZES
) -> float:
    """Return the first of some scales at which what is needed finds room, or the last."""
    return next((scale for scale in scales if needed(scale) <= room), scales[-1])
