"""Ts that say the same thing twice, for the rules that forbid it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def repeated(rows: Iterable[T], key: Callable[[T], Hashable]) -> Iterator[tuple[T, T]]:
    """Yield each row whose key an earlier row has, together with the first that has it."""
    first: dict[Hashable, T] = {}
    for row in rows:
        name = key(row)
        if name in first:
            yield row, first[name]
        else:
            first[name] = row
