"""The schema gate: every cell of every shard against what its column asks for."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.checks import cells
from pipeline.checks.kept import by_shard
from pipeline.findings import Finding
from pipeline.ledgers import RawShard
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.store import Store


def check(raws: Sequence[RawShard], schemas: Schemas, store: Store | None = None) -> list[Finding]:
    """Return what the schema gate finds in all shards; what the store holds is not looked for."""
    return by_shard("schema", raws, schemas, store or Store(), _check_shard)


def _check_shard(raw: RawShard, schema: Schema) -> list[Finding]:
    listing = Listing(raw.shard)
    cells.check(raw, schema, listing)
    return listing.done()
