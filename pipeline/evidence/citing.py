"""Rows that cite a file: all ledgers with a column for evidence are looked through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.evidence.digests import cited_digest
from pipeline.ledgers import Row, Snapshot

COLUMN = "evidence_ref"
"""The column 佐证, of the same name in every ledger that has one."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A row that cites evidence: its ledger's title, and the row as it stands."""

    title: str
    row: Row

    @property
    def reference(self) -> str | None:
        """What the column says, None where it is blank."""
        found: str | None = self.row.peek(COLUMN)
        return found


def citing(snapshot: Snapshot, digest: str) -> list[Cited]:
    """Return the rows that cite the file with a digest, ledger by ledger."""
    return [one for one in _all(snapshot) if cited_digest(one.reference) == digest]


def row_named(snapshot: Snapshot, name: str) -> list[Cited]:
    """Return the rows with an id, written alone or after its ledger (issue_events/…-e04)."""
    return [one for one in _all(snapshot) if name in (one.row.id, one.row.ref)]


def _all(snapshot: Snapshot) -> Iterator[Cited]:
    for schema in snapshot.schemas.values():
        if COLUMN in schema.by_name:
            yield from (Cited(schema.title, row) for row in snapshot[schema.name])
