"""The gates over the ledgers as they would be: what comes in cleanly passes `check`.

Only what the file brings about is told: findings that stood before are none of its doing. They are
led back to the cells they come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline import checks
from pipeline.findings import Finding
from pipeline.intake.outcome import Outcome
from pipeline.intake.sheets import address
from pipeline.intake.standing import Standing
from pipeline.ledgers import Loaded, instead
from pipeline.ledgers.writer import shard_bytes
from pipeline.store import Store


def shards_after(standing: Standing, outcome: Outcome) -> dict[Path, bytes]:
    """Return the whole content of every file that the rows would change, by its path."""
    data = _folder(standing.loaded)
    made: dict[Path, bytes] = {}
    for ledger, rows in outcome.rows.items():
        schema = standing.loaded.schemas[ledger]
        there: dict[str, Mapping[str, str]] = dict(standing.rows(ledger))
        for row in rows:
            there["+".join(row[name] for name in schema.primary_key)] = row
        path = data / standing.below(ledger)
        made[path] = shard_bytes(schema, there.values())
    return made


def judge(standing: Standing, outcome: Outcome, store: Store) -> None:
    """Add what the gates say of the rows to the outcome."""
    if not outcome.rows:
        return
    before = Counter(map(_sort, checks.judged(standing.loaded, standing.day, store)))
    loaded = standing.loaded
    then = instead(loaded, _folder(loaded), shards_after(standing, outcome))
    after = checks.judged(then, standing.day, store)
    for finding in after:
        kind = _sort(finding)
        if before[kind]:
            before[kind] -= 1
        else:
            outcome.findings.append(_led_back(finding, outcome))


def _sort(finding: Finding) -> tuple[object, ...]:
    return (
        finding.rule,
        finding.severity,
        finding.subject,
        finding.file,
        finding.field,
        finding.message,
    )


def _folder(loaded: Loaded) -> Path:
    """Return the data folder."""
    for raw in loaded.raw:
        if raw.shard.home == "R":
            return raw.shard.path.parent.parent
    return Path(loaded.folder)


def _led_back(finding: Finding, outcome: Outcome) -> Finding:
    """Return a finding with the cell of the workbook that its row came from."""
    record = outcome.origin.get(finding.subject or "")
    if record is None:
        return finding
    column = record.column(finding.field or "")
    cell = address(record.row, column) if column else None
    file = outcome.file_of(record.sheet)
    return replace(finding, file=file, line=record.row, column=column, cell=cell)
