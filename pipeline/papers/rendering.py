"""Reports as plain data for the templates, and from there as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.dates import in_words
from pipeline.papers.fonts import Fonts
from pipeline.papers.typesetter import Typesetter
from pipeline.reports.paper import Heading, Paragraph, Report, Table

TEMPLATE = "report"


def pdf(report: Report, fonts: Fonts) -> bytes:
    """Set a report.

    Raises:
        Unprintable: it holds a character that no font has.
    """
    return Typesetter(TEMPLATE, fonts).pdf(data(report))


def data(report: Report) -> Mapping[str, Any]:
    """Return a report as the template takes it: words and numbers, no markup."""
    return {
        "title": list(report.headline),
        "edition": f"第{report.number}期" if report.number else "",
        "number": report.number,
        "organiser": report.organiser,
        "on": _parts(report.to_on),
        "span": f"{in_words(report.from_on)}至{in_words(report.to_on)}",
        "to": report.to,
        "copies": report.copies,
        "signed_by": list(report.signed_by),
        "demo": report.is_demo,
        "imprint": f"由台账生成，数字算到{in_words(report.to_on)}；数据编号 {report.digest[:7]}",
        "blocks": [_block(block) for block in report.blocks],
        "attachments": [
            {"title": one.title, "wide": one.is_wide, "table": _table(one.table)}
            for one in report.attachments
        ],
    }


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _block(block: Heading | Paragraph | Table) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text}
    return {"kind": "table", **_table(block)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "note": table.note,
        "columns": [{"title": c.title, "form": c.form, "width": c.width} for c in table.columns],
        "lines": [{"cells": line.cells, "total": line.is_total} for line in table.lines],
    }
