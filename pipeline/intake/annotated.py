"""The answer in the clerk's own workbook: wrong cells coloured, with a comment on what, why, how.

Layout and values stay as they are, with pictures, charts, drop-downs and print settings: only
colours, comments and one sheet are added to the file. The summary stands first, its lines lead to
the cells. What was no .xlsx comes back as one, with the same cells in the same places.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from contextlib import suppress
from typing import Any

from pipeline.checks.workbook_rules import LACKING
from pipeline.findings import Finding
from pipeline.intake.answers import add_answers
from pipeline.intake.cleaning import clean
from pipeline.intake.outcome import Outcome, Repair
from pipeline.intake.package import Package, Unpatchable
from pipeline.intake.painting import GREEN, RED, YELLOW, Styles, comment, paint
from pipeline.intake.sheets import ANSWERS, SUMMARY, Book, Sheet, letters
from pipeline.intake.summary import add_summary, fit, is_summary, sheets_of

__all__ = ["SUMMARY", "annotated"]

MOST_COMMENTS = 3000
"""Comments of one workbook; further cells are only coloured. Excel grows slow with more."""
LONGEST = 2000
_GRAVITY = (RED, YELLOW, GREEN)
_STRANGE = (Unpatchable, KeyError, ValueError, TypeError, AttributeError, IndexError)
"""What comes of parts that are not as those of a workbook are."""
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*")

Told = dict[str, list[tuple[str, str]]]
"""Texts by address, each with its colour."""


def annotated(content: bytes, outcome: Outcome) -> bytes:
    """Return the marked copy of the file that was read; the same file gives the same bytes."""
    book = outcome.book
    if book.form == "xlsx":
        with suppress(*_STRANGE):  # what a spreadsheet forgives: its cells come back, as is said
            return _marked(Package(content), outcome, "")
    lost = "" if book.form != "xlsx" else "这个文件的构造少见，图片、图表和打印设置没有带过来"
    return _marked(_timeless(Package(_rebuilt(book))), outcome, lost)


def _marked(package: Package, outcome: Outcome, lost: str) -> bytes:
    styles, room = Styles(package), MOST_COMMENTS
    parts = sheets_of(package)
    was_marked = any(map(is_summary, outcome.book.sheets))
    for sheet in outcome.book.sheets:
        if sheet.name in parts and not is_summary(sheet):
            if was_marked and sheet.name.strip() != ANSWERS:
                clean(package, parts[sheet.name], styles)
            told = _at_heads(_told(sheet, outcome), sheet)
            paint(package, parts[sheet.name], styles, {a: t[0][0] for a, t in told.items()})
            texts = {a: "\n".join(dict.fromkeys(said for _, said in t)) for a, t in told.items()}
            few = dict(list(texts.items())[:room])
            comment(package, parts[sheet.name], {a: fit(t)[:LONGEST] for a, t in few.items()})
            room -= len(few)
    add_summary(package, styles, outcome, lost)
    if outcome.asked and not any(sheet.name.strip() == ANSWERS for sheet in outcome.book.sheets):
        add_answers(package, styles, outcome.asked)
    return package.packed()


def _rebuilt(book: Book) -> bytes:
    """Return a workbook with the cells of a file of another form, every text as text."""
    import openpyxl

    made: Any = openpyxl.Workbook()
    made.remove(made.active)
    for sheet in book.sheets:
        name = re.sub(r"[\\/*?:\[\]]", " ", sheet.name)[:31] or "表"
        target = made.create_sheet(name)
        sheet.name = target.title
        for row, cells in sheet.numbered():
            for column, cell in enumerate(cells, 1):
                if not cell.is_blank and not cell.is_filled:
                    placed = target.cell(row, column)
                    placed.value = cell.number if cell.number is not None else fit(cell.text)
                    if cell.number is None:
                        placed.data_type = "s"
        for first, left, last, right in sheet.merged:
            target.merge_cells(start_row=first, start_column=left, end_row=last, end_column=right)
    if not made.worksheets:
        made.create_sheet("空")
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def _told(sheet: Sheet, outcome: Outcome) -> Told:
    """Return what is said of each cell, the gravest first."""
    file, told = outcome.file_of(sheet), defaultdict(list)
    for finding in outcome.findings:
        if finding.rule == LACKING.id and finding.title in outcome.asked:
            continue  # asked for the whole file: no cell of this row is wrong
        if finding.file == file and finding.cell and not finding.waived:
            colour = RED if finding.severity == "error" else YELLOW
            told[finding.cell].append((colour, _words(finding)))
        elif finding.file == file and finding.line and finding.severity == "error":
            told[f"A{finding.line}"].append((RED, _words(finding)))
    for repair in outcome.repairs:
        if repair.file == file:
            told[repair.cell].append((GREEN, _repaired(repair)))
    return {cell: sorted(texts, key=lambda t: _GRAVITY.index(t[0])) for cell, texts in told.items()}


def _at_heads(told: Told, sheet: Sheet) -> Told:
    """Return what is said of cells, that of merged ones at the first of them."""
    heads = {
        f"{letters(column)}{row}": f"{letters(left)}{first}"
        for first, left, last, right in sheet.merged
        if (last - first + 1) * (right - left + 1) < MOST_COMMENTS
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    }
    found: Told = {}
    for address, texts in told.items():
        found.setdefault(heads.get(address, address), []).extend(texts)
    return {a: sorted(t, key=lambda one: _GRAVITY.index(one[0])) for a, t in found.items()}


def _words(finding: Finding) -> str:
    return f"{finding.message}（{finding.rule}）\n怎么改：{finding.remedy}"


def _repaired(repair: Repair) -> str:
    return f"按“{repair.new}”读：{repair.rule}"


def _timeless(package: Package) -> Package:
    """Return a workbook without the hour at which it was written."""
    package.put(_CORE, _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", package.body(_CORE)))
    return package
