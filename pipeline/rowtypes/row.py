"""What every row has, whatever its ledger: where it stands, its key, and how it is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shard:
    """One CSV file of one ledger and the home it stands in.

    `home` is R (reference), U (a unit's own folder) or C (the city); `unit` is the folder's unit
    id, None where the folder belongs to no unit; `name` is the path relative to the data folder's
    parent as people write it (data/units/jiaxian/issues.csv).
    """

    path: Path
    name: str
    ledger: str
    home: str
    unit: str | None = None


class Row(tuple[Any, ...]):
    """A frozen row: one attribute per column, the shard it stands in, and its physical line.

    A row is a named tuple of the columns that were read or may be seen; the classes of
    `generated` say, ledger by ledger, which attributes there are and of which type.
    """

    __slots__ = ()
    table: str
    """The ledger; not called so because nil returns and waivers have a column of that name."""
    key: tuple[str, ...]
    """The columns of the primary key."""
    refused: frozenset[str] = frozenset()
    """Columns whose cells the gates refused; reading one raises `Refused`."""

    if TYPE_CHECKING:  # made with the named tuple, column by column
        shard: Shard
        line: int
        _fields: tuple[str, ...]

        @classmethod
        def _make(cls, cells: Any) -> Self: ...
        def _replace(self, **cells: Any) -> Self: ...
        def _asdict(self) -> dict[str, Any]: ...

    @property
    def id(self) -> str:
        """The primary key as text; several cells are joined by "+"."""
        return "+".join(str(self.peek(name)) for name in self.key)

    def peek(self, column: str) -> Any:
        """Return a cell even where it was refused: to find a row by it, never to judge by it."""
        return self[self._fields.index(column)]

    @property
    def owner(self) -> str | None:
        """The unit the row is about, else the one in whose folder it stands."""
        return self.shard.unit  # one that names a unit is a class of its own

    @property
    def ref(self) -> str:
        """How findings, scores and pages cite this row: ledger/id."""
        return f"{self.table}/{self.id}"

    @property
    def file(self) -> str:
        """The file the row stands in, as people write it."""
        return self.shard.name


class Index(Mapping[str, R]):
    """Rows by id. A blank reference may be looked up as it is: it leads to no row."""

    if TYPE_CHECKING:

        @overload
        def get(self, key: str | None, /) -> R | None: ...
        @overload
        def get(self, key: str | None, default: R | T, /) -> R | T: ...
        def get(self, key: str | None, default: Any = None, /) -> Any:
            """Return the row, or the default."""
