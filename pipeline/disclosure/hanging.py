"""What the tables of a view hang on, so that what hangs on none that changed need not be looked at.

A ledger that is shown by itself hangs on its own files and on those its keys lead to. What is
derived from ledgers is made from a snapshot that notes which of them are read; it hangs on these,
and on the ledgers of what was computed before (what samples show: `water.JUDGED_BY`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from pipeline.ledgers import Snapshot
from pipeline.ledgers.tables import NotedTables

T = TypeVar("T")


class Hanging:
    """What the tables of a view as of a day hang on, by name."""

    def __init__(self, day: date, parts: Mapping[str, str]) -> None:
        """Take the day, and the digests of the parts of the input (`parts_of`)."""
        self._day, self._parts = day, parts
        self._read: dict[str, set[str]] = {}

    def ledgers(self, names: Iterable[str]) -> None:
        """Let ledgers hang on themselves alone."""
        self._read |= {name: {name} for name in names}

    def derived(
        self, name: str, snapshot: Snapshot, make: Callable[[Snapshot], T], *also: str
    ) -> T:
        """Make a table from a snapshot; it hangs on what is read of that, and on other ledgers."""
        read = self._read[name] = set(also)  # what it reads later counts as well
        return make(snapshot.having(NotedTables(snapshot.tables, read.add)))

    def told(self) -> Mapping[str, str]:
        """Return what each table hangs on, as far as its parts are known; equal if they are."""
        found = {}
        for name, read in sorted(self._read.items()):
            parts = [self._parts.get(f"ledger/{one}") for one in sorted(read)]
            if all(parts):
                found[name] = f"{self._day} {' '.join(map(str, parts))}"
        return MappingProxyType(found)
