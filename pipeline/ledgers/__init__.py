"""Ledgers: the only room that reads `data/`.

CSV shards and schemas go in; frozen typed rows, each knowing its file and line, come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.findings import Finding
from pipeline.ledgers.campaign import load_campaign
from pipeline.ledgers.reader import read
from pipeline.ledgers.rows import Row, typed
from pipeline.ledgers.schemas import Schemas, load_schemas
from pipeline.ledgers.shard import RawShard, Shard
from pipeline.ledgers.shards import discover
from pipeline.ledgers.snapshot import Snapshot

__all__ = ["Loaded", "RawShard", "Row", "Shard", "Snapshot", "load", "load_schemas"]


@dataclass(frozen=True)
class Loaded:
    """A data folder as read: raw shards for the gates, typed rows for everything else.

    `snapshot` is None only where campaign.yml could not be read; `digest` covers every input byte.
    """

    raw: tuple[RawShard, ...]
    snapshot: Snapshot | None
    findings: tuple[Finding, ...]
    schemas: Schemas
    digest: str

    @property
    def row_count(self) -> int:
        """The number of rows read."""
        return sum(len(raw.cells) for raw in self.raw)


def load(
    data: Path, schemas: Schemas | None = None, report: Callable[[str], None] = lambda _: None
) -> Loaded:
    """Read a whole data folder.

    Never raises for bad data: whatever is wrong stands in `findings`.
    """
    schemas = schemas or load_schemas()
    report("读台账")
    shards, findings = discover(data, schemas)
    raws = []
    for shard in shards:
        raw = read(shard, schemas[shard.ledger], shard.path.read_bytes())
        findings += raw.findings
        raws.append(raw)
    campaign_path = data / "campaign.yml"
    campaign, troubles = load_campaign(campaign_path, f"{data.name}/campaign.yml")
    findings += troubles
    snapshot = Snapshot(campaign, schemas, rows_of(raws, schemas)) if campaign else None
    return Loaded(
        tuple(raws), snapshot, tuple(findings), schemas, _digest(raws, campaign_path, schemas)
    )


def rows_of(raws: Iterable[RawShard], schemas: Schemas) -> dict[str, tuple[Row, ...]]:
    """Concatenate the typed rows of all shards of each ledger, in the order of file names."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for raw in sorted(raws, key=lambda r: r.shard.name):
        tables[raw.shard.ledger] += typed(raw, schemas[raw.shard.ledger])
    return {name: tuple(tables[name]) for name in schemas}


def _digest(raws: Iterable[RawShard], campaign: Path, schemas: Schemas) -> str:
    total = sha256(repr([dict(s.descriptor) for s in schemas.values()]).encode())
    for raw in sorted(raws, key=lambda r: r.shard.name):
        total.update(f"{raw.shard.name} {raw.digest}\n".encode())
    if campaign.is_file():
        total.update(campaign.read_bytes())
    return total.hexdigest()
