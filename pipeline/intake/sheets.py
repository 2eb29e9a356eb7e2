"""What a workbook is to us: sheets of cells, each cell as a person sees it, with what hides in it.

Whatever the file was (xlsx, xls, ods, csv), the rest of the room sees only these shapes. Rows and
columns count from 1, as on the screen; cells have addresses such as H12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["text", "number", "date", "error", "yes_no", "blank", "uncounted"]
"""What stands in a cell; `uncounted` is a formula whose result the file does not hold."""

_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what is shown, what it is, and what a reader may overlook.

    `number` is the value of a number; `day` that of a date. `text` is what stands in it, untrimmed.
    """

    text: str = ""
    kind: Kind = "blank"
    number: float | None = None
    day: date | None = None
    is_formula: bool = False
    is_struck: bool = False
    is_filled: bool = False
    """Whether it is blank itself and shows what the merged range it lies in holds."""
    comment: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nobody would see anything in it."""
        return self.kind == "blank" or (self.kind == "text" and not self.text.strip())


BLANK = Cell()


@dataclass(slots=True)
class Sheet:
    """One sheet. `rows[n]` is row n + 1; rows may differ in length."""

    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_filtered: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column."""
    seats: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Of a sheet that was turned: where each of its cells stands in the file; column 0: its row."""
    source: Sheet | None = None
    """The sheet as it stands in the file, if this one was turned."""

    def seat(self, row: int, column: int = 0) -> tuple[int, int]:
        """Return the row and the column in which a cell stands in the file."""
        if self.source is None:
            return row, column
        return self.seats.get((row, column)) or (self.seats.get((row, 0), (1, 1))[0], column and 1)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; beyond the last one everything is blank."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return BLANK

    @property
    def width(self) -> int:
        """The number of the last column of any row."""
        return max(map(len, self.rows), default=0)

    def numbered(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield every row with its number."""
        return enumerate(self.rows, 1)


@dataclass(slots=True)
class Book:
    """A whole file as read; `told` holds the key and value rows of our own hidden sheet."""

    name: str
    form: str
    sheets: list[Sheet]
    told: Mapping[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    """What was not looked at, and why."""

    @property
    def first(self) -> Sheet:
        """The first sheet that is the clerk's own."""
        own = (sheet for sheet in self.sheets if sheet.name.strip() not in OF_A_COPY)
        return next(own, self.sheets[0] if self.sheets else Sheet(self.name, []))


SUMMARY, ANSWERS = "导入情况", "补充信息"
OF_A_COPY = frozenset((SUMMARY, ANSWERS))
"""Sheets that we put into a copy of a clerk's workbook."""
AUTHOR = "清源"
"""Who signs the comments that we put into a copy of a clerk's workbook."""
PARTED = "\n———\n"
"""What stands between a clerk's comment and ours in one cell."""
_OURS = re.compile(r"(?s).*（[A-Z]{1,3}[0-9]{2}）\n怎么改：.*|按“.*”读：.*")


def own_words(text: str, author: str) -> str:
    """Return what a comment says without what we said in a copy that comes back."""
    kept, mark, ours = text.partition(PARTED)
    if mark and _OURS.fullmatch(ours):
        return kept
    return "" if author == AUTHOR or _OURS.fullmatch(text) else text


def letters(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(ord("A") + rest) + found
    return found


def address(row: int, column: int) -> str:
    """Return the address of a cell: H12."""
    return f"{letters(column)}{row}"
