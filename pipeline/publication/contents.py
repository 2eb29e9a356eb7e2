"""Digests of values by what they hold, the same in every run and process.

Rows are told by all their cells, their shard and their line; what cannot be told is an error, so
that no two values are ever taken for the same by mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from types import FunctionType, NoneType
from typing import cast

SIZE = 16
"""Bytes of a digest."""

PLAIN = frozenset({str, int, bool, float, bytes, NoneType, date, Decimal, Fraction, range})
"""Types whose `repr` says all that they hold, the same in every run."""


class Contents:
    """Digests of values by what they hold; those of rows are kept, because many answers share them.

    One for all editions of a site.
    """

    def __init__(self) -> None:
        """Know no row yet."""
        self._rows: dict[int, tuple[object, bytes]] = {}

    def digest(self, value: object) -> bytes:
        """Return the digest of a value.

        Raises:
            TypeError: what the value holds cannot be told.
        """
        told = self._told(value)
        if type(told) is bytes and len(told) == SIZE:
            return told  # a row's
        return blake2b(repr(told).encode(), digest_size=SIZE).digest()

    def _told(self, value: object) -> object:
        """Return a value as nested tuples of plain values, equal if it holds the same."""
        kind = type(value)
        if kind in PLAIN:
            return value
        told = self._told
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, (tuple, list)):
            if isinstance(value, tuple) and hasattr(value, "shard"):
                return self._row(value)
            return tuple([one if type(one) in PLAIN else told(one) for one in value])
        if isinstance(value, Mapping):
            return tuple([(told(key), told(one)) for key, one in value.items()])
        if isinstance(value, (set, frozenset)):
            return tuple(sorted(repr(self._told(one)) for one in value))
        if isinstance(value, (FunctionType, type)):
            return value.__module__, value.__qualname__  # code has a digest of its own
        if is_dataclass(value):
            cells = _cells(cast("Hashable", kind))(value)
            return kind.__name__, *[one if type(one) in PLAIN else told(one) for one in cells]
        raise TypeError(f"cannot tell what {kind.__name__} holds")

    def _row(self, row: tuple[object, ...]) -> bytes:
        known = self._rows.get(id(row))
        if known is None:
            *cells, shard, line = row
            home = getattr(shard, "name", "")
            told = repr((type(row).__name__, cells, home, line)).encode()
            known = self._rows[id(row)] = (row, blake2b(told, digest_size=SIZE).digest())
        return known[1]


@cache
def _cells(kind: type) -> Callable[[object], tuple[object, ...]]:
    """Return what reads all fields of a dataclass at once."""
    names = [field.name for field in fields(kind)]
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return cast("Callable[[object], tuple[object, ...]]", attrgetter(*names))
