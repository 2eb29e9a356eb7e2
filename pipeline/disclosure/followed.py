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


@dataclass(frozen=True)
class Followed:
    """What was followed up, as an audience may see it; units in official order.

    `today` is where the day lies on the line of the phases, from 0 to 1, None outside it. Of a
    unit with too few risk points, and with them of the city's sum, `readiness` has nothing.
    """

    phases: tuple[followup.Phase, ...]
    today: float | None
    red_line: followup.RedLine
    returns: tuple[followup.Return, ...]
    funds: Mapping[str, followup.Fund]
    readiness: Mapping[str, followup.Readiness]
    links: Mapping[str, followup.Link]
    measures: tuple[followup.Taken, ...]


def followed(told: Snapshot, day: date, audience: Audience) -> Followed:
    """Return what was followed up as of a day."""
    campaign, is_internal = told.campaign, audience == "internal"
    units = [unit.unit_id for unit in sorted(told["units"], key=lambda unit: unit.sort_no)]
    phases, today = followup.phases(campaign, day)
    returns = followup.returned(told["returns"], day)
    ready = followup.readiness(told["risk_points"], units)
    meetings = (row for row in told["activities"] if is_internal or row.is_public)
    kinds = told.schemas["accountability"].by_name["measure"].enum
    year = campaign.year_from_on
    return Followed(
        phases=phases,
        today=today,
        red_line=followup.red_line(told["outages"], year, day),
        returns=tuple(returns),
        funds=MappingProxyType(followup.funds(told["funds"], told["works"], units, year.year)),
        readiness=MappingProxyType(
            {unit: one for unit, one in ready.items() if one.is_told or is_internal}
        ),
        links=MappingProxyType(followup.links(meetings, told["issues"], returns, units)),
        measures=tuple(followup.taken(told["accountability"], kinds, day)),
    )
