"""What was followed up: returns, the fund, links, readiness, measures, the red line; by unit.

The view has counted already; here it is laid out for pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pipeline.disclosure.shown import Fund, Link, Readiness, Return, ReturnTally
from pipeline.publication.questions.subject import Subject, by_key, single
from pipeline.rowtypes import ShownAccountabilityRow

CITY = ""
"""The key of the sums over all units."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Readiness of the units whose counts are told, added up."""

    units: int
    points: int
    planned: int
    supplied: int
    backed: int


@dataclass(frozen=True, slots=True)
class Pot:
    """The fund over the units that reported it, in yuan; `full` units have all that is owed."""

    told: int
    full: int
    owed: int
    arrived: Decimal
    spent: Decimal


class Followed(Subject):
    """What was followed up as of the day of the view."""

    NAME: ClassVar = "followed"

    @by_key
    def returns_of(self) -> Mapping[str, tuple[Return, ...]]:
        """Returns of a unit, the first due first."""
        found: dict[str, list[Return]] = defaultdict(list)
        for one in self.view.followup.returns:
            found[one.unit_id].append(one)
        return {unit: tuple(some) for unit, some in found.items()}

    @by_key
    def tally(self) -> Mapping[str, ReturnTally]:
        """Returns counted: of a unit, and of the city."""
        return self.view.followup.tallies

    @by_key
    def tally_of_kind(self) -> Mapping[str, ReturnTally]:
        """Returns of a kind over the city, the kind due last first."""
        return self.view.followup.by_kind

    @by_key
    def fund(self) -> Mapping[str, Fund]:
        """The maintenance fund of a unit in the year of the campaign."""
        return self.view.followup.funds

    @single
    def pot(self) -> Pot:
        """The fund over all units that reported it."""
        told = [one for one in self.view.followup.funds.values() if one.arrived is not None]
        return Pot(
            len(told),
            sum(one.is_full for one in told),
            sum(one.owed for one in told),
            sum((one.arrived or Decimal(0) for one in told), Decimal(0)),
            sum((one.spent or Decimal(0) for one in told), Decimal(0)),
        )

    @by_key
    def link(self) -> Mapping[str, Link]:
        """What a unit did with the office of rural revitalisation."""
        return self.view.followup.links

    @by_key
    def readiness(self) -> Mapping[str, Readiness]:
        """What risk points of a unit have, for units with enough of them."""
        return self.view.followup.readiness

    @single
    def ready(self) -> Ready:
        """What risk points have, over the units whose counts are told."""
        told = [one for one in self.view.followup.readiness.values() if one.is_told]
        return Ready(
            len(told),
            sum(one.points for one in told),
            sum(one.planned for one in told),
            sum(one.supplied for one in told),
            sum(one.backed for one in told),
        )

    @single
    def circulars(self) -> tuple[ShownAccountabilityRow, ...]:
        """Measures that are themselves published, the last first."""
        rows = sorted(self.view.accountability, key=lambda row: row.id)
        return tuple(sorted(rows, key=lambda row: row.decided_on, reverse=True))
