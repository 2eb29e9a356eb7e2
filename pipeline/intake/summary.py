"""The sheet that is put before a clerk's own: the counts, every finding with a link to its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from pipeline.findings import Finding
from pipeline.intake.outcome import Outcome
from pipeline.intake.package import Package, added, child, namespace, put_in_order
from pipeline.intake.painting import HEAD, RED, YELLOW, Styles
from pipeline.intake.sheets import SUMMARY, Sheet, letters

MOST_LISTED = 2000
_LINK = "FF0B5CAD"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDTHS = (10, 22, 60, 50)
"""Widths of the columns of the summary, in characters of half width."""
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_AFTER_NAMES = frozenset(
    "calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing "
    "fileRecoveryPr webPublishObjects extLst".split()
)
_CHOSEN = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected="(?:1|true)"')

Cell = tuple[str, int]
"""A text, and the number of its look."""
Row = tuple[Sequence[Cell], int]
"""Cells from the left, and the height in points; nought leaves it to the program."""


def fit(text: str) -> str:
    """Return a text without the characters that no workbook may hold."""
    return _UNFIT.sub("?", text)


def sheets_of(package: Package) -> dict[str, str]:
    """Return the parts of the sheets by their names, in order."""
    led = package.related(package.main)
    found = {}
    for one in child(package.tree(package.main), "sheets"):
        kind, part = led.get(one.get(f"{{{package.office}}}id"), ("", ""))
        if kind.endswith("/worksheet") and part in package:
            found[one.get("name")] = part
    return found


def is_summary(sheet: Sheet) -> bool:
    """Whether a sheet is the summary that we put into a copy, which now comes back."""
    return sheet.name.strip() == SUMMARY and sheet.cell(1, 1).text == SUMMARY


def add_summary(package: Package, styles: Styles, outcome: Outcome, lost: str) -> None:
    """Put the summary before all other sheets; one of last time gives way to it."""
    rows, links, top = _lines(styles, outcome, lost)
    led = "".join(
        f'<hyperlink ref="{cell}" location="{escape(fit(target))}" display="{cell}"/>'
        for cell, target in links
    )
    below = f"<hyperlinks>{led}</hyperlinks>" if led else ""
    body = worksheet(package, rows, _WIDTHS, top=top, below=below, is_open=True)
    for other in sheets_of(package).values():
        _unchoose(package, other)
    old = next((sheet.name for sheet in outcome.book.sheets if is_summary(sheet)), None)
    if old in (parts := sheets_of(package)):
        package.put(parts[old], body)
        _open_first(package, list(parts).index(old))
        return
    names = {one.get("name") for one in child(package.tree(package.main), "sheets")}
    name = SUMMARY if SUMMARY not in names else f"{SUMMARY} "
    put_sheet(package, name, body, 0)
    book = package.tree(package.main)
    titles = f"'{name}'!${top}:${top}"
    added(_names(book), "definedName", titles, name="_xlnm.Print_Titles", localSheetId="0")
    _open_first(package, 0)


def _unchoose(package: Package, part: str) -> None:
    """Let another sheet than this be the one that is open."""
    if _CHOSEN.search(package.body(part)[:8000]):
        tree = package.tree(part)
        for view in tree.iter(f"{{{namespace(tree)}}}sheetView"):
            view.attrib.pop("tabSelected", None)


def put_sheet(package: Package, name: str, body: bytes, place: int) -> None:
    """Put a new sheet in a place among the others; what counts sheets is counted on."""
    part = package.free_name("xl/worksheets/qingyuan", ".xml")
    package.put(part, body)
    package.declare(part, _SHEET)
    book = package.tree(package.main)
    sheets = child(book, "sheets")
    number = max((int(one.get("sheetId", "0")) for one in sheets), default=0) + 1
    made = added(sheets, "sheet", name=name, sheetId=str(number))
    made.set(f"{{{package.office}}}id", package.relate(package.main, "worksheet", part))
    sheets.insert(place, made)
    for one in _names(book):
        local = one.get("localSheetId")
        if local is not None and int(local) >= place:
            one.set("localSheetId", str(int(local) + 1))


def _names(book: Any) -> Any:
    names = child(book, "definedNames")
    if names is None:
        names = added(book, "definedNames")
        put_in_order(book, names, _AFTER_NAMES)
    return names


def _open_first(package: Package, place: int) -> None:
    views = child(package.tree(package.main), "bookViews")
    for view in views if views is not None else ():
        view.set("activeTab", str(place))
        view.attrib.pop("firstSheet", None)


def _counted(outcome: Outcome, lost: str) -> list[tuple[str, str]]:
    counts = outcome.counts()
    verdict = "没有错误，可以导入" if outcome.ok else "有要改的，改好红色的格子再交"
    return [
        ("导入情况", verdict),
        ("读到的行", str(outcome.read)),
        *(
            (name, str(counts[name]))
            for name in ("新增", "有变化", "相同", "未导入", "并入", "留下")
            if counts[name]
        ),
        ("修正", f"{len(outcome.repairs)} 处"),
        ("颜色", "红：要改；黄：看一看；绿：已照规矩修正"),
        *((("提醒", lost),) if lost else ()),
    ]


def _lines(
    styles: Styles, outcome: Outcome, lost: str
) -> tuple[list[Row], list[tuple[str, str]], int]:
    """Return the rows of the summary, its links, and the row of the head of its list."""
    bold, link = styles.font(bold=True), styles.font(colour=_LINK)
    label, plain = styles.look(font=bold), styles.look(wraps=True)
    head, linked = styles.look(font=bold, colour=HEAD), styles.look(font=link, wraps=True)
    grave = {True: styles.look(colour=RED), False: styles.look(colour=YELLOW)}
    counted = styles.look()
    rows: list[Row] = [([(a, label), (b, counted)], 0) for a, b in _counted(outcome, lost)]
    rows.append(((), 0))
    rows.append(([(text, head) for text in ("轻重", "位置", "什么", "怎么改")], 0))
    top, links = len(rows), []
    listed = sorted(
        outcome.listed, key=lambda f: (f.severity != "error", f.file or "", f.line or 0)
    )
    for finding in listed[:MOST_LISTED]:
        is_error = finding.severity == "error"
        where, target = place_of(finding), _target(finding, outcome)
        texts = ("要改" if is_error else "看一看", where, finding.message, finding.remedy)
        looks = (grave[is_error], linked if target else plain, plain, plain)
        wide = zip(texts, _WIDTHS, strict=True)
        high = max(-(-2 * len(text) // width) for text, width in wide)
        rows.append((list(zip(texts, looks, strict=True)), 15 * min(max(high, 1), 8) + 2))
        if target:
            links.append((f"B{len(rows)}", target))
    if len(listed) > MOST_LISTED:
        more = f"还有 {len(listed) - MOST_LISTED} 条没有列出，格子都标了颜色"
        rows.append(([("", plain), ("", plain), (more, plain)], 0))
    return rows, links, top


def worksheet(
    package: Package,
    rows: Sequence[Row],
    widths: Sequence[int],
    *,
    top: int,
    below: str,
    is_open: bool,
) -> bytes:
    """Return the part of a sheet of ours: texts only; rows up to `top` stay in sight.

    `below` are the elements that stand behind the cells.
    """
    space = namespace(package.tree(package.main))
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, 1)
    )
    lines = "".join(
        f'<row r="{number}"{f""" ht="{height}" customHeight="1" """ if height else ""}>'
        + "".join(
            f'<c r="{letters(column)}{number}" s="{look}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{escape(fit(text))}</t></is></c>'
            for column, (text, look) in enumerate(cells, 1)
        )
        + "</row>"
        for number, (cells, height) in enumerate(rows, 1)
    )
    first, chosen = f"A{top + 1}", 'tabSelected="1" ' if is_open else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView '
        f'{chosen}workbookViewId="0"><pane ySplit="{top}" topLeftCell="{first}" '
        'activePane="bottomLeft" '
        f'state="frozen"/><selection pane="bottomLeft" activeCell="{first}" sqref="{first}"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f"<sheetData>{lines}</sheetData>{below}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _target(finding: Finding, outcome: Outcome) -> str:
    """Return where a line leads to; blank if to no cell."""
    named = next((s.name for s in outcome.book.sheets if outcome.file_of(s) == finding.file), "")
    if not named or not (finding.cell or finding.line):
        return ""
    doubled = named.replace("'", "''")
    return f"'{doubled}'!{finding.cell or f'A{finding.line}'}"


def place_of(finding: Finding) -> str:
    """Say where a finding is: sheet, and cell or row."""
    sheet = (finding.file or "").partition("#")[2]
    where = finding.cell or (f"第{finding.line}行" if finding.line else "")
    return " ".join(filter(None, (sheet, where, finding.title))) or (finding.file or "整个文件")
