"""Rows of any ledger but the issues, read by their schema; names of places become codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.checks.workbook_rules import BROKEN_CELL
from pipeline.intake.labels import ID
from pipeline.intake.measures import in_own_unit
from pipeline.intake.outcome import Outcome, Record
from pipeline.intake.places import Gazetteer
from pipeline.intake.recognisers.persons import read_persons
from pipeline.intake.recognisers.reading import DITTO, NOTHING, Reading, flat
from pipeline.intake.samples import read_conclusion, read_point, without_point
from pipeline.intake.sheets import Cell
from pipeline.intake.standing import Standing
from pipeline.intake.tables import Table
from pipeline.intake.typed import read_phone, read_typed
from pipeline.ledgers.placed import TOWN, UNIT, VILLAGE, WORKS, kinds_of
from pipeline.ledgers.schemas import Field

PARTS = re.compile(r"[、，,;；/|\r\n]+")
_KINDS: Mapping[str, str] = {
    "县": UNIT, "网站": UNIT, TOWN: TOWN, VILLAGE: VILLAGE, WORKS: WORKS,
}  # fmt: skip
_OF_LAB = {"sampling_point": read_point, "conclusion": read_conclusion}
"""Columns of samples that laboratories fill in in their own words."""
_NAMED = (WORKS, TOWN, VILLAGE)
"""Kinds of places that a name alone may tell."""
_NAMES = frozenset({"name"})
_ORDER = ("unit_id", "place_type", "town_code")
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
        self._there = standing.rows(ledger)
        self._above: dict[str, Cell] = {}
        self._said: Mapping[str, Cell] = {}
        self._town = ""

    def begin(self, title: str, said: Mapping[str, Cell]) -> None:
        """Begin a table: nothing stands above; its title may name a township.

        `said` is what the lines over it say of every row.
        """
        self._above, self._said = {}, said
        is_city = self._standing.is_city
        self._town = "" if is_city else self._standing.places.town_in(title)

    def read(self, table: Table, row: int) -> Record:
        """Read one row of a table."""
        record = Record(self._ledger, table.sheet, row, places=dict(table.columns))
        record.cells |= {n: v for n, v in self._answers.items() if n in self._schema.by_name}
        first = {name: place - len(_ORDER) for place, name in enumerate(_ORDER)}
        names = sorted(table.columns, key=lambda n: (first.get(n, 0), table.columns[n]))
        id_name = self._schema.primary_key[0]
        stands = self._there.get(table.cell(row, ID).text.strip(), {})
        for name in names:
            cell = table.cell(row, name)
            if name in (ID, id_name) and not self._is_told_by_its_place:
                record.given_id = flat(cell.text)
                if name == ID or self._standing.can_issue(self._ledger):
                    continue
            field = self._schema.by_name.get(name)
            if field is None or cell.is_blank:
                continue
            if name == "unit_id" and not self._standing.is_city:
                continue
            if cell.text == stands.get(name) and cell.kind != "uncounted":
                record.cells[name] = cell.text  # as our own sheet has it: nothing is read into it
                self._above[name] = cell
                continue
            cell = self._seen(record, name, field, cell)
            if not cell.is_blank:
                self._take(record, field, cell, table.notes.get(name, ""))
        for name, cell in self._said.items():
            if not record.cells.get(name):
                self._take(record, self._schema.by_name[name], cell, "")
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
            is_whole = field.type == "integer"
            read = in_own_unit(field.name, note, cell.text, read, is_whole=is_whole)
        record.cells[field.name] = self._outcome.take(record, field.name, field.title, cell, read)
        record.said.add(field.name)

    def _read(self, record: Record, field: Field, cell: Cell) -> Reading:
        kinds = kinds_of(self._schema, field)
        if field.key_by:
            kinds = (_KINDS.get(record.cells.get(field.key_by, ""), ""),)
        if self._ledger == "water_tests" and field.name in _OF_LAB:
            return _OF_LAB[field.name](cell.text, field.enum)
        if kinds == (UNIT,):
            return self._unit(cell.text)
        if kinds and (place := self._place(record, field, cell.text, kinds)) is not None:
            return place
        if field.is_phone:
            return read_phone(cell.text, self._standing.snapshot.campaign.area)
        if field.name in _NAMES and self._ledger in ("responsibilities", "patrol_roster"):
            return self._person(record, cell)
        if field.list_of:
            parts = sorted(part for piece in PARTS.split(cell.text) if (part := piece.strip()))
            value = "|".join(parts)
            return Reading(value, "" if value == cell.text else "几项之间用竖线分开")
        return read_typed(field, cell, self._standing.year)

    def _place(
        self, record: Record, field: Field, text: str, kinds: Sequence[str]
    ) -> Reading | None:
        """Read the name of a place, or of several; None where it is read like any other cell."""
        places = self._places(record, text)
        if self._ledger == "water_tests" and field.name == "place_id":
            text = without_point(text)
        if places is None:
            return None
        if field.key_by and not record.cells.get(field.key_by):
            return self._place_of_any_kind(record, field, text, places)
        if field.list_of:
            return self._listed(text, kinds, places)
        if kinds == ("",):
            return None
        return places.read_near(text, kinds, record.cells.get("town_code", ""), self._town)

    def _places(self, record: Record, text: str) -> Gazetteer | None:
        """Return the names by which a row names places: those of its unit, if it is the city's.

        What is written as a code there stays one: whether there is such a place the gates say.
        """
        if not self._standing.is_city:
            return self._standing.places
        unit = record.cells.get("unit_id", "")
        return self._standing.places_in(unit) if unit and not flat(text).isascii() else None

    def _place_of_any_kind(
        self, record: Record, field: Field, text: str, places: Gazetteer
    ) -> Reading:
        """Read a place where no column says of what kind it is: its name does, or it is asked."""
        by = field.key_by or ""
        kinds = [kind for kind in self._schema.by_name[by].enum if kind in _NAMED]
        read = places.read_place(text, kinds)
        if not read.problem:
            record.cells[by] = places.kind_of(read.value)
        return read

    @property
    def _is_told_by_its_place(self) -> bool:
        """Whether what tells rows of this ledger apart is no id of their own."""
        key = self._schema.primary_key
        return len(key) > 1 or bool(kinds_of(self._schema, self._schema.by_name[key[0]]))

    def _unit(self, text: str) -> Reading:
        """Read the unit: one's own, or in the city's files any."""
        unit = self._standing.unit
        if self._standing.is_city:
            unit = self._standing.units.named(text)
        if not unit:
            return Reading(problem=f"没有叫“{flat(text)}”的单位", remedy="写单位的全名或编号")
        return Reading(unit, "" if flat(text) == unit else "单位名换成编号")

    def _listed(self, text: str, kinds: Sequence[str], places: Gazetteer) -> Reading:
        """Read places parted by marks; villages without their township may be of several."""
        keys: list[str] = []
        for part in filter(None, map(str.strip, PARTS.split(text))):
            read = places.read_place(part, kinds)
            if read.problem:
                return read
            keys.append(read.value)
        value = "|".join(sorted(set(keys)))
        what = "村名换成代码" if tuple(kinds) == (VILLAGE,) else "地方的名称换成编号"
        return Reading(value, "" if value == text else what)

    def _person(self, record: Record, cell: Cell) -> Reading:
        persons = read_persons(cell.text)
        if persons.others:
            return Reading(problem="写了不止一个人", remedy="一行写一个人，分成几行")
        if persons.post and "post" in self._schema.by_name and not record.cells.get("post"):
            record.cells["post"] = persons.post
        return persons.principal
