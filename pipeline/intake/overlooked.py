"""What a reader of a sheet may not see, named one by one; it was read like everything else."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.checks.workbook_rules import OVERLOOKED
from pipeline.intake.outcome import Outcome
from pipeline.intake.sheets import Sheet, letters
from pipeline.intake.tables import Table

SHOWN = 12
"""Rows that one sentence names."""


def tell_overlooked(tables: Sequence[Table], outcome: Outcome) -> None:
    """Name what a reader of the sheet may not see; it was read like everything else."""
    for notice in outcome.book.notices:
        outcome.find(OVERLOOKED, notice, outcome.book.first)
    for sheet in dict.fromkeys(id(table.sheet) for table in tables):
        own = [table for table in tables if id(table.sheet) == sheet]
        _hidden(own[0].sheet.source or own[0].sheet, own, outcome)


def _hidden(sheet: Sheet, tables: Sequence[Table], outcome: Outcome) -> None:
    if sheet.is_hidden:
        outcome.find(OVERLOOKED, f"工作表“{sheet.name}”是隐藏的，照样读了", sheet)
    is_turned = any(t.sheet.source for t in tables)
    rows = {r for t in tables for r in range(t.first, t.last + 1)}
    rows = set(range(1, len(sheet.rows) + 1)) if is_turned else rows
    told = sorted(
        n for n in sheet.hidden_rows & rows if any(not c.is_blank for c in sheet.rows[n - 1])
    )
    if told:
        why = "被筛选或隐藏" if sheet.is_filtered else "隐藏"
        said = "、".join(map(str, told[:SHOWN])) + ("等" if len(told) > SHOWN else "")
        outcome.find(OVERLOOKED, f"第 {said} 行{why}，共 {len(told)} 行，照样读了", sheet, told[0])
    named = {c: n for t in tables for n, c in t.columns.items()}
    named = dict.fromkeys(range(1, sheet.width + 1), "") if is_turned else named
    for column in sorted(sheet.hidden_columns & named.keys()):
        if not named[column].startswith("*"):
            outcome.find(
                OVERLOOKED,
                f"{letters(column)} 列隐藏着，照样读了",
                sheet,
                tables[0].header,
                column=column,
            )
    for row in sorted(rows):
        for column, cell in enumerate(sheet.rows[row - 1], 1) if row <= len(sheet.rows) else ():
            if cell.is_struck:
                outcome.find(
                    OVERLOOKED,
                    "格子里的字划了删除线，照样读了",
                    sheet,
                    row,
                    column=column,
                    value=cell.text,
                )
            if cell.comment:
                outcome.find(
                    OVERLOOKED,
                    f"格子上有批注，没有导入：{cell.comment[:60]}",
                    sheet,
                    row,
                    column=column,
                )
