"""Papers as plain data for the templates: words and numbers, no markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from pipeline.dates import in_words
from pipeline.reports.forms import Form
from pipeline.reports.paper import Block, Chart, Heading, Paragraph, Report, Table
from pipeline.terms import INTERNAL_MARK

CODE = 7
"""Characters of the code of a paper."""

CODE_MARK = "本件校验码 "
"""Stands before the code of a paper on each of its renderings."""

DEMO = "演示数据：人名、电话、数字都是编的"


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is set in one go: the name of its file, its title, its template and the data for it."""

    name: str
    title: str
    template: str
    data: Mapping[str, Any]


def sheets(paper: Report | Form) -> Sheets:
    """Return a report or a form as its template takes it."""
    if isinstance(paper, Form):
        return Sheets(paper.id, paper.title, "form", _form(paper))
    template = "onepage" if paper.is_one_page else "report"
    return Sheets(paper.id, paper.title, template, _report(paper))


PUBLISHED: Mapping[str, Any] = {"internal": "", "keywords": []}
"""What a paper says of itself that anybody may read."""


def internal(*, is_demo: bool = False) -> dict[str, Any]:
    """Return what a paper for the office says of itself on every page, and in its metadata."""
    said = f"{INTERNAL_MARK}　注意保管，不上网、不外传"
    return {"internal": f"{DEMO}　{said}" if is_demo else said, "keywords": [INTERNAL_MARK]}


def _report(report: Report) -> Mapping[str, Any]:
    return {
        "title": list(report.headline),
        "edition": f"第{report.number}期" if report.number else "",
        "number": report.number,
        "organiser": report.organiser,
        "on": _parts(report.to_on),
        "span": f"{in_words(report.from_on)}至{in_words(report.to_on)}",
        "until": in_words(report.to_on),
        "to": report.to,
        "copies": report.copies,
        "signed_by": list(report.signed_by),
        "correction": report.correction,
        "demo": DEMO if report.is_demo else "",
        **(internal(is_demo=report.is_demo) if report.is_internal else PUBLISHED),
        "imprint": imprint(report),
        "contents": report.has_contents,
        "blocks": [_block(block) for block in report.blocks],
        "attachments": [
            {"title": one.title, "wide": one.is_wide, "table": _table(one.table)}
            for one in report.attachments
        ],
    }


def _form(form: Form) -> Mapping[str, Any]:
    return {
        "title": form.title,
        "mark": form.mark,
        **internal(is_demo=form.is_demo),
        "organiser": form.organiser,
        "unit": form.unit,
        "on": _parts(form.on),
        "span": in_words(form.on),
        "has_numbers": form.has_numbers,
        "signed_by": list(form.signed_by),
        "imprint": imprint(form),
        "table": _table(form.table),
    }


def code_of(paper: Report | Form) -> str:
    """Return the code of all that a paper says: it changes with it."""
    return sha256(repr(paper).encode()).hexdigest()[:CODE]


def imprint(paper: Report | Form) -> str:
    """Say from when the numbers of a paper are, and its code."""
    day = paper.on if isinstance(paper, Form) else paper.to_on
    return f"由台账生成，数字算到{in_words(day)}；{CODE_MARK}{code_of(paper)}"


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text}
    if isinstance(block, Chart):
        return {"kind": "chart", **chart(block)}
    return {"kind": "table", **_table(block)}


def chart(told: Chart) -> dict[str, Any]:
    """Return a chart as it is drawn on paper."""
    parts = [{"name": p.name, "dress": p.dress, "values": list(p.values)} for p in told.parts]
    return {
        "id": told.id,
        "caption": told.caption,
        "form": told.form,
        "names": list(told.names),
        "parts": parts,
        "silent": list(told.silent),
        "said": told.said,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "note": table.note,
        "columns": [{"title": c.title, "form": c.form, "width": c.width} for c in table.columns],
        "lines": [{"cells": line.cells, "total": line.is_total} for line in table.lines],
    }
