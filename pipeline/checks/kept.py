"""What a gate found in a shard that it looks at by itself, kept until the shard or a rule changes.

The gates of cells and of personal data see one shard at a time, so that of a set of ledgers in
which one file changed only that file is looked at again; and what must be looked at can be, beside
the gates that see all shards together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from pipeline import workers
from pipeline.findings import Finding
from pipeline.ledgers import RawShard
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.store import Store, key_of

Look = Callable[[RawShard, Schema], list[Finding]]
Found = Callable[[], list[Finding]]

ALONE = 5_000
"""Rows up to which a process of its own is not worth while."""


def by_shard(
    gate: str, raws: Sequence[RawShard], schemas: Schemas, store: Store, look: Look
) -> list[Finding]:
    """Return what a gate finds in all shards, in their order; `look` is asked what is not kept."""
    return _Gate(gate, schemas, store, look).found(_filled(raws))


def beside(
    gate: str, raws: Sequence[RawShard], schemas: Schemas, store: Store, look: Look
) -> Found:
    """Start a gate that needs no other; returns what waits for what `by_shard` would return.

    Where many rows must be looked at, that happens on another core.
    """
    filled, asked = _filled(raws), _Gate(gate, schemas, store, look)
    fresh = [raw for raw in filled if asked.kept(raw) is None]
    if sum(len(raw.cells) for raw in fresh) <= ALONE:
        return lambda: asked.found(filled)
    wait = workers.beside(lambda: [_told(look(raw, schemas[raw.shard.ledger])) for raw in fresh])

    def found() -> list[Finding]:
        for raw, told in zip(fresh, wait(), strict=True):
            asked.remember(raw, told)
        return asked.found(filled)

    return found


def _filled(raws: Sequence[RawShard]) -> list[RawShard]:
    return [raw for raw in raws if raw.cells and raw.header]


class _Gate:
    """A gate that looks at single shards, and what is known of them: from the store or just now."""

    def __init__(self, name: str, schemas: Schemas, store: Store, look: Look) -> None:
        self._name, self._schemas, self._store, self._look = name, schemas, store, look
        self._known: dict[int, bytes] = {}

    def found(self, raws: Sequence[RawShard]) -> list[Finding]:
        """Return what is found in these shards; those not known yet are looked at here."""
        findings = []
        for raw in raws:
            told = self.kept(raw)
            if told is None:
                told = _told(self._look(raw, self._schemas[raw.shard.ledger]))
                self.remember(raw, told)
            findings += _recalled(told)
        return findings

    def kept(self, raw: RawShard) -> bytes | None:
        """Return what is known of a shard; of rows assumed nothing is kept between runs."""
        if id(raw) not in self._known and raw.digest:
            told = self._store.get(self._key(raw))
            if told is not None:
                self._known[id(raw)] = told
        return self._known.get(id(raw))

    def remember(self, raw: RawShard, told: bytes) -> None:
        """Keep what was found in a shard."""
        self._known[id(raw)] = told
        if raw.digest:
            self._store.put(self._key(raw), told)

    def _key(self, raw: RawShard) -> str:
        schema = self._schemas[raw.shard.ledger]
        return key_of(self._name, raw.shard.name, raw.digest, schema.text)


def _told(found: Sequence[Finding]) -> bytes:
    return json.dumps([asdict(finding) for finding in found], ensure_ascii=False).encode()


def _recalled(value: bytes) -> list[Finding]:
    return [Finding(**finding) for finding in json.loads(value)]
