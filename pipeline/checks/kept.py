"""What a gate found in a shard that it looks at by itself, kept until the shard or a rule changes.

The gates of cells and of personal data see one shard at a time, so that of a set of ledgers in
which one file changed only that file is looked at again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from pipeline.findings import Finding
from pipeline.ledgers import RawShard
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.store import Store, key_of

Look = Callable[[RawShard, Schema], list[Finding]]


def by_shard(
    gate: str, raws: Sequence[RawShard], schemas: Schemas, store: Store | None, look: Look
) -> list[Finding]:
    """Return what a gate finds in all shards, in their order; `look` is asked what is not kept."""
    return [
        finding
        for raw in raws
        if raw.cells and raw.header
        for finding in _found(gate, raw, schemas[raw.shard.ledger], store, look)
    ]


def _found(
    gate: str, raw: RawShard, schema: Schema, store: Store | None, look: Look
) -> list[Finding]:
    if store is None or not raw.digest:  # of rows assumed nothing is kept
        return look(raw, schema)
    key = key_of(gate, raw.shard.name, raw.digest, schema.text)
    return _recalled(store.kept(key, lambda: _told(look(raw, schema))))


def _told(found: Sequence[Finding]) -> bytes:
    return json.dumps([asdict(finding) for finding in found], ensure_ascii=False).encode()


def _recalled(value: bytes) -> list[Finding]:
    return [Finding(**finding) for finding in json.loads(value)]
