"""Words in a head that no ledger knows: what they may be meant for is offered, never taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.checks.workbook_rules import NO_TABLE, UNKNOWN_COLUMN, UNREAD
from pipeline.intake.labels import LONGEST, Form, nearest
from pipeline.intake.outcome import Outcome
from pipeline.intake.sheets import Sheet, letters
from pipeline.intake.tables import Table

SHOWN = 12
_FEWEST = 3
"""Words of a row from which on it may be meant for a head."""
_DEEPEST = 12
"""Rows from the top among which a head is looked for."""


def tell_unknown(table: Table, outcome: Outcome) -> None:
    """Name the columns that are known to nobody; what is nearly an indicator is asked about."""
    told = []
    for column, text in table.unknown:
        near = nearest(text, table.form.labels, table.columns)
        if near and table.form.labels[near[0]].startswith("="):
            said = f"没有叫“{text[:SHOWN]}”的指标，是不是 {'、'.join(near)}"
            outcome.find(
                UNREAD, said, table.sheet, table.header, column=column, value=text,
                ledger=table.form.ledger, remedy="照水质限值表的指标名写",
            )  # fmt: skip
            continue
        asked = f"（也许是“{near[0]}”）" if near else ""
        told.append(f"{letters(column)} 列“{text[:SHOWN]}”{asked}")
    if told:
        said = f"没有认出、没有导入的列：{'、'.join(told)}"
        outcome.find(UNKNOWN_COLUMN, said, table.sheet, table.header)


def tell_no_table(
    sheet: Sheet, forms: Sequence[Form], titles: Mapping[str, str], outcome: Outcome
) -> None:
    """Say that a sheet has no head, and which ledger its likeliest row may be meant for."""
    best: tuple[int, int, int, Form] | None = None
    for number, row in list(sheet.numbered())[:_DEEPEST]:
        texts = [c.text for c in row if c.kind == "text" and 0 < len(c.text.strip()) < LONGEST]
        for form in forms if len(texts) >= _FEWEST else ():
            known = len({name for text in texts if (name := form.column(text))})
            like = sum(bool(form.column(text) or nearest(text, form.labels)) for text in texts)
            if known and like >= _FEWEST and (best is None or (known, like) > best[:2]):
                best = known, like, number, form
    said = f"工作表“{sheet.name}”里没有认出表头"
    if best is None:
        outcome.find(NO_TABLE, said, sheet)
        return
    _, _, at, form = best
    mend = f"表头改成这几个词，或写 --ledger {form.ledger}"
    remedy = f"{mend}；空表用 qingyuan export --form template 导出"
    likely = _likeness(sheet, at, form, titles[form.ledger])
    outcome.find(NO_TABLE, f"{said}；{likely}", sheet, at, remedy=remedy)


def _likeness(sheet: Sheet, row: int, form: Form, title: str) -> str:
    """Say what a row has of a head, and what its other words may be meant for."""
    cells = [c for c in sheet.rows[row - 1] if c.kind == "text" and c.text.strip()]
    known = [c.text.strip() for c in cells if form.column(c.text)]
    taken = {name for c in cells if (name := form.column(c.text))}
    asked = [
        f"“{text[:SHOWN]}”也许是“{near[0]}”"
        for c in cells
        if not form.column(text := c.text.strip()) and (near := nearest(text, form.labels, taken))
    ]
    parts = [f"第 {row} 行像{title}，认出“{'、'.join(known)}”", *asked]
    return "；".join(parts)
