"""For whom points are counted: in public a unit answers only for what it has been told.

What others found is told by feedback on the visit, what they judged by a signature; calls, samples
and households have no such date, for they stand in the open data, or its sums, as they are.
"""

from __future__ import annotations

from typing import Literal

from pipeline.ledgers import Snapshot
from pipeline.rowtypes import Row

Audience = Literal["public", "internal"]
PUBLIC: Audience = "public"
INTERNAL: Audience = "internal"


def heard(snapshot: Snapshot, audience: Audience = PUBLIC) -> Snapshot:
    """Return the rows that count for an audience, of a snapshot as of a day.

    In public without visits whose feedback is not out, their findings, and unsigned judgements.
    """
    if audience == INTERNAL:
        return snapshot
    visits = {row.id for row in snapshot["inspections"] if _waits(row, "feedback_on")}
    judgements = {row.id for row in snapshot["judgements"] if _waits(row, "signed_on")}
    if not visits and not judgements:
        return snapshot
    tables = dict(snapshot.tables)
    for name, key, gone in (
        ("inspections", "visit_id", visits),
        ("findings", "visit_id", visits),
        ("judgements", "judgement_id", judgements),
    ):
        tables[name] = tuple(row for row in tables[name] if getattr(row, key) not in gone)
    return snapshot.having(tables)


def _waits(row: Row, told_on: str) -> bool:
    """Whether what others wrote about a unit has not been told to it."""
    return row.shard.home == "C" and getattr(row, told_on) is None
