"""Rows by ledger with look-ups that are made once: what a snapshot and a view have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pipeline.ledgers.rows import Row


class Groups(dict):
    """Rows by value; a value nobody has gives an empty list and is not kept."""

    def __missing__(self, key: Any) -> list[Row]:
        """Return an empty list."""
        return []


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The rows of every ledger; a ledger may be named as an attribute: snapshot.issues."""

    tables: Mapping[str, tuple[Row, ...]]
    _indexes: dict[str, Mapping[str, Row]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _groups: dict[tuple[str, str], Mapping[Any, list[Row]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __getitem__(self, ledger: str) -> tuple[Row, ...]:
        """Return the rows of a ledger, in the order of files and lines."""
        return self.tables.get(ledger, ())

    def __getattr__(self, ledger: str) -> tuple[Row, ...]:
        """Let a ledger be named as an attribute."""
        try:
            return self.__dict__["tables"][ledger]
        except KeyError:
            raise AttributeError(ledger) from None

    def index(self, ledger: str) -> Mapping[str, Row]:
        """Return the rows of a ledger by id."""
        if ledger not in self._indexes:
            self._indexes[ledger] = MappingProxyType({row.id: row for row in self[ledger]})
        return self._indexes[ledger]

    def group(self, ledger: str, column: str) -> Mapping[Any, list[Row]]:
        """Return the rows by the value of one column, or by each member where it is a list."""
        if (ledger, column) not in self._groups:
            groups: dict[Any, list[Row]] = defaultdict(list)
            for row in self[ledger]:
                value = getattr(row, column)
                for key in value if isinstance(value, tuple) else (value,):
                    groups[key].append(row)
            self._groups[ledger, column] = Groups(groups)
        return self._groups[ledger, column]
