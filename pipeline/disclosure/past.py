"""What an audience may learn of the history of the ledgers: of rows it may see, and no other.

History passes the same door as the rows: a row that is hidden today has none. A row that was
removed is named only if it could be seen; of others it is only counted that there were some.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from pipeline.dates import parse_iso
from pipeline.disclosure.door import is_shown
from pipeline.history import Edit, History, repeats, worded
from pipeline.ledgers.schemas import Field, Schema, Schemas
from pipeline.rowtypes import Row

NONE = "none"
ALWAYS_LISTED = ("readings", "units")
"""Ledgers of the reference whose changes are listed row by row; of the others cells are counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that was changed: its title, what it was and is; None where that is not repeated."""

    title: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """One row that was changed or (without cells) removed: when, by which change, whose, where."""

    on: date
    change: str
    ledger: str
    title: str
    row: str
    unit: str
    about: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """What the gates said of a unit's ledgers when they were published: errors, warnings."""

    on: date
    change: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Rows or cells of a ledger changed at once that are only counted; `what` says why."""

    on: date
    change: str
    title: str
    count: int
    what: str


@dataclass(frozen=True, slots=True)
class Record:
    """How a unit kept its ledgers since they stand under git.

    Rows that were added, those of them with a day, those registered late, the days of the latest;
    rows edited and removed since; the last day on which anything changed; what the gates said at
    each publication that was written down, the latest first.
    """

    rows: int = 0
    dated: int = 0
    late: int = 0
    most: int = 0
    edited: int = 0
    removed: int = 0
    last_on: date | None = None
    quality: tuple[Quality, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Past:
    """What is known of the history: where from, since when, and what it says, the latest first.

    `state` is "git", "shallow", "file" or "none"; `about` gives what is told on the page of a
    record, `touched` the day and name of its last change.
    """

    state: str = NONE
    since: date | None = None
    until: date | None = None
    commit: str = ""
    told: tuple[Told, ...] = ()
    rewritten: tuple[Rewritten, ...] = ()
    about: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    touched: Mapping[str, tuple[date, str]] = field(default_factory=dict)
    units: Mapping[str, Record] = field(default_factory=dict)


def past(
    history: History | None,
    tables: Mapping[str, tuple[Row, ...]],
    schemas: Schemas,
    units: Iterable[str],
    day: date,
) -> Past:
    """Return what of a history may be told beside the rows an audience may see as of a day."""
    if history is None:
        return Past()
    door = _Door(tables, schemas, day)
    edits = [one for one in history.edits if door.lets(one)]
    listed = [one for one in edits if door.is_listed(one)]
    told = [door.told(list(some)) for _, some in groupby(listed, _row_of)]
    told.reverse()
    about: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        about[one.about].append(one)
    return Past(
        state=history.source,
        since=history.since,
        until=history.until,
        commit=history.commit[:12],
        told=tuple(told),
        rewritten=tuple(_rewritten(history, edits, door)),
        about={name: tuple(some) for name, some in sorted(about.items())},
        touched={
            name: last for name, last in sorted((history.touched or {}).items()) if door.has(name)
        },
        units=dict(_records(history, edits, door, units)),
    )


def _row_of(edit: Edit) -> tuple[str, str, str]:
    return edit.change, edit.ledger, edit.row


class _Door:
    """Which edits pass, and with which words."""

    def __init__(self, tables: Mapping[str, tuple[Row, ...]], schemas: Schemas, day: date) -> None:
        self._tables, self._schemas, self._day = tables, schemas, day
        self._ids: dict[str, frozenset[str]] = {}

    def shows(self, ledger: str) -> bool:
        """Whether rows of a ledger may be seen at all."""
        return ledger in self._schemas and is_shown(self._schemas[ledger])

    def has(self, about: str) -> bool:
        """Whether a record may be seen."""
        ledger, _, row = about.partition("/")
        return self.shows(ledger) and row in self._rows(ledger)

    def lets(self, edit: Edit) -> bool:
        """Whether anything may be told of an edit; of rows removed it may be counted."""
        if not self.shows(edit.ledger):
            return False
        if not edit.column:
            return edit.row not in self._rows(edit.ledger)
        column = self._schemas[edit.ledger].by_name.get(edit.column)
        if column is None or column.visibility not in ("P", "M"):
            return False
        return edit.is_open and edit.row in self._rows(edit.ledger)

    def is_listed(self, edit: Edit) -> bool:
        """Whether an edit is listed by its row; what is not is counted."""
        schema = self._schemas[edit.ledger]
        return edit.is_open and (schema.home != "R" or schema.name in ALWAYS_LISTED)

    def why_counted(self, edit: Edit) -> str:
        """Say of what an edit is counted that is not listed."""
        if edit.column:
            return "改动的格"
        return "删去的行" if edit.is_open else "删去的行，原来不公开"

    def told(self, edits: list[Edit]) -> Told:
        """Return what was done to one row in one change."""
        one, schema = edits[0], self._schemas[edits[0].ledger]
        cells = tuple(self._cell(edit, schema) for edit in edits if edit.column)
        return Told(
            one.on, one.change, one.ledger, schema.title, one.row, one.unit, one.about, cells
        )

    def title(self, ledger: str) -> str:
        """Return what a ledger is called."""
        return self._schemas[ledger].title

    def _cell(self, edit: Edit, schema: Schema) -> Cell:
        column = schema.by_name[edit.column]
        hides = not repeats(schema, column, self._schemas) or self._is_later(column, edit)
        texts = (None, None) if hides else (edit.old, edit.new)  # a file may be older than a rule
        return Cell(column.title, *(None if text is None else worded(text) for text in texts))

    def _is_later(self, column: Field, edit: Edit) -> bool:
        """Whether a value is a day that the view does not know yet."""
        if column.type != "date" or column.is_plan:
            return False
        days = (parse_iso(text) for text in (edit.old, edit.new) if text)
        return any(found is not None and found > self._day for found in days)

    def _rows(self, ledger: str) -> frozenset[str]:
        if ledger not in self._ids:
            self._ids[ledger] = frozenset(
                "/".join(str(getattr(row, name)) for name in row.key)
                for row in self._tables.get(ledger, ())
            )
        return self._ids[ledger]


def _rewritten(history: History, edits: list[Edit], door: _Door) -> Iterator[Rewritten]:
    """Yield what is only counted: ledgers written anew, the reference, rows nobody could see."""
    found = [
        Rewritten(one.on, one.change, door.title(one.ledger), one.rows, "整批改写的行")
        for one in history.bulks
        if door.shows(one.ledger)
    ]
    counted = Counter(
        (one.on, one.change, one.ledger, door.why_counted(one))
        for one in edits
        if not door.is_listed(one)
    )
    found += [
        Rewritten(on, change, door.title(ledger), count, what)
        for (on, change, ledger, what), count in counted.items()
    ]
    yield from sorted(found, key=lambda r: (r.on, r.change, r.title, r.what), reverse=True)


def _records(
    history: History, edits: list[Edit], door: _Door, units: Iterable[str]
) -> Iterator[tuple[str, Record]]:
    for unit in units:
        filed = [one for one in history.filings if one.unit == unit and door.shows(one.ledger)]
        own = [one for one in edits if one.unit == unit]
        yield (
            unit,
            Record(
                sum(one.rows for one in filed),
                sum(one.dated for one in filed),
                sum(one.late for one in filed),
                max((one.most for one in filed), default=0),
                len({(one.change, one.ledger, one.row) for one in own if one.column}),
                sum(not one.column for one in own),
                max([one.on for one in filed] + [one.on for one in own], default=None),
                tuple(
                    Quality(one.on, one.change, one.errors, one.warnings)
                    for one in reversed(history.quality)
                    if one.unit == unit
                ),
            ),
        )
