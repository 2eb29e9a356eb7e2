"""The answer in the clerk's own workbook: wrong cells coloured, with a comment on what, why, how.

Layout and values stay as they are. A summary stands first, its lines lead to the cells. What was
no .xlsx comes back as one, with the same cells in the same places.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from copy import copy
from typing import Any

from pipeline.findings import Finding
from pipeline.intake.outcome import Outcome, Repair
from pipeline.intake.sheets import Book, Sheet

SUMMARY = "导入情况"
MOST_COMMENTS = 3000
"""Comments of one workbook; further cells are only coloured. Excel grows slow with more."""
MOST_LISTED = 2000
RED, YELLOW, GREEN = "FFF4B6B6", "FFFFE9A8", "FFD8EFD3"
_NAMES = {RED: "要改", YELLOW: "看一看", GREEN: "已照规矩修正"}
_DAY = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_WIDTHS = (10, 22, 60, 50)
"""Widths of the columns of the summary, in characters of half width."""

Told = dict[str, list[tuple[str, str]]]
"""Texts by address, each with its colour."""


def annotated(content: bytes, outcome: Outcome) -> bytes:
    """Return the marked copy of the file that was read; the same file gives the same bytes."""
    import openpyxl

    book = outcome.book
    if book.form == "xlsx":
        answer: Any = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    else:
        answer = _rebuilt(book)
    room = MOST_COMMENTS
    for sheet in book.sheets:
        if sheet.name in answer.sheetnames:
            told = _told(sheet, outcome)
            _mark(answer[sheet.name], told, room)
            room = max(0, room - len(told))
    _summary(answer, outcome)
    made = io.BytesIO()
    answer.save(made)
    return _timeless(made.getvalue())


def _rebuilt(book: Book) -> Any:
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
                    placed.value = cell.number if cell.number is not None else _fit(cell.text)
                    if cell.number is None:
                        placed.data_type = "s"
        for first, left, last, right in sheet.merged:
            target.merge_cells(start_row=first, start_column=left, end_row=last, end_column=right)
    return made


def _told(sheet: Sheet, outcome: Outcome) -> Told:
    """Return what is said of each cell, the gravest first."""
    file, told = outcome.file_of(sheet), defaultdict(list)
    for finding in outcome.findings:
        if finding.file == file and finding.cell and not finding.waived:
            colour = RED if finding.severity == "error" else YELLOW
            told[finding.cell].append((colour, _words(finding)))
        elif finding.file == file and finding.line and finding.severity == "error":
            told[f"A{finding.line}"].append((RED, _words(finding)))
    for repair in outcome.repairs:
        if repair.file == file:
            told[repair.cell].append((GREEN, _repaired(repair)))
    return {
        cell: sorted(texts, key=lambda t: list(_NAMES).index(t[0])) for cell, texts in told.items()
    }


def _words(finding: Finding) -> str:
    return f"{finding.message}（{finding.rule}）\n怎么改：{finding.remedy}"


def _repaired(repair: Repair) -> str:
    return f"按“{repair.new}”读：{repair.rule}"


def _mark(sheet: Any, told: Told, room: int) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    fills = {colour: PatternFill("solid", start_color=colour) for colour in _NAMES}
    styles: dict[tuple[tuple[int, ...], str], Any] = {}
    heads = {
        cell: merged.start_cell.coordinate
        for merged in sheet.merged_cells.ranges
        if merged.size["rows"] * merged.size["columns"] < MOST_COMMENTS
        for row in merged.rows
        for cell in [f"{_column(c)}{r}" for r, c in row]
    }
    for number, (address, texts) in enumerate(told.items()):
        cell = sheet[heads.get(address, address)]
        colour = texts[0][0]
        style = tuple(cell._style or ()), colour  # one look-up for each look, not for each cell
        if style not in styles:
            cell.fill = fills[colour]
            styles[style] = copy(cell._style)
        cell._style = copy(styles[style])
        if number < room:
            before = f"{cell.comment.text}\n———\n" if cell.comment else ""
            said = before + "\n".join(dict.fromkeys(text for _, text in texts))
            cell.comment = Comment(_fit(said)[:2000], "清源")
            cell.comment.width, cell.comment.height = 320, 60 + 18 * said.count("\n")


def _column(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _summary(answer: Any, outcome: Outcome) -> None:
    """Put a sheet before all others: the counts, then every finding with a link to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill

    name = SUMMARY if SUMMARY not in answer.sheetnames else f"{SUMMARY} "
    sheet = answer.create_sheet(name, 0)
    answer.active = 0
    for other in answer.worksheets[1:]:
        other.sheet_view.tabSelected = False
    counts = outcome.counts()
    verdict = "没有错误，可以导入" if outcome.ok else "有要改的，改好红色的格子再交"
    lines = [
        ("导入情况", verdict),
        ("读到的行", outcome.read),
        *(
            (name, counts[name])
            for name in ("新增", "有变化", "相同", "未导入", "并入", "留下")
            if counts[name]
        ),
        ("修正", f"{len(outcome.repairs)} 处"),
        ("颜色", "红：要改；黄：看一看；绿：已照规矩修正"),
    ]
    for row, (label, value) in enumerate(lines, 1):
        sheet.cell(row, 1, label).font = Font(bold=True)
        sheet.cell(row, 2, value).alignment = Alignment(horizontal="left")
    top = len(lines) + 2
    for column, label in enumerate(("轻重", "位置", "什么", "怎么改"), 1):
        cell = sheet.cell(top, column, label)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="FFE7EEF6")
    listed = sorted(
        outcome.findings, key=lambda f: (f.severity != "error", f.file or "", f.line or 0)
    )
    looks = _looks(sheet.cell(top + MOST_LISTED + 2, 1))
    for row, finding in enumerate(listed[:MOST_LISTED], top + 1):
        _line(sheet, row, finding, outcome, looks)
    if len(listed) > MOST_LISTED:
        sheet.cell(
            top + MOST_LISTED + 1, 3, f"还有 {len(listed) - MOST_LISTED} 条没有列出，格子都标了颜色"
        )
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{top + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = f"{top}:{top}"


def _looks(spare: Any) -> dict[Any, Any]:
    """Return the looks of the lines, made once on a spare cell: plain, and of each gravity."""
    from openpyxl.styles import Alignment, PatternFill

    spare.alignment = Alignment(wrap_text=True, vertical="top")
    looks: dict[Any, Any] = {False: copy(spare._style)}
    for word, colour in (("要改", RED), ("看一看", YELLOW)):
        spare.fill = PatternFill("solid", start_color=colour)
        looks[word] = copy(spare._style)
    spare._style = copy(looks[False])
    return looks


def _line(sheet: Any, row: int, finding: Finding, outcome: Outcome, looks: dict[Any, Any]) -> None:
    from openpyxl.styles import Font

    is_error = finding.severity == "error"
    texts = ("要改" if is_error else "看一看", place_of(finding), finding.message, finding.remedy)
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column)
        cell.value = _fit(text)
        cell.data_type = "s"
        cell._style = copy(looks[column == 1 and texts[0]])
    high = max(-(-2 * len(text) // wide) for text, wide in zip(texts, _WIDTHS, strict=True))
    sheet.row_dimensions[row].height = 15 * min(max(high, 1), 8) + 2
    named = next((s.name for s in outcome.book.sheets if outcome.file_of(s) == finding.file), "")
    if named and (finding.cell or finding.line):
        quoted = named.replace("'", "''")
        link = sheet.cell(row, 2)
        link.hyperlink = f"#'{quoted}'!{finding.cell or f'A{finding.line}'}"
        link.font = Font(color="FF0B5CAD", underline="single")


def place_of(finding: Finding) -> str:
    """Say where a finding is: sheet, and cell or row."""
    sheet = (finding.file or "").partition("#")[2]
    where = finding.cell or (f"第{finding.line}行" if finding.line else "")
    return " ".join(filter(None, (sheet, where, finding.title))) or (finding.file or "整个文件")


def _fit(text: str) -> str:
    return _UNFIT.sub("?", text)


def _timeless(content: bytes) -> bytes:
    """Return a workbook without the hour at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename == "docProps/core.xml":
                body = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", body)
            info = zipfile.ZipInfo(part.filename, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, body, compresslevel=1)
    return made.getvalue()
