"""Finding the tables of a sheet: header rows by their labels, blocks side by side, idle rows named.

A header is a row with enough labels of a form; title and stamp line stand above it, the row of
column numbers under it. Everything below is data until the next header; sums, signatures and
repeated headers are told apart, so that every row of the sheet is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.intake.heads import Head, heads_at
from pipeline.intake.labels import LONGEST, Form, bare, short, without_brackets
from pipeline.intake.measures import above as measure_above
from pipeline.intake.measures import is_measure, note_of
from pipeline.intake.recognisers.reading import flat
from pipeline.intake.sheets import BLANK, Cell, Sheet

_SUM = re.compile(r"(?:合计|小计|总计|共计|累计|本页合计|本页小计)[:：]?.*")
_SIGNED = re.compile(
    r"(?:填报|填表|审核|审批|制表|复核|负责|签|联系)(?:人|单位)?(?:签[字名])?[:：].*|.*(?:盖章|公章).*|(?:填报)?(?:日期|时间)[:：].*|(?:备?注|说明|填表说明)[:：].*"
)


@dataclass(frozen=True, slots=True)
class Table:
    """One block: its form, the row of its header, and the sheet's column of each of its own."""

    sheet: Sheet
    form: Form
    header: int
    left: int
    columns: dict[str, int]
    unknown: tuple[tuple[int, str], ...]
    title: str
    first: int
    last: int
    notes: Mapping[str, str]
    """Units of measure that the head names, by column: 金额（万元）."""

    @property
    def heads(self) -> range:
        """The rows of the head."""
        return range(self.header, self.first)

    def cell(self, row: int, name: str) -> Cell:
        """Return a cell by what its column is called here."""
        column = self.columns.get(name)
        return self.sheet.cell(row, column) if column else BLANK


@dataclass(frozen=True, slots=True)
class _Block:
    """A head of one table, from its left column to its right one."""

    row: int
    depth: int
    form: Form
    columns: dict[str, int]
    texts: dict[str, str]
    left: int
    right: int


def tables_of(sheet: Sheet, forms: Sequence[Form]) -> list[Table]:
    """Return the tables of a sheet, from the top, side by side from the left."""
    blocks: list[_Block] = []
    for number, row in sheet.numbered():
        if not blocks:
            blocks += _blocks(sheet, number, forms)
        elif number >= blocks[-1].row + blocks[-1].depth:
            if _is_mostly_labels(row, blocks[-1].form):
                blocks += _blocks(sheet, number, forms)
            elif _begins_another(row, forms):
                blocks += [b for b in _blocks(sheet, number, forms) if _is_whole(row, b.form)]
    return [_table(sheet, block, blocks[place + 1 :]) for place, block in enumerate(blocks)]


def _table(sheet: Sheet, block: _Block, later: Sequence[_Block]) -> Table:
    below = (b.row for b in later if b.row > block.row and _overlap(b, block))
    end = next(below, len(sheet.rows) + 1)
    first = first_below(block)
    known = block.columns.values()
    unknown = tuple(
        (c, text)
        for c in range(block.left, block.right + 1)
        if c not in known and (text := _label(sheet, block, c)) and bare(text) != _COUNTED
    )
    above = [
        cell.text.strip()
        for number in range(max(1, block.row - 6), block.row)
        for cell in sheet.rows[number - 1][: block.right]
        if not cell.is_blank and not cell.is_filled
    ]
    title = "".join(dict.fromkeys(above))
    return Table(
        sheet, block.form, block.row, block.left, block.columns, unknown, title, first, end - 1,
        _notes(sheet, block, first, above),
    )  # fmt: skip


def _label(sheet: Sheet, block: _Block, column: int) -> str:
    """Return what heads a column: the lowest word of the head."""
    words = (sheet.cell(row, column).text.strip() for row in range(first_below(block) - 1, 0, -1))
    return next((w for _, w in zip(range(block.depth), words, strict=False) if w), "")


def first_below(block: _Block) -> int:
    """Return the first row under a head."""
    return block.row + block.depth


def _overlap(one: _Block, other: _Block) -> bool:
    return not (one.right < other.left or one.left > other.right)


def _notes(sheet: Sheet, block: _Block, first: int, above: Sequence[str]) -> dict[str, str]:
    """Return the units of measure that the head names: in brackets, in a row below, above all."""
    notes = {name: note for name, text in block.texts.items() if (note := note_of(text))}
    if _are_measures(sheet, first, block.columns.values()):
        below = {n: sheet.cell(first, c).text for n, c in block.columns.items()}
        notes |= {n: flat(text) for n, text in below.items() if text.strip()}
    money = measure_above(above)
    own = {n: money for n in block.columns if n.endswith("_yuan")} if money else {}
    return own | notes


def _are_measures(sheet: Sheet, row: int, columns: Iterable[int]) -> bool:
    """Whether a row holds units of measure and nothing else."""
    told = [cell for c in columns if not (cell := sheet.cell(row, c)).is_blank]
    return bool(told) and all(is_measure(cell.text) for cell in told)


_COUNTED = "序号"
"""The label of a column that only counts lines."""
FEWEST = 3
"""Labels of any form without which a row is no head."""


@lru_cache(maxsize=8)
def _all_labels(keys: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset().union(*keys)


def _known(forms: Sequence[Form]) -> frozenset[str]:
    """Return every label of every form: most rows have none, and are passed over at once."""
    return _all_labels(tuple(form.known for form in forms))


def _best(head: Head, forms: Sequence[Form]) -> Form | None:
    """Return the form that most labels of a head belong to, its own columns counting most."""
    best: tuple[tuple[int, int], Form] | None = None
    for form in forms:
        known = {name for _, name, _ in head.called(form)}
        score = len(known & form.key), len(known)
        if len(known) >= form.least and head.fits(form) and (best is None or score > best[0]):
            best = score, form
    return best[1] if best else None


def _is_mostly_labels(row: Sequence[Cell], form: Form) -> bool:
    """Whether a row below a header is one again: 村, 乡镇, 工程 are words of rows as well."""
    return _is_head([cell.text for cell in row if not cell.is_blank], form, 0.5)


def _begins_another(row: Sequence[Cell], forms: Sequence[Form]) -> bool:
    """Whether the first words of a row are labels of some ledger: another table may begin."""
    texts = [cell.text for cell in row if not cell.is_blank]
    known = _known(forms)
    return len(texts) > FEWEST and all(bare(text) in known for text in texts[:FEWEST])


def _is_whole(row: Sequence[Cell], form: Form) -> bool:
    """Whether nearly every word of a row is a label of a form: words of rows may be labels too."""
    return _is_head([cell.text for cell in row if not cell.is_blank], form, 0.8)


def _is_head(texts: Sequence[str], form: Form, share: float) -> bool:
    """Whether more than a share of some texts are labels; most rows are known by a few cells."""
    strange, most = 0, len(texts) * (1 - share)
    for text in texts:
        strange += form.column(text) is None
        if strange >= most:
            return False
    return bool(texts)


def _blocks(sheet: Sheet, number: int, forms: Sequence[Form]) -> list[_Block]:
    """Return the heads that begin in a row: none, one, or several side by side."""
    row = sheet.rows[number - 1]
    texts = [cell.text for cell in row if cell.kind == "text" and cell.text.strip()]
    known = _known(forms)
    likely = sum(
        len(short(text)) < LONGEST and {bare(text), without_brackets(text)} & known != set()
        for text in texts
    )
    if likely < min(FEWEST, len(texts)) or len(texts) < FEWEST:
        return []
    for head in heads_at(sheet, number):
        form = _best(head, forms)
        if form is not None:
            return _parted(head, form, number, len(row))
    return []


def _parted(head: Head, form: Form, number: int, width: int) -> list[_Block]:
    """Part a head where the labels of a table begin again."""
    columns: dict[str, int] = {}
    texts: dict[str, str] = {}
    parts = [(columns, texts)]
    for column, name, text in head.called(form):
        if name in columns:
            if not (len(columns) >= form.least and name in form.key):
                continue
            columns, texts = {}, {}
            parts.append((columns, texts))
        columns[name], texts[name] = column, text
    parts = [part for part in parts if len(part[0]) >= min(form.least, len(parts[0][0]))]
    edges = [min(part[0].values()) for part in parts[1:]] + [max(width, *head.names) + 1]
    return [
        _Block(
            number,
            head.depth,
            form,
            part,
            said,
            min(part.values()) if place else min(head.names),
            edge - 1,
        )
        for place, ((part, said), edge) in enumerate(zip(parts, edges, strict=True))
    ]


def idle(table: Table, row: int) -> str:
    """Say why a row of a table holds no record; blank if it may hold one."""
    cells = [table.sheet.cell(row, c) for c in range(table.left, max(table.columns.values()) + 1)]
    told = [cell for cell in cells if not cell.is_blank and not cell.is_filled]
    if not told:
        return "空行"
    texts = [flat(cell.text) for cell in told]
    if row == table.first and all(is_measure(cell.text) for cell in told):
        return "计量单位行"
    if (
        len(texts) >= 3
        and texts == [str(n) for n in range(int(texts[0]), int(texts[0]) + len(texts))]
        if texts[0].isdigit() and len(texts[0]) < 3
        else False
    ):
        return "列号行"
    if len(texts) > 3 and _is_head(texts, table.form, 0.7):
        return "重复的表头"
    if _SUM.fullmatch(texts[0]) or (
        len(texts) > 1 and _SUM.fullmatch(texts[1]) and len(texts[1]) < 6
    ):
        return "合计行"
    if _SIGNED.fullmatch(texts[0]) or (len(texts) <= 2 and _SIGNED.fullmatch(texts[-1])):
        return "落款或说明行"
    if len(texts) == 1 and len(table.columns) > 3:
        return "只有一格有字，当作小标题" if not texts[0].isdigit() else "只有序号的空行"
    return ""
