"""All ledgers at once, as frozen typed rows, and the same as of an earlier day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.rows import Row
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.ledgers.tables import Tables


@dataclass(frozen=True)
class Snapshot(Tables):
    """Every row of every ledger, with the campaign and the schemas they were read by."""

    campaign: Campaign
    schemas: Schemas

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
        return Snapshot(self.campaign, self.schemas, tables=tables)

    def _dated(self, schema: Schema, day: date, tables: Mapping[str, tuple[Row, ...]]) -> list[Row]:
        rows = self[schema.name]
        if schema.dating_via:
            parent = next(k for k in schema.foreign_keys if k.field == schema.dating_via).ledger
            known = {row.id for row in tables[parent]}
            return [row for row in rows if getattr(row, schema.dating_via) in known]
        if schema.dating_field:
            return [row for row in rows if getattr(row, schema.dating_field) <= day]
        return list(rows)


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
