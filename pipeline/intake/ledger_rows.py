"""Rows of any ledger but the issues, read by their schema; names of places become codes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.checks.workbook_rules import BROKEN_CELL
from pipeline.intake.labels import ID
from pipeline.intake.measures import in_own_unit
from pipeline.intake.outcome import Outcome, Record
from pipeline.intake.recognisers.persons import read_persons
from pipeline.intake.recognisers.reading import DITTO, NOTHING, Reading, flat
from pipeline.intake.sheets import Cell
from pipeline.intake.standing import Standing
from pipeline.intake.tables import Table
from pipeline.intake.typed import read_phone, read_typed
from pipeline.ledgers.schemas import Field

_PLACES: Mapping[str, str] = {
    "town_code": "town",
    "village_code": "village",
    "works_id": "works",
    "village_codes": "villages",
    "partly_served_codes": "villages",
}
_PARTS = re.compile(r"[、，,;；/|\r\n]+")
_NAMES = frozenset({"name"})
_ORDER = ("place_type", "town_code")
"""Columns that others are read by."""


class RowReader:
    """Reads rows of one ledger for one unit."""

    def __init__(
        self, ledger: str, standing: Standing, answers: Mapping[str, str], outcome: Outcome
    ) -> None:
        """Take what stands, the answers for the whole file, and where to tell."""
        self._ledger, self._standing, self._answers, self._outcome = (
            ledger,
            standing,
            answers,
            outcome,
        )
        self._schema = standing.loaded.schemas[ledger]
        self._above: dict[str, Cell] = {}

    def begin(self) -> None:
        """Begin a table: nothing stands above."""
        self._above = {}

    def read(self, table: Table, row: int) -> Record:
        """Read one row of a table."""
        record = Record(self._ledger, table.sheet, row, places=dict(table.columns))
        record.cells |= {n: v for n, v in self._answers.items() if n in self._schema.by_name}
        names = sorted(table.columns, key=lambda n: (n not in _ORDER, table.columns[n]))
        id_name = self._schema.primary_key[0]
        for name in names:
            cell = table.cell(row, name)
            if name in (ID, id_name) and not (
                id_name in _PLACES or len(self._schema.primary_key) > 1
            ):
                record.given_id = flat(cell.text)
                continue
            field = self._schema.by_name.get(name)
            if field is None or cell.is_blank or name == "unit_id":
                continue
            cell = self._seen(record, name, field, cell)
            if not cell.is_blank:
                self._take(record, field, cell, table.notes.get(name, ""))
        return record

    def _seen(self, record: Record, name: str, field: Field, cell: Cell) -> Cell:
        if cell.kind in ("error", "uncounted"):
            what = "公式没有算出结果" if cell.kind == "uncounted" else f"是错误值 {cell.text}"
            self._outcome.find(
                BROKEN_CELL,
                f"“{field.title}”{what}",
                record.sheet,
                record.row,
                ledger=self._ledger,
                column=record.places.get(name),
                field=name,
                title=field.title,
                value=cell.text,
            )
            record.is_refused = True
            return Cell()
        if flat(cell.text) in DITTO and name in self._above:
            above = self._above[name]
            self._outcome.take(
                record, name, field.title, cell, Reading(above.text, "同上换成上一行的内容")
            )
            return above
        self._above[name] = cell
        return cell

    def _take(self, record: Record, field: Field, cell: Cell, note: str) -> None:
        if flat(cell.text) in NOTHING and not field.required and "无" not in field.enum:
            return
        read = self._read(record, field, cell)
        if note and field.type in ("integer", "number"):
            read = in_own_unit(field.name, note, cell.text, read)
        record.cells[field.name] = self._outcome.take(record, field.name, field.title, cell, read)
        record.said.add(field.name)

    def _read(self, record: Record, field: Field, cell: Cell) -> Reading:
        kind = _PLACES.get(field.name, "")
        places, town = self._standing.places, record.cells.get("town_code", "")
        if field.key_by:
            kind = {
                "县": "unit",
                "网站": "unit",
                "乡镇": "town",
                "村": "village",
                "工程": "works",
            }.get(record.cells.get(field.key_by, ""), "")
        if kind == "unit":
            unit = self._standing.unit
            return Reading(unit, "" if flat(cell.text) == unit else "单位名换成编号")
        if kind == "town":
            return places.read_town(cell.text)
        if kind == "village":
            return places.read_village(cell.text, town)
        if kind == "works":
            return places.read_works(cell.text, town)
        if kind == "villages":
            return self._villages(cell.text)
        if field.is_phone:
            return read_phone(cell.text, self._standing.snapshot.campaign.area)
        if field.name in _NAMES and self._ledger in ("responsibilities", "patrol_roster"):
            return self._person(record, cell)
        if field.list_of:
            parts = sorted(part for piece in _PARTS.split(cell.text) if (part := piece.strip()))
            value = "|".join(parts)
            return Reading(value, "" if value == cell.text else "几项之间用竖线分开")
        return read_typed(field, cell, self._standing.year)

    def _villages(self, text: str) -> Reading:
        """Read villages parted by marks; those without their township may be of several."""
        codes: list[str] = []
        for part in filter(None, map(str.strip, _PARTS.split(text))):
            read = self._standing.places.read_village(part)
            if read.problem:
                return read
            codes.append(read.value)
        value = "|".join(sorted(set(codes)))
        return Reading(value, "" if value == text else "村名换成代码")

    def _person(self, record: Record, cell: Cell) -> Reading:
        persons = read_persons(cell.text)
        if persons.others:
            return Reading(problem="写了不止一个人", remedy="一行写一个人，分成几行")
        if persons.post and "post" in self._schema.by_name and not record.cells.get("post"):
            record.cells["post"] = persons.post
        return persons.principal
