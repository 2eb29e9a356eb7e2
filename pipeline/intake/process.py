"""A file from end to end: opened, its tables found, its rows read, matched and judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.checks.workbook_rules import (
    NO_TABLE,
    NO_UNIT,
    OUTDATED,
    OVERLOOKED,
    UNKNOWN_COLUMN,
    UNREAD,
)
from pipeline.intake.answers import answers_in, read_answers
from pipeline.intake.downwards import report_of
from pipeline.intake.issues import IssueReader
from pipeline.intake.judging import data_folder, judge
from pipeline.intake.labels import Form, bare, forms_of
from pipeline.intake.laboratory import joined, read_results, said_above, settle_results
from pipeline.intake.ledger_rows import RowReader
from pipeline.intake.matching import settle_issues
from pipeline.intake.matching_rows import settle_rows
from pipeline.intake.opening import open_book
from pipeline.intake.outcome import Line, Outcome, Record
from pipeline.intake.overlooked import tell_overlooked
from pipeline.intake.places import UnitNames
from pipeline.intake.sheets import ANSWERS, Book, Sheet
from pipeline.intake.spread import Turned, spread_of
from pipeline.intake.standing import CHECKS, CITY, Standing
from pipeline.intake.strange import tell_no_table, tell_unknown
from pipeline.intake.summary import is_summary
from pipeline.intake.tables import Table, idle, tables_of
from pipeline.intake.whose import is_the_city_s, refuse_what_is_the_unit_s, unit_of
from pipeline.ledgers import Loaded, Snapshot, load
from pipeline.store import Store
from pipeline.trouble import UsageTrouble

HOWTO = "填写说明"
"""The sheet that our own workbooks explain themselves with; it holds no rows."""
SHOWN = 12


@dataclass(frozen=True)
class Wish:
    """What the caller says of the file: its unit, its ledger, answers for all its rows."""

    unit: str = ""
    ledger: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    is_outside: bool = False
    """Whether it is what the city or above found about the unit."""


def take_in(
    name: str, content: bytes, loaded: Loaded, day: date, wish: Wish, store: Store
) -> tuple[Outcome, Standing | None]:
    """Read a file into an outcome; nothing is written.

    `loaded` need hold no more than what all units share; the ledgers of the unit that the file
    turns out to be of are read here, and those of no other; for the city all are.

    Raises:
        UsageTrouble: the file is not opened, or an answer names nothing that is asked.
    """
    if loaded.snapshot is None:
        raise UsageTrouble("台账目录里没有能读的 campaign.yml")
    outcome = Outcome(open_book(name, content))
    book, snapshot = outcome.book, loaded.snapshot
    units = UnitNames(snapshot)
    tables = _tables(book, loaded, snapshot, wish, outcome)
    unit = wish.unit or book.told.get("unit", "") or unit_of(tables, name, units, snapshot, outcome)
    known = CITY if is_the_city_s(unit, tables, loaded) else units.named(unit) if unit else ""
    if not known:
        said = f"没有“{unit}”这个单位" if unit else "看不出是哪个单位的表"
        sheet = book.first
        outcome.find(NO_UNIT, said, sheet)
        return outcome, None
    is_outside = known != CITY and (wish.is_outside or book.told.get("home") == CHECKS)
    if is_outside:
        refuse_what_is_the_unit_s(tables, loaded)
    concerned = None if known == CITY or is_outside else frozenset((known,))
    own = load(data_folder(loaded), loaded.schemas, units=concerned, store=store)
    standing = Standing(own, own.snapshot or snapshot, known, day, is_outside)
    outcome.unit = known
    answers = read_answers({**answers_in(book), **wish.answers}, tables, loaded, standing.year)
    _read_all(tables, standing, answers, outcome, units)
    tell_overlooked(tables, outcome)
    if book.told:  # our own workbook names places as we do: nothing was repaired
        outcome.repairs = [r for r in outcome.repairs if not r.rule.endswith(("代码", "编号"))]
    judge(standing, outcome, store)
    outcome.lines.sort(key=lambda line: (_order(book, line.sheet), line.row))
    return outcome, standing


def _order(book: Book, name: str) -> int:
    return next((n for n, sheet in enumerate(book.sheets) if sheet.name == name), 0)


def _tables(
    book: Book, loaded: Loaded, snapshot: Snapshot, wish: Wish, outcome: Outcome
) -> list[Table]:
    ledger = wish.ledger or book.told.get("ledger", "")
    if ledger and ledger not in loaded.schemas:
        titles = {schema.title: name for name, schema in loaded.schemas.items()}
        ledger = titles.get(ledger, "")
        if not ledger:
            raise UsageTrouble(
                f"没有“{wish.ledger}”这个台账；写英文名或中文名，如 issues、整改台账"
            )
    _outdated(book, loaded, ledger, outcome)
    forms = forms_of(loaded.schemas, snapshot, [ledger] if ledger else [])
    if ledger == "water_results":
        forms = forms_of(loaded.schemas, snapshot, ["water_results", "water_tests"])
    ours = (ANSWERS, HOWTO) if book.told else (ANSWERS,)
    read = [s for s in book.sheets if s.name.strip() not in ours and not is_summary(s)]
    found = {id(s): _of(s, forms, loaded, outcome) for s in read}
    for sheet in book.sheets:
        if id(sheet) in found and not any(table.sheet.source for table in found[id(sheet)]):
            _above(sheet, found[id(sheet)], outcome)
            if not found[id(sheet)] and any(not c.is_blank for row in sheet.rows for c in row):
                titles = {name: schema.title for name, schema in loaded.schemas.items()}
                is_alone = not any(found.values())
                _no_table(sheet, forms if is_alone else (), titles, outcome)
    if not any(sheet.rows for sheet in book.sheets):
        outcome.find(NO_TABLE, "文件里一个字也没有", book.first)
    return [table for tables in found.values() for table in tables]


def _of(sheet: Sheet, forms: Sequence[Form], loaded: Loaded, outcome: Outcome) -> list[Table]:
    """Return the tables of a sheet; one that runs in another direction is turned first."""
    turned = None if outcome.book.told else _turned(sheet, forms, loaded)
    if turned is None:
        return tables_of(sheet, forms)
    for (row, column), message, remedy in turned.asked:
        value = sheet.cell(row, column).text
        at: dict[str, Any] = {"column": column, "value": value, "remedy": remedy}
        outcome.find(UNREAD, message, sheet, row, ledger=turned.table.form.ledger, **at)
    if turned.left_out:
        said = "、".join(turned.left_out[:SHOWN])
        outcome.find(UNKNOWN_COLUMN, f"台账没有这几项，没有导入：{said}", sheet)
    for number, cells in sheet.numbered():
        fate, why = turned.fates.get(number, ("留下", "标题、落款或说明"))
        if any(not cell.is_blank for cell in cells):
            outcome.lines.append(Line(sheet.name, number, fate, why))
    return [turned.table]


def _turned(sheet: Sheet, forms: Sequence[Form], loaded: Loaded) -> Turned | None:
    for form in forms:
        if form.ledger == "water_tests":
            found = report_of(sheet, form)
        elif form.ledger == "household_checks":
            kinds = loaded.schemas[form.ledger].by_name["household_kind"].enum
            found = spread_of(sheet, form, {bare(kind): kind for kind in kinds})
        else:
            continue
        if found is not None:
            return found
    return None


def _above(sheet: Sheet, tables: Sequence[Table], outcome: Outcome) -> None:
    """Account for the rows above the first header, and for a sheet without one."""
    first = min((table.header for table in tables), default=len(sheet.rows) + 1)
    idle_rows = [n for n, row in sheet.numbered() if any(not cell.is_blank for cell in row)]
    why = "表头上面的标题" if tables else "没有找到表头"
    outcome.lines += [Line(sheet.name, n, "留下", why) for n in idle_rows if n < first]


def _no_table(
    sheet: Sheet, forms: Sequence[Form], titles: Mapping[str, str], outcome: Outcome
) -> None:
    """Say that a sheet holds no table: an error where the whole file holds none."""
    if outcome.book.told and sheet.name == HOWTO:
        return
    if forms:
        tell_no_table(sheet, forms, titles, outcome)
    else:
        outcome.find(OVERLOOKED, f"工作表“{sheet.name}”里没有台账，整张没有导入", sheet)


def _outdated(book: Book, loaded: Loaded, ledger: str, outcome: Outcome) -> None:
    made_by = book.told.get("schema_version", "")
    if made_by and ledger and book.sheets and made_by != schema_version(loaded, ledger):
        outcome.find(OUTDATED, f"这份空表是旧的（{made_by[:12]}）", book.first, ledger=ledger)


def schema_version(loaded: Loaded, ledger: str) -> str:
    """Return what the hidden sheet of a template of today says of its schema."""
    return loaded.schemas[ledger].version


def _read_all(
    tables: Sequence[Table],
    standing: Standing,
    answers: Mapping[str, str],
    outcome: Outcome,
    units: UnitNames,
) -> None:
    """Read the rows of every table, then settle each ledger at once."""
    records: dict[str, list[Record]] = {}
    readers: dict[str, IssueReader | RowReader] = {}
    for table in tables:
        ledger = table.form.ledger
        if ledger not in readers:
            readers[ledger] = (
                IssueReader(standing, answers, outcome)
                if ledger == "issues"
                else RowReader(ledger, standing, answers, outcome)
            )
        reader = readers[ledger]
        above = said_above(table) if ledger == "water_tests" and not table.sheet.source else {}
        reader.begin(f"{table.title} {table.sheet.name}", above)
        is_turned = table.sheet.source is not None
        heads = () if is_turned else table.heads
        outcome.lines += [Line(table.sheet.name, row, "留下", "表头") for row in heads]
        tell_unknown(table, outcome)
        for row in range(table.first, table.last + 1):
            why = "" if is_turned else idle(table, row) or _other_unit(table, row, standing, units)
            if why:
                if why != "空行":
                    outcome.lines.append(Line(table.sheet.name, row, "留下", why))
                continue
            record = reader.read(table, row)
            if ledger == "water_tests":
                read_results(record, table, standing, outcome)
            outcome.read += 1
            records.setdefault(ledger, []).append(record)
    for ledger, found in sorted(records.items()):
        if ledger == "issues":
            settle_issues(found, standing, outcome)
        elif ledger == "water_tests":
            samples = joined(found, outcome)
            settle_rows(ledger, samples, standing, outcome)
            settle_results(samples, standing, outcome)
        else:
            settle_rows(ledger, found, standing, outcome)


def _other_unit(table: Table, row: int, standing: Standing, units: UnitNames) -> str:
    """Say that a row is of another unit, which is another's to send; the city's are of all."""
    if standing.is_city:
        return ""
    for column in ("unit", "unit_id"):
        text = table.cell(row, column).text.strip()
        if text and (unit := units.named(text)) and unit != standing.unit:
            return f"是别的单位（{text[:10]}）的行"
    return ""
