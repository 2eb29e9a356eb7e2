"""Cells that a spreadsheet, a keyboard or the clipboard damaged, column by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from pipeline.findings import Rule
from pipeline.ledgers import byte_rules as rules
from pipeline.ledgers.ceilings import MAX_CELL
from pipeline.ledgers.characters import WIDE_DIGIT, narrow
from pipeline.ledgers.csv_records import Record
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Field, Schema
from pipeline.patterns import late

_EXCEL_ERROR = late(
    r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|#{4,}|#引用!|#名称\?"
)
_MARKER = late("<{7}|>{7}|(?m:^={7}$)")
_LOST_WORDS = late(r"\?{2,}|(?m:(?:^|(?<=[,\"]))[?？]{2,}(?=$|[,\"]))|？{4,}")
"""A word that a wrong encoding lost is a question mark; two in a row are no question."""
_SCIENTIFIC = late(r"-?[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}")
_DATE = late(
    r"([12][0-9]{3})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?"
    r"(?:[ T]\s*0{1,2}:00(?::00)?)?"
)
_SERIAL = late(r"[2-6][0-9]{4}(?:\.0)?")
_ISO = late(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EDGES = tuple(
    f"{a}{b}" for blank in " \u3000" for edge in ',\n"' for a, b in ((edge, blank), (blank, edge))
)
_EPOCH = date(1899, 12, 30)
"""Day 0 of the serial dates of Excel and WPS, as they count after February 1900."""

Fault = tuple[Rule, str] | None


Test = Callable[[str, Field], Fault]


def check_cells(
    tests: Sequence[Test], rows: Sequence[Record], schema: Schema, listing: Listing
) -> None:
    """Report damaged cells of aligned rows; `tests` are those that the file gives cause for."""
    columns = zip(*(row for _, row in rows), strict=True)
    for number, (field, column) in enumerate(zip(schema.fields, columns, strict=False), 1):
        own = (*tests, _sheet_date) if field.type == "date" else tests
        if not own:
            continue
        bad = {cell: fault for cell in set(column) if (fault := _fault(cell, field, own))}
        if bad:
            at = {"column": number, "field": field.name, "title": field.title}
            at["keeps"] = field.may_show
            for (line, _), cell in zip(rows, column, strict=True):
                if cell in bad:
                    rule, message = bad[cell]
                    listing.add(rule, message, line=line, value=cell, **at)


def suspects(text: str, alphabet: str) -> tuple[Test, ...]:
    """Return the tests that a quick look at the whole file cannot rule out."""
    tests: list[Test] = []
    if len(text) > MAX_CELL and max(map(len, text.split("\n"))) > MAX_CELL:
        tests.append(_too_long)
    if ("\u3000" in alphabet or " " in alphabet) and any(edge in text for edge in _EDGES):
        tests.append(_edge_blanks)
    if "#" in alphabet and _EXCEL_ERROR.search(text):
        tests.append(_excel_error)
    if ("<" in alphabet or ">" in alphabet) and _MARKER.search(text):
        tests.append(_conflict)
    if ("?" in alphabet or "？" in alphabet) and _LOST_WORDS.search(text):
        tests.append(_question_marks)
    if WIDE_DIGIT.search(alphabet):
        tests.append(_wide_digit)
    if "E" in alphabet or "e+" in text:
        tests.append(_lost_digits)
    return tuple(tests)


def _fault(cell: str, field: Field, tests: Sequence[Test]) -> Fault:
    if not cell:
        return None
    return next((fault for test in tests if (fault := test(cell, field))), None)


def _too_long(cell: str, _field: Field) -> Fault:
    return (rules.LONG_CELL, f"这一格有 {len(cell)} 个字") if len(cell) > MAX_CELL else None


def _edge_blanks(cell: str, _field: Field) -> Fault:
    if cell == (bare := cell.strip()):
        return None
    return rules.EDGE_BLANKS, "这一格的首尾有空格" if bare else "这一格只有空格，没有内容"


def _excel_error(cell: str, _field: Field) -> Fault:
    found = _EXCEL_ERROR.search(cell)
    return (rules.EXCEL_ERROR, f"{found.group()} 是表格软件算不出的错误值") if found else None


def _wide_digit(cell: str, field: Field) -> Fault:
    if not field.is_coded or field.enum or (field.list_of and "text" in field.list_of):
        return None
    plain = narrow(cell)
    if field.pattern and not re.fullmatch(field.pattern, plain):
        return None  # more is wrong with it: the schema gate gives the whole answer
    return (rules.WIDE_DIGIT, f"有全角的字符，应写成 {plain}") if plain != cell else None


def _conflict(cell: str, _field: Field) -> Fault:
    return (rules.CONFLICT, "这一格里有合并冲突的标记") if _MARKER.search(cell) else None


def _question_marks(cell: str, field: Field) -> Fault:
    if field.name.endswith("url") or not _LOST_WORDS.search(cell):
        return None
    return rules.MOJIBAKE, "有的字变成了问号，原来的字已经丢了"


def _lost_digits(cell: str, field: Field) -> Fault:
    if not field.is_coded or field.enum or not _SCIENTIFIC.fullmatch(cell):
        return None
    return rules.LOST_DIGITS, f"{cell} 是表格软件改成的科学记数"


def _sheet_date(cell: str, _field: Field) -> Fault:
    if _ISO.fullmatch(cell):
        return None
    if _SERIAL.fullmatch(cell):
        day = _EPOCH + timedelta(days=int(cell.removesuffix(".0")))
        return rules.SHEET_DATE, f"{cell} 是表格软件里日期的序号，可能是 {day.isoformat()}"
    if found := _DATE.fullmatch(cell):
        year, month, day_of_month = map(int, found.groups())
        if 1 <= month <= 12 and 1 <= day_of_month <= 31:
            return rules.SHEET_DATE, f"日期应写成 {year}-{month:02}-{day_of_month:02}"
    return None
