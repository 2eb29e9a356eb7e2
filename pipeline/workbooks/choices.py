"""Lists that a sheet of a ledger offers: words of a column, and the places of a unit by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from pipeline.intake.ledger_rows import PARTS
from pipeline.intake.places import Gazetteer
from pipeline.intake.recognisers.reading import Reading
from pipeline.ledgers import Snapshot
from pipeline.ledgers.placed import TOWN, UNIT, VILLAGE, WORKS

_NAME = re.compile(r"\w+")
TOWNSHIP = 9
"""Digits of a township's code: the first ones of its villages'."""


@dataclass(frozen=True)
class Places:
    """The places of a unit as people write them: names by key, townships first.

    Only names that are read as that very place again when they come back.
    """

    unit: Mapping[str, str] = field(default_factory=dict)
    towns: Mapping[str, str] = field(default_factory=dict)
    villages: Mapping[str, str] = field(default_factory=dict)
    """Full names, after the township's."""
    in_town: Mapping[str, list[str]] = field(default_factory=dict)
    """Plain names of villages by the name of their township; only names that stand for one."""
    works: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, str] = field(default_factory=dict)
    """Names that stand for one place whatever its kind, and may stand in a list."""

    within: Callable[[str], Places] | None = None
    """In the city's own sheets, the places of each unit: every row says whose it is."""

    def of_row(self, row: Mapping[str, str]) -> Places:
        """Return the places that a row may name."""
        unit = row.get("unit_id")
        return self.within(unit) if self.within and unit else self

    @property
    def is_city(self) -> bool:
        """Whether places of all units may be meant, so that there is no list to choose from."""
        return not self.towns and not self.works

    def of_kind(self, kind: str | None) -> Mapping[str, str]:
        """Return the names of places of a kind by key."""
        known = {"县": self.unit, "网站": self.unit, UNIT: self.unit, TOWN: self.towns}
        return {**known, VILLAGE: self.villages, WORKS: self.works}.get(kind or "", {})

    def told(self, cell: str) -> str:
        """Return a list of places by name; the key where a name would not be read again."""
        return "、".join(self.listed.get(one, one) for one in cell.split("|") if one)

    def named(self, kind: str, key: str, town: str = "") -> str:
        """Return the name of a place; its key where the name stands for several or for none."""
        name = self.of_kind(kind).get(key, key)
        if kind == VILLAGE and town and name.startswith(town):
            short = name.removeprefix(town)
            return short if short in self.in_town.get(town, ()) else key
        return name


def places_of(snapshot: Snapshot, unit_id: str) -> Places:
    """Return the places of a unit that stand today; a name that is read otherwise is left out."""
    unit, known = snapshot.index("units")[unit_id], Gazetteer.of(snapshot, unit_id)
    rows = [one for one in snapshot.divisions if one.unit_id == unit_id and one.valid_to is None]
    every = {d.division_code: d.name for d in snapshot.divisions}
    towns = {d.division_code: d.name for d in rows if d.division_level == "乡级"}
    villages = {
        d.division_code: (every.get(d.parent_code or "", ""), d.name)
        for d in rows
        if d.division_level == "村级"
    }
    towns = _read_again(towns, known.read_town)
    in_town: dict[str, list[str]] = {name: [] for name in towns.values()}
    for code, (town, name) in villages.items():
        if town in in_town and known.read_village(name, code[:TOWNSHIP]).value == code:
            in_town[town].append(name)
    full = _read_again({c: f"{t}{n}" for c, (t, n) in villages.items()}, known.read_village)
    every_works = {w.works_id: w.name for w in snapshot.works if w.unit_id == unit_id}
    works = _read_again(every_works, known.read_works)
    listed = _read_again({**towns, **full, **works}, known.read_any)
    listed = {key: name for key, name in listed.items() if PARTS.search(name) is None}
    return Places({unit.unit_id: unit.name}, towns, full, in_town, works, listed)


def units_of(snapshot: Snapshot) -> Places:
    """Return what the city's own sheets name: the units, and in each row places of its unit."""
    units = _single((unit.unit_id, unit.name) for unit in snapshot.units)

    @cache
    def within(unit: str) -> Places:
        return replace(places_of(snapshot, unit), unit=units) if unit in known else Places(units)

    known = snapshot.index("units")
    return Places(units, within=within)


def _read_again(names: Mapping[str, str], read: Callable[[str], Reading]) -> dict[str, str]:
    """Return the names that are read as the very place they stand for."""
    return {key: name for key, name in names.items() if read(name).value == key}


def is_nameable(name: str) -> bool:
    """Whether a spreadsheet takes it as part of the name of a range."""
    return _NAME.fullmatch(name) is not None


def _single(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return names by key, without those that several keys have."""
    found = dict(pairs)
    often = Counter(found.values())
    return {key: name for key, name in found.items() if often[name] == 1}
