"""Screening of many works on one day by one body that found nothing at any of them.

It may be true, and several people may have gone out; the ledger names no persons. So it is counted
and named, no more: a place worth a second look by those who draw spot checks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from pipeline.ledgers.campaign import Campaign
from pipeline.rowtypes import Ledgers
from pipeline.screening.standing import SELF

MANY = 10
"""Works a day from which on it is said: with the way between them, about what a day holds."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A body, a day, and the works that it screened without finding anything at any of them."""

    unit_id: str
    on: date
    level: str
    org: str
    works_ids: tuple[str, ...]
    visit_ids: tuple[str, ...]


def alike(tables: Ledgers, campaign: Campaign, day: date) -> list[Alike]:
    """Return the days on which a body screened so many works and found nothing at any."""
    days = defaultdict(list)
    for row in tables["inspections"]:
        if (
            row.mode == SELF
            and row.shard.home == "U"
            and row.place_type == "工程"
            and campaign.screen_from_on <= row.visited_on <= day
        ):
            days[row.unit_id, row.visited_on, row.checker_level, row.checker_org].append(row)
    failed = tables.group("findings", "visit_id")
    found = []
    for key, rows in days.items():
        works = tuple(sorted({row.place_id for row in rows}))
        if len(works) >= MANY and not any(failed[row.visit_id] for row in rows):
            found.append(Alike(*key, works, tuple(sorted(row.visit_id for row in rows))))
    return sorted(found, key=lambda one: (one.unit_id, one.on, one.org))
