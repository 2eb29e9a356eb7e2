"""New steps of problems: what may not be done by adding an event instead of changing one.

Nothing published is edited here, and yet a step that is dated back, or taken by those who may not
take it, undoes what was published.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher

from pipeline.changes.delta import Key, RowChange, Standing
from pipeline.changes.manoeuvres import is_inward, rank
from pipeline.changes.records import LATE_DAYS, at
from pipeline.changes.sides import Change
from pipeline.checks import change_rules as rules
from pipeline.dates import in_words, parse_iso
from pipeline.findings import Finding
from pipeline.rectification.lifecycle import CANCEL, DONE, EXTEND, PASS, at_least
from pipeline.terms import OUTSIDE

SAME_PLACE = ("unit_id", "town_code", "village_code")
"""Columns in which a problem that was voided and one registered anew are the same."""
SAME_FAULT = ("works_id", "category")
"""And those in which they are the same fault; else their words must be nearly the same."""
SAME_WORDS = 0.75
"""The likeness of two wordings from which they are taken for one."""
MANY = 5
"""Problems of one unit in one change from which what is done at once is told."""
WHOLE_NAME = 4
"""Characters from which the end of a body's name names it, without its county in front."""
CITY = "市"
"""The lowest level that may say that what was found from outside is no problem."""

_NUMBER = re.compile(r"([0-9]+)$")
_ID = re.compile(r"[a-z0-9-]+")
_SUFFIXES = (("村民委员会", "村委会"), ("人民政府", "政府"), ("办事处", ""), ("委员会", "委"))
_ASIDE = re.compile(r"\s+|\([^()]*\)")


def _events(side: Mapping[str, Mapping[Key, Standing]]) -> Iterable[Standing]:
    return side.get("issue_events", {}).values()


def _order(cells: Mapping[str, str]) -> tuple[str, int]:
    """Order events of a problem as the rectification does: by day, then by number."""
    number = _NUMBER.search(cells["event_id"])
    return cells["event_on"], int(number[1]) if number else 0


def _is_same(one: str, other: str) -> bool:
    """Whether two names are of one body: 乙镇政府 is 甲县乙镇人民政府, and its office is itself.

    Widths, blanks and what stands in brackets make no other body.
    """
    short, long = sorted((_plain(one), _plain(other)), key=len)
    ends = long.endswith(short) or long.startswith(short)
    return short == long or (len(short) >= WHOLE_NAME and ends)


def _plain(name: str) -> str:
    name = _ASIDE.sub("", unicodedata.normalize("NFKC", name))
    for long, short in _SUFFIXES:
        name = name.replace(long, short)
    return name


def inserted_events(change: Change) -> Iterator[Finding]:
    """A new event stands before one that was published already."""
    latest: dict[str, tuple[str, int]] = {}
    for row in _events(change.before):
        issue = row.cells["issue_id"]
        latest[issue] = max(latest.get(issue, ("", 0)), _order(row.cells))
    for event in change.by_ledger["issue_events"]:
        if not event.is_added or event.now("issue_id") not in latest:
            continue
        known = latest[event.now("issue_id")]
        last, day = parse_iso(known[0]), parse_iso(event.now("event_on"))
        if last and day and _order(event.standing.cells) < known:
            said = f"{in_words(day)}的“{event.now('event')}”插在{in_words(last)}已公布的事项前面"
            yield at(rules.EVENT_INSERTED, event, said, "event_on")


def voided(change: Change) -> Iterator[Finding]:
    """What was found from outside is voided by the unit itself; what is overdue is voided."""
    issues = change.after.get("issues", {})
    for event in change.by_ledger["issue_events"]:
        registered = issues.get((event.now("issue_id"),))
        if not event.is_added or event.now("event") != CANCEL or registered is None:
            continue
        cells, level = registered.cells, event.now("by_level")
        others = {(name,) for name in _ID.findall(event.now("reason"))} - {(cells["issue_id"],)}
        if any(_is_twin(cells, issues[key].cells) for key in others & issues.keys()):
            continue  # one of two that are the same: the other goes on
        found_by = cells["found_by_level"]
        may = found_by if at_least(found_by, CITY) else CITY
        if (found_by in OUTSIDE or cells.get("assignment_id")) and not at_least(level, may):
            said = f"{found_by}查出的问题由{level}作废"
            yield at(rules.VOIDED, event, said, "by_level")
        elif (due := parse_iso(cells["due_on"])) and due < change.day:
            said = f"时限是{in_words(due)}，逾期以后作废"
            yield at(rules.VOIDED_LATE, event, said, "event_on")


def after_overdue(change: Change) -> Iterator[Finding]:
    """Long after a problem was published as overdue, a step in time is written down."""
    limits: dict[str, str] = {}
    for row in _events(change.before):
        if row.cells["event"] == EXTEND:
            issue = row.cells["issue_id"]
            limits[issue] = max(limits.get(issue, ""), row.cells["new_due_on"])
    done = {row.cells["issue_id"] for row in _events(change.before) if row.cells["event"] == DONE}
    before = change.before.get("issues", {})
    for event in change.by_ledger["issue_events"]:
        issue, kind = event.now("issue_id"), event.now("event")
        registered = before.get((issue,))
        if not event.is_added or kind not in (DONE, EXTEND) or registered is None or issue in done:
            continue
        limit = parse_iso(max(registered.cells["due_on"], limits.get(issue, "")))
        day = parse_iso(event.now("event_on"))
        if limit and day and day <= limit < change.day and (change.day - day).days > LATE_DAYS:
            said = f"时限{in_words(limit)}过了、公布了逾期，才补记{in_words(day)}的“{kind}”"
            yield at(rules.AFTER_OVERDUE, event, said, "event_on")


def self_verified(change: Change) -> Iterator[Finding]:
    """Who mended or reported it done says himself that it is."""
    issues = change.after.get("issues", {})
    doers: dict[str, set[str]] = defaultdict(set)
    for row in _events(change.after):
        if row.cells["event"] == DONE:
            doers[row.cells["issue_id"]].add(row.cells["by_org"])
    for event in change.by_ledger["issue_events"]:
        if not event.is_added or event.now("event") != PASS:
            continue
        issue, who = event.now("issue_id"), event.now("by_org")
        registered = issues.get((issue,))
        owner = registered.cells["resp_org"] if registered else ""
        if who and any(_is_same(who, one) for one in (owner, *doers[issue])):
            yield at(rules.SELF_VERIFIED, event, f"{who}核查了自己整改的问题", "by_org")


def many_at_once(change: Change) -> Iterator[Finding]:
    """Many completions of one unit on the last day of a deadline; told, not accused."""
    issues = change.after.get("issues", {})
    found: dict[tuple[str, date], list[RowChange]] = defaultdict(list)
    for event in change.by_ledger["issue_events"]:
        if not event.is_added or event.now("event") != DONE:
            continue
        registered = issues.get((event.now("issue_id"),))
        day = parse_iso(event.now("event_on"))
        if registered and day and registered.cells["due_on"] == event.now("event_on"):
            found[registered.cells["unit_id"], day].append(event)
    for (_, day), events in sorted(found.items()):
        if len(events) >= MANY:
            said = f"{in_words(day)}是时限最后一天，这一天一起报完成 {len(events)} 件"
            yield at(rules.MANY_AT_ONCE, events[0], said, "event_on")


def born_done(change: Change) -> Iterator[Finding]:
    """Many problems of one unit are registered and done in one change; told, not accused."""
    new = {row.row_id: row for row in change.by_ledger["issues"] if row.is_added}
    found: dict[str, list[RowChange]] = defaultdict(list)
    for event in change.by_ledger["issue_events"]:
        registered = new.get(event.now("issue_id"))
        if event.is_added and event.now("event") == DONE and registered is not None:
            found[registered.now("unit_id")].append(registered)
    for _, rows in sorted(found.items()):
        if len(rows) >= MANY:
            said = f"一次登记了 {len(rows)} 件已经改完的问题"
            yield at(rules.BORN_DONE, rows[0], said, "found_on")


def registered_again(change: Change) -> Iterator[Finding]:
    """A problem that was voided comes back with a later deadline, or as the unit's own finding."""
    void = {row.cells["issue_id"] for row in _events(change.after) if row.cells["event"] == CANCEL}
    told: dict[tuple[str, ...], list[Standing]] = defaultdict(list)
    for (issue_id,), row in change.after.get("issues", {}).items():
        if issue_id in void:
            told[tuple(row.cells.get(c, "") for c in SAME_PLACE)].append(row)
    for new in change.by_ledger["issues"]:
        if not new.is_added:
            continue
        for old in told.get(tuple(new.now(column) for column in SAME_PLACE), []):
            gains = list(_gains(old.cells, new)) if new.row_id != old.cells["issue_id"] else []
            if gains and _alike(old.cells, new.standing.cells):
                said = f"和作废的 {old.cells['issue_id']} 像是同一件：{'，'.join(gains)}"
                yield at(rules.REGISTERED_AGAIN, new, said, "due_on")
                break


def _gains(old: Mapping[str, str], new: RowChange) -> Iterator[str]:
    """Say what is better for the unit in a problem that is registered a second time."""
    if new.now("due_on") > old["due_on"]:
        yield f"时限从 {old['due_on']} 变成 {new.now('due_on')}"
    if is_inward(old.get("channel", ""), new.now("channel")):
        yield f"渠道从{old['channel']}变成{new.now('channel')}"
    if rank(new.now("found_by_level")) < rank(old.get("found_by_level", "")):
        yield f"发现层级从{old['found_by_level']}变成{new.now('found_by_level')}"


def _is_twin(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two problems are of one place and one fault."""
    return all(one.get(c, "") == other.get(c, "") for c in SAME_PLACE) and _alike(one, other)


def _alike(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether two problems of a place are one fault: same works and kind, or nearly one wording."""
    if all(old.get(column, "") == new.get(column, "") for column in SAME_FAULT):
        return True
    words = SequenceMatcher(None, old.get("problem", ""), new.get("problem", ""), autojunk=False)
    return words.quick_ratio() >= SAME_WORDS and words.ratio() >= SAME_WORDS
