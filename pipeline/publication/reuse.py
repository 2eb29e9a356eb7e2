"""What need not be made again: pages and downloads whose part of the input has not changed.

A release keeps, beside its files, a key for each part it was made from: a digest of that part of
the input, of the day, and of all code, templates and pins that had a hand in it. Where a key is the
same again, the files are taken over as they are. A unit's pages also rest on the units that its
rows lead to, so units that are linked stand or fall together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from pipeline import files
from pipeline.disclosure import View
from pipeline.publication import downloads, servers
from pipeline.publication.desk import Desk

SOURCES = ("pipeline", "site", "mkdocs.yml", "requirements.lock")
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


class Earlier(Protocol):
    """What is known of the release before, and how its files are taken over."""

    keys: dict[str, str]

    @property
    def before(self) -> Mapping[str, Any]:
        """The manifest of the release before; empty if there is none."""

    def keep(self, *paths: str) -> dict[str, tuple[int, str]] | None:
        """Take files over from the release before, all or none: size and digest of each."""


class Reuse:
    """Takes over what has the same key as in the release before; leaves its keys for the next."""

    def __init__(self, desk: Desk, project: Path, earlier: Earlier) -> None:
        """Take the desk, the folder of code, templates and pins, and the release before."""
        self._desk = desk
        self._earlier = earlier
        earlier.keys.update(keys(desk.view, project))
        old = earlier.before.get("keys", {})
        self._unchanged = {name for name, key in earlier.keys.items() if old.get(name) == key}

    def page(self, kind: str, key: str) -> bool:
        """Take a record page over if its unit has not changed; says whether it did."""
        facts, view = self._desk.facts, self._desk.view
        match kind:
            case "village" | "township":
                unit = facts.division(key).unit_id
            case "works" | "issue":
                unit = view.index("works" if kind == "works" else "issues")[key].peek("unit_id")
            case _:
                return False
        if f"unit/{unit}" not in self._unchanged:
            return False
        return self._earlier.keep(servers.address(kind, key)) is not None

    def download(self, ledger: str) -> dict[str, tuple[int, str]]:
        """Take a ledger's files over if nothing it rests on has changed: size and digest of each.

        Empty if they must be made.
        """
        if f"ledger/{ledger}" not in self._unchanged:
            return {}
        made = downloads.describe(self._desk.view, ledger)
        paths = (made.csv, made.excel, made.xlsx, made.json, made.schema)
        return self._earlier.keep(*paths) or {}


def keys(view: View, project: Path) -> dict[str, str]:
    """Return every key: "unit/<id>" for its record pages, "ledger/<name>" for its downloads.

    `project` holds code, templates and pins. A view that does not know its parts has no keys.
    """
    parts = view.parts
    if not parts:
        return {}
    made = files.digest(project, *SOURCES) + view.as_of_on.isoformat()
    found = {
        name: _key(made, digest) for name, digest in parts.items() if name.startswith("ledger/")
    }
    for linked in _linked(view):
        own = (parts.get(f"unit/{unit}", "") for unit in sorted(linked))
        found |= dict.fromkeys((f"unit/{u}" for u in linked), _key(made, parts["shared"], *own))
    return found


def _key(*digests: str) -> str:
    return sha256("".join(digests).encode()).hexdigest()


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
            own = getattr(row, "unit_id", "")
            if other is not None and other != own:
                yield own, other
