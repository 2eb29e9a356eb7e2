"""What would make a unit look better without mending anything, one function for each manoeuvre.

New steps of a problem are judged next door, in `steps`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from pipeline.changes.records import LATE_DAYS, at, from_to
from pipeline.changes.sides import Change
from pipeline.checks import change_rules as rules
from pipeline.dates import in_words, parse_iso
from pipeline.findings import Finding
from pipeline.terms import IN_SUPPLY, INNER, OUTSIDE

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


def moved_inward(change: Change) -> Iterator[Finding]:
    """A problem found from outside turns into one found by the unit itself."""
    for row in change.by_ledger["issues"]:
        if "channel" in row.cells:
            old, new = row.cells["channel"]
            rule = rules.INWARD if is_inward(old, new) else rules.FIXED
            yield at(rule, row, from_to(row, "channel"), "channel")
        if "found_by_level" in row.cells:
            old, new = row.cells["found_by_level"]
            rule = rules.INWARD if rank(new) < rank(old) else rules.FIXED
            yield at(rule, row, from_to(row, "found_by_level"), "found_by_level")


def is_inward(old: str, new: str) -> bool:
    """Whether a channel that leads in from outside has become one of the unit's own."""
    return new in OWN_CHANNELS and old not in OWN_CHANNELS


def rank(level: str) -> int:
    """Return how far outside a level stands; what is none stands inmost."""
    return LEVELS.index(level) if level in LEVELS else -1


def shrinking(change: Change) -> Iterator[Finding]:
    """A denominator gets smaller, or a works leaves without saying where its villages go."""
    for ledger, columns in DENOMINATORS.items():
        for row in change.by_ledger[ledger]:
            for column in columns:
                if column in row.cells and _less(*row.cells[column]):
                    yield at(rules.SHRINKS, row, from_to(row, column), column)
    for row in change.by_ledger["works"]:
        status = row.cells.get("status", ("", ""))[1]
        if status == "停用" and not (row.now("replaced_by_id") and row.now("status_on")):
            yield at(rules.RETIRED, row, "改成了停用，没有写明状态日期和并入哪个工程", "status")
        elif status == "闲置" and not row.now("status_on"):
            yield at(rules.RETIRED, row, "改成了闲置，没有写明状态日期", "status")
        if row.cells.get("has_limited_source", ("", ""))[1] == "是":
            said = from_to(row, "has_limited_source")
            yield at(rules.REASONED, row, said, "has_limited_source")


def left_dry(change: Change) -> Iterator[Finding]:
    """A works leaves supply and villages of it get water from no other; told, not accused."""
    works = [row.cells for row in change.after.get("works", {}).values()]
    supplied = {
        code for cells in works if cells["status"] in IN_SUPPLY for code in _villages(cells)
    }
    for row in change.by_ledger["works"]:
        old, new = row.cells.get("status", ("", ""))
        left = [code for code in _villages(row.standing.cells) if code not in supplied]
        if old in IN_SUPPLY and new and new not in IN_SUPPLY and left:
            said = f"改成了{new}，供的 {len(left)} 个村没有登记别的工程供水"
            yield at(rules.LEFT_DRY, row, said, "status")


def _villages(works: Mapping[str, str]) -> list[str]:
    codes = (works.get(column, "") for column in ("village_codes", "partly_served_codes"))
    return [code for cell in codes for code in cell.split("|") if code]


def dated_back(change: Change) -> Iterator[Finding]:
    """The day since when a works is as it is goes back, or is long past when it is written."""
    for row in change.by_ledger["works"]:
        old, new = map(parse_iso, row.cells.get("status_on", ("", "")))
        if old and new and new < old:
            yield at(rules.BACK_DATED, row, from_to(row, "status_on"), "status_on")
        elif new and row.now("status") not in IN_SUPPLY and (change.day - new).days > LATE_DAYS:
            days = (change.day - new).days
            said = f"{in_words(new)}起{row.now('status')}，晚了 {days} 天才登记"
            yield at(rules.LATE_ENTRY, row, said, "status_on")


def _less(old: str, new: str) -> bool:
    try:
        return bool(old) and (not new or Decimal(new) < Decimal(old))
    except InvalidOperation:
        return False


def day_set_back(change: Change) -> Iterator[Finding]:
    """What was published of the last days would be no more."""
    if change.day_now is not None and change.day_now < change.day:
        said = f"数据日期从{in_words(change.day)}拨回{in_words(change.day_now)}"
        yield rules.SET_BACK.at(said, file=f"{change.folder}/campaign.yml")


def longer_waivers(change: Change) -> Iterator[Finding]:
    """A waiver lasts longer than it was granted for."""
    for row in change.by_ledger["waivers"]:
        old, new = map(parse_iso, row.cells.get("expires_on", ("", "")))
        if old and (new is None or new > old):
            yield at(rules.WAIVER_LONGER, row, from_to(row, "expires_on"), "expires_on")


def hidden(change: Change) -> Iterator[Finding]:
    """A row that everybody could see is closed."""
    for row in change.rows:
        gate = row.schema.row_gate
        if gate and row.cells.get(gate) == ("是", "否"):
            yield at(rules.HIDDEN, row, "公布过的一行改成了不公开", gate)


def moved_home(change: Change) -> Iterator[Finding]:
    """A row goes from what others found to what a unit says of itself, or the other way."""
    for row in change.moved:
        was, now = (
            change.below(side.file)[:1] for side in (row.before, row.after) if side is not None
        )
        if was != now:
            said = f"从 {row.before.file if row.before else ''} 移了过来"
            yield at(rules.MOVED_HOME, row, said)


def withdrawn(change: Change) -> Iterator[Finding]:
    """A test, a visit or a call is taken back: it counts no more."""
    for row in change.rows:
        if "withdrawn_on" in row.cells and row.now("withdrawn_on"):
            why = row.now("withdrawn_reason") or "没有写原因"
            said = f"{row.schema.title}的一行撤回了，不再计入：{why}"
            yield at(rules.WITHDRAWN, row, said, "withdrawn_on")
