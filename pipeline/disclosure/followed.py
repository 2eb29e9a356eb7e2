"""What an audience may see of what was followed up: values computed once, from what is allowed.

Returns, funds, meetings and outages are computed from the rows that the audience may see. Of
measures that stay internal, and of what is kept ready at risk points, only counts pass: measures
for the city alone, readiness for units with enough points that no single place is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pipeline import followup
from pipeline.assessment import Audience
from pipeline.ledgers import Snapshot

CITY = ""
"""The key of what is counted over all units."""


@dataclass(frozen=True)
class Followed:
    """What was followed up, as an audience may see it; units in official order.

    `tallies` count the returns of a unit and, under `CITY`, of all; `by_kind` those of a kind.
    Of a unit with too few risk points, and with them of the city's sum, `readiness` has nothing.
    """

    course: followup.Course
    red_line: followup.RedLine
    returns: tuple[followup.Return, ...]
    tallies: Mapping[str, followup.Tally]
    by_kind: Mapping[str, followup.Tally]
    funds: Mapping[str, followup.Fund]
    readiness: Mapping[str, followup.Readiness]
    links: Mapping[str, followup.Link]
    measures: tuple[followup.Taken, ...]


def followed(told: Snapshot, day: date, audience: Audience) -> Followed:
    """Return what was followed up as of a day."""
    campaign, is_internal = told.campaign, audience == "internal"
    units = [unit.unit_id for unit in sorted(told["units"], key=lambda unit: unit.sort_no)]
    returns = followup.returned(told["returns"], day)
    ready = followup.readiness(told["risk_points"], units)
    meetings = (row for row in told["activities"] if is_internal or row.is_public)
    kinds = told.schemas["accountability"].by_name["measure"].enum
    year = campaign.year_from_on
    return Followed(
        course=followup.course(campaign, day),
        red_line=followup.red_line(told["outages"], year, day),
        returns=tuple(returns),
        tallies=MappingProxyType(
            {CITY: followup.tally(returns)}
            | {u: followup.tally(one for one in returns if one.unit_id == u) for u in units}
        ),
        by_kind=MappingProxyType(
            {
                kind: followup.tally(one for one in returns if one.kind == kind)
                for kind in dict.fromkeys(one.kind for one in reversed(returns))
            }
        ),
        funds=MappingProxyType(followup.funds(told["funds"], told["works"], units, year.year)),
        readiness=MappingProxyType(
            {unit: one for unit, one in ready.items() if one.is_told or is_internal}
        ),
        links=MappingProxyType(followup.links(meetings, told["issues"], returns, units)),
        measures=tuple(followup.taken(told["accountability"], kinds, day)),
    )
