"""Two copies of the ledgers that gave one id to two rows: the row not yet published gets another.

An id that is published never changes. So one side is kept as it is; on the other every row that it
added under an id that is taken gets the next free one, and whatever it added that names the row
follows: events, samples, findings, lists.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.changes.three import Key, Line, Three, key_of, rows_of, schema_of
from pipeline.checks.ids import appended_as, counted_as
from pipeline.ledgers.schemas import Schema
from pipeline.ledgers.writer import shard_bytes
from pipeline.rectification.lifecycle import REGISTER

EVENTS = "issue_events"
_NUMBERED = re.compile("(.*?)([0-9]{1,9})")
_SAID = ("problem", "title", "subject", "event", "report_no", "item_code")
"""Columns of which one is said, so that whoever reads an id knows what it stood for."""


@dataclass(frozen=True, slots=True)
class NewNumber:
    """One row that got another id: its ledger, both ids, and what the row is about."""

    ledger: str
    old: str
    new: str
    about: str


def renumbered(three: Three) -> tuple[dict[str, bytes], list[NewNumber]]:
    """Return my shards as they must be, those that change only, and the new numbers."""
    mine = _added(three)
    taken = _taken(three, mine)
    numbers: dict[str, str] = {}
    told: list[NewNumber] = []
    by_ledger: dict[str, list[Line]] = defaultdict(list)
    for line in mine:
        if line.is_added:
            by_ledger[three.shards[line.path].ledger].append(line)
    parents = [name for name in by_ledger if counted_as(three.schemas[name]) is not None]
    children = [name for name in by_ledger if appended_as(three.schemas[name]) is not None]
    for name in (*parents, *children):
        told += _number(three.schemas[name], by_ledger[name], taken[name], numbers)
    touched = set()
    for line in (line for lines in by_ledger.values() for line in lines):
        if _rename(schema_of(three, line.path), line, numbers) or line.is_renumbered:
            touched.add(line.path)
    published = {key_of(three, line): line.cells for line in rows_of(three, three.published)}
    for line in _fallen_together(three, mine, numbers):
        mine.append(line)
        touched.add(line.path)
    for line in mine:  # what stood before and was made to name one of these
        if not line.is_added and _rename_changed(three, line, numbers, published):
            touched.add(line.path)
    _count_on(three, by_ledger.get("issues", []), {n.new for n in told}, three.schemas["issues"])
    return {path: _bytes(three, path, mine) for path in sorted(touched)}, told


def _added(three: Three) -> list[Line]:
    """Return all my rows, with those marked that neither the start nor the published side has.

    Where a file was put together by hand and an id stands there twice, one of the rows is the
    published one; the other is mine.
    """
    lines = list(rows_of(three, three.mine))
    known = {key_of(three, line): line.cells for line in rows_of(three, three.base)}
    times = Counter(key_of(three, line) for line in lines)
    whole = {(key_of(three, line), tuple(line.cells)) for line in lines}
    kept: set[tuple[str, Key]] = set()
    for line in lines:
        key = key_of(three, line)
        if key not in known:
            line.is_added = True
        elif times[key] > 1 and (key, tuple(known[key])) in whole:
            line.is_added = line.cells != known[key] or key in kept
            if not line.is_added:
                kept.add(key)
    return lines


def _taken(three: Three, mine: list[Line]) -> dict[str, dict[str, list[str] | None]]:
    """Return the ids of each ledger that are given away, with the published row if there is one."""
    taken: dict[str, dict[str, list[str] | None]] = defaultdict(dict)
    for name, ids in three.also.items():
        taken[name] |= dict.fromkeys(ids)
    for line in (*(x for x in mine if not x.is_added), *rows_of(three, three.published)):
        name, key = key_of(three, line)
        taken[name][key[0]] = line.cells
    return taken


def _number(
    schema: Schema,
    lines: list[Line],
    taken: dict[str, list[str] | None],
    numbers: dict[str, str],
) -> Iterator[NewNumber]:
    """Give the next free id to every added row whose own is taken by another row."""
    place = schema.names.index(schema.primary_key[0])
    if len(schema.primary_key) > 1:
        return
    follows = {id(line): _renamed(line.cells[place], numbers) for line in lines}
    given: dict[str, list[str] | None] = dict(taken)
    free = [line for line in lines if follows[id(line)] not in taken]
    for line in free:
        given.setdefault(follows[id(line)], line.cells)
    own: set[str] = set()
    for line in lines:
        old, wanted = line.cells[place], follows[id(line)]
        is_moved = wanted != old
        there = taken.get(wanted)
        is_same = there == line.cells and not is_moved  # entered on both sides alike: one row
        if (wanted in taken and not is_same) or wanted in own:
            found = _NUMBERED.fullmatch(wanted)
            if found is None:
                continue
            new = _next(found[1], len(found[2]), given)
            given[new] = line.cells
            numbers.setdefault(old, new)
            line.cells[place], line.is_renumbered = new, True
            yield NewNumber(schema.name, old, new, _about(schema, line.cells))
        elif is_moved:
            yield NewNumber(schema.name, old, wanted, _about(schema, line.cells))
        own.add(wanted)


def _next(start: str, width: int, given: Mapping[str, object]) -> str:
    form = re.compile(re.escape(start) + "([0-9]{1,9})")
    highest = max((int(m[1]) for one in given if (m := form.fullmatch(one))), default=0)
    return f"{start}{highest + 1:0{width}d}"


def _renamed(cell: str, numbers: Mapping[str, str]) -> str:
    """Return an id as it is now: its own new number, or that of the row it extends."""
    if cell in numbers:
        return numbers[cell]
    above, mark, tail = cell.rpartition("-")
    return f"{numbers[above]}{mark}{tail}" if above in numbers else cell


def _rename(schema: Schema, line: Line, numbers: Mapping[str, str]) -> bool:
    """Have a row name the rows by their new ids; whether anything changed."""
    before = list(line.cells)
    for place, field_ in enumerate(schema.fields):
        if field_.is_coded:
            parts = [_renamed(one, numbers) for one in line.cells[place].split("|")]
            is_sorted = field_.list_of is not None and not field_.list_of.get("text")
            line.cells[place] = "|".join(sorted(parts) if is_sorted else parts)
    return line.cells != before


def _fallen_together(three: Three, mine: list[Line], numbers: Mapping[str, str]) -> Iterator[Line]:
    """Yield the 登记 of issues that got another id, where it fell together with the published one.

    Two of them may be alike to the letter; then whoever merged lines kept only one.
    """
    schema = three.schemas[EVENTS]
    issue, event, own = map(schema.names.index, ("issue_id", "event", "event_id"))
    lines = [line for line in mine if schema_of(three, line.path) is schema]
    registered = {line.cells[issue] for line in lines if line.cells[event] == REGISTER}
    for line in list(lines):
        new = numbers.get(line.cells[issue])
        if line.cells[event] == REGISTER and new is not None and new not in registered:
            cells = list(line.cells)
            cells[issue], cells[own] = new, _renamed(cells[own], numbers)
            yield Line(line.path, cells, is_added=True)


def _rename_changed(
    three: Three,
    line: Line,
    numbers: Mapping[str, str],
    published: Mapping[tuple[str, Key], list[str]],
) -> bool:
    """Do so in a row that stood before, in the cells that this side changed."""
    schema = schema_of(three, line.path)
    if not any(_renamed(one, numbers) != one for cell in line.cells for one in cell.split("|")):
        return False
    there = published.get(key_of(three, line), [])
    own, kept = list(line.cells), Line(line.path, list(line.cells))
    _rename(schema, kept, numbers)
    line.cells = [
        new if not there or old != there[place] else old
        for place, (old, new) in enumerate(zip(own, kept.cells, strict=True))
    ]
    return line.cells != own


def _count_on(three: Three, lines: list[Line], new: set[str], schema: Schema) -> None:
    """Give issues that got another id the next number of the list, where theirs is taken."""
    town, number, owner = map(schema.names.index, ("town_code", "seq_no", "unit_id"))
    seen = {
        (line.cells[town], line.cells[number])
        for line in rows_of(three, three.published)
        if schema_of(three, line.path) is schema
    }
    highest = Counter[str]()
    for line in (*rows_of(three, three.published), *lines):
        if schema_of(three, line.path) is schema and line.cells[number].isdecimal():
            unit = line.cells[owner]
            highest[unit] = max(highest[unit], int(line.cells[number]))
    for line in lines:
        if line.cells[0] in new and (line.cells[town], line.cells[number]) in seen:
            highest[line.cells[owner]] += 1
            line.cells[number] = str(highest[line.cells[owner]])


def _about(schema: Schema, cells: list[str]) -> str:
    """Return what a row is about, from a column that is public."""
    for name in _SAID:
        column = schema.by_name.get(name)
        if column is not None and column.visibility == "P":
            return cells[schema.names.index(name)]
    return ""


def _bytes(three: Three, path: str, lines: list[Line]) -> bytes:
    schema = schema_of(three, path)
    rows = (line.cells for line in lines if line.path == path)
    return shard_bytes(schema, (dict(zip(schema.names, cells, strict=True)) for cells in rows))
