"""A sheet for a ledger, made from its schema: empty, or filled with what a unit has.

Columns are headed by their Chinese titles; choices drop down; places are written by name, villages
under their township; what must be filled and is not, and rows that are there twice, are coloured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.checks.ids import appended_as, counted_as
from pipeline.ledgers.placed import VILLAGE, kinds_of
from pipeline.ledgers.schemas import Field, Schema
from pipeline.workbooks.book import HIDDEN_ID, Book, Origin, Worksheet, height, xl_col_to_name
from pipeline.workbooks.choices import Places, is_nameable
from pipeline.workbooks.howto import example, said, write_howto

_TITLE, _HEAD, FIRST = 0, 1, 2
"""Rows from the top: title, head, first row of the table."""
ROOM = 1000
"""Empty rows that are made ready for entry."""
_WIDTHS = {"date": 12, "integer": 10, "number": 10, "boolean": 8}
_LONG = 100
"""Characters of a cell that holds more than a name."""
_PAGE = 170
"""Characters that a page turned sideways still shows legibly."""
_ALIKE = (
    "town_code", "village_code", "works_id", "place_id", "problem", "name", "title", "number",
    "indicator", "sample_id", "issue_id", "event", "ledger",
)  # fmt: skip
"""Columns that, with the kind and the day, tell rows apart that have no number of their own yet."""


def ledger_workbook(
    schema: Schema,
    unit_name: str,
    places: Places,
    origin: Origin,
    rows: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """Return the workbook of a ledger of a unit, with rows of cells as the ledger has them.

    Without places of its own it is a sheet of the city, in which every row says whose it is.
    """
    columns = shown_columns(schema, is_city=places.is_city)
    with Book(f"{unit_name}{schema.title}", origin) as book:
        sheet = book.sheet(schema.title)
        _head(book, sheet, schema, unit_name, columns)
        for number, row in enumerate(rows, FIRST):
            texts = [_told(schema, field, row, places) for field in columns]
            for column, text in enumerate(texts):
                book.write(sheet, number, column, text, text_wrap=True, valign="top")
            sheet.set_row(number, height(zip(texts, map(_width, columns), strict=True)))
            key = "+".join(row[name] for name in schema.primary_key)
            sheet.write_string(number, len(columns), key, book.format())
        last = FIRST + len(rows) + ROOM - 1
        for column in range(len(columns)):
            _validate(book, sheet, schema, columns, (column, last), places)
        _colour(book, sheet, schema, columns, last)
        _print(sheet, columns)
        write_howto(book, schema, columns, places)
    return book.content


def shown_columns(schema: Schema, *, is_city: bool = False) -> tuple[Field, ...]:
    """Return the columns people fill in: neither a unit that is known, nor ids made for them.

    The id stands in the hidden column.
    """
    is_numbered = counted_as(schema) is not None or appended_as(schema) is not None
    known = {"source_text"} if is_city else {"unit_id", "source_text"}
    hidden = known | ({schema.primary_key[0]} if is_numbered else set())
    return tuple(f for f in schema.fields if f.name not in hidden)


def _told(schema: Schema, field: Field, row: Mapping[str, str], places: Places) -> str:
    """Return a cell as people read it: places by name."""
    cell, kinds = row[field.name], kinds_of(schema, field)
    places = places.of_row(row)
    if field.key_by:
        return places.named(row[field.key_by], cell)
    if not kinds:
        return cell
    if field.list_of:
        return places.told(cell)
    town = places.towns.get(row.get("town_code", ""), "")
    return places.named(kinds[0], cell, town if kinds == (VILLAGE,) else "")


def _head(
    book: Book, sheet: Worksheet, schema: Schema, unit_name: str, columns: Sequence[Field]
) -> None:
    book.write(sheet, _TITLE, 0, f"{unit_name}{schema.title}", font_size=16, bold=True)
    sheet.set_row(_TITLE, 26)
    text = book.format()
    for column, field in enumerate(columns):
        sheet.set_column(column, column, _width(field), text)
        shade = "#FCE4D6" if field.required else "#EDEDED"
        style = {"bold": True, "border": 1, "text_wrap": True, "align": "center"}
        book.write(sheet, _HEAD, column, field.title, **style, bg_color=shade)
    sheet.write_string(_HEAD, len(columns), HIDDEN_ID, text)
    sheet.set_column(len(columns), len(columns), 8, text, {"hidden": True})
    sheet.freeze_panes(FIRST, 0)


def _width(field: Field) -> int:
    """Return how many characters wide a column is."""
    width = _WIDTHS.get(field.type, 30 if (field.max_length or 0) > _LONG else 16)
    return max(width, 2 * len(field.title) + 2)


def _validate(
    book: Book,
    sheet: Worksheet,
    schema: Schema,
    columns: Sequence[Field],
    span: tuple[int, int],
    places: Places,
) -> None:
    """Let a column drop down its choices, and say what belongs in it."""
    column, last = span
    field = columns[column]
    shown = example(schema, field, places)
    tail = f"\n例：{shown}" if shown else ""
    told: dict[str, Any] = {
        "input_title": field.title[:32],
        "input_message": f"{said(schema, field, places)}{tail}"[:255],
        "error_title": field.title[:32],
        "error_message": f"“{field.title}”只能从下拉的几项里选，见“填写说明”"[:255],
        "ignore_blank": True,
    }
    source = _source(book, schema, columns, field, places)
    told |= {"validate": "list", "source": source} if source else {"validate": "any"}
    if source and (field.key_by or kinds_of(schema, field)):
        told["error_type"] = "warning"  # a place may be new, or known by another name
    sheet.data_validation(FIRST, column, last, column, told)


def _source(
    book: Book, schema: Schema, columns: Sequence[Field], field: Field, places: Places
) -> str | None:
    """Return where the choices of a column stand; None where anything may be written."""
    names = [f.name for f in columns]
    choices = ["是", "否"] if field.type == "boolean" else list(field.enum)
    if choices:
        return f"={book.choices(f'选_{field.name}', choices)}"
    if field.key_by in names:
        if places.is_city:
            return None
        for kind in schema.by_name[field.key_by or ""].enum:
            if members := list(places.of_kind(kind).values()):
                book.choices(f"地_{kind}", members)
        return f'=INDIRECT("地_"&${xl_col_to_name(names.index(field.key_by or ""))}{FIRST + 1})'
    kinds = () if field.list_of else kinds_of(schema, field)
    if kinds == (VILLAGE,) and "town_code" in names:
        for town, members in places.in_town.items():
            if members and is_nameable(town):
                book.choices(f"村_{town}", members)
        return f'=INDIRECT("村_"&${xl_col_to_name(names.index("town_code"))}{FIRST + 1})'
    members = list(places.of_kind(kinds[0]).values()) if kinds else []
    return f"={book.choices(f'地_{kinds[0]}', members)}" if members else None


def _colour(
    book: Book, sheet: Worksheet, schema: Schema, columns: Sequence[Field], last: int
) -> None:
    """Colour what is required and empty in rows begun, and rows that are there twice."""
    first, end = FIRST + 1, last + 1
    right = xl_col_to_name(len(columns) - 1)
    empty = book.book.add_format({"bg_color": "#FFC7CE"})
    for column, field in enumerate(columns):
        if field.required:
            letter = xl_col_to_name(column)
            begun = f"COUNTA($A{first}:${right}{first})>0"
            rule = f"=AND({begun},LEN({letter}{first})=0)"
            told = {"type": "formula", "criteria": rule, "format": empty}
            sheet.conditional_format(FIRST, column, last, column, told)
    keys = [n for n, field in enumerate(columns) if _tells_apart(schema, field)]
    if not keys:
        return
    letters = [xl_col_to_name(n) for n in keys]
    counted = "*".join(f"(${one}${first}:${one}${end}=${one}{first})" for one in letters)
    filled = "&".join(f"${one}{first}" for one in letters)
    rule = f"=AND(LEN({filled})>0,SUMPRODUCT({counted})>1)"
    twice = book.book.add_format({"bg_color": "#FFEB9C"})
    for n in keys:
        told = {"type": "formula", "criteria": rule, "format": twice}
        sheet.conditional_format(FIRST, n, last, n, told)


def _tells_apart(schema: Schema, field: Field) -> bool:
    if field.name in schema.primary_key:
        return True
    shown = {f.name for f in shown_columns(schema)}
    if set(schema.primary_key) <= shown:
        return False
    return field.name in (*_ALIKE, schema.kind_field, schema.dating_field)


def _print(sheet: Worksheet, columns: Sequence[Field]) -> None:
    """Lay out the paper; no area is set, so that rows that are filled in later are printed too."""
    sheet.set_landscape()
    sheet.set_paper(9)
    if sum(map(_width, columns)) <= _PAGE:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD, _HEAD)
    sheet.repeat_columns(0, 0)
    sheet.set_footer("&L内部使用&C第 &P 页，共 &N 页")
