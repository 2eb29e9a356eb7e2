"""How alike two wordings are, and which of many wordings are like one.

Wordings are compared by their pairs of characters. Of ten thousand wordings only those are looked
at that share one of a wording's rarer pairs, enough of them for the two to be alike at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from heapq import merge
from math import ceil
from typing import Generic, TypeVar

ALIKE = 0.5
"""Share of common pairs of characters (Dice) from which on two wordings are alike.

Names of the place are no part of the column, so short sentences can be compared as they are.
"""
_ROUNDING = 1e-9
T = TypeVar("T")


def alike(one: str, two: str) -> float:
    """Return how alike two wordings are, from 0 to 1: twice the common pairs over all pairs.

    Marks and blanks do not count; of texts too short for a pair only equal ones are alike.
    """
    (first, pairs), (second, others) = _pairs(one), _pairs(two)
    if first == second:
        return 1.0
    total = len(pairs) + len(others)
    return 2 * len(pairs & others) / total if total else 0.0


@lru_cache(maxsize=16_384)
def _pairs(text: str) -> tuple[str, frozenset[str]]:
    """Return a text without marks and blanks, and its pairs of characters.

    Each wording is held against many others.
    """
    bare = "".join(c for c in text if c.isalnum())
    return bare, frozenset(bare[n : n + 2] for n in range(len(bare) - 1))


class Wordings(Generic[T]):
    """Wordings in the order in which they were added, each with what it is of."""

    def __init__(self) -> None:
        """Begin without a wording."""
        self._there: list[tuple[str, T]] = []
        self._equal: dict[str, list[int]] = defaultdict(list)
        self._with: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        """By the count of a wording's pairs, by pair: the places of the wordings that have it."""

    def add(self, text: str, what: T) -> None:
        """Add a wording."""
        bare, pairs = _pairs(text)
        place = len(self._there)
        self._there.append((text, what))
        self._equal[bare].append(place)
        for pair in pairs:
            self._with[len(pairs)][pair].append(place)

    def like(self, text: str, share: float = ALIKE) -> Iterator[tuple[float, T]]:
        """Yield what the wordings like a text are of, and how alike, in the order of adding."""
        bare, pairs = _pairs(text)
        lists = [self._equal[bare]] if bare in self._equal else []
        for count, by_pair in self._with.items():
            least = ceil((len(pairs) + count) * share / 2 - _ROUNDING)  # pairs in common
            if least <= min(len(pairs), count):
                rarest = sorted(pairs, key=lambda pair: len(by_pair.get(pair, ())))
                few = rarest[: len(pairs) - least + 1]  # one of these must be common
                lists += [by_pair[pair] for pair in few if pair in by_pair]
        last = -1
        for place in merge(*lists):
            if place != last:
                last = place
                other, what = self._there[place]
                same = alike(other, text)
                if same >= share:
                    yield same, what
