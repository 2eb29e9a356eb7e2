"""Finding the tables of a sheet: header rows by their labels, blocks side by side, idle rows named.

A header is a row with enough labels of a form; title and stamp line stand above it, the row of
column numbers under it. Everything below is data until the next header; sums, signatures and
repeated headers are told apart, so that every row of the sheet is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.intake.labels import LONGEST, Form, bare, without_brackets
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
    columns: dict[str, int]
    unknown: tuple[tuple[int, str], ...]
    title: str
    first: int
    last: int

    def cell(self, row: int, name: str) -> Cell:
        """Return a cell by what its column is called here."""
        column = self.columns.get(name)
        return self.sheet.cell(row, column) if column else BLANK


def tables_of(sheet: Sheet, forms: Sequence[Form]) -> list[Table]:
    """Return the tables of a sheet, from the top, side by side from the left."""
    heads: list[tuple[int, Form, dict[str, int], int, int]] = []
    for number, row in sheet.numbered():
        if not heads or _is_mostly_labels(row, heads[-1][1]):
            heads += [(number, *head) for head in _heads(row, forms)]
    tables = []
    for place, (number, form, columns, left, right) in enumerate(heads):
        end = next(
            (
                n
                for n, _, _, a, b in heads[place + 1 :]
                if n > number and not (b < left or a > right)
            ),
            len(sheet.rows) + 1,
        )
        unknown = tuple(
            (c, text)
            for c in range(left, right + 1)
            if c not in columns.values() and (text := sheet.cell(number, c).text.strip())
        )
        title = "".join(
            dict.fromkeys(
                cell.text.strip()
                for above in range(max(1, number - 6), number)
                for cell in sheet.rows[above - 1][:right]
                if not cell.is_blank and not cell.is_filled
            )
        )
        tables.append(Table(sheet, form, number, columns, unknown, title, number + 1, end - 1))
    return tables


@lru_cache(maxsize=8)
def _all_labels(keys: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset().union(*keys)


def _known(forms: Sequence[Form]) -> frozenset[str]:
    """Return every label of every form: most rows have none, and are passed over at once."""
    return _all_labels(tuple(form.known for form in forms))


def _best(texts: Sequence[tuple[int, str]], forms: Sequence[Form]) -> Form | None:
    """Return the form that most labels of a row belong to, its own columns counting most."""
    best: tuple[tuple[int, int], Form] | None = None
    for form in forms:
        known = {name for _, text in texts if len(text) < LONGEST and (name := form.column(text))}
        score = len(known & form.key), len(known)
        if len(known) >= form.least and (best is None or score > best[0]):
            best = score, form
    return best[1] if best else None


def _is_mostly_labels(row: Sequence[Cell], form: Form) -> bool:
    """Whether a row below a header is one again: 村, 乡镇, 工程 are words of rows as well."""
    return _is_head([cell.text for cell in row if not cell.is_blank], form, 0.5)


def _is_head(texts: Sequence[str], form: Form, share: float) -> bool:
    """Whether more than a share of some texts are labels; most rows are known by a few cells."""
    strange, most = 0, len(texts) * (1 - share)
    for text in texts:
        strange += form.column(text) is None
        if strange >= most:
            return False
    return bool(texts)


def _heads(
    row: list[Cell], forms: Sequence[Form]
) -> Iterator[tuple[Form, dict[str, int], int, int]]:
    """Yield the headers that begin in a row: one, or several side by side."""
    texts = [
        (c, cell.text) for c, cell in enumerate(row, 1) if cell.kind == "text" and cell.text.strip()
    ]
    if len(texts) < 3:
        return
    known = _known(forms)
    if (
        sum(
            len(text) < LONGEST and {bare(text), without_brackets(text)} & known != set()
            for _, text in texts
        )
        < 3
    ):
        return
    form = _best(texts, forms)
    if form is None:
        return
    columns: dict[str, int] = {}
    blocks = []
    for column, text in texts:
        name = form.column(text)
        if name is None:
            continue
        if name in columns:
            if len(columns) >= form.least and name in form.key:
                blocks.append(columns)
                columns = {}
            else:
                continue
        columns[name] = column
    blocks.append(columns)
    blocks = [block for block in blocks if len(block) >= min(form.least, len(blocks[0]))]
    edges = [min(block.values()) for block in blocks[1:]] + [len(row) + 1]
    for block, edge in zip(blocks, edges, strict=True):
        yield form, block, min(block.values()), edge - 1


def idle(table: Table, row: int) -> str:
    """Say why a row of a table holds no record; blank if it may hold one."""
    cells = [
        table.sheet.cell(row, c)
        for c in range(min(table.columns.values()), max(table.columns.values()) + 1)
    ]
    told = [cell for cell in cells if not cell.is_blank and not cell.is_filled]
    if not told:
        return "空行"
    texts = [flat(cell.text) for cell in told]
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
