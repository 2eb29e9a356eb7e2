"""The pieces of a Word document as WordprocessingML: paragraphs, and tables in their styles.

Text is escaped here and nowhere else; what each style looks like stands in `site/print/word.xml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TWIPS = 1440 / 25.4
"""Word's unit in a millimetre."""

CELL = 10.5
"""Points of the text of tables, by which a column without a share of the width is measured."""
ROOM = 11
"""Points that a cell leaves beside its text."""


def run(text: str) -> str:
    """Write a text; a tab or a line break is one of its own."""
    if text == "\t":
        return "<w:r><w:tab/></w:r>"
    if text == "\n":
        return "<w:r><w:br/></w:r>"
    return f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def paragraph(style: str, *texts: str) -> str:
    """Write a paragraph of texts."""
    return marked(style, "".join(run(text) for text in texts if text))


def marked(style: str, runs: str, properties: str = "") -> str:
    """Write a paragraph of a style from what is in it, and what is peculiar to it."""
    return f'<w:p {W}><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def table(told: Mapping[str, Any], millimetres: float) -> str:
    """Write a table: its head repeats on every page, no row is torn, sums stand on grey."""
    columns, widths = told["columns"], _widths(told, millimetres)
    rule = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="{2}"/>'
    borders = rule.format("top", 8, "auto") + rule.format("bottom", 8, "auto")
    borders += rule.format("insideH", 4, "BEBEBE")
    heads = [
        _cell(c["title"], wide, "Head", is_head=True)
        for c, wide in zip(columns, widths, strict=True)
    ]
    rows = [_row(heads, "<w:tblHeader/>")]
    for line in told["lines"]:
        cells = [
            _cell(
                cell,
                width,
                "Cell" if column["form"] == "text" else "Figure",
                is_sum=line["total"],
            )
            for cell, column, width in zip(line["cells"], columns, widths, strict=True)
        ]
        rows.append(_row(cells))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    described = f"<w:tblCaption w:val={_quoted(told['caption'])}/>" if told["caption"] else ""
    return (
        f'<w:tbl {W}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1"/>{described}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Iterable[str], more: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, style: str, *, is_head: bool = False, is_sum: bool = False) -> str:
    rule = (
        '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders>'
    )
    fixed = "<w:noWrap/>" if style == "Figure" else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EBEBEB"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f"{rule if is_head else ''}{shade if is_sum else ''}{fixed}"
        f'<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p></w:tc>'
    )


def _widths(told: Mapping[str, Any], millimetres: float) -> list[int]:
    """Return the widths of columns in twips: words by their share, numbers as wide as they need."""
    columns, whole = told["columns"], int(millimetres * TWIPS)
    if not any(c["form"] == "text" for c in columns):
        needs: list[float | None] = [whole / len(columns)] * len(columns)
    else:
        needs = [
            None if c["form"] == "text" and c["width"] else _needed(told, n)
            for n, c in enumerate(columns)
        ]
    left = whole - sum(need for need in needs if need is not None)
    shares = sum(c["width"] for c, need in zip(columns, needs, strict=True) if need is None) or 1
    return [
        int(need if need is not None else left * c["width"] / shares)
        for c, need in zip(columns, needs, strict=True)
    ]


def _needed(told: Mapping[str, Any], place: int) -> float:
    """Return how many twips the longest text of a column takes in one line."""
    texts = [told["columns"][place]["title"], *(line["cells"][place] for line in told["lines"])]
    ems = max(sum(1 if ord(one) > 0xFF or one == "%" else 0.64 for one in text) for text in texts)
    return (ems * CELL + ROOM) * 20


def _quoted(text: str) -> str:
    return '"' + escape(text, quote=False).replace('"', "&quot;") + '"'
