"""What need not be made again: pages and downloads whose part of the input has not changed.

A release keeps, beside its files, a key for each part it was made from: a digest of that part of
the input, of the day, and of all code, templates and pins that had a hand in it. Where a key is the
same again, the files are taken over as they are. A unit's pages also rest on the units that its
rows lead to, so units that are linked stand or fall together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.disclosure import View

SOURCES = ("pipeline", "site", "mkdocs.yml", "requirements.lock")
LEFT_OUT = ("__pycache__",)
LINKS = (
    ("works", "village_codes", "divisions"),
    ("works", "town_code", "divisions"),
    ("works", "replaced_by_id", "works"),
    ("issues", "works_id", "works"),
    ("issues", "village_code", "divisions"),
    ("issues", "town_code", "divisions"),
    ("issues", "recurs_of_id", "issues"),
    ("issues", "sample_id", "water_tests"),
    ("outages", "works_id", "works"),
    ("outages", "village_codes", "divisions"),
    ("outages", "issue_id", "issues"),
    ("issue_events", "issue_id", "issues"),
    ("responsibilities", "phone_id", "phones"),
)
"""Columns by which a row of one unit may lead to a row of another, as far as pages follow them."""

PLACED = ("inspections", "outages", "phones", "responsibilities", "water_tests")
"""Ledgers whose rows stand at a place (place_type, place_id) that may be another unit's."""


class Keys:
    """The keys of everything that may be taken over, by name."""

    def __init__(self, view: View, project: Path) -> None:
        """Take the view and the folder that holds code, templates and pins."""
        self._view = view
        self._project = project

    @cached_property
    def all(self) -> Mapping[str, str]:
        """Every key: "unit/<id>" for its record pages, "ledger/<name>" for its downloads."""
        parts = self._view.parts
        if not parts:
            return {}
        made = _sources(self._project) + self._view.as_of_on.isoformat().encode()
        found = {
            name: sha256(made + parts[name].encode()).hexdigest()
            for name in parts
            if name.startswith("ledger/")
        }
        for linked in _linked(self._view):
            own = "".join(parts.get(f"unit/{unit}", "") for unit in sorted(linked))
            key = sha256(made + (parts["shared"] + own).encode()).hexdigest()
            found |= {f"unit/{unit}": key for unit in linked}
        return found


def _sources(project: Path) -> bytes:
    """Digest all code, templates and pins."""
    total = sha256()
    for source in SOURCES:
        root = project / source
        for path in [root] if root.is_file() else sorted(root.rglob("*")):
            if path.is_file() and not set(LEFT_OUT) & set(path.parts):
                total.update(path.relative_to(project).as_posix().encode())
                total.update(path.read_bytes())
    return total.digest()


def _linked(view: View) -> list[set[str]]:
    """Return the units in sets, so that no row of one set leads to a row of another."""
    group = {unit.id: {unit.id} for unit in view.units}
    for one, other in _crossings(view):
        if one in group and other in group and group[one] is not group[other]:
            group[one] |= group[other]
            for unit in group[other]:
                group[unit] = group[one]
    return list({id(units): units for units in group.values()}.values())


def _crossings(view: View) -> Iterator[tuple[str, str]]:
    """Yield the units of two rows that belong together and stand in different units."""
    units: dict[str, Mapping[str, Any]] = {
        ledger: {row.id: getattr(row, "unit_id", None) for row in view[ledger]}
        for ledger in {target for *_, target in LINKS}
    }
    for ledger, column, target in LINKS:
        of = units[target]
        for row in view[ledger]:
            value = getattr(row, column, None)
            own = getattr(row, "unit_id", row.shard.unit)
            for key in value if isinstance(value, tuple) else (value,):
                other = of.get(key)
                if other != own and other is not None and own is not None:
                    yield own, other
    places = {"工程": units["works"], "村": units["divisions"], "乡镇": units["divisions"]}
    for ledger in PLACED:
        for row in view[ledger]:
            other = places.get(getattr(row, "place_type", ""), {}).get(getattr(row, "place_id", ""))
            if other is not None and other != row.unit_id:
                yield row.unit_id, other
