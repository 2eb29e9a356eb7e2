"""What would make a unit look better without mending anything, one function for each manoeuvre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from pipeline.changes.delta import RowChange, Standing
from pipeline.changes.records import at, from_to
from pipeline.changes.sides import Change
from pipeline.checks import change_rules as rules
from pipeline.dates import in_words, parse_iso
from pipeline.findings import Finding
from pipeline.terms import INNER, OUTSIDE

OWN_CHANNELS = frozenset({"自查", "大排查"})
LEVELS: tuple[str, ...] = (*INNER, *OUTSIDE)
"""Levels from inside to outside."""
DENOMINATORS = {
    "villages": (
        "households", "population", "unstable_households", "marginal_households",
        "stricken_households", "lifted_households", "priority_households", "dispersed_households",
        "dispersed_people",
    ),
    "works": ("households", "population"),
}  # fmt: skip
"""Counts that shares are taken of."""
SAME_FAULT = ("unit_id", "town_code", "village_code", "works_id", "category")
"""Columns in which a problem that was voided and one registered anew are the same."""
MANY = 5
"""Completions of one unit on one day from which they are told."""


def moved_inward(change: Change) -> Iterator[Finding]:
    """A problem found from outside turns into one found by the unit itself."""
    for row in change.by_ledger["issues"]:
        if "channel" in row.cells:
            old, new = row.cells["channel"]
            inward = new in OWN_CHANNELS and old not in OWN_CHANNELS
            rule = rules.INWARD if inward else rules.FIXED
            yield at(rule, row, from_to(row, "channel"), "channel")
        if "found_by_level" in row.cells:
            old, new = row.cells["found_by_level"]
            rule = rules.INWARD if _rank(new) < _rank(old) else rules.FIXED
            yield at(rule, row, from_to(row, "found_by_level"), "found_by_level")


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else -1


def inserted_events(change: Change) -> Iterator[Finding]:
    """A new event stands before one that was published already."""
    latest: dict[str, str] = {}
    for row in change.before.get("issue_events", {}).values():
        issue = row.cells["issue_id"]
        latest[issue] = max(latest.get(issue, ""), row.cells["event_on"])
    for event in change.by_ledger["issue_events"]:
        last = parse_iso(latest.get(event.now("issue_id"), ""))
        day = parse_iso(event.now("event_on"))
        if event.is_added and last and day and day < last:
            said = f"{in_words(day)}的“{event.now('event')}”插在{in_words(last)}已公布的事项前面"
            yield at(rules.EVENT_INSERTED, event, said, "event_on")


def shrinking(change: Change) -> Iterator[Finding]:
    """A denominator gets smaller, or a works leaves without saying where its villages go."""
    for ledger, columns in DENOMINATORS.items():
        for row in change.by_ledger[ledger]:
            for column in columns:
                if column in row.cells and _less(*row.cells[column]):
                    yield at(rules.SHRINKS, row, from_to(row, column), column)
    for row in change.by_ledger["works"]:
        leaves = row.cells.get("status", ("", ""))[1] == "停用"
        if leaves and not (row.now("replaced_by_id") and row.now("status_on")):
            yield at(rules.RETIRED, row, "改成了停用，没有写明状态日期和并入哪个工程", "status")


def _less(old: str, new: str) -> bool:
    try:
        return bool(old) and (not new or Decimal(new) < Decimal(old))
    except InvalidOperation:
        return False


def self_verified(change: Change) -> Iterator[Finding]:
    """Who mended or reported it done says himself that it is."""
    issues = change.after.get("issues", {})
    doers: dict[str, set[str]] = defaultdict(set)
    for row in change.after.get("issue_events", {}).values():
        if row.cells["event"] == "整改完成":
            doers[row.cells["issue_id"]].add(row.cells["by_org"])
    for event in change.by_ledger["issue_events"]:
        if not event.is_added or event.now("event") != "现场核查通过":
            continue
        issue, who = event.now("issue_id"), event.now("by_org")
        registered = issues.get((issue,))
        owner = registered.cells["resp_org"] if registered else ""
        if who and (who == owner or who in doers[issue]):
            yield at(rules.SELF_VERIFIED, event, f"{who}核查了自己整改的问题", "by_org")


def many_at_once(change: Change) -> Iterator[Finding]:
    """Many completions of one unit on the last day of a deadline; told, not accused."""
    issues = change.after.get("issues", {})
    found: dict[tuple[str, date], list[RowChange]] = defaultdict(list)
    for event in change.by_ledger["issue_events"]:
        if not event.is_added or event.now("event") != "整改完成":
            continue
        registered = issues.get((event.now("issue_id"),))
        day = parse_iso(event.now("event_on"))
        if registered and day and registered.cells["due_on"] == event.now("event_on"):
            found[registered.cells["unit_id"], day].append(event)
    for (_, day), events in sorted(found.items()):
        if len(events) >= MANY:
            said = f"{in_words(day)}是时限最后一天，这一天一起报完成 {len(events)} 件"
            yield at(rules.MANY_AT_ONCE, events[0], said, "event_on")


def registered_again(change: Change) -> Iterator[Finding]:
    """A problem that was voided comes back in nearly the same words, with a later deadline."""
    issues = change.after.get("issues", {})
    void = {
        row.cells["issue_id"]
        for row in change.after.get("issue_events", {}).values()
        if row.cells["event"] == "作废"
    }
    told: dict[tuple[str, ...], list[Standing]] = defaultdict(list)
    for (issue_id,), row in issues.items():
        if issue_id in void:
            told[tuple(row.cells.get(c, "") for c in SAME_FAULT)].append(row)
    for new in change.by_ledger["issues"]:
        if not new.is_added:
            continue
        for old in told.get(tuple(new.now(column) for column in SAME_FAULT), []):
            if new.now("due_on") > old.cells["due_on"] and new.row_id != old.cells["issue_id"]:
                was, now = old.cells["due_on"], new.now("due_on")
                said = f"和作废的 {old.cells['issue_id']} 一样，时限从 {was} 变成 {now}"
                yield at(rules.REGISTERED_AGAIN, new, said, "due_on")
                break


def longer_waivers(change: Change) -> Iterator[Finding]:
    """A waiver lasts longer than it was granted for."""
    for row in change.by_ledger["waivers"]:
        old, new = map(parse_iso, row.cells.get("expires_on", ("", "")))
        if old and (new is None or new > old):
            yield at(rules.WAIVER_LONGER, row, from_to(row, "expires_on"), "expires_on")
