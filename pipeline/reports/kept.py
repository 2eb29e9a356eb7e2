"""A report as JSON and back: so that an edition stays what it was when it was published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from pipeline.disclosure import View
from pipeline.reports.paper import (
    ABSENT,
    Attachment,
    Block,
    Chart,
    Column,
    Figure,
    Heading,
    Line,
    Paragraph,
    Part,
    Report,
    Sentence,
    Table,
)

WITHHELD = "不再公开"
"""Stands for a problem that may no longer be shown, whatever could be seen then."""


def written(report: Report) -> str:
    """Write a report as JSON; the same report gives the same text."""
    return json.dumps(asdict(report), ensure_ascii=False, sort_keys=True, default=date.isoformat)


def read(text: str) -> Report:
    """Read a report as `written` wrote it."""
    told = json.loads(text)
    days = {name: date.fromisoformat(told[name]) for name in ("from_on", "to_on")}
    blocks = tuple(_block(one) for one in told["blocks"])
    attachments = tuple(
        Attachment(one["title"], _table(one["table"]), one["is_wide"])
        for one in told["attachments"]
    )
    lists = {name: tuple(told[name]) for name in ("signed_by",)}
    return Report(**told | days | lists | {"blocks": blocks, "attachments": attachments})


def shown(report: Report, view: View) -> Report:
    """Return a report with what may still be shown: problems that can be opened today."""
    known = view.index("issues")

    def still(table: Table) -> Table:
        lines = tuple(
            _withheld(line, table.columns)
            if line.href.startswith("i/") and line.href[2:-5] not in known
            else line
            for line in table.lines
        )
        return replace(table, lines=lines)

    return replace(
        report,
        blocks=tuple(still(one) if isinstance(one, Table) else one for one in report.blocks),
        attachments=tuple(replace(one, table=still(one.table)) for one in report.attachments),
    )


def _withheld(line: Line, columns: tuple[Column, ...]) -> Line:
    cells = (WITHHELD if column.key == "title" else ABSENT for column in columns)
    return replace(line, cells=tuple(cells), href="")


def _block(told: Mapping[str, Any]) -> Block:
    if "level" in told:
        return Heading(**told)
    if "parts" in told:
        parts = tuple(Part(**{n: _frozen(v) for n, v in one.items()}) for one in told["parts"])
        return Chart(**{**{n: _frozen(v) for n, v in told.items()}, "parts": parts})
    if "sentences" in told:
        return Paragraph(tuple(_sentence(one) for one in told["sentences"]))
    return _table(told)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _sentence(told: Mapping[str, Any]) -> Sentence:
    return Sentence(told["text"], tuple(Figure(**one) for one in told["figures"]))


def _table(told: Mapping[str, Any]) -> Table:
    columns = tuple(Column(**one) for one in told["columns"])
    lines = tuple(Line(**{**one, "cells": tuple(one["cells"])}) for one in told["lines"])
    return Table(told["id"], told["caption"], columns, lines, told["note"])
