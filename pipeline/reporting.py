"""Reported, none, or not reported: three answers that are never mixed up.

For a unit, a ledger and (where the ledger has one) a kind: reported is at least one row; none is a
nil return (零报告) that covers the day; anything else is not reported. A file that is missing and
a file with only its header say the same: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pipeline.ledgers import Snapshot

Reporting = Literal["已报告", "零报告", "未报告"]
REPORTED: Reporting = "已报告"
NONE: Reporting = "零报告"
SILENT: Reporting = "未报告"


def reporting(
    snapshot: Snapshot, unit_id: str, ledger: str, day: date, kind: str | None = None
) -> Reporting:
    """Say whether a unit reported a ledger, or one kind of its rows, as of a day.

    `snapshot` is already as of that day. Only what the unit says of itself counts (home U).
    """
    schema = snapshot.schemas[ledger]
    for row in snapshot.group(ledger, "unit_id")[unit_id]:
        if row.shard.home == "U" and (
            kind is None or (schema.kind_field and getattr(row, schema.kind_field) == kind)
        ):
            return REPORTED
    for nil in snapshot.group("nil_returns", "unit_id")[unit_id]:
        covers = nil.covers_from <= day and nil.covers_to >= day
        if covers and nil.ledger == ledger and nil.kind in (None, kind):
            return NONE
    return SILENT


def reporting_table(snapshot: Snapshot, day: date) -> Mapping[str, Mapping[str, Reporting]]:
    """Return unit -> ledger -> status, for every ledger that units keep and that names its unit."""
    ledgers = [s.name for s in snapshot.schemas.at_home("U") if "unit_id" in s.by_name]
    return {
        unit.unit_id: {name: reporting(snapshot, unit.unit_id, name, day) for name in ledgers}
        for unit in snapshot.units
    }
