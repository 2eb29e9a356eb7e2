"""Digests of values by what they hold, the same in every run and process.

Rows are told by all their cells, their shard and their line; what cannot be told is an error, so
that no two values are ever taken for the same by mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
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

Items = Mapping[object, object]


class Contents:
    """Digests of values by what they hold; those of rows and of values with fields are kept.

    Many answers share them. One for all editions of a site.
    """

    def __init__(self) -> None:
        """Know no value yet."""
        self._known: dict[int, tuple[object, bytes]] = {}

    def digest(self, value: object) -> bytes:
        """Return the digest of a value.

        Raises:
            TypeError: what the value holds cannot be told.
        """
        told = self._told(value)
        if type(told) is bytes and len(told) == SIZE:
            return told  # that of a value which is kept
        return _digest(told)

    def _told(self, value: object) -> object:
        """Return a value as nested tuples of plain values, equal if it holds the same."""
        kind = type(value)
        return value if kind in PLAIN else _way(cast("Hashable", kind))(self, value)

    def _kept(self, value: object, told: Callable[[], object]) -> bytes:
        """Return the digest of a value that others may hold as well; it is held, as its id is."""
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, _digest(told()))
        return known[1]

    def _row(self, value: object) -> bytes:
        row = cast("tuple[object, ...]", value)
        known = self._known.get(id(row))
        if known is None:
            *cells, shard, line = row
            home = getattr(shard, "name", "")
            told = (type(row).__name__, cells, home, line)
            known = self._known[id(row)] = (row, _digest(told))
        return known[1]


def _digest(told: object) -> bytes:
    return blake2b(repr(told).encode(), digest_size=SIZE).digest()


@cache
def _way(kind: type) -> Callable[[Contents, object], object]:
    """Return how values of a type are told; looked up once a type, because there are millions.

    Raises:
        TypeError: what such a value holds cannot be told.
    """
    if issubclass(kind, Enum):
        return lambda _, value: cast("Enum", value).value
    if issubclass(kind, tuple) and hasattr(kind, "shard"):
        return Contents._row
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return lambda contents, value: contents._kept(
            value, lambda: (kind.__name__, *_each(contents, cast("Iterable[object]", value)))
        )
    if issubclass(kind, (tuple, list)):
        return lambda contents, value: _each(contents, cast("Iterable[object]", value))
    if issubclass(kind, Mapping):
        return _pairs
    if issubclass(kind, (set, frozenset)):
        return lambda contents, value: tuple(
            sorted(repr(contents._told(one)) for one in cast("Iterable[object]", value))
        )
    if issubclass(kind, (FunctionType, type)):
        return _named  # code has a digest of its own
    if is_dataclass(kind):
        cells, name = _cells(kind), kind.__name__
        return lambda contents, value: contents._kept(
            value, lambda: (name, *_each(contents, cells(value)))
        )
    raise TypeError(f"cannot tell what {kind.__name__} holds")


def _each(contents: Contents, values: Iterable[object]) -> tuple[object, ...]:
    told, known = contents._told, contents._known
    return tuple(
        [
            one if type(one) in PLAIN else known[id(one)][1] if id(one) in known else told(one)
            for one in values
        ]
    )


def _pairs(contents: Contents, value: object) -> object:
    told = contents._told
    return tuple([(told(key), told(one)) for key, one in cast("Items", value).items()])


def _named(_: Contents, value: object) -> object:
    return value.__module__, cast("type", value).__qualname__


def _cells(kind: type) -> Callable[[object], tuple[object, ...]]:
    """Return what reads all fields of a dataclass at once."""
    names = [field.name for field in fields(kind)]
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return cast("Callable[[object], tuple[object, ...]]", attrgetter(*names))
