"""What a change does to records of any ledger, as their schema declares it: kept, fixed, filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from math import ceil

from pipeline.changes.delta import RowChange, Standing
from pipeline.changes.sides import Change
from pipeline.checks import change_rules as rules
from pipeline.dates import in_words, parse_iso
from pipeline.findings import Finding, Rule
from pipeline.ledgers.schemas import Schema

LATE_DAYS = 7
"""Days after which an entry is told as made up later."""
ALIKE = 0.8
"""The share of filled cells from which a removed row and an added one are taken for the same."""
COMPARED = 50
"""Added rows with one value in common that are compared in full."""
FEWEST = 3
"""Cells that must agree for that, and fixed cells that must differ for an id given to another."""


def at(rule: Rule, row: RowChange, said: str, column: str | None = None, **more: str) -> Finding:
    """Make a finding about a changed row, at its cell where one is named."""
    place: dict[str, object] = {
        "ledger": row.ledger, "subject": f"{row.ledger}/{row.row_id}", "file": row.standing.file,
    }  # fmt: skip
    if row.after is not None:
        place["line"] = row.after.line
    if column is not None:
        field = row.schema.by_name[column]
        place |= {
            "column": row.schema.column(column), "field": column, "title": field.title,
            "value": row.now(column), "keeps": field.may_show,
        }  # fmt: skip
    return rule.at(said, **place, **more)


def from_to(row: RowChange, column: str) -> str:
    """Say what a cell was and is; what is not public is not repeated."""
    field = row.schema.by_name[column]
    if field.visibility != "P":
        return f"“{field.title}”改了"
    old, new = row.was(column) or "空白", row.now(column) or "空白"
    return f"“{field.title}”原来是“{old}”，改成了“{new}”"


def kept(change: Change) -> Iterator[Finding]:
    """Rows stay, under their own number."""
    for ledger, rows in change.by_ledger.items():
        if change.schemas[ledger].rows != "kept":
            continue
        twins = _Twins(change.schemas[ledger], [row for row in rows if row.is_added])
        for row in rows:
            if row.after is not None or row.before is None:
                continue
            twin = twins.of(row.before)
            if twin is not None:
                said = f"{row.row_id} 换成了 {twin.row_id}，其余内容几乎一样"
                yield at(rules.RENUMBERED, twin, said, row.schema.primary_key[-1])
            else:
                rule = rules.EVENT_REMOVED if ledger == "issue_events" else rules.ROW_REMOVED
                yield at(rule, row, f"少了 {row.row_id}（原来在第{row.before.line}行）")


class _Twins:
    """Finds the added row that says nearly the same as a removed one.

    Two rows that agree in four fifths of their cells agree in one of any fifth of them and one
    more; so only rows that share a value of the rarest of these are compared in full, and a whole
    ledger that is renumbered costs no more than its rows.
    """

    def __init__(self, schema: Schema, added: list[RowChange]) -> None:
        self._own = {*schema.primary_key, "seq_no"}
        self._holding: dict[tuple[str, str], list[RowChange]] = defaultdict(list)
        for row in added:
            for column, value in row.standing.cells.items():
                if value and column not in self._own:
                    self._holding[column, value].append(row)

    def of(self, gone: Standing) -> RowChange | None:
        """Return the twin of a removed row; None if no added row is alike enough."""
        filled = {c: v for c, v in gone.cells.items() if v and c not in self._own}
        alike = sorted((self._holding.get(cell, []) for cell in filled.items()), key=len)
        some = alike[: len(alike) - ceil(ALIKE * len(filled)) + 1]
        best, most, seen = None, 0, set()
        for row in (row for rows in some for row in rows[:COMPARED]):
            if row.key in seen:
                continue
            seen.add(row.key)
            same = sum(row.now(column) == value for column, value in filled.items())
            if same > most:
                best, most = row, same
        return best if most >= FEWEST and most >= ALIKE * len(filled) else None


def cells(change: Change) -> Iterator[Finding]:
    """Cells change as their column allows; columns with a rule of their own are left to it."""
    for row in change.rows:
        if not row.cells or row.schema.rows != "kept":
            continue
        fixed = [c for c in row.cells if row.schema.by_name[c].change == "fixed"]
        if _is_another(row, fixed):
            said = f"{row.row_id} 换成了另一条记录：{len(fixed)} 格写定的内容都变了"
            yield at(rules.RENUMBERED, row, said, row.schema.primary_key[-1])
            continue
        for column in row.cells:
            yield from _cell(row, column)


def _is_another(row: RowChange, fixed: list[str]) -> bool:
    filled = [
        f.name
        for f in row.schema.fields
        if f.change == "fixed" and row.was(f.name) and f.name not in row.schema.primary_key
    ]
    return len(fixed) > FEWEST and 2 * len(fixed) > len(filled) and row.ledger != "issue_events"


OWN: dict[tuple[str, str], Rule] = {
    ("issues", "due_on"): rules.DEADLINE,
    ("issues", "due_text"): rules.DEADLINE,
    ("issues", "found_on"): rules.FOUND,
    ("issues", "problem"): rules.WORDING,
    ("issues", "root_cause"): rules.WORDING,
    ("responsibilities", "name"): rules.SWAPPED,
}
"""Columns whose change has a rule that says more than that it is fixed."""

ELSEWHERE = frozenset(
    {("issues", "channel"), ("issues", "found_by_level"), ("waivers", "expires_on")}
)
"""Columns judged by the direction of their change."""


def _cell(row: RowChange, column: str) -> Iterator[Finding]:
    old, new = row.cells[column]
    field = row.schema.by_name[column]
    if (row.ledger, column) in ELSEWHERE:
        return
    said = from_to(row, column)
    if field.change == "once":
        if old and _earlier(field.type, old, new):
            yield at(rules.BACK_DATED, row, said, column)
        elif old:
            yield at(rules.ONCE, row, said, column)
    elif own := OWN.get((row.ledger, column)):
        yield at(own, row, said, column)
    elif field.change == "fixed":
        rule = rules.EVENT_EDITED if row.ledger == "issue_events" else rules.FIXED
        yield at(rule, row, said, column)
    elif field.change == "reasoned" and old:
        yield at(rules.REASONED, row, said, column)


def _earlier(kind: str, old: str, new: str) -> bool:
    was, now = parse_iso(old), parse_iso(new)
    return kind == "date" and was is not None and now is not None and now < was


def late_entries(change: Change) -> Iterator[Finding]:
    """What happened long before it was written down is told: new rows, and dates filled in."""
    for row in change.rows:
        schema = row.schema
        if schema.rows != "kept":
            continue
        if row.is_added and schema.dating_field:
            yield from _late(row, schema.dating_field, change.day)
        for column, (old, _) in row.cells.items():
            field = schema.by_name[column]
            if not old and field.change == "once" and field.type == "date" and not field.is_plan:
                yield from _late(row, column, change.day)


def _late(row: RowChange, column: str, day: date) -> Iterator[Finding]:
    happened = parse_iso(row.now(column))
    if happened is not None and (days := (day - happened).days) > LATE_DAYS:
        said = f"{in_words(happened)}的事，改动以前的数据截至{in_words(day)}，晚了 {days} 天才登记"
        yield at(rules.LATE_ENTRY, row, said, column)
