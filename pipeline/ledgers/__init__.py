"""Ledgers: the only room that reads `data/`.

CSV shards and schemas go in; frozen typed rows, each knowing its file and line, come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from pipeline.findings import Finding
from pipeline.ledgers.assumed import assume, home_of_row
from pipeline.ledgers.campaign import load_campaign
from pipeline.ledgers.discovery import discover, home_of
from pipeline.ledgers.known_clean import KnownClean
from pipeline.ledgers.reader import read
from pipeline.ledgers.roll import unit_ids
from pipeline.ledgers.rows import Refused, RefusedCells, lost_row, typed
from pipeline.ledgers.schemas import Schema, Schemas, load_schemas
from pipeline.ledgers.shard import RawShard, Shard
from pipeline.ledgers.snapshot import Snapshot
from pipeline.ledgers.together import unfinished
from pipeline.rowtypes import Row
from pipeline.store import Store
from pipeline.trouble import UsageTrouble

__all__ = [
    "Loaded",
    "RawShard",
    "Refused",
    "RefusedCells",
    "Row",
    "Shard",
    "Snapshot",
    "assume",
    "home_of_row",
    "in_other_units",
    "instead",
    "load",
    "load_schemas",
    "rows_of",
    "unit_ids",
    "with_refused",
]


@dataclass(frozen=True)
class Loaded:
    """A data folder as read: raw shards for the gates, typed rows for everything else.

    `snapshot` is None only where campaign.yml could not be read; `digest` covers every input byte;
    `folder` is the name of the data folder as people write it.
    """

    raw: tuple[RawShard, ...]
    snapshot: Snapshot | None
    findings: tuple[Finding, ...]
    schemas: Schemas
    digest: str
    folder: str = "data"

    @property
    def row_count(self) -> int:
        """The number of rows read."""
        return sum(len(raw.cells) for raw in self.raw)


def load(
    data: Path,
    schemas: Schemas | None = None,
    report: Callable[[str], None] = lambda _: None,
    units: frozenset[str] | None = None,
    store: Store | None = None,
) -> Loaded:
    """Read a whole data folder, or with `units` only what concerns these units.

    A part is the reference, the units' own folders, and their rows in the city's ledgers. With a
    store, shards that it knows to be clean are not looked through again. Never raises for bad data:
    whatever is wrong stands in `findings`.
    """
    schemas = schemas or load_schemas()
    report("读台账")
    shards, unread, findings = discover(data, schemas, unit_ids(data, schemas))
    raws, reader = [], KnownClean(schemas, store)
    for one in unread:
        if _concerns(one.shard, units):
            findings.append(one.finding)
            raws.append(RawShard(one.shard, findings=[one.finding], is_torn=True))
    for shard in shards:
        if not _concerns(shard, units):
            continue
        raw = reader.read(shard, shard.path.read_bytes())
        findings += raw.findings
        raws.append(raw if units is None else _part(raw, schemas[shard.ledger], units))
    reader.keep()
    campaign_path = data / "campaign.yml"
    folder = data.name or data.resolve().name
    campaign, troubles = load_campaign(campaign_path, f"{folder}/campaign.yml")
    findings += (*troubles, *unfinished(data, folder))
    snapshot = Snapshot(campaign, schemas, tables=rows_of(raws, schemas)) if campaign else None
    digest = _digest(raws, campaign_path, schemas)
    return Loaded(tuple(raws), snapshot, tuple(findings), schemas, digest, folder)


def instead(loaded: Loaded, data: Path, contents: Mapping[Path, bytes]) -> Loaded:
    """Return what was read as if some shards, there or not yet, had these contents.

    Nothing is written; the rows of every other shard are the very same.
    """
    root, schemas = data.resolve(), loaded.schemas
    raws = {raw.shard.name: raw for raw in loaded.raw}
    findings = list(loaded.findings)
    for path, content in contents.items():
        below = PurePosixPath(path.resolve().relative_to(root).as_posix())
        home = home_of(below, schemas)
        if home is None:
            raise UsageTrouble(f"{path} 不是台账该在的地方")
        shard = Shard(path, f"{loaded.folder}/{below}", path.stem, *home)
        raw = read(shard, schemas[shard.ledger], content)
        raws[shard.name] = raw
        findings = [f for f in findings if f.file != shard.name] + raw.findings
    raw_list = tuple(raws[name] for name in sorted(raws))
    snapshot = loaded.snapshot
    if snapshot is not None:
        touched = {path.stem for path in contents}
        again = rows_of([raw for raw in raw_list if raw.shard.ledger in touched], schemas)
        snapshot = snapshot.having({**snapshot.tables, **{n: again[n] for n in touched}})
    return replace(loaded, raw=raw_list, snapshot=snapshot, findings=tuple(findings))


def in_other_units(
    data: Path, schemas: Schemas, ledger: str, units: frozenset[str], holding: str = ""
) -> Iterator[tuple[str, RawShard]]:
    """Yield the rows of one ledger that a part left out, as read, each with the unit they are of.

    No other ledger is opened. Of the city's own files a unit has the rows that name it. Files in
    which a text that is looked for (`holding`) does not stand are passed over.
    """
    schema = schemas[ledger]
    for shard in discover(data, schemas, unit_ids(data, schemas))[0]:
        if shard.ledger != ledger or shard.unit in units or shard.home == "R":
            continue
        content = shard.path.read_bytes()
        if holding.encode() not in content:
            continue
        raw = read(shard, schema, content)
        if shard.unit:
            yield shard.unit, raw
        elif "unit_id" in schema.by_name:
            place = schema.names.index("unit_id")
            for unit in sorted({cells[place] for cells in raw.cells} - units - {""}):
                yield unit, _part(raw, schema, frozenset({unit}))


def _concerns(shard: Shard, units: frozenset[str] | None) -> bool:
    return units is None or shard.unit is None or shard.unit in units


def _part(raw: RawShard, schema: Schema, units: frozenset[str]) -> RawShard:
    """Leave out of a ledger of the city the rows of other units."""
    if raw.shard.home != "C" or raw.shard.unit or "unit_id" not in schema.by_name:
        return raw
    place = schema.names.index("unit_id")
    kept = [n for n, cells in enumerate(raw.cells) if cells[place] in units or not cells[place]]
    return replace(
        raw,
        lines=[raw.lines[n] for n in kept],
        cells=[raw.cells[n] for n in kept],
        digest=raw.digest and sha256(f"{raw.digest} {sorted(units)}".encode()).hexdigest(),
    )


def rows_of(
    raws: Iterable[RawShard],
    schemas: Schemas,
    refused: Mapping[str, RefusedCells] = MappingProxyType({}),
) -> dict[str, tuple[Row, ...]]:
    """Concatenate the typed rows of all shards of each ledger, in the order of file names.

    `refused` names, by file, the cells that nobody may read; their rows are there all the same.
    """
    tables: dict[str, list[Row]] = defaultdict(list)
    for raw in sorted(raws, key=lambda r: r.shard.name):
        tables[raw.shard.ledger] += typed(
            raw, schemas[raw.shard.ledger], refused.get(raw.shard.name)
        )
    return {name: tuple(tables[name]) for name in schemas}


def with_refused(loaded: Loaded, refused: Mapping[str, RefusedCells]) -> Snapshot | None:
    """Return the snapshot with every row of the files named, their refused cells unreadable.

    Where rows of a file could not be read at all, one row stands for whatever they may be.
    """
    snapshot, schemas = loaded.snapshot, loaded.schemas
    torn = [raw.shard for raw in loaded.raw if raw.is_torn]
    if snapshot is None or not (refused or torn):
        return snapshot
    ledgers = {raw.shard.ledger for raw in loaded.raw if raw.shard.name in refused}
    again = rows_of([r for r in loaded.raw if r.shard.ledger in ledgers], schemas, refused)
    tables = {**snapshot.tables, **{name: again[name] for name in ledgers}}
    for shard in torn:
        tables[shard.ledger] = (*tables[shard.ledger], lost_row(shard, schemas[shard.ledger]))
    return Snapshot(snapshot.campaign, snapshot.schemas, tables=tables)


def _digest(raws: Iterable[RawShard], campaign: Path, schemas: Schemas) -> str:
    total = sha256(repr([dict(s.descriptor) for s in schemas.values()]).encode())
    for raw in sorted(raws, key=lambda r: r.shard.name):
        total.update(f"{raw.shard.name} {raw.digest}\n".encode())
    if campaign.is_file():
        total.update(campaign.read_bytes())
    return total.hexdigest()
