"""Changes: what happened between two states of the ledgers, and whether it may.

Git is the witness. A change is read from its objects, matched by permanent ids and judged by the
rules of the change gate; a waiver in the same change silences what it names, and is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pipeline.changes import files, manoeuvres, records, steps
from pipeline.changes.delta import RowChange
from pipeline.changes.sides import Change, change_of
from pipeline.checks import change_rules as rules
from pipeline.checks.collected import collected
from pipeline.checks.records.waivers import is_waivable
from pipeline.dates import in_words, parse_iso
from pipeline.findings import Finding, ordered

__all__ = ["Change", "RowChange", "change_of", "judge"]


def judge(change: Change, unit: str | None = None, day: date | None = None) -> list[Finding]:
    """Return what the change gate finds, with what new waivers silence marked as waived.

    `unit` is whose change it is, where that is known: then other units' ledgers are refused.
    `day` is the day as of which it is looked at; if not given, that of the data.
    """
    found = (
        *files.kinds(change),
        *files.together(change, unit),
        *records.kept(change),
        *records.cells(change),
        *records.late_entries(change),
        *manoeuvres.moved_inward(change),
        *manoeuvres.shrinking(change),
        *manoeuvres.left_dry(change),
        *manoeuvres.dated_back(change),
        *manoeuvres.hidden(change),
        *manoeuvres.moved_home(change),
        *manoeuvres.withdrawn(change),
        *manoeuvres.longer_waivers(change),
        *manoeuvres.day_set_back(change),
        *steps.inserted_events(change),
        *steps.voided(change),
        *steps.after_overdue(change),
        *steps.self_verified(change),
        *steps.many_at_once(change),
        *steps.born_done(change),
        *steps.registered_again(change),
        *_unread(change),
    )
    granted = [row for row in change.by_ledger["waivers"] if row.is_added]
    return ordered(_waived(found, granted, change.day, day or change.day_now or change.day))


def _unread(change: Change) -> Iterator[Finding]:
    for name in change.torn:
        yield rules.UNREADABLE.at(f"{name} 改动以前有读不出来的行", file=name)


def _waived(
    found: Iterable[Finding], granted: list[RowChange], since: date, day: date
) -> Iterator[Finding]:
    """Mark the findings that a waiver of this change names by rule, ledger and row.

    A waiver that was there before was granted for something else. One that begins after `day` is
    not published yet, one that ended before `since` no more: neither is a reason anybody can read.
    """
    named: dict[tuple[str, str], str] = {}
    for row in granted:
        key = row.now("rule_id"), f"{row.now('ledger')}/{row.now('row_id')}"
        named[key] = named.get(key, "…") and _out_of_force(row, since, day)
    for finding in found:
        why = named.get((finding.rule, finding.subject or ""))
        if why is None or not is_waivable(collected().rules.get(finding.rule)):
            yield finding
        elif why:
            yield replace(finding, message=f"{finding.message}（{why}）")
        else:
            yield finding.waive()


def _out_of_force(waiver: RowChange, since: date, day: date) -> str:
    """Say why a waiver is not in force; blank if it is."""
    begins, ends = parse_iso(waiver.now("granted_on")), parse_iso(waiver.now("expires_on"))
    if begins and begins > day:
        return f"豁免 {waiver.row_id} 到{in_words(begins)}才批准"
    if ends and ends < since:
        return f"豁免 {waiver.row_id} 已于{in_words(ends)}到期"
    return ""
