"""What people open in Excel and WPS: Chinese heads, names beside codes, nothing that runs.

Two editions of one table. The CSV keeps codes as texts by a tab behind them; the workbook has
numbers and days as such, so that they can be summed and sorted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from pipeline.disclosure import View
from pipeline.disclosure.shown import Field, Schema
from pipeline.publication.tables import Column, written
from pipeline.publication.workbook import workbook

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
TYPED = ("integer", "number", "date")
"""Types of columns whose cells are no texts: a spreadsheet may read them as what they are."""
_NUMERIC = re.compile(r"0\d+|\d{9,}|\d{1,4}[-/]\d{1,2}(?:[-/]\d{1,4})?")
"""Texts that a spreadsheet would turn into a number or a day: codes, and numbers of forms."""


class Sheet:
    """A ledger as people read it."""

    def __init__(
        self,
        view: View,
        schema: Schema,
        fields: Sequence[Field],
        values: Mapping[str, Sequence[Any]],
        columns: Sequence[Column],
    ) -> None:
        """Take the public columns of a ledger: their values by name, and the same as texts."""
        self._view, self._schema, self._values = view, schema, values
        self._keys = {key.field: key.ledger or schema.name for key in schema.foreign_keys}
        self._head: list[str] = []
        self._columns: list[Column] = []
        for field, column in zip(fields, columns, strict=True):
            self._add(field.title, column)
            if named := self._named(field):
                # the Chinese names of codes stand beside them
                names = Column("string", self._names(named, values[field.name]))
                self._add(f"{field.title}（名称）", names)
        if view.campaign.is_demo:
            self._add(NATURE, Column("string", [DEMO] * len(columns[0].texts)))

    def csv(self) -> bytes:
        """Return the edition for double-clicking: a BOM, and no cell that runs or is misread."""
        cells = [
            one.texts if one.type in TYPED else map(cache(_plain), one.texts)
            for one in self._columns
        ]
        return b"\xef\xbb\xbf" + written(self._head, zip(*cells, strict=True))

    def xlsx(self) -> bytes:
        """Return the workbook."""
        return workbook(self._schema.title, self._head, self._columns)

    def _add(self, head: str, column: Column) -> None:
        self._head.append(head)
        self._columns.append(column)

    def _named(self, field: Field) -> str:
        """Return in which ledger, or by which column's kind of place, a code has its name."""
        ledger = str(self._keys.get(field.name, ""))
        if ledger in NAMES or field.name in PLACES:
            return ledger if ledger in NAMES else "divisions"
        return f"@{field.key_by}" if field.key_by == "place_type" else ""

    def _names(self, ledger: str, values: Sequence[Any]) -> list[str]:
        """Return the name beside each value, in one ledger or by the kind of place in its row."""
        if not ledger.startswith("@"):
            return list(map(cache(partial(self._name, ledger)), values))
        kinds = (PLACE_LEDGERS.get(kind, "") for kind in self._values[ledger[1:]])
        return list(map(cache(self._name), kinds, values))

    def _name(self, ledger: str, value: Any) -> str:
        if ledger not in self._view.schemas or value is None:
            return ""
        index: Mapping[str, Any] = self._view.index(ledger)
        codes = value if isinstance(value, tuple) else (value,)
        return "|".join(index[code].name if code in index else "" for code in codes)


def _plain(cell: str) -> str:
    return f"{cell}\t" if _NUMERIC.fullmatch(cell) else guard(cell)


def guard(cell: str) -> str:
    """Keep a spreadsheet from running a cell: a leading sign gets an apostrophe before it."""
    return "'" + cell if cell.startswith(FORMULA) else cell
