"""Whose file it is: the unit that a column, a title, a name of a file or a township tells of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from pipeline.checks.workbook_rules import NOTED
from pipeline.intake.outcome import Outcome
from pipeline.intake.places import UnitNames
from pipeline.intake.recognisers.reading import flat
from pipeline.intake.standing import CITY_NAMES
from pipeline.intake.tables import Table
from pipeline.ledgers import Loaded, Snapshot
from pipeline.rowtypes import DivisionRow
from pipeline.trouble import UsageTrouble

_SHORTEST = 3
"""Characters of a township's name that may tell of its unit: 博望镇, not 乡."""


def unit_of(
    tables: Sequence[Table], name: str, units: UnitNames, snapshot: Snapshot, outcome: Outcome
) -> str:
    """Return the unit that column ① names, else the title, else the name of the file.

    Where none of them does, a township may that is called so in one unit only; that is told.
    """
    named = {
        unit
        for table in tables
        for column in ("unit", "unit_id")
        for text in _cells(table, column)
        if len(text) < 30 and (unit := units.named(text))
    }
    titles = [table.title for table in tables]
    for text in (*titles, name):
        if len(named) != 1 and (unit := units.named(text)):
            return unit
    if named:
        return named.pop() if len(named) == 1 else ""
    sheets = [table.sheet.name for table in tables]
    towns = [text for table in tables for text in _cells(table, "town_code")]
    unit, town = _by_town((*titles, *sheets, name, *towns), snapshot)
    if unit and tables:
        whole = snapshot.index("units")[unit].name
        said = f"表里没有写单位，按“{town}”认作{whole}"
        outcome.find(NOTED, said, tables[0].sheet, remedy="不对的，用 --unit 写单位")
    return unit


def _cells(table: Table, column: str) -> list[str]:
    if column not in table.columns:
        return []
    rows = range(table.first, table.last + 1)
    return [text for row in rows if (text := flat(table.cell(row, column).text))]


def _by_town(texts: Iterable[str], snapshot: Snapshot) -> tuple[str, str]:
    """Return the unit, and the township, if the townships that are named lie in one unit only."""
    units: dict[str, set[str]] = {}
    for row in cast("Iterable[DivisionRow]", snapshot["divisions"]):
        if row.division_level == "乡级" and len(row.name) >= _SHORTEST:
            units.setdefault(row.name, set()).add(row.unit_id)
    whole = "\n".join(dict.fromkeys(map(flat, texts)))
    found = {name: of for name, of in units.items() if name in whole}
    among = set[str]().union(*found.values())
    return (among.pop(), min(found)) if len(among) == 1 else ("", "")


def is_the_city_s(unit: str, tables: Sequence[Table], loaded: Loaded) -> bool:
    """Whether a file is the city's own: it says so, or its ledgers are no unit's."""
    homes = {loaded.schemas[table.form.ledger].home for table in tables}
    return unit in CITY_NAMES or bool(homes and homes <= {"C", "R"})


def refuse_what_is_the_unit_s(tables: Sequence[Table], loaded: Loaded) -> None:
    """See that a file of what was found about a unit holds ledgers of which there is such a part.

    Raises:
        UsageTrouble: one is kept by the unit alone, or by the city for all units.
    """
    for name in sorted({table.form.ledger for table in tables}):
        if name not in loaded.schemas.outside:
            titles = "、".join(loaded.schemas[n].title for n in loaded.schemas.outside)
            raise UsageTrouble(
                f"{loaded.schemas[name].title}没有市以上查的一份；不写 --outside。有的是：{titles}"
            )
