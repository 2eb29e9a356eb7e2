"""Warnings about a whole class of rows, said once per unit with a count and the first few names.

A unit may lack a hundred telephone numbers; a hundred findings would hide the rest. Units that
have reported nothing at all are silent here: that they are silent is shown elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.checks.book import Book, R
from pipeline.checks.rulebook import Breach, breach
from pipeline.rowtypes import UnitRow

SHOWN = 3
"""Names given before the rest is counted."""


def some(names: Sequence[str], measure: str) -> str:
    """Say how many there are and the first few: 12处（甲、乙、丙等）."""
    more = "等" if len(names) > SHOWN else ""
    return f"{len(names)}{measure}（{'、'.join(names[:SHOWN])}{more}）"


def reporting(book: Book) -> list[UnitRow]:
    """Return the units, in official order, of which any ledger of their own was read."""
    return [unit for unit in sorted(book.units, key=_rank) if unit.unit_id in book.heard]


def _rank(unit: UnitRow) -> tuple[int, str]:
    return unit.sort_no, unit.unit_id


def lacking(
    book: Book, missing: Callable[[UnitRow], Iterable[str]], measure: str, what: str
) -> Iterator[Breach]:
    """Say once per unit what it has no row for; `missing` names the things that a unit lacks."""
    for unit in reporting(book):
        if names := list(missing(unit)):
            said = f"{unit.name}有{some(names, measure)}{what}"
            yield breach(message=said, subject=f"units/{unit.unit_id}")


def gathered(
    rows: Iterable[R], field: str, name: Callable[[R], str], measure: str, what: str
) -> Iterator[Breach]:
    """Say once per unit what is poor in its rows, at the first of them."""
    units: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        units[row.shard.unit or ""].append(row)
    for unit, poor in units.items():
        said = f"{some([name(row) for row in poor], measure)}{what}"
        subject = f"units/{unit}" if unit else None
        yield breach(field, said, row=poor[0], subject=subject)
