"""Which rows must cite evidence, and how many do: checks on site, 销号, visits from outside.

These are what others believe on somebody's word. What a unit says of itself (整改完成, its own
screening) is believed by being checked, so it needs none. Withdrawn visits count nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.evidence.digests import cited_digest
from pipeline.ledgers import Snapshot
from pipeline.rectification.lifecycle import PASS, REFUSE, STRIKE
from pipeline.rowtypes import InspectionRow, IssueEventRow

Kind = Literal["现场核查", "销号", "市以上检查"]

ON_SITE: Final = "现场核查"
STRUCK_OFF: Final = "销号"
OUTSIDE: Final = "市以上检查"
KINDS: tuple[Kind, ...] = (ON_SITE, STRUCK_OFF, OUTSIDE)

_OF_EVENT: dict[str, Kind] = {PASS: ON_SITE, REFUSE: ON_SITE, STRIKE: STRUCK_OFF}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many rows of a kind a unit has, and how many of them cite evidence."""

    unit_id: str
    kind: Kind
    due: int
    given: int


def kind_of(row: IssueEventRow | InspectionRow) -> Kind | None:
    """Return what a row is that must cite evidence, or None: it need not."""
    if row.table == "inspections":
        is_outside = row.shard.home == "C" and row.peek("withdrawn_on") is None
        return OUTSIDE if is_outside else None
    return _OF_EVENT.get(row.peek("event"))


def needing(snapshot: Snapshot) -> Iterator[tuple[Kind, IssueEventRow | InspectionRow]]:
    """Yield every row that must cite evidence, in the order of the ledgers."""
    rows: tuple[IssueEventRow | InspectionRow, ...]
    for rows in (snapshot.issue_events, snapshot.inspections):
        yield from ((kind, row) for row in rows if (kind := kind_of(row)) is not None)


def coverage(snapshot: Snapshot, units: Sequence[str]) -> list[Coverage]:
    """Count every kind of every unit, also where nothing is due; in the order of units."""
    due: Counter[tuple[str, str]] = Counter()
    given: Counter[tuple[str, str]] = Counter()
    for kind, row in needing(snapshot):
        key = row.shard.unit or "", kind
        due[key] += 1
        given[key] += row.evidence_ref is not None
    return [Coverage(u, k, due[u, k], given[u, k]) for u in units for k in KINDS]


def reused(snapshot: Snapshot) -> Iterator[list[IssueEventRow]]:
    """Yield events of different issues that cite one and the same file, a list for each file.

    One photograph proves one place: an archive number may stand for a folder of many, a digest
    cannot.
    """
    found: dict[str, list[IssueEventRow]] = defaultdict(list)
    for row in snapshot.issue_events:
        digest = cited_digest(row.evidence_ref)
        if digest is not None and kind_of(row) is not None:
            found[digest].append(row)
    for rows in found.values():
        if len({row.issue_id for row in rows}) > 1:
            yield rows
