"""A sheet that counts households in a column for each kind, turned into a row for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.intake.heads import heads_at
from pipeline.intake.labels import Form, bare, without_brackets
from pipeline.intake.outcome import Fate
from pipeline.intake.recognisers.reading import NOTHING, flat
from pipeline.intake.sheets import BLANK, Cell, Sheet
from pipeline.intake.tables import Table, idle

FEWEST = 2
"""Columns of kinds from which on a head is of this sort."""
_DEEPEST = 20
_KIND, _COUNT = "household_kind", "checked_households"

Place = tuple[int, int]


@dataclass
class Turned:
    """A sheet that was turned: its table, what must be asked, what was left out, fates of rows."""

    table: Table
    asked: list[tuple[Place, str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    fates: dict[int, tuple[Fate, str]] = field(default_factory=dict)


def spread_of(sheet: Sheet, form: Form, kinds: Mapping[str, str]) -> Turned | None:
    """Return a sheet with a column for each kind as a table of rows; None if it is no such.

    `kinds` are the words of the ledger by the labels they may stand under.
    """
    for number, _ in list(sheet.numbered())[:_DEEPEST]:
        for head in heads_at(sheet, number):
            columns: dict[str, int] = {}
            of_kind: dict[int, str] = {}
            for column, words in head.names.items():
                kind = next((k for w in words if (k := _kind(w, kinds))), "")
                if kind:
                    of_kind[column] = kind
                name = next((n for w in words if (n := form.column(w))), "")
                if name and not kind and name != _COUNT:  # a sum of the kinds is told, not taken
                    columns.setdefault(name, column)
            if len(of_kind) >= FEWEST and "village_code" in columns and _KIND not in columns:
                return _turned(sheet, form, (number, head.depth), columns, of_kind)
    return None


def _kind(word: str, kinds: Mapping[str, str]) -> str:
    for form in (bare(word), without_brackets(word)):
        for ending in ("核查户数", "排查户数", "户数", "数", ""):
            if (kind := kinds.get(form.removesuffix(ending) if ending else form)) is not None:
                return kind
    return ""


def _turned(
    sheet: Sheet,
    form: Form,
    head: tuple[int, int],
    columns: dict[str, int],
    of_kind: dict[int, str],
) -> Turned:
    top, depth = head
    every = columns | {f"*{kind}": column for column, kind in of_kind.items()}
    own = Table(sheet, form, top, 1, every, (), "", top + depth, len(sheet.rows), {})
    counts = {n for n in columns if n.endswith("_households")}
    names = [*columns, _KIND, _COUNT]
    numbered = {name: place for place, name in enumerate(names, 1)}
    turned = Sheet(sheet.name, [[Cell(n, "text") for n in names]], source=sheet)
    above = [c.text.strip() for row in sheet.rows[: top - 1] for c in row if not c.is_blank]
    found = Turned(
        Table(turned, form, 1, 1, numbered, (), "".join(above), 2, 1, {}),
    )
    for row, _ in sheet.numbered():
        if row < top + depth:
            found.fates[row] = "留下", "表头" if row >= top else "表头上面的标题"
        elif why := idle(own, row):
            found.fates[row] = "留下", why
        else:
            _row(own, row, (numbered, of_kind, counts), turned, found)
    unknown = tuple(
        (c, cell.text.strip())
        for c, cell in enumerate(sheet.rows[top + depth - 2], 1)
        if not cell.is_blank and c not in every.values() and bare(cell.text) != "序号"
    )
    found.table = replace(found.table, last=len(turned.rows))
    found.left_out = [f"“{text}”列" for _, text in unknown]
    return found


def _row(
    own: Table,
    row: int,
    columns: tuple[Mapping[str, int], Mapping[int, str], set[str]],
    turned: Sheet,
    found: Turned,
) -> None:
    """Make a row of each kind that has a count; a count of all kinds together is asked about."""
    numbered, of_kind, counts = columns
    begun = len(turned.rows)
    for column, kind in of_kind.items():
        cell = own.sheet.cell(row, column)
        if cell.is_blank or flat(cell.text) in NOTHING | {"0"}:
            continue
        number, line = len(turned.rows) + 1, []
        for name, place in numbered.items():
            at = (row, own.columns[name]) if name in own.columns else (row, column)
            cell = own.sheet.cell(*at)
            is_of_all = name in counts and flat(cell.text) != "0"  # none of all is none of each
            line.append(BLANK if is_of_all else cell)
            turned.seats[number, place] = at
        line[numbered[_KIND] - 1] = Cell(kind, "text")
        turned.seats[number, 0] = row, column
        turned.rows.append(line)
    for name in sorted(counts & own.columns.keys()):
        cell = own.cell(row, name)
        if not cell.is_blank and flat(cell.text) not in NOTHING | {"0"}:
            said = f"“{cell.text.strip()[:10]}”户是各类户合在一起的，分不出是哪一类"
            remedy = "一类户写一行，各写各的户数；空表用 export --form template 导出"
            found.asked.append(((row, own.columns[name]), said, remedy))
    made = len(turned.rows) - begun
    found.fates[row] = ("并入", f"分成 {made} 行，一类户一行") if made else ("留下", "各类户都是零")
