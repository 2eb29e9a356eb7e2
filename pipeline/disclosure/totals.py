"""What stands for rows that may not be seen: sums of a unit, days, coverage, tables of sums.

Never per village, but for the day of its last household check. Says nothing of single rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import date
from types import MappingProxyType
from typing import Any

from pipeline import evidence
from pipeline.assessment import Edition, sums
from pipeline.assessment.known import Known
from pipeline.disclosure.door import is_shown
from pipeline.disclosure.screened import Screening
from pipeline.ledgers import Snapshot
from pipeline.ledgers.rows import row_class
from pipeline.ledgers.schemas import PUBLISHED, load_schemas
from pipeline.readings import Readings
from pipeline.rowtypes import Row

ROSTER_ROLES = 5
"""Roles that make a village's patrol network complete (O-19)."""

COMPUTED = load_schemas(PUBLISHED)
"""Schemas of the tables that are made here and stand in no ledger."""


def computed(
    known: Known,
    tables: Mapping[str, tuple[Row, ...]],
    editions: Sequence[Edition],
    screening: Screening,
    proofs: Iterable[evidence.Coverage],
) -> dict[str, tuple[Row, ...]]:
    """Return the tables that stand for closed rows, under their schemas of `schemas/published`.

    `known` is what the audience's scores count: what waits to be told counts in no sum yet. A row
    is closed if it stands in none of the `tables`, unless its whole ledger is withheld. The tables
    hold whatever a clause of one of the `editions` counts.
    """
    open_only = known.of_rows(
        {
            name: _open(rows, tables[name]) if is_shown(known.told.schemas[name]) else rows
            for name, rows in known.told.tables.items()
        }
    )
    readings = Readings.from_rows(known.told["readings"])
    made: dict[str, Iterable[tuple[Any, ...]]] = {
        "household_sums": sums.household_sums(known),
        "reporting_status": sums.reporting_status(known, editions),
        "withheld_sums": sums.withheld_sums(known, open_only, readings, editions),
        "screening_coverage": map(astuple, screening.coverage),
        "guarantee_coverage": _guarantees(screening),
        "evidence_coverage": map(astuple, proofs),
    }
    found = {}
    for name, cells in made.items():
        schema = COMPUTED[name]
        make = row_class(name, schema.names, schema.primary_key)._make
        found[name] = tuple(make((*row, None, 0)) for row in cells)
    return found


def _open(rows: tuple[Row, ...], shown: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows that are shown, whatever is shown of them."""
    if rows is shown:
        return rows
    ids = {row.id for row in shown}
    return tuple(row for row in rows if row.id in ids)


def _guarantees(screening: Screening) -> Iterator[tuple[str | int, ...]]:
    """Yield unit, township, item, label, and how many works meet it, do not, were not asked."""
    labels = dict(screening.guarantees.items)
    for (unit, town), tally in sorted(screening.guarantees.by_town().items()):
        for code, counts in tally.items():
            yield unit, town, code, labels[code], sum(counts), *counts


def summed(snapshot: Snapshot) -> Mapping[str, Mapping[str, int]]:
    """Add up, per unit, every number that is public only in sums."""
    total: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for schema in snapshot.schemas.values():
        hidden = [f.name for f in schema.fields if f.visibility == "A" and f.type == "integer"]
        if not hidden or "unit_id" not in schema.by_name:
            continue
        columns = [(schema.names.index(name), name) for name in hidden]
        unit = schema.names.index("unit_id")
        for row in snapshot[schema.name]:
            for column, name in columns:
                value = row[column]
                if value is not None:
                    home = "" if schema.home != "UC" else f".{row.shard.home}"
                    total[row[unit]][f"{schema.name}{home}.{name}"] += value
    return MappingProxyType({unit: MappingProxyType(dict(s)) for unit, s in total.items()})


def checked_on(snapshot: Snapshot) -> Mapping[str, date]:
    """Return the day of the last household check of every village that had one."""
    days: dict[str, date] = {}
    for row in snapshot["household_checks"]:
        days[row.village_code] = max(row.checked_on, days.get(row.village_code, row.checked_on))
    return MappingProxyType(days)


def roster_coverage(snapshot: Snapshot, day: date) -> Mapping[str, tuple[int, int]]:
    """Return, by unit, the villages with a whole patrol network and all villages with supply."""
    roles: dict[str, set[str]] = defaultdict(set)
    for row in snapshot["patrol_roster"]:
        if row.valid_to is None or row.valid_to >= day:
            roles[row.village_code].add(row.role)
    villages = snapshot.group("villages", "unit_id")
    return MappingProxyType(
        {
            unit.unit_id: (
                sum(len(roles[v.village_code]) >= ROSTER_ROLES for v in villages[unit.unit_id]),
                len(villages[unit.unit_id]),
            )
            for unit in snapshot.units
        }
    )
