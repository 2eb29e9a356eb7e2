"""What the tables of a view hang on, so that what hangs on none that changed need not be looked at.

A ledger that is shown by itself hangs on its own files and on those its keys lead to. What is
derived from ledgers is made from a snapshot that notes which of them are read; it hangs on these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from pipeline.ledgers import Snapshot
from pipeline.rowtypes import Row

T = TypeVar("T")


class Noted(Mapping[str, tuple[Row, ...]]):
    """The rows of ledgers by name; the names of those that were read are noted."""

    __slots__ = ("_tables", "read")

    def __init__(self, tables: Mapping[str, tuple[Row, ...]]) -> None:
        """Take the rows; nothing is read yet."""
        self._tables = tables
        self.read: dict[str, None] = {}

    def __getitem__(self, ledger: str) -> tuple[Row, ...]:
        """Return the rows of a ledger; that there is none of this name is an answer too."""
        self.read[ledger] = None
        return self._tables[ledger]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, which are those of the schemas."""
        return iter(self._tables)

    def __len__(self) -> int:
        """Count the ledgers."""
        return len(self._tables)


class Hanging:
    """What the tables of a view as of a day hang on, by name."""

    def __init__(self, day: date, parts: Mapping[str, str]) -> None:
        """Take the day, and the digests of the parts of the input (`parts_of`)."""
        self._day, self._parts = day, parts
        self._read: dict[str, Callable[[], Iterable[str]]] = {}

    def ledgers(self, names: Iterable[str]) -> None:
        """Let ledgers hang on themselves alone."""
        for name in names:
            self._read[name] = lambda name=name: (name,)  # type: ignore[misc]

    def derived(
        self, name: str, snapshot: Snapshot, make: Callable[[Snapshot], T], *also: str
    ) -> T:
        """Make a table from a snapshot; it hangs on what is read of that, and on other ledgers."""
        tables = Noted(snapshot.tables)
        self._read[name] = lambda: (*also, *tables.read)  # what it reads later counts as well
        return make(snapshot.having(tables))

    def told(self) -> Mapping[str, str]:
        """Return what each table hangs on, as far as its parts are known; equal if they are."""
        found = {}
        for name, read in sorted(self._read.items()):
            parts = [self._parts.get(f"ledger/{one}") for one in sorted(set(read()))]
            if all(parts):
                found[name] = f"{self._day} {' '.join(map(str, parts))}"
        return MappingProxyType(found)
