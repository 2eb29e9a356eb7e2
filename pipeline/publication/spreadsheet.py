"""What people open in Excel and WPS: Chinese heads, names beside codes, nothing that runs.

Two editions of one table. The CSV keeps codes as texts by a tab behind them; the workbook has
numbers and days as such, so that they can be summed and sorted.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.disclosure import View
from pipeline.disclosure.shown import Field, Schema
from pipeline.publication.workbook import workbook
from pipeline.rowtypes import Row

DEMO = "演示数据"
NATURE = "数据性质"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\0")
"""First characters that a spreadsheet takes for a formula (OWASP ASVS 1.2.10), wide ones too."""
NAMES = ("units", "divisions", "works")
"""Ledgers whose rows have names that people know better than the codes."""
PLACES = ("village_codes", "partly_served_codes")
"""Columns that list codes of villages."""
PLACE_LEDGERS = {
    "县": "units",
    "网站": "units",
    "乡镇": "divisions",
    "村": "divisions",
    "工程": "works",
}
_NUMERIC = re.compile(r"0\d+|\d{9,}|\d{1,4}[-/]\d{1,2}(?:[-/]\d{1,4})?")
"""Texts that a spreadsheet would turn into a number or a day: codes, and numbers of forms."""


class Sheet:
    """A ledger as people read it."""

    def __init__(
        self,
        view: View,
        schema: Schema,
        fields: Sequence[Field],
        numbers: Sequence[int],
        rows: Sequence[Row],
    ) -> None:
        """Take the public columns of a ledger, where they stand in its rows, and the rows."""
        self._view, self._schema, self._fields = view, schema, fields
        self._numbers, self._rows = numbers, rows
        self._keys = {key.field: key.ledger or schema.name for key in schema.foreign_keys}
        self._end = [DEMO] if view.campaign.is_demo else []
        self._head = [*self._heads(), *([NATURE] if view.campaign.is_demo else [])]
        self._cells = [[*row, *self._end] for row in self._values()]

    def csv(self) -> bytes:
        """Return the edition for double-clicking: a BOM, and no cell that runs or is misread."""
        rows = ([_plain(cell) for cell in row] for row in self._cells)
        return b"\xef\xbb\xbf" + written(self._head, rows)

    def xlsx(self) -> bytes:
        """Return the workbook."""
        return workbook(self._schema.title, self._head, self._cells)

    def _heads(self) -> list[str]:
        """Return the Chinese heads of a table for people: codes have their names beside them."""
        heads = []
        for field in self._fields:
            heads += (
                [field.title, f"{field.title}（名称）"] if self._named(field) else [field.title]
            )
        return heads

    def _values(self) -> Iterator[list[Any]]:
        """Yield each row for people: numbers and days as such, the name of a code beside it."""
        for row in self._rows:
            cells: list[Any] = []
            for field, n in zip(self._fields, self._numbers, strict=True):
                value = row[n]
                typed = value if field.type in ("integer", "number", "date") else text(value)
                cells.append("" if typed is None else typed)
                if named := self._named(field):
                    cells.append(self._name(named, row, value))
            yield cells

    def _named(self, field: Field) -> str:
        """Return in which ledger, or by which column's kind of place, a code has its name."""
        ledger = str(self._keys.get(field.name, ""))
        if ledger in NAMES or field.name in PLACES:
            return ledger if ledger in NAMES else "divisions"
        return f"@{field.key_by}" if field.key_by == "place_type" else ""

    def _name(self, ledger: str, row: Row, value: Any) -> str:
        if ledger.startswith("@"):
            ledger = PLACE_LEDGERS.get(getattr(row, ledger[1:]), "")
        if ledger not in self._view.schemas or value is None:
            return ""
        index: Mapping[str, Any] = self._view.index(ledger)
        codes = value if isinstance(value, tuple) else (value,)
        return "|".join(index[code].name if code in index else "" for code in codes)


def _plain(cell: Any) -> str:
    if not isinstance(cell, str):
        return text(cell)
    return f"{cell}\t" if _NUMERIC.fullmatch(cell) else guard(cell)


def guard(cell: str) -> str:
    """Keep a spreadsheet from running a cell: a leading sign gets an apostrophe before it."""
    return "'" + cell if cell.startswith(FORMULA) else cell


def text(value: Any) -> str:
    """Write a value as a cell: blank for None, 是/否, ISO dates, lists joined by a bar."""
    if value is None:
        return ""
    if value is True:
        return "是"
    if value is False:
        return "否"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "|".join(value)
    return (
        value.isoformat()
        if hasattr(value, "isoformat")
        else format(value, "f" if hasattr(value, "as_tuple") else "")
    )


def written(header: list[str], rows: Iterable[list[str]]) -> bytes:
    """Write a table as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode()
