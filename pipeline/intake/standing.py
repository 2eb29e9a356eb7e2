"""What stands already: the rows of a unit as text, their states, and the next free ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipeline.checks.ids import appended_as, counted_as
from pipeline.intake.places import Gazetteer, UnitNames
from pipeline.ledgers import Loaded, Snapshot
from pipeline.rectification import State, states

CITY = "city"
"""Whose file it is that is no unit's: the city's own ledgers and the reference tables."""
CITY_NAMES = (CITY, "市", "市级")
"""How a file, or whoever sends it, says so."""
CHECKS = "checks"
"""Whose file it is that holds what the city or above found about one unit."""
_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})")


@dataclass
class Standing:
    """The data folder as one unit's clerk finds it, or the city's (`CITY`); `day` is its date."""

    loaded: Loaded
    snapshot: Snapshot
    unit: str
    day: date
    is_outside: bool = False
    """Whether the rows are what the city or above found about the unit: they are the city's."""
    _issued: dict[str, dict[str, int]] = field(default_factory=dict)
    _places_in: dict[str, Gazetteer] = field(default_factory=dict)

    @cached_property
    def places(self) -> Gazetteer:
        """The names of the unit's places."""
        return Gazetteer.of(self.snapshot, self.unit)

    def places_in(self, unit: str) -> Gazetteer:
        """Return the names of the places of any unit."""
        if unit not in self._places_in:
            self._places_in[unit] = Gazetteer.of(self.snapshot, unit)
        return self._places_in[unit]

    @cached_property
    def units(self) -> UnitNames:
        """The names of all units."""
        return UnitNames(self.snapshot)

    @property
    def is_city(self) -> bool:
        """Whether the rows are the city's own, or of the reference tables."""
        return self.unit == CITY

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
        """Return the rows of one's own shard as text, by primary key."""
        schema = self.loaded.schemas[ledger]
        found = {}
        for raw in self.loaded.raw:
            shard = raw.shard
            if shard.ledger == ledger and (shard.home, shard.unit) == self._place(ledger):
                for cells in raw.cells:
                    row = dict(zip(schema.names, cells, strict=True))
                    found["+".join(row[name] for name in schema.primary_key)] = row
        return found

    def below(self, ledger: str) -> str:
        """Return where one's own shard of a ledger stands below the data folder."""
        home, _ = self._place(ledger)
        of_city = f"city/checks/{self.unit}" if self.is_outside else "city"
        folder = {"U": f"units/{self.unit}", "C": of_city, "R": "reference"}[home]
        return f"{folder}/{ledger}.csv"

    def _place(self, ledger: str) -> tuple[str, str | None]:
        if not self.is_city:
            return ("C" if self.is_outside else "U"), self.unit
        return ("R" if self.loaded.schemas[ledger].home == "R" else "C"), None

    def new_id(self, ledger: str, cells: Mapping[str, str]) -> str:
        """Return the id of a new row of a ledger that `can_issue`; after its parent's, if any."""
        if (appended := appended_as(self.loaded.schemas[ledger])) is not None:
            column, between, width = appended
            return self._next(ledger, f"{cells[column]}{between}", width)
        return self.next_id(ledger)

    def next_id(self, ledger: str, year: str = "") -> str:
        """Return the next free id of a numbered ledger; of an issue that of its year."""
        counted = counted_as(self.loaded.schemas[ledger])
        if counted is None:
            raise ValueError(ledger)
        letter, has_year, width = counted
        issuer = CITY if self.is_outside else self.unit
        return self._next(ledger, f"{issuer}-{letter}{f'{year}-' if has_year else ''}", width)

    def next_event(self, issue: str) -> str:
        """Return the next free id of an event of an issue."""
        return self.new_id("issue_events", {"issue_id": issue})

    def can_issue(self, ledger: str) -> bool:
        """Whether new rows of a ledger get an id here."""
        schema = self.loaded.schemas[ledger]
        is_ours = self.is_city or schema.home != "C"
        return is_ours and (counted_as(schema) or appended_as(schema)) is not None

    def _next(self, ledger: str, stem: str, width: int) -> str:
        highest = self._highest(ledger)
        highest[stem] = highest.get(stem, 0) + 1
        return f"{stem}{highest[stem]:0{width}d}"

    def _highest(self, ledger: str) -> dict[str, int]:
        """Return the highest number after each beginning of an id, those given out here too."""
        if ledger not in self._issued:
            schema = self.loaded.schemas[ledger]
            place, found = schema.names.index(schema.primary_key[0]), dict[str, int]()
            for raw in self.loaded.raw:
                for cells in raw.cells if raw.shard.ledger == ledger else ():
                    if match := _NUMBERED.fullmatch(cells[place]):
                        found[match[1]] = max(found.get(match[1], 0), int(match[2]))
            self._issued[ledger] = found
        return self._issued[ledger]
