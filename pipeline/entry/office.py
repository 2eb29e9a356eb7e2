"""Where rows are entered: the ledgers of one unit (or of the city) as they stand, and the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pipeline.ledgers import (
    Loaded,
    Snapshot,
    in_other_units,
    instead,
    load,
    load_schemas,
    unit_ids,
)
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.rowtypes import UnitRow
from pipeline.store import Store
from pipeline.trouble import UsageTrouble


@dataclass(frozen=True)
class Office:
    """The ledgers that an entry rests on. Without a unit it is the city's, and all was read."""

    data: Path
    loaded: Loaded
    snapshot: Snapshot
    day: date
    unit_id: str | None
    proposed: Mapping[Path, bytes] = field(default_factory=dict)
    """Files as they would be by what was drafted before; they are not written yet."""

    @property
    def schemas(self) -> Schemas:
        """The schemas of all ledgers."""
        return self.loaded.schemas

    @property
    def unit(self) -> UnitRow | None:
        """The unit whose office it is."""
        return self.snapshot.index("units").get(self.unit_id) if self.unit_id else None

    def after(self, contents: Mapping[Path, bytes]) -> Office:
        """Return the office as it would be with these files, so that more can be drafted."""
        loaded = instead(self.loaded, self.data, contents)
        snapshot = loaded.snapshot or self.snapshot
        proposed = {**self.proposed, **contents}
        return replace(self, loaded=loaded, snapshot=snapshot, proposed=proposed)

    def content(self, path: Path) -> bytes | None:
        """Return a file as it would be, else as it stands; None if there is none."""
        if path in self.proposed:
            return self.proposed[path]
        return path.read_bytes() if path.exists() else None

    @property
    def units(self) -> frozenset[str] | None:
        """The units that were read; None where all were."""
        return frozenset({self.unit_id}) if self.unit_id else None

    def read(self, units: frozenset[str] | None) -> Loaded:
        """Return what stands of some units, as it was read when the office was opened."""
        return self.loaded if units == self.units else load(self.data, self.schemas, units=units)

    def ids(self, schema: Schema, start: str = "") -> Iterator[str]:
        """Yield the ids of a ledger that begin so, in all units and both homes."""
        place = schema.names.index(schema.primary_key[0])
        for raw in self.loaded.raw:
            if raw.shard.ledger == schema.name:
                yield from (c[place] for c in raw.cells if c[place].startswith(start))
        if self.units:
            for _, raw in in_other_units(self.data, self.schemas, schema.name, self.units, start):
                yield from (c[place] for c in raw.cells if c[place].startswith(start))


def unit_named(data: Path, text: str, schemas: Schemas | None = None) -> str:
    """Return the id of the unit called so: by id, name, short name or another name.

    Raises:
        UsageTrouble: no unit is called so, or the roll of units cannot be read.
    """
    schemas = schemas or load_schemas()
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
    data: Path,
    unit: str | None,
    as_of: date | None,
    today: Callable[[], date],
    store: Store | None = None,
) -> Office:
    """Read what an entry of a unit rests on; of the city, everything.

    Raises:
        UsageTrouble: the folder, its campaign.yml or the unit is not there.
    """
    if not data.is_dir():
        raise UsageTrouble(f"没有 {data} 这个目录；用 --data 写台账所在的目录")
    schemas = load_schemas(store=store)
    unit_id = unit_named(data, unit, schemas) if unit else None
    concerned = frozenset({unit_id}) if unit_id else None
    loaded = load(data, schemas, units=concerned, store=store)
    if loaded.snapshot is None:
        raise UsageTrouble(f"{data / 'campaign.yml'} 读不出来；先运行 qingyuan check，改好再登记")
    day = as_of or loaded.snapshot.campaign.as_of_on or today()
    return Office(data, loaded, loaded.snapshot, day, unit_id)
