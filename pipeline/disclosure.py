"""What may be seen: the view of an audience, made by allow-list.

Publication gets everything from a `View` and nothing from the ledgers. Of every ledger only the
columns that its schema marks public pass (P as they are, M masked); rows behind a closed gate do
not exist, and nothing that passes names them; columns marked A appear only as sums of a unit;
columns marked I never, though a column may be shown as whether it is filled in. Tables of sums
stand beside the ledgers, so that points that rest on closed rows can be recomputed all the same.
What is derived (states, verdicts, reporting, scores) is carried along for the rows that passed; a
score still names what it rests on, but rows that may not be opened are only counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from pipeline import assessment, rectification, water
from pipeline.assessment import PUBLIC, Audience, contract, sums
from pipeline.assessment.known import Known
from pipeline.dates import Workdays
from pipeline.ledgers import Row, Snapshot
from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.rows import row_class
from pipeline.ledgers.schemas import PUBLISHED, Field, Schema, Schemas, load_schemas
from pipeline.ledgers.tables import Tables
from pipeline.readings import Readings
from pipeline.reporting import Reporting, reporting_table

ROSTER_ROLES = 5
"""Roles that make a village's patrol network complete (O-19)."""


@dataclass(frozen=True, kw_only=True)
class View(Tables):
    """What one audience may see as of one day. Rows are named tuples of the allowed columns only.

    `standings` gives what is known of the water of a place, by place_type and place_id;
    `sums` gives unit -> "ledger.column" -> total for columns that are public only in sums;
    `checked_on` the day of the last household check of a village, whatever it found;
    `roster_coverage` unit -> (villages with all five roles, villages with supply); `score_data` is
    the JSON contract of the scores, `score_table` the same as rows of text under a header.
    """

    audience: Audience
    as_of_on: date
    digest: str
    parts: Mapping[str, str]
    campaign: Campaign
    schemas: Schemas
    states: Mapping[str, rectification.State]
    histories: Mapping[str, tuple[rectification.Step, ...]]
    verdicts: Mapping[str, water.Verdict]
    standings: Mapping[tuple[str, str], water.Standing]
    sums: Mapping[str, Mapping[str, int]]
    checked_on: Mapping[str, date]
    roster_coverage: Mapping[str, tuple[int, int]]
    reporting: Mapping[str, Mapping[str, Reporting]]
    assessment: assessment.Assessment
    score_data: Mapping[str, Any]
    score_table: tuple[tuple[str, ...], ...]
    transitions: tuple[tuple[str, str, str], ...]


def view(
    snapshot: Snapshot,
    day: date,
    digest: str,
    audience: Audience = PUBLIC,
    parts: Mapping[str, str] = MappingProxyType({}),
    apart: Mapping[str, assessment.Alone] | None = None,
) -> View:
    """Return what an audience may see of a snapshot as of a day.

    `digest` names the input; it is printed on every page. `parts` names its parts, so that what
    rests on an unchanged one need not be made again; without them everything is. `apart` are
    the scores of units by themselves, where they are known already.
    """
    told = snapshot.as_of(day)
    gates = _Gates(told)
    tables = {
        schema.name: _visible(told[schema.name], schema, gates, audience)
        for schema in told.schemas.values()
    }
    if audience == "public":
        tables = _unnamed(told, tables)
    judged = water.judged(told)
    workdays = Workdays.from_rows(told["workdays"])
    heard = assessment.heard(told, audience)
    tables |= _computed(Known(heard, day, judged, workdays), tables)
    states = rectification.states(told, day)
    verdicts = water.cured(told["water_tests"], judged)
    earlier = assessment.milestones(told.campaign, day)
    scores = _disclosed(assessment.assess(snapshot, day, earlier, apart, audience), tables)
    return View(
        audience=audience,
        as_of_on=day,
        digest=digest,
        parts=parts,
        campaign=told.campaign,
        schemas=Schemas({s.name: s.published for s in told.schemas.values()} | dict(_PUBLISHED)),
        tables=MappingProxyType(tables),
        states=MappingProxyType(states),
        histories=MappingProxyType(rectification.histories(told)),
        verdicts=MappingProxyType(verdicts),
        standings=MappingProxyType(water.standings(told["water_tests"], verdicts)),
        sums=_sums(told),
        checked_on=_checked_on(told),
        roster_coverage=_roster_coverage(told, day),
        reporting=reporting_table(told, day),
        assessment=scores,
        score_data=MappingProxyType(contract.to_json(scores, scores.sheets)),
        score_table=(contract.COLUMNS, *contract.to_rows(scores, scores.sheets)),
        transitions=tuple(
            (old, event, new) for (old, event), new in rectification.TRANSITIONS.items()
        ),
    )


def _disclosed(
    scores: assessment.Assessment, tables: Mapping[str, tuple[Row, ...]]
) -> assessment.Assessment:
    """Let scores name only the rows that the audience may open, and count the others."""
    visible = {row.ref for rows in tables.values() for row in rows}

    def line(one: assessment.Line) -> assessment.Line:
        rows = tuple(row for row in one.rows if row in visible)
        return replace(one, rows=rows, hidden=len(one.rows) - len(rows))

    def win(one: assessment.Win) -> assessment.Win:
        return replace(one, rows=tuple(row for row in one.rows if row in visible))

    return replace(
        scores,
        sheets={
            unit: replace(sheet, lines=tuple(map(line, sheet.lines)))
            for unit, sheet in scores.sheets.items()
        },
        wins={unit: tuple(map(win, some)) for unit, some in scores.wins.items()},
    )


_PUBLISHED = load_schemas(PUBLISHED)


def _computed(known: Known, tables: Mapping[str, tuple[Row, ...]]) -> dict[str, tuple[Row, ...]]:
    """Return the tables that stand for closed rows, under their schemas of `schemas/published`.

    `known` is what the audience's scores count: what waits to be told counts in no sum yet. A row
    is closed if it stands in none of the `tables`, unless its whole ledger is withheld.
    """
    shown = {
        schema.name: {row.id for row in tables[schema.name]}
        for schema in known.told.schemas.values()
        if _is_shown(schema)
    }
    open_only = known.of_rows(lambda row: row.table not in shown or row.id in shown[row.table])
    readings = Readings.from_rows(known.told["readings"])
    made: dict[str, Iterable[tuple[Any, ...]]] = {
        "household_sums": sums.household_sums(known),
        "reporting_status": sums.reporting_status(known),
        "withheld_sums": sums.withheld_sums(known, open_only, readings),
    }
    found = {}
    for name, cells in made.items():
        schema = _PUBLISHED[name]
        make = row_class(name, schema.names, schema.primary_key)._make  # type: ignore[attr-defined]
        found[name] = tuple(make((*row, None, 0)) for row in cells)
    return found


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


class _Gates:
    """Row gates: whether a row may be seen at all (data-model 2 to 4, "row gate")."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._final = {
            (row.edition, row.unit_id, row.clause_id)
            for row in snapshot["judgements"]
            if row.stage == "终评" and row.signed_on
        }

    def opens(self, gate: str | None) -> Callable[[Row], bool]:
        """Return the test of a named gate.

        Raises:
            KeyError: the schema names a gate that nobody wrote.
        """
        return {
            None: _always,
            "is_public": lambda row: row.is_public is True,
            "feedback_on": lambda row: row.shard.home == "U" or row.feedback_on is not None,
            "released_on": lambda row: row.released_on is not None,
            "signed_on": self._signed,
            "parent": self._parent,
        }[gate]

    def _signed(self, row: Row) -> bool:
        if row.stage == "自评":
            return (row.edition, row.unit_id, row.clause_id) in self._final
        return row.signed_on is not None

    def _parent(self, row: Row) -> bool:
        parent = self._snapshot.index("inspections").get(row.visit_id)
        return parent is not None and self.opens("feedback_on")(parent)


def _visible(
    rows: tuple[Row, ...], schema: Schema, gates: _Gates, audience: Audience
) -> tuple[Row, ...]:
    if audience == "internal":
        return rows
    allowed = _allowed(schema)
    names = tuple(name for name, _, _ in allowed)
    if not _is_shown(schema):
        return ()
    opens = gates.opens(schema.row_gate)
    numbers = [number for _, number, _ in allowed]
    masks = [(n, mask) for n, (_, _, mask) in enumerate(allowed) if mask is not None]
    make = row_class(schema.name, names, schema.primary_key)._make  # type: ignore[attr-defined]
    result = []
    for row in rows:
        if opens(row):
            cells = [row[n] for n in numbers]
            for n, mask in masks:
                cells[n] = mask(cells[n])
            result.append(make((*cells, row.shard, row.line)))
    return tuple(result)


def _is_shown(schema: Schema) -> bool:
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
    seen = {row.id for rows in tables.values() for row in rows}
    shut = {row.id for name in tables for row in snapshot[name]} - seen
    left = {
        schema.name: _without(tables[schema.name], schema, shut)
        for schema in snapshot.schemas.values()
    }
    is_done = all(len(left[name]) == len(rows) for name, rows in tables.items())
    return left if is_done else _unnamed(snapshot, left)


def _without(rows: tuple[Row, ...], schema: Schema, shut: Set[str]) -> tuple[Row, ...]:
    """Return the rows of a ledger without the ids shut in, or without rows that require one."""
    there = type(rows[0])._fields if rows else ()
    for field in schema.fields:
        if field.name not in there:
            continue
        cells = [getattr(row, field.name) for row in rows]
        kept: list[Any]
        if field.list_of:
            kept = [tuple(member for member in cell if member not in shut) for cell in cells]
        else:
            kept = [None if cell in shut else cell for cell in cells]
        if kept == cells:
            continue
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


def _sums(snapshot: Snapshot) -> Mapping[str, Mapping[str, int]]:
    """Add up, per unit, every number that is public only in sums."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for schema in snapshot.schemas.values():
        hidden = [f.name for f in schema.fields if f.visibility == "A" and f.type == "integer"]
        if not hidden or "unit_id" not in schema.by_name:
            continue
        for row in snapshot[schema.name]:
            for name in hidden:
                value = getattr(row, name)
                if value is not None:
                    home = "" if schema.home != "UC" else f".{row.shard.home}"
                    sums[row.unit_id][f"{schema.name}{home}.{name}"] += value
    return MappingProxyType({unit: MappingProxyType(dict(s)) for unit, s in sums.items()})


def _checked_on(snapshot: Snapshot) -> Mapping[str, date]:
    days: dict[str, date] = {}
    for row in snapshot["household_checks"]:
        days[row.village_code] = max(row.checked_on, days.get(row.village_code, row.checked_on))
    return MappingProxyType(days)


def _roster_coverage(snapshot: Snapshot, day: date) -> Mapping[str, tuple[int, int]]:
    roles: dict[str, set[str]] = defaultdict(set)
    for row in snapshot["patrol_roster"]:
        if row.valid_to is None or row.valid_to >= day:
            roles[row.village_code].add(row.role)
    villages = snapshot.group("villages", "unit_id")
    return MappingProxyType(
        {
            unit.unit_id: (
                sum(len(roles[v.village_code]) >= ROSTER_ROLES for v in villages[unit.unit_id]),
                len(villages[unit.unit_id]),
            )
            for unit in snapshot.units
        }
    )
