"""The door: which rows and columns an audience may see, and what is masked of them.

An allow-list by schema. Knows nothing of scores, states or pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from pipeline.assessment import Audience
from pipeline.ledgers import Snapshot
from pipeline.ledgers.rows import JOINED, row_class
from pipeline.ledgers.schemas import Field, Schema
from pipeline.rowtypes import FindingRow, InspectionRow, JudgementRow, Row

Gate = Callable[[Any], bool]
"""Whether a row may be seen: of the ledgers whose schemas name the gate, which have its columns."""


def let_through(told: Snapshot, audience: Audience) -> dict[str, tuple[Row, ...]]:
    """Return what an audience may see of every ledger of a snapshot."""
    return by_itself(told, audience)[0]


def by_itself(
    told: Snapshot, audience: Audience
) -> tuple[dict[str, tuple[Row, ...]], frozenset[str]]:
    """Return the same, and of which ledgers no row was changed because it names one shut in.

    What is seen of these hangs on their own rows, and on those that their keys lead to.
    """
    gates = _Gates(told)
    tables = {
        schema.name: _visible(told[schema.name], schema, gates, audience)
        for schema in told.schemas.values()
    }
    left = tables if audience == "internal" else _unnamed(told, tables)
    return left, frozenset(name for name, rows in left.items() if rows is tables[name])


def masked_name(name: str) -> str:
    """Mask a person's name: the surname stays, the rest is hidden (张**)."""
    return name[:1] + "**"


def masked_phone(number: str) -> str:
    """Mask a mobile number (138****1234); an office number is open."""
    return (
        f"{number[:3]}****{number[-4:]}" if number.startswith("1") and len(number) > 5 else number
    )


def _always(_row: Row) -> bool:
    return True


def _is_fed_back(row: InspectionRow) -> bool:
    return row.shard.home == "U" or row.feedback_on is not None


class _Gates:
    """Row gates: whether a row may be seen at all (data-model 2 to 4, "row gate")."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._final = {
            (row.edition, row.unit_id, row.clause_id)
            for row in snapshot["judgements"]
            if row.stage == "终评" and row.signed_on
        }

    def opens(self, gate: str | None) -> Gate:
        """Return the test of a named gate.

        Raises:
            KeyError: the schema names a gate that nobody wrote.
        """
        gates: dict[str | None, Gate] = {
            None: _always,
            "is_public": lambda row: row.is_public is True,
            "feedback_on": _is_fed_back,
            "released_on": lambda row: row.released_on is not None,
            "signed_on": self._signed,
            "parent": self._parent,
        }
        return gates[gate]

    def _signed(self, row: JudgementRow) -> bool:
        if row.stage == "自评":
            return (row.edition, row.unit_id, row.clause_id) in self._final
        return row.signed_on is not None

    def _parent(self, row: FindingRow) -> bool:
        parent = self._snapshot.index("inspections").get(row.visit_id)
        return parent is not None and _is_fed_back(parent)


def _visible(
    rows: tuple[Row, ...], schema: Schema, gates: _Gates, audience: Audience
) -> tuple[Row, ...]:
    if audience == "internal":
        return rows
    allowed = _allowed(schema)
    names = tuple(name for name, _, _ in allowed)
    if not is_shown(schema):
        return ()
    opens = gates.opens(schema.row_gate)
    open_rows = rows if opens is _always else tuple(row for row in rows if opens(row))
    masks = [(n, mask) for n, (_, _, mask) in enumerate(allowed) if mask is not None]
    if names == schema.names and not masks:
        return open_rows
    shown = row_class(schema.name, names, schema.primary_key)
    picked = map(itemgetter(*(number for _, number, _ in allowed), -2, -1), open_rows)
    if not masks:
        return tuple(tuple.__new__(shown, cells) for cells in picked)
    result = []
    for one in picked:
        cells = list(one)
        for n, mask in masks:
            cells[n] = mask(cells[n])
        result.append(tuple.__new__(shown, cells))
    return tuple(result)


def is_shown(schema: Schema) -> bool:
    """Whether rows of a ledger may be seen at all: without their key nobody could cite them."""
    return set(schema.primary_key) <= {name for name, _, _ in _allowed(schema)}


def _allowed(schema: Schema) -> list[tuple[str, int, Callable[[Any], Any] | None]]:
    """Return the columns that may be seen: name, number of the column it is made of, its mask."""
    allowed: list[tuple[str, int, Callable[[Any], Any] | None]] = []
    for number, field in enumerate(schema.fields):
        if field.visibility in "PM":
            allowed.append((field.name, number, _mask(field) if field.visibility == "M" else None))
        if field.shown_as is not None:
            allowed.append((field.shown_as.name, number, _is_given))
    return allowed


def _is_given(value: Any) -> bool:
    return value not in (None, ())


def _unnamed(
    snapshot: Snapshot, tables: Mapping[str, tuple[Row, ...]]
) -> dict[str, tuple[Row, ...]]:
    """Let no row name one that may not be seen: the reference goes, or the row that needs it.

    A row that goes may be named in its turn, so this is done until nothing more goes.
    """
    left, before = dict(tables), {name: snapshot[name] for name in tables}
    while lost := [name for name, rows in left.items() if len(rows) < len(before[name])]:
        shut = set(chain.from_iterable(_ids(before[name]) for name in lost))
        is_joined = any(JOINED in one for one in shut)
        for rows in left.values():
            if rows and (is_joined or len(rows[0].key) == 1):
                shut.difference_update(_ids(rows))
        before = left
        left = {
            schema.name: _without(left[schema.name], schema, shut)
            for schema in snapshot.schemas.values()
        }
    return left


def _ids(rows: Sequence[Row]) -> Iterator[str]:
    """Return the ids of rows of one ledger."""
    return map(attrgetter("id"), rows)


def _without(rows: tuple[Row, ...], schema: Schema, shut: Set[str]) -> tuple[Row, ...]:
    """Return the rows of a ledger without the ids shut in, or without rows that require one."""
    there = type(rows[0])._fields if rows else ()
    for field in schema.fields:
        if field.name not in there or field.type != "string":  # ids are texts
            continue
        number = there.index(field.name)
        cells = [row[number] for row in rows]
        if shut.isdisjoint(chain.from_iterable(filter(None, cells)) if field.list_of else cells):
            continue
        kept: list[Any]
        if field.list_of:
            kept = [tuple(member for member in cell if member not in shut) for cell in cells]
        else:
            kept = [None if cell in shut else cell for cell in cells]
        pairs = zip(rows, kept, strict=True)
        if field.required and not field.list_of:
            rows = tuple(row for row, cell in pairs if cell is not None)
        else:
            rows = tuple(row._replace(**{field.name: cell}) for row, cell in pairs)
    return rows


def _mask(field: Field) -> Callable[[Any], Any]:
    single = masked_phone if "phone" in field.name else masked_name
    if field.list_of:
        return lambda values: tuple(single(v) for v in values)
    return lambda value: None if value is None else single(value)
