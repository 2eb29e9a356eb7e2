"""Where rows are entered: the ledgers of one unit (or of the city) as they stand, and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.ledgers import Loaded, Snapshot, in_other_units, load, load_schemas, unit_ids
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.rowtypes import UnitRow
from pipeline.trouble import UsageTrouble


@dataclass(frozen=True)
class Office:
    """The ledgers that an entry rests on. Without a unit it is the city's, and all was read."""

    data: Path
    loaded: Loaded
    snapshot: Snapshot
    day: date
    unit_id: str | None

    @property
    def schemas(self) -> Schemas:
        """The schemas of all ledgers."""
        return self.loaded.schemas

    @property
    def unit(self) -> UnitRow | None:
        """The unit whose office it is."""
        return self.snapshot.index("units").get(self.unit_id) if self.unit_id else None

    def ids(self, schema: Schema) -> Iterator[str]:
        """Yield every id a ledger has, in all units and both homes."""
        place = schema.names.index(schema.primary_key[0])
        for raw in self.loaded.raw:
            if raw.shard.ledger == schema.name:
                yield from (cells[place] for cells in raw.cells)
        if self.unit_id:
            for _, raw in in_other_units(
                self.data, self.schemas, schema.name, frozenset({self.unit_id})
            ):
                yield from (cells[place] for cells in raw.cells)


def unit_named(data: Path, text: str) -> str:
    """Return the id of the unit called so: by id, name, short name or another name.

    Raises:
        UsageTrouble: no unit is called so, or the roll of units cannot be read.
    """
    schemas = load_schemas()
    roll = unit_ids(data, schemas)
    if roll is None:
        raise UsageTrouble(f"{data / 'reference' / 'units.csv'} 读不出来；先运行 qingyuan check")
    if text in roll:
        return text
    loaded = load(data, schemas, units=frozenset())
    for row in loaded.snapshot["units"] if loaded.snapshot else ():
        if text in (row.name, row.short_name, *row.aliases):
            return str(row.unit_id)
    raise UsageTrouble(f"没有“{text}”这个单位；可以写：{'、'.join(roll)}")


def open_office(
    data: Path, unit: str | None, as_of: date | None, today: Callable[[], date]
) -> Office:
    """Read what an entry of a unit rests on; of the city, everything.

    Raises:
        UsageTrouble: the folder, its campaign.yml or the unit is not there.
    """
    if not data.is_dir():
        raise UsageTrouble(f"没有 {data} 这个目录；用 --data 写台账所在的目录")
    unit_id = unit_named(data, unit) if unit else None
    loaded = load(data, units=frozenset({unit_id}) if unit_id else None)
    if loaded.snapshot is None:
        raise UsageTrouble(f"{data / 'campaign.yml'} 读不出来；先运行 qingyuan check，改好再登记")
    day = as_of or loaded.snapshot.campaign.as_of_on or today()
    return Office(data, loaded, loaded.snapshot, day, unit_id)
