"""Links with the office of rural revitalisation (O-8, O-9): meetings, issues, papers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.followup.returned import Return
from pipeline.rowtypes import ActivityRow, IssueRow

MEETING, CHANNEL, RECIPIENT = "对接乡村振兴", "乡村振兴靶向整改", "乡村振兴部门"


@dataclass(frozen=True, slots=True)
class Link:
    """What a unit did with the office.

    Meetings and the last of them, issues that came from the office's own campaign, summaries of
    the screening sent to it, and copies to it of what went to the city.
    """

    unit_id: str
    meetings: int
    last_on: date | None
    issues: int
    summaries: tuple[Return, ...]
    copied: int
    to_copy: int


def links(
    activities: Iterable[ActivityRow],
    issues: Iterable[IssueRow],
    returns: Sequence[Return],
    units: Sequence[str],
) -> dict[str, Link]:
    """Return the links of every unit, in the order of units."""
    days: dict[str, list[date]] = defaultdict(list)
    for row in activities:
        if row.kind == MEETING:
            days[row.unit_id].append(row.held_on)
    handed = Counter(row.unit_id for row in issues if row.channel == CHANNEL)
    return {
        unit: Link(
            unit,
            len(days[unit]),
            max(days[unit], default=None),
            handed[unit],
            tuple(one for one in returns if (one.unit_id, one.recipient) == (unit, RECIPIENT)),
            sum(one.unit_id == unit and one.is_copied is True for one in returns),
            sum(one.unit_id == unit and one.is_copied is not None for one in returns),
        )
        for unit in units
    }
