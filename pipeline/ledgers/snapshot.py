"""All ledgers at once, as frozen typed rows, and the same as of an earlier day."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress
from operator import itemgetter
from typing import cast

from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.ledgers.tables import Tables
from pipeline.rowtypes import Ledgers, Row


@dataclass(frozen=True)
class Snapshot(Ledgers, Tables):
    """Every row of every ledger, with the campaign and the schemas they were read by."""

    campaign: Campaign
    schemas: Schemas

    def as_of(self, day: date) -> Snapshot:
        """Return what was known on a day.

        Rows dated later do not exist; a date inside an existing row that lies later reads as
        blank, unless it is a plan (a deadline). Children go with their parent. A row whose date was
        refused is there on every day: who asks for the date is told.
        """
        tables: dict[str, tuple[Row, ...]] = {}
        for schema in sorted(self.schemas.values(), key=lambda s: s.dating_via is not None):
            tables[schema.name] = self._known(schema, day, tables)
        return self.having(tables)

    def having(self, tables: Mapping[str, tuple[Row, ...]]) -> Snapshot:
        """Return a snapshot of other tables; what is the very same is looked up only once."""
        return Snapshot(self.campaign, self.schemas, tables=tables, base=self)

    def of_units(self, units: Collection[str]) -> Snapshot:
        """Return what some units rest on: the reference, the city's ledgers, and their own rows."""
        tables = {
            name: tuple(
                row
                for row in rows
                if row.shard.unit in units
                or (row.shard.unit is None and row.owner in (None, *units))
                or row.shard.home == "R"
            )
            for name, rows in self.tables.items()
        }
        return self.having(tables)

    def without(self, *ledgers: str) -> Snapshot:
        """Return the same with some ledgers empty, for work that does not look at them."""
        tables = {name: () if name in ledgers else rows for name, rows in self.tables.items()}
        return self.having(tables)

    def less(self, ledger: str, rows: Collection[Row]) -> Snapshot:
        """Return the same without some rows of a ledger."""
        out = {id(row) for row in rows}
        rest = tuple(row for row in self[ledger] if id(row) not in out)
        return self.having({**self.tables, ledger: rest})

    def instead(self, ledger: str, rows: tuple[Row, ...]) -> Snapshot:
        """Return the same with other rows of a ledger; the other ledgers are not read for it."""
        others = cast("MutableMapping[str, tuple[Row, ...]]", self.tables)
        return self.having(ChainMap({ledger: rows}, others))

    def _known(
        self, schema: Schema, day: date, tables: Mapping[str, tuple[Row, ...]]
    ) -> tuple[Row, ...]:
        rows, fields = self[schema.name], _later_fields(schema)
        first, last, latest = self._days(schema, fields)
        via = schema.dating_via
        parent = next(k.ledger for k in schema.foreign_keys if k.field == via) if via else None
        is_whole = parent is None or len(tables[parent]) == len(self[parent])
        if latest <= day and is_whole:
            return rows
        if parent is None:
            there = [dated <= day for dated in first]
        elif is_whole:
            there = [True] * len(rows)
        else:
            known = {row.id for row in tables[parent]}
            named = itemgetter(schema.names.index(via))
            there = [named(row) in known for row in rows]
        kept = list(compress(rows, there))
        places = {name: schema.names.index(name) for name in fields}
        for n, settled in enumerate(compress(last, there)):
            if settled > day:
                kept[n] = _blanked(kept[n], places, day)
        return tuple(kept)

    def _days(self, schema: Schema, fields: Sequence[str]) -> tuple[list[date], list[date], date]:
        """Return for every row the day it is dated and the last in it; and the last of all."""
        if schema.name not in self._settled:
            rows, dating = self[schema.name], schema.dating_field
            first = _dates(rows, schema, dating) if dating else [date.min] * len(rows)
            columns = [_dates(rows, schema, name) for name in fields]
            last = list(map(max, *columns)) if len(columns) > 1 else [d for c in columns for d in c]
            last = last or [date.min] * len(rows)
            latest = max((*first, *last), default=date.min)
            self._settled[schema.name] = first, last, latest
        return self._settled[schema.name]

    @cached_property
    def _settled(self) -> dict[str, tuple[list[date], list[date], date]]:
        return {}


def _later_fields(schema: Schema) -> list[str]:
    """Columns that read as blank while they lie in the future."""
    return [
        f.name
        for f in schema.fields
        if f.type == "date" and not f.is_plan and f.name not in schema.primary_key
    ]


def _dates(rows: Sequence[Row], schema: Schema, column: str) -> list[date]:
    return [day or date.min for day in map(itemgetter(schema.names.index(column)), rows)]


def _blanked(row: Row, places: Mapping[str, int], day: date) -> Row:
    """Return a row with the dates that lie after a day read as blank."""
    later = {
        name: None
        for name, place in places.items()
        if (dated := row[place]) is not None and dated > day
    }
    return row._replace(**later) if later else row
