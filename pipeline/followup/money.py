"""The maintenance fund (clause 四.3: three yuan a head): due, arrived, spent, per unit and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.rowtypes import FundRow, WorksRow

PER_PERSON_YUAN = 3


@dataclass(frozen=True, slots=True)
class Fund:
    """The fund of one unit in one year, in yuan; None is what the unit did not report.

    `owed` is three yuan for each person served by any works of the unit, whatever the unit wrote;
    `planned` is what the unit wrote as due.
    """

    unit_id: str
    population: int
    planned: Decimal | None
    arrived: Decimal | None
    spent: Decimal | None

    @property
    def owed(self) -> int:
        """What the rule asks for."""
        return PER_PERSON_YUAN * self.population

    @property
    def is_full(self) -> bool:
        """Whether all that is owed has arrived."""
        return self.arrived is not None and 0 < self.owed <= self.arrived

    @property
    def lacking(self) -> Decimal:
        """What is still to arrive."""
        return max(Decimal(0), self.owed - (self.arrived or Decimal(0)))


def funds(
    entries: Iterable[FundRow], works: Iterable[WorksRow], units: Sequence[str], year: int
) -> dict[str, Fund]:
    """Return the fund of every unit for a year, in the order of units."""
    people: Counter[str] = Counter()
    for one in works:
        people[one.unit_id] += one.population
    sums: dict[tuple[str, str], Decimal] = {}
    told = set()
    for row in entries:
        if row.fund_year == year:
            key = row.unit_id, row.entry
            sums[key] = sums.get(key, Decimal(0)) + row.amount_yuan
            told.add(row.unit_id)

    def amount(unit: str, entry: str) -> Decimal | None:
        """Return a sum; of a unit that keeps the ledger, nothing written is nothing."""
        return sums.get((unit, entry), Decimal(0) if unit in told and entry != "应落实" else None)

    return {
        unit: Fund(
            unit, people[unit], amount(unit, "应落实"), amount(unit, "到账"), amount(unit, "支出")
        )
        for unit in units
    }
