"""What published waivers silence: findings stay in the list, marked as waived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.checks.records.waivers import is_waivable
from pipeline.checks.selection import owner_of
from pipeline.findings import Finding, Rule
from pipeline.ledgers import Snapshot
from pipeline.rowtypes import WaiverRow

CHANGES = "changes"
"""The gate that needs two states: whether its waivers silence anything is not seen from one."""
UNUSED = Rule(
    "Y05",
    "records",
    "warning",
    "在用的豁免确实豁免了什么",
    "问题已经改好的，把失效日期改到今天；规则、台账、记录写错了的，改正",
    "改动有据",
    "什么也没有豁免的豁免，多半是写错了，或者问题早已改好",
    ledger="waivers",
)


def apply(
    findings: Iterable[Finding], snapshot: Snapshot, day: date, rules: Mapping[str, Rule]
) -> list[Finding]:
    """Mark the findings that a waiver in force silences, and add one for each that silences none.

    A waiver names a rule and a ledger; unit and row narrow it down. What could not be read, and
    what the waivers themselves did wrong, is never silenced; nor does a waiver silence anything
    one of whose own cells was refused.
    """
    waivers = [
        row
        for row in snapshot["waivers"]
        if not row.refused
        and row.granted_on <= day <= row.expires_on
        and is_waivable(rules.get(row.rule_id))
    ]
    used: set[str] = set()
    result = []
    for finding in findings:
        matching = [row for row in waivers if _covers(row, finding, snapshot)]
        used.update(row.waiver_id for row in matching)
        result.append(finding.waive() if matching else finding)
    return result + [
        _unused(row)
        for row in waivers
        if row.waiver_id not in used and rules[row.rule_id].gate != CHANGES
    ]


def _covers(waiver: WaiverRow, finding: Finding, snapshot: Snapshot) -> bool:
    if (waiver.rule_id, waiver.ledger) != (finding.rule, finding.ledger):
        return False
    if waiver.row_id is not None and finding.subject != f"{waiver.ledger}/{waiver.row_id}":
        return False
    return waiver.unit_id is None or waiver.unit_id == owner_of(finding, snapshot)


def _unused(row: WaiverRow) -> Finding:
    return UNUSED.at(
        f"豁免 {row.waiver_id} 在用，但没有这样的问题",
        subject=row.ref,
        file=row.file,
        line=row.line,
    )
