"""A workbook for an office, through XlsxWriter: text only, the same bytes every time.

Every cell is text: codes and telephone numbers keep their digits, 0.40 its nought, and nothing runs
as a formula. What a spreadsheet would take for one if it were typed again (= + - @, in full width
too) carries the mark of quoted text; the cell itself stays the true one.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

__all__ = [
    "HIDDEN_ID",
    "OWN_SHEET",
    "Book",
    "Format",
    "Origin",
    "Worksheet",
    "height",
    "xl_col_to_name",
]

HIDDEN_ID = "编号（勿改）"
"""The head of the hidden last column: the permanent id of the row."""
OWN_SHEET = "_qingyuan"
"""The very hidden sheet: keys and values in the first two columns, lists for choices beside."""

SHEET_NAME = 31
_FIRST_LIST = 3
"""The column of the first list; those before are keys, values and a blank."""
_CREATED = datetime(2022, 7, 14)  # noqa: DTZ001 - a fixed stamp, whatever the time zone
_STARTERS = tuple("=+-@＝＋－＠﹣\t\r")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_FONT = "宋体"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a workbook was made of, for the day it comes back."""

    ledger: str
    schema_version: str
    unit: str
    made_as_of: str
    home: str = ""
    """`checks`, where it holds what the city or above found about the unit."""

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return keys and values as they stand on the hidden sheet."""
        return (
            ("ledger", self.ledger),
            ("schema_version", self.schema_version),
            ("unit", self.unit),
            ("made_as_of", self.made_as_of),
            *((("home", self.home),) if self.home else ()),
        )


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet would take a typed text for a formula."""
    return text.startswith(_STARTERS)


def height(texts: Iterable[tuple[str, int]], line: int = 15) -> int:
    """Return how high a row must be, in points, for texts in columns so many characters wide.

    Offices that open the file do not all measure it themselves.
    """
    most = max((-(-columns_of(text) // max(width, 1)) for text, width in texts), default=1)
    return max(most, 1) * line + 3


def columns_of(text: str) -> int:
    """Return how wide a text is, in characters of a typewriter: one of ours is two of those."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


class Book:
    """A workbook in the making; as a context, its bytes are in `content` afterwards."""

    def __init__(self, title: str, origin: Origin) -> None:
        """Begin a workbook."""
        self._buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = Workbook(self._buffer, options)
        self.book.set_properties({"title": title, "created": _CREATED})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._origin = origin
        self._lists: set[str] = set()
        self._own: Worksheet | None = None
        self.content = b""

    def __enter__(self) -> Book:
        """Return the book."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """Finish the workbook, with the sheet that says where it comes from last."""
        if kind is None:
            self.own()
            self.book.close()
            self.content = self._buffer.getvalue()

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet; its name is cut and freed of what Excel does not allow."""
        plain = _NO_SHEET_NAME.sub("", name)[:SHEET_NAME] or "表"
        taken = {one.get_name() for one in self.book.worksheets()}
        if plain in taken:
            plain = f"{plain[: SHEET_NAME - 4]}_{len(taken)}"
        return self.book.add_worksheet(plain)

    def format(self, **wanted: Any) -> Format:
        """Return a format, made once: text in 宋体 unless told otherwise."""
        told: Mapping[str, Any] = {"font_name": _FONT, "num_format": "@", **wanted}
        key = tuple(sorted(told.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(told))
        return self._formats[key]

    def write(self, sheet: Worksheet, row: int, column: int, text: str, **style: Any) -> None:
        """Write a text as text, quoted where a spreadsheet would run it."""
        if is_formula_like(text):
            style["quote_prefix"] = True
        if text:
            sheet.write_string(row, column, text, self.format(**style))
        else:
            sheet.write_blank(row, column, None, self.format(**style))

    def own(self) -> Worksheet:
        """Return the very hidden sheet; it is made when it is first asked for."""
        if self._own is None:
            self._own = self.book.add_worksheet(OWN_SHEET)
            self._own.very_hidden()
            for number, (key, value) in enumerate(self._origin.lines()):
                self._own.write_string(number, 0, key)
                self._own.write_string(number, 1, value)
        return self._own

    def choices(self, name: str, members: list[str]) -> str:
        """Keep a list of choices on the hidden sheet under a name, once; returns the name."""
        if name in self._lists:
            return name
        sheet, column = self.own(), _FIRST_LIST + len(self._lists)
        self._lists.add(name)
        sheet.write_string(0, column, name)
        for number, member in enumerate(members, 1):
            sheet.write_string(number, column, member)
        letter = xl_col_to_name(column)
        last = max(2, len(members) + 1)
        self.book.define_name(name, f"={OWN_SHEET}!${letter}$2:${letter}${last}")
        return name
