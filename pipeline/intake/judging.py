"""The gates over the ledgers as they would be: what comes in cleanly passes `check`.

Only what the file brings about is told: findings that stood before are none of its doing. They are
led back to the cells they come from. Both times the gates look at the one unit alone, and of what
stands they recall what they said of each shard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from pipeline import checks
from pipeline.findings import Finding
from pipeline.intake.outcome import Outcome
from pipeline.intake.sheets import address
from pipeline.intake.standing import Standing
from pipeline.ledgers import Loaded
from pipeline.ledgers.writer import shard_bytes
from pipeline.store import Store


def shards_after(standing: Standing, outcome: Outcome) -> dict[Path, bytes]:
    """Return the whole content of every file that the rows would change, by its path."""
    data = data_folder(standing.loaded)
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
    data, day = data_folder(standing.loaded), standing.day
    is_whole = standing.is_city or standing.is_outside
    folder = data if is_whole else data / "units" / standing.unit
    stood = Counter[tuple[object, ...]]()
    if folder.is_dir():
        report = checks.run(data, as_of=day, today=lambda: day, store=store, paths=[folder])
        stood.update(map(_sort, report.findings))
    shards = shards_after(standing, outcome)
    then = checks.proposed(data, shards, as_of=day, today=lambda: day, store=store)
    files = {raw.shard.name for raw in then.loaded.raw if raw.shard.path in shards}
    for finding in then.findings:
        kind = _sort(finding)
        if stood[kind]:
            stood[kind] -= 1
        else:
            outcome.findings.append(_led_back(finding, outcome, files))


def _sort(finding: Finding) -> tuple[object, ...]:
    return (
        finding.rule,
        finding.severity,
        finding.subject,
        finding.file,
        finding.field,
        finding.message,
    )


def data_folder(loaded: Loaded) -> Path:
    """Return the folder that ledgers were read from."""
    for raw in loaded.raw:
        if raw.shard.home == "R":
            return raw.shard.path.parent.parent
    return Path(loaded.folder)


def _led_back(finding: Finding, outcome: Outcome, files: Collection[str]) -> Finding:
    """Return a finding with the cell of the workbook that its row came from.

    What stands for many rows of a file that is made from the workbook is a matter of the workbook.
    """
    record = outcome.origin.get(finding.subject or "")
    if record is None:
        if finding.file in files and finding.line is None:
            return replace(finding, file=outcome.book.name)
        return finding
    column = record.column(finding.field or "")
    row, seat = record.sheet.seat(record.row, column or 0)
    cell = address(row, seat) if column else None
    file = outcome.file_of(record.sheet)
    return replace(finding, file=file, line=row, column=seat or None, cell=cell)
