"""What stands already: the rows of a unit as text, their states, and the next free ids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipeline.intake.places import Gazetteer
from pipeline.ledgers import Loaded, Snapshot
from pipeline.rectification import State, states

_LETTER = {
    "works": ("w", 4), "responsibilities": ("r", 5), "phones": ("t", 5), "patrol_roster": ("m", 5),
    "phone_checks": ("c", 5), "inspections": ("v", 5), "household_checks": ("h", 5),
    "outages": ("o", 4), "water_tests": ("s", 5), "documents": ("d", 4), "funds": ("k", 4),
    "projects": ("p", 4), "risk_points": ("x", 4), "activities": ("a", 4), "nil_returns": ("z", 4),
}  # fmt: skip
"""Letter and width of the ids of each ledger."""


@dataclass
class Standing:
    """The data folder as one unit's clerk finds it. `day` is the data date."""

    loaded: Loaded
    snapshot: Snapshot
    unit: str
    day: date
    _issued: dict[str, int] = field(default_factory=dict)

    @cached_property
    def places(self) -> Gazetteer:
        """The names of the unit's places."""
        return Gazetteer.of(self.snapshot, self.unit)

    @cached_property
    def states(self) -> dict[str, State]:
        """Where each issue stands on the data date."""
        return states(self.snapshot.as_of(self.day), self.day)

    @property
    def year(self) -> int:
        """The year of the campaign, for dates that name none."""
        return self.snapshot.campaign.year_from_on.year

    @property
    def at_once_days(self) -> int:
        """Days within which 立行立改 must be done (reading G23)."""
        for row in self.snapshot["readings"]:
            if row.reading_id == "G23" and row.is_chosen and row.parameter is not None:
                return int(row.parameter)
        return 3

    def rows(self, ledger: str) -> dict[str, dict[str, str]]:
        """Return the rows of the unit's own shard as text, by primary key."""
        schema = self.loaded.schemas[ledger]
        found = {}
        for raw in self.loaded.raw:
            shard = raw.shard
            if shard.ledger == ledger and shard.home == "U" and shard.unit == self.unit:
                for cells in raw.cells:
                    row = dict(zip(schema.names, cells, strict=True))
                    found["+".join(row[name] for name in schema.primary_key)] = row
        return found

    def next_id(self, ledger: str, year: str = "") -> str:
        """Return the next free id of a ledger; of an issue that of its year."""
        if ledger == "issues":
            return self._next(ledger, f"{self.unit}-{year}-", 4)
        letter, width = _LETTER[ledger]
        return self._next(ledger, f"{self.unit}-{letter}", width)

    def next_event(self, issue: str) -> str:
        """Return the next free id of an event of an issue."""
        return self._next("issue_events", f"{issue}-e", 2)

    def can_issue(self, ledger: str) -> bool:
        """Whether new rows of a ledger get an id here."""
        return ledger in _LETTER or ledger == "issues"

    def _next(self, ledger: str, stem: str, width: int) -> str:
        if stem not in self._issued:
            place = self.loaded.schemas[ledger].names.index(
                self.loaded.schemas[ledger].primary_key[0]
            )
            form = re.compile(rf"{re.escape(stem)}([0-9]+)")
            self._issued[stem] = max(
                (
                    int(found[1])
                    for raw in self.loaded.raw
                    if raw.shard.ledger == ledger
                    for cells in raw.cells
                    if (found := form.fullmatch(cells[place]))
                ),
                default=0,
            )
        self._issued[stem] += 1
        return f"{stem}{self._issued[stem]:0{width}d}"
