"""How a clause is declared here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """One clause: its query gives (unit_id, number); no row of a unit means 0.

    With `each`, the number is of faults and full - each x number is scored; without, it is
    the points. NULL means not reported, 'n/a' not applicable, 'out' without any points (G3).
    """

    sql: str
    full: str
    needs: tuple[str, ...] = ()
    each: str | None = None
    low: str = "0"
    high: str | None = None
    faults: tuple[str, ...] = ()  # published sums of closed rows that add to the number


def places(clause: str) -> str:
    """How many places failed under a clause, one of those that G14 may spare."""
    return f"""
        SELECT unit_id, SUM(times) FROM places
        WHERE clause_id = '{clause}' AND NOT says('G14', 'only-fourth') GROUP BY unit_id
    """  # noqa: S608 - a constant
