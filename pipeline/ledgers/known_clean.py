"""Shards in which the byte gate found nothing, known from earlier runs.

Most of its work is to look for what is not there. Of a content in which nothing was found once,
only the rows are left to cut, which takes a fifth of the time. What is kept is the verdict alone:
the rows always come from the bytes of the file, so nothing kept can alter a cell.
"""

from __future__ import annotations

from hashlib import sha256

from pipeline.ledgers.csv_records import cut_clean
from pipeline.ledgers.reader import read
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.ledgers.shard import RawShard, Shard
from pipeline.store import Store, key_of

MAX_KNOWN = 10_000
"""Contents remembered, those of the last run first: of the city, twenty states of all shards."""


class KnownClean:
    """The reader of a run, which passes over what another run found clean.

    The list stands under one key of all code and all schemas; an entry names a ledger and the
    sha256 of a content. Two runs at once may each write the list: what one of them loses is looked
    at again.
    """

    def __init__(self, schemas: Schemas, store: Store | None) -> None:
        """Take the list of a store; without one every shard is looked at."""
        self._schemas, self._store = schemas, store
        self._key, kept = "", None
        if store is not None:
            self._key = key_of("clean", *(schema.text for schema in schemas.values()))
            kept = store.get(self._key)
        self._known = dict.fromkeys(kept.decode().split("\n") if kept else ())
        self._used: dict[str, None] = {}

    def read(self, shard: Shard, content: bytes) -> RawShard:
        """Read one shard; the same as the byte gate's own reading, of which nothing was missed."""
        schema = self._schemas[shard.ledger]
        if self._store is None:
            return read(shard, schema, content)
        digest = sha256(content).hexdigest()
        name = f"{shard.ledger} {digest}"
        if name in self._known:
            self._used[name] = None
            cells = cut_clean(content.decode())[1:]
            return RawShard(shard, schema.names, _lines(cells), cells, digest=digest)
        raw = read(shard, schema, content)
        if _is_clean(raw, schema, content):
            self._used[name] = None
        return raw

    def keep(self) -> None:
        """Keep what was found clean, if anything was that had not been known."""
        if self._store is not None and not self._used.keys() <= self._known.keys():
            names = list({**self._used, **self._known})[:MAX_KNOWN]
            self._store.put(self._key, "\n".join(names).encode())


def _lines(cells: list[list[str]]) -> list[int]:
    return list(range(2, len(cells) + 2))


def _is_clean(raw: RawShard, schema: Schema, content: bytes) -> bool:
    """Whether nothing was found, and every line below the header of the schema is a row."""
    return (
        not (raw.findings or raw.refused or raw.is_torn or raw.absent)
        and content.startswith((",".join(schema.names) + "\n").encode())
        and b"\r" not in content
        and content.count(b"\n") == len(raw.cells) + 1
        and raw.lines == _lines(raw.cells)
    )
