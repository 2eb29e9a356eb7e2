"""The ten columns of 附表2-2, read: an issue from each row, and what column ⑨ says happened.

Where a row carries the id of an issue, a cell that says what our own export would say changes
nothing, whatever its form; only cells that differ are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from pipeline.checks.workbook_rules import BROKEN_CELL, NO_DONE_DAY
from pipeline.dates import in_words, parse_iso
from pipeline.intake.labels import (
    DOING_TICK,
    DONE_ON,
    DONE_TICK,
    ID,
    PERSON_AND_PHONE,
    REGISTERED_ON,
)
from pipeline.intake.outcome import Outcome, Record
from pipeline.intake.recognisers.days import read_day, read_due
from pipeline.intake.recognisers.persons import read_persons
from pipeline.intake.recognisers.reading import (
    DITTO,
    NOTHING,
    Reading,
    flat,
    one_line,
)
from pipeline.intake.recognisers.words import DOING, DONE, TICKS, done_on, read_result
from pipeline.intake.sheets import Cell
from pipeline.intake.standing import Standing
from pipeline.intake.tables import Table
from pipeline.intake.typed import read_phone, read_typed
from pipeline.ledgers.placed import VILLAGE, WORKS
from pipeline.reports import naming
from pipeline.rowtypes import IssueRow

ASKED = (
    "issue_level",
    "segment",
    "category",
    "found_on",
    "channel",
    "found_by_level",
    "resp_tier",
    "handling",
)
"""What the ten columns lack and a new issue needs."""

_NUMBER = re.compile(
    r"(?:\+?86[ -]?)?(?:1[3-9][0-9]{9}|0[0-9]{2,3}[- ]?[0-9]{7,8}|[2-8][0-9]{6,7})"
)
_LABELS = {
    "title": "问题描述",
    "due": "整改时限",
    "result": "整改结果",
    "unit": "市、县",
    DONE_ON: "完成日期",
    REGISTERED_ON: "登记日期",
}
_READ_LATER = frozenset(("unit", ID, "title", "due", "result", DONE_ON, REGISTERED_ON))
_DITTO = frozenset(("seq_no", "title", "result", ID))
"""Columns in which "as above" makes no sense."""


class IssueReader:
    """Reads the rows of tables of 附表2-2 for one unit."""

    def __init__(self, standing: Standing, answers: Mapping[str, str], outcome: Outcome) -> None:
        """Take what stands, the answers for the whole file, and where to tell."""
        self._standing, self._answers, self._outcome = standing, answers, outcome
        self._schema = standing.loaded.schemas["issues"]
        self._index = standing.snapshot.index("issues")
        self._above: dict[str, Cell] = {}
        self._town = ""

    def begin(self, title: str, _: Mapping[str, Cell]) -> None:
        """Begin a table: nothing stands above; its title may name a township."""
        self._town = self._standing.places.town_in(title)
        self._above = {}

    def read(self, table: Table, row: int) -> Record:
        """Read one row of a table."""
        record = Record("issues", table.sheet, row, places=dict(table.columns))
        self._identify(record, table.cell(row, ID))
        known = self._exported(record.given_id) if record.given_id else {}
        told = {name: table.cell(row, name) for name in table.columns}
        cells = {n: c if _is_as(known, n, c) else self._cell(record, c, n) for n, c in told.items()}
        self._ticked(record, cells)
        self._parted(record, cells)
        for name, cell in cells.items():
            if name not in _READ_LATER and not cell.is_blank and not _is_as(known, name, cell):
                self._plain(record, name, cell)
        if not record.given_id:
            self._answered(record)
        readers = {"title": self._place, "due": self._due, "result": self._result}
        for name in readers:
            cell = cells.get(name, Cell())
            if not cell.is_blank and not _is_as(known, name, cell):
                readers[name](record, cell)
        for name in (DONE_ON, REGISTERED_ON):
            day = self._day(record, name, cells.get(name, Cell()))
            beside = record.extra.get("result_on", "") if name == DONE_ON else ""
            record.extra[name] = day or beside or self._answers.get(name.removeprefix("*"), "")
        if record.extra.get("result") == DONE and not record.extra[DONE_ON]:
            self._outcome.find(
                NO_DONE_DAY,
                "写了完成，没有完成日期",
                record.sheet,
                row,
                column=record.places.get("result"),
                ledger="issues",
                field="result",
                title="整改结果",
            )
        return record

    def _ticked(self, record: Record, cells: dict[str, Cell]) -> None:
        """Read column ⑨ where it is two, 完成 and 正在, of which one is ticked."""
        ticked = {
            name: cell
            for name in (DONE_TICK, DOING_TICK)
            if not (cell := cells.pop(name, Cell())).is_blank and flat(cell.text) not in NOTHING
        }
        if not ticked or "result" in cells:
            return
        name, cell = next(iter(ticked.items()))
        record.places["result"] = record.places[name]
        word = DONE if name == DONE_TICK else DOING
        if len(ticked) > 1 or flat(cell.text) not in TICKS | {word}:
            remedy = "在“完成”“正在”两格里只勾一格，打 √"
            problem = Reading(problem="看不出勾的是完成还是正在", remedy=remedy)
            self._outcome.take(record, "result", _LABELS["result"], cell, problem)
        else:
            cells["result"] = replace(cell, text=word)

    def _parted(self, record: Record, cells: dict[str, Cell]) -> None:
        """Part a cell that holds the person and his number; columns of their own come first."""
        cell = cells.pop(PERSON_AND_PHONE, Cell())
        found = _NUMBER.search(cell.text)
        if cell.is_blank or "resp_person" in cells:
            return
        column = record.places[PERSON_AND_PHONE]
        record.places |= {"resp_person": column, "resp_phone": column}
        rest = _NUMBER.sub("", cell.text, count=1).strip(" :：，,、/;；()（）\n")
        cells["resp_person"] = replace(cell, text=rest)
        if found:
            cells["resp_phone"] = replace(cell, text=found[0])

    def _identify(self, record: Record, cell: Cell) -> None:
        given = flat(cell.text)
        record.given_id = given if given in self._index else ""
        if given and not record.given_id:
            remedy = "新的问题这一格空着；改过的编号改回去"
            problem = Reading(problem=f"写的 {given} 不在台账里", remedy=remedy)
            self._outcome.take(record, ID, "编号", cell, problem)

    def _cell(self, record: Record, cell: Cell, name: str) -> Cell:
        """Return a cell, 同上 followed upwards; errors and uncounted formulas are told."""
        title = self._label(name)
        if cell.kind in ("error", "uncounted"):
            what = "公式没有算出结果" if cell.kind == "uncounted" else f"是错误值 {cell.text}"
            self._outcome.find(
                BROKEN_CELL,
                f"“{title}”{what}",
                record.sheet,
                record.row,
                ledger="issues",
                column=record.places.get(name),
                field=name,
                title=title,
                value=cell.text,
            )
            record.is_refused = True
            return Cell()
        if flat(cell.text) in DITTO and name not in _DITTO:
            above = self._above.get(name)
            if above is None:
                problem = Reading(problem="写的是同上，上面没有可抄的", remedy="写全")
                self._outcome.take(record, name, title, cell, problem)
                return Cell()
            self._outcome.take(
                record, name, title, cell, Reading(above.text, "同上换成上一行的内容")
            )
            return above
        if not cell.is_blank:
            self._above[name] = cell
        return cell

    def _label(self, name: str) -> str:
        field = self._schema.by_name.get(name)
        return _LABELS.get(name) or (field.title if field else name)

    def _plain(self, record: Record, name: str, cell: Cell) -> None:
        """Read a column that is one of the ledger's own."""
        if name == "resp_person":
            return self._person(record, cell)
        take = self._outcome.take
        field = self._schema.by_name.get(name)
        if field is None:
            return None
        area = self._standing.snapshot.campaign.area
        if flat(cell.text) in NOTHING and not field.required:
            return None
        places = self._standing.places
        if name == "resp_phone":
            read = read_phone(cell.text, area)
        elif name == "town_code":
            read = places.read_town(cell.text)
        elif name in ("village_code", "works_id"):
            kind, own = VILLAGE if name == "village_code" else WORKS, record.cells
            beside = places.town_of.get(own.get("village_code", "")) or self._town
            read = places.read_near(cell.text, (kind,), own.get("town_code", ""), beside)
        else:
            read = read_typed(field, cell, self._standing.year)
        record.cells[name] = take(record, name, field.title, cell, read)
        record.said.add(name)
        return None

    def _person(self, record: Record, cell: Cell) -> None:
        persons = read_persons(cell.text)
        record.cells["resp_person"] = self._outcome.take(
            record, "resp_person", "整改责任人", cell, persons.principal
        )
        record.said.add("resp_person")
        for name, value in (
            ("resp_post", persons.post),
            ("co_persons", "|".join(sorted(persons.others))),
        ):
            if value:
                record.cells[name] = value
                record.said.add(name)

    def _answered(self, record: Record) -> None:
        """Fill in what is answered for the whole file, where the row itself says nothing."""
        for name, value in self._answers.items():
            if name in self._schema.by_name and not record.cells.get(name):
                record.cells[name] = value

    def _place(self, record: Record, cell: Cell) -> None:
        """Take column ③ apart; columns of their own for town, village and works come first."""
        own = record.cells
        places = self._standing.places
        found = places.split(
            one_line(cell.text), own.get("town_code", ""), own.get("village_code", "")
        )
        trouble = Reading(found.problem, "；".join(found.rules), found.trouble, found.remedy)
        own["problem"] = self._outcome.take(
            record, "title", "问题描述", cell, replace(trouble, rule="")
        )
        record.said |= {"problem"}
        for name, value in (
            ("town_code", found.town),
            ("village_code", found.village),
            ("works_id", found.works),
        ):
            if value:
                own.setdefault(name, value)
                record.said.add(name)
        if not record.given_id:
            own["source_text"] = one_line(cell.text)
        if found.rules and not found.trouble:
            self._outcome.take(record, "title", "问题描述", cell, trouble)

    def _due(self, record: Record, cell: Cell) -> None:
        found_on = parse_iso(record.cells.get("found_on", ""))
        days = self._standing.at_once_days
        due = read_due(
            cell.text, year=self._standing.year, found_on=found_on, at_once_days=days, day=cell.day
        )
        record.cells["due_on"] = self._outcome.take(record, "due", "整改时限", cell, due.day)
        record.cells["due_text"] = one_line(cell.text)
        record.said |= {"due_on", "due_text"}
        if due.handling:
            record.cells["handling"] = due.handling
            record.said.add("handling")

    def _result(self, record: Record, cell: Cell) -> None:
        """Read column ⑨; a day beside 完成 is the day of completion."""
        read = read_result(cell.text)
        if read.problem and (text := done_on(cell.text)):
            day = read_day(text, year=self._standing.year)
            read = replace(day, value=DONE, rule="整改结果里写的日期当作完成日期")
            record.extra["result_on"] = "" if day.problem else day.value
        record.extra["result"] = self._outcome.take(record, "result", "整改结果", cell, read)

    def _day(self, record: Record, name: str, cell: Cell) -> str:
        if cell.is_blank:
            return ""
        read = read_day(cell.text, year=self._standing.year, day=cell.day)
        return self._outcome.take(record, name, _LABELS[name], cell, read)

    def _exported(self, issue_id: str) -> dict[str, str]:
        """Return the ten columns of an issue as our own form has them."""
        issue = self._index[issue_id]
        return exported(issue, self._standing)


def _is_as(known: Mapping[str, str], name: str, cell: Cell) -> bool:
    """Whether a cell says what our own export would say."""
    return name in known and flat(cell.text) == flat(known[name])


def exported(issue: IssueRow, standing: Standing) -> dict[str, str]:
    """Return the ten columns of an issue as 附表2-2 is exported."""
    state = standing.states.get(issue.issue_id)
    post = f"（{issue.resp_post}）" if issue.resp_post else ""
    return {
        "seq_no": str(issue.seq_no),
        "title": naming.title(cast("Any", standing.snapshot), issue),
        "measures": issue.measures,
        "resp_org": issue.resp_org,
        "resp_person": "、".join([f"{issue.resp_person or ''}{post}", *(issue.co_persons or ())]),
        "resp_phone": issue.resp_phone,
        "due": issue.due_text or in_words(state.due_on if state else issue.due_on),
        "result": DONE if state and state.done_on is not None else DOING,
        "remark": issue.remark or "",
    }
