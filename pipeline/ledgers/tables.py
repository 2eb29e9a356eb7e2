"""Rows by ledger with look-ups that are made once: what a snapshot and a view have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.ledgers.rows import Refused
from pipeline.rowtypes import Row

T = TypeVar("T")


class Groups(dict[Any, list[Row]]):
    """Rows by value; a value nobody has gives an empty list and is not kept."""

    def __missing__(self, key: Any) -> list[Row]:
        """Return an empty list."""
        return []


class _Torn(dict[Any, Any]):
    """Rows by a column whose cell was refused in some: what these may be cannot be looked up."""

    def __init__(
        self, found: Mapping[Any, Any], lost: Sequence[Row], column: str, units: Container[str]
    ) -> None:
        super().__init__(found)
        self._units = units
        self._lost = {row.owner: row for row in lost}
        self._column = column

    def _ask(self, key: Any) -> None:
        """Raise where the key may stand in a lost row: not where it is another unit's for sure."""
        issuer = str(key).partition("-")[0]
        for owner, row in self._lost.items():
            if owner is None or owner == issuer or issuer not in self._units:
                raise Refused(row, self._column)


class _TornGroups(_Torn):
    """Groups of which any may lack a row."""

    def __getitem__(self, key: Any) -> list[Row]:
        self._ask(key)
        found: list[Row] = self.get(key, [])
        return found


class _TornIndex(_Torn):
    """Rows by id; an id that is there is known, and one that is not there may be a lost one."""

    def __missing__(self, key: Any) -> Row:
        self._ask(key)
        raise KeyError(key)

    def __contains__(self, key: Any) -> bool:
        if not super().__contains__(key):
            self._ask(key)
            return False
        return True

    def get(self, key: Any, default: Any = None) -> Any:
        there = key in self  # asks
        return self[key] if there else default


class NotedTables(Mapping[str, tuple[Row, ...]]):
    """The rows of ledgers by name; whoever reads some is noted, and that there is none as well."""

    __slots__ = ("_note", "_rows")

    def __init__(self, rows: Mapping[str, tuple[Row, ...]], note: Callable[[str], object]) -> None:
        """Take the rows, and what is told the name of a ledger that is read."""
        self._rows, self._note = rows, note

    def __getitem__(self, ledger: str) -> tuple[Row, ...]:
        """Return the rows of a ledger."""
        self._note(ledger)
        return self._rows[ledger]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names; which ledgers there are is a question of schemas."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Count the ledgers."""
        return len(self._rows)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The rows of every ledger; a ledger may be named as an attribute: snapshot.issues.

    `Ledgers` and `ShownLedgers` say, ledger by ledger, what comes out of each look-up; whoever
    inherits from one of them puts it first.
    """

    tables: Mapping[str, tuple[Row, ...]]
    base: Tables | None = field(default=None, repr=False, compare=False)
    """What these tables were taken from: look-ups of a ledger that is the very same are shared."""
    _indexes: dict[str, Mapping[str, Row]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _groups: dict[tuple[str, str], Mapping[Any, list[Row]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def _rows(self, ledger: str) -> tuple[Row, ...]:
        """Return the rows of a ledger, in the order of files and lines."""
        return self.tables.get(ledger, ())

    def _attribute(self, ledger: str) -> tuple[Row, ...]:
        """Let a ledger be named as an attribute."""
        try:
            rows: tuple[Row, ...] = self.__dict__["tables"][ledger]
            return rows
        except KeyError:
            raise AttributeError(ledger) from None

    @property
    def _units(self) -> Container[str]:
        """The ids of all units: who may have issued an id."""
        return {row[0] for row in self._rows("units")}  # the first column, refused or not

    def _by_id(self, ledger: str) -> Mapping[str, Row]:
        """Return the rows of a ledger by id."""
        if ledger not in self._indexes:
            base = self._same(ledger)
            self._indexes[ledger] = (
                base._by_id(ledger) if base else _index(self._rows(ledger), self._units)
            )
        return self._indexes[ledger]

    def _by_column(self, ledger: str, column: str) -> Mapping[Any, list[Row]]:
        """Return the rows by the value of one column, or by each member where it is a list.

        A row whose cell was refused stands where its text leads; where that is nowhere, it stands
        in no group, and who asks for a group it may belong to is told.
        """
        if (ledger, column) not in self._groups:
            base = self._same(ledger)
            self._groups[ledger, column] = (
                base._by_column(ledger, column)
                if base
                else _grouped(self._rows(ledger), column, self._units)
            )
        return self._groups[ledger, column]

    def once(self, name: str, ledgers: Sequence[str], make: Callable[[], T]) -> T:
        """Return what follows from some ledgers alone; made once for all tables that share them."""
        if name not in self._made:
            base = self._same(*ledgers)
            self._made[name] = base.once(name, ledgers, make) if base else make()
        found: T = self._made[name]
        return found

    def _same(self, *ledgers: str) -> Tables | None:
        """Return what these tables were taken from, if ledgers and the units are the same."""
        base = self.base
        if base is not None and all(
            base._rows(one) is self._rows(one) for one in (*ledgers, "units")
        ):
            return base
        return None

    if not TYPE_CHECKING:  # declared ledger by ledger where it is inherited with this
        __getitem__, __getattr__ = _rows, _attribute
        index, group = _by_id, _by_column


def _index(rows: Sequence[Row], units: Container[str]) -> Mapping[str, Row]:
    """Return rows by id; those without one because their key was refused are lost."""
    whole: dict[Any, Row] = {row.id: row for row in rows}
    lost = [row for row in rows if row.refused and not row.refused.isdisjoint(row.key)]
    whole.pop(None, None)  # the id of a row without one; nobody means it
    return _TornIndex(whole, lost, lost[0].key[0], units) if lost else MappingProxyType(whole)


_REFUSED = attrgetter("refused")


def _grouped(rows: Sequence[Row], column: str, units: Container[str]) -> Mapping[Any, list[Row]]:
    """Return rows by the value of a column; those whose cell was refused apart."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    doubted = []
    values = list(map(_reader(rows, column), rows))
    if tuple not in set(map(type, values)) and not any(map(_REFUSED, rows)):
        for row, value in zip(rows, values, strict=True):
            groups[value].append(row)
        return Groups(groups)
    for row, value in zip(rows, values, strict=True):
        if row.refused and column in row.refused:
            doubted.append((row, value))
        elif isinstance(value, tuple):
            for key in value:
                groups[key].append(row)
        else:
            groups[value].append(row)
    lost: list[Row] = []
    for row, value in doubted:
        (groups[value] if value and value in groups else lost).append(row)
    return _TornGroups(groups, lost, column, units) if lost else Groups(groups)


def _reader(rows: Sequence[Row], column: str) -> Callable[[Row], Any]:
    """Return what reads a column by its place, which no refused cell forbids."""
    fields = rows[0]._fields if rows else ()
    return itemgetter(fields.index(column)) if column in fields else attrgetter(column)
