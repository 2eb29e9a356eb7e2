"""Changes: what happened between two states of the ledgers, and whether it may.

Git is the witness. A change is read from its objects, matched by permanent ids and judged by the
rules of the change gate; a waiver in the same change silences what it names, and is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.changes import files, manoeuvres, records, steps
from pipeline.changes.delta import RowChange
from pipeline.changes.sides import Change, change_of
from pipeline.checks import change_rules as rules
from pipeline.checks.collected import collected
from pipeline.checks.records.waivers import is_waivable
from pipeline.findings import Finding, ordered

__all__ = ["Change", "RowChange", "change_of", "judge"]


def judge(change: Change, unit: str | None = None) -> list[Finding]:
    """Return what the change gate finds, with what new waivers silence marked as waived.

    `unit` is whose change it is, where that is known: then other units' ledgers are refused.
    """
    found = (
        *files.kinds(change),
        *files.together(change, unit),
        *records.kept(change),
        *records.cells(change),
        *records.late_entries(change),
        *manoeuvres.moved_inward(change),
        *manoeuvres.shrinking(change),
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
    return ordered(_waived(found, granted))


def _unread(change: Change) -> Iterator[Finding]:
    for name in change.torn:
        yield rules.UNREADABLE.at(f"{name} 改动以前有读不出来的行", file=name)


def _waived(found: Iterable[Finding], granted: list[RowChange]) -> Iterator[Finding]:
    """Mark the findings that a waiver of this change names by rule, ledger and row.

    A waiver that was there before was granted for something else.
    """
    named = {(w.now("rule_id"), f"{w.now('ledger')}/{w.now('row_id')}") for w in granted}
    for finding in found:
        silenced = (finding.rule, finding.subject) in named
        waivable = is_waivable(collected().rules.get(finding.rule))
        yield finding.waive() if silenced and waivable else finding
