"""Lists that a sheet of a ledger offers: words of a column, and the places of a unit by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.ledgers import Snapshot

_NAME = re.compile(r"\w+")


@dataclass(frozen=True)
class Places:
    """The places of a unit as people write them: names by key, townships first."""

    unit: Mapping[str, str] = field(default_factory=dict)
    towns: Mapping[str, str] = field(default_factory=dict)
    villages: Mapping[str, str] = field(default_factory=dict)
    """Full names, after the township's."""
    in_town: Mapping[str, list[str]] = field(default_factory=dict)
    """Plain names of villages by the name of their township; only names that stand for one."""
    works: Mapping[str, str] = field(default_factory=dict)

    def named(self, kind: str, key: str, town: str = "") -> str:
        """Return the name of a place; its key where the name stands for several or for none."""
        names = {"县": self.unit, "网站": self.unit, "乡镇": self.towns, "村": self.villages}
        known = names.get(kind, self.works if kind == "工程" else {})
        name = known.get(key, key)
        if kind == "村" and town and name.startswith(town):
            short = name.removeprefix(town)
            return short if short in self.in_town.get(town, ()) else key
        return name


def places_of(snapshot: Snapshot, unit_id: str) -> Places:
    """Return the places of a unit that stand today; a name that several have is left out."""
    unit = snapshot.index("units")[unit_id]
    rows = [one for one in snapshot.divisions if one.unit_id == unit_id and one.valid_to is None]
    towns = _single((d.division_code, d.name) for d in rows if d.division_level == "乡级")
    every = {d.division_code: d.name for d in snapshot.divisions}
    villages = [d for d in rows if d.division_level == "村级"]
    full = _single(
        (d.division_code, f"{every.get(d.parent_code or '', '')}{d.name}") for d in villages
    )
    in_town: dict[str, list[str]] = {name: [] for name in towns.values()}
    for one in villages:
        town = every.get(one.parent_code or "", "")
        if one.division_code in full and town in in_town:
            in_town[town].append(one.name)
    works = _single((w.works_id, w.name) for w in snapshot.works if w.unit_id == unit_id)
    return Places({unit.unit_id: unit.name}, towns, full, in_town, works)


def is_nameable(name: str) -> bool:
    """Whether a spreadsheet takes it as part of the name of a range."""
    return _NAME.fullmatch(name) is not None


def _single(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return names by key, without those that several keys have."""
    found = dict(pairs)
    often = Counter(found.values())
    return {key: name for key, name in found.items() if often[name] == 1}
