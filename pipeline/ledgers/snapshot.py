"""All ledgers at once, as frozen typed rows, and the same as of an earlier day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.rows import Row
from pipeline.ledgers.schemas import Schema, Schemas


@dataclass(frozen=True)
class Snapshot:
    """Every row of every ledger; look-ups by key and by column are made once and kept."""

    campaign: Campaign
    schemas: Schemas
    tables: Mapping[str, tuple[Row, ...]]
    _indexes: dict[str, Mapping[str, Row]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _groups: dict[tuple[str, str], Mapping[Any, list[Row]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __getitem__(self, ledger: str) -> tuple[Row, ...]:
        """Return the rows of a ledger, in the order of files and lines."""
        return self.tables.get(ledger, ())

    def __getattr__(self, ledger: str) -> tuple[Row, ...]:
        """Let a ledger be named as an attribute: snapshot.issues."""
        try:
            return self.__dict__["tables"][ledger]
        except KeyError:
            raise AttributeError(ledger) from None

    def index(self, ledger: str) -> Mapping[str, Row]:
        """Return the rows of a ledger by id."""
        if ledger not in self._indexes:
            index = MappingProxyType({row.id: row for row in self[ledger]})
            self._indexes[ledger] = index
        return self._indexes[ledger]

    def group(self, ledger: str, field: str) -> Mapping[Any, list[Row]]:
        """Return the rows of a ledger by the value of one column; a missing value gives []."""
        if (ledger, field) not in self._groups:
            groups: dict[Any, list[Row]] = defaultdict(list)
            for row in self[ledger]:
                groups[getattr(row, field)].append(row)
            self._groups[ledger, field] = Groups(groups)
        return self._groups[ledger, field]

    def as_of(self, day: date) -> Snapshot:
        """Return what was known on a day.

        Rows dated later do not exist; a date inside an existing row that lies later reads as
        blank, unless it is a plan (a deadline). Children go with their parent.
        """
        tables: dict[str, tuple[Row, ...]] = {}
        for schema in sorted(self.schemas.values(), key=lambda s: s.dating_via is not None):
            tables[schema.name] = tuple(
                _blanked(self._dated(schema, day, tables), _later_fields(schema), day)
            )
        return Snapshot(self.campaign, self.schemas, tables)

    def _dated(self, schema: Schema, day: date, tables: Mapping[str, tuple[Row, ...]]) -> list[Row]:
        rows = self[schema.name]
        if schema.dating_via:
            parent = next(k for k in schema.foreign_keys if k.field == schema.dating_via).ledger
            known = {row.id for row in tables[parent]}
            return [row for row in rows if getattr(row, schema.dating_via) in known]
        if schema.dating_field:
            return [row for row in rows if getattr(row, schema.dating_field) <= day]
        return list(rows)


class Groups(dict):
    """Rows by value; a value nobody has gives an empty list and is not kept."""

    def __missing__(self, key: Any) -> list[Row]:
        """Return an empty list."""
        return []


def _later_fields(schema: Schema) -> list[str]:
    """Columns that read as blank while they lie in the future."""
    return [
        f.name
        for f in schema.fields
        if f.type == "date" and not f.is_plan and f.name not in schema.primary_key
    ]


def _blanked(rows: list[Row], fields: list[str], day: date) -> list[Row]:
    if not fields:
        return rows
    result = []
    for row in rows:
        later = {name: None for name in fields if (v := getattr(row, name)) is not None and v > day}
        result.append(row._replace(**later) if later else row)
    return result
