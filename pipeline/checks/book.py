"""The book that record checks read: all rows, the day, and what is derived from them once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from pipeline import rectification, water
from pipeline.dates import Workdays
from pipeline.ledgers import Row, Snapshot
from pipeline.ledgers.schemas import Schemas
from pipeline.ledgers.tables import Groups


@dataclass(frozen=True)
class Book:
    """A snapshot of all rows, dated or not, and the day as of which lateness is judged.

    Rules about what cannot be true look at every row of the files; rules about lateness and
    completeness use `as_of_on`. Ledgers are attributes: book.issues.
    """

    snapshot: Snapshot
    as_of_on: date

    def __getitem__(self, ledger: str) -> tuple[Row, ...]:
        """Return the rows of a ledger."""
        return self.snapshot[ledger]

    def __getattr__(self, ledger: str) -> tuple[Row, ...]:
        """Let a ledger be named as an attribute."""
        if ledger.startswith("_") or ledger == "snapshot":
            raise AttributeError(ledger)
        return getattr(self.snapshot, ledger)

    def index(self, ledger: str) -> Mapping[str, Row]:
        """Return the rows of a ledger by id."""
        return self.snapshot.index(ledger)

    def group(self, ledger: str, field: str) -> Mapping[Any, list[Row]]:
        """Return the rows of a ledger by the value of one column; a missing value gives []."""
        return self.snapshot.group(ledger, field)

    @property
    def schemas(self) -> Schemas:
        """The schemas of all ledgers."""
        return self.snapshot.schemas

    @cached_property
    def workdays(self) -> Workdays:
        """The calendar of working days."""
        return Workdays.from_rows(self.snapshot.workdays)

    @cached_property
    def parameters(self) -> Mapping[str, Decimal]:
        """The number in the chosen option of each reading that has one: G12 -> 180."""
        return {
            row.reading_id: row.parameter
            for row in self.snapshot.readings
            if row.is_chosen and row.parameter is not None
        }

    @cached_property
    def events(self) -> Mapping[str, list[Row]]:
        """Events of each issue, in order: by day, then by number."""
        groups: Groups = Groups()
        for row in sorted(self.snapshot.issue_events, key=rectification.event_order):
            groups.setdefault(row.issue_id, []).append(row)
        return groups

    @cached_property
    def today(self) -> Snapshot:
        """What was known as of the day."""
        return self.snapshot.as_of(self.as_of_on)

    @cached_property
    def states(self) -> Mapping[str, rectification.State]:
        """The state of every issue as of the day."""
        return rectification.states(self.today, self.as_of_on)

    @cached_property
    def verdicts(self) -> Mapping[str, water.Verdict]:
        """The verdict of every water sample, by its id."""
        return water.verdicts(self.snapshot)
