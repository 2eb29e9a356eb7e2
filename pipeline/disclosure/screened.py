"""What an audience may see of the screening: values computed once, from what is allowed.

Works, villages and visits are open ledgers. Household checks are not: of them only the day and the
sums of a unit pass, never who went or how many, and never which village has 三类户 left. Risk
points are published without their place, so nobody is told which idle works has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from pipeline import screening
from pipeline.assessment import Audience
from pipeline.ledgers import Snapshot

WITHHELD = ""
"""Stands for the visitor of a household check, which the public is not told."""


@dataclass(frozen=True)
class Stage:
    """What was due and done at the end of a day, by unit and for the city.

    `missing` gives by unit the works and villages where the right tier has not been.
    """

    day: date
    coverage: tuple[screening.Coverage, ...]
    city: tuple[screening.Coverage, ...]
    missing: Mapping[str, tuple[screening.Standing, ...]]
    guarantees: screening.Matrix


@dataclass(frozen=True)
class Screening:
    """The screening as an audience may see it; places by id, units in official order.

    `now` is how it stands, `at_end` how it stood when the time for it ended, or stands while that
    lasts. `unfinished` gives by unit how many villages have 三类户 that nobody visited, `visits` by
    village the last visit to it and to each works that serves it (谁、哪天、查过什么).
    """

    is_over: bool
    now: Stage
    at_end: Stage
    unfinished: Mapping[str, int]
    weak: tuple[screening.Weak, ...]
    alike: tuple[screening.Alike, ...]
    visits: Mapping[str, tuple[tuple[str, str, screening.Visit], ...]]

    @property
    def coverage(self) -> tuple[screening.Coverage, ...]:
        """Every duty of every unit, as it stands."""
        return self.now.coverage

    @property
    def city(self) -> tuple[screening.Coverage, ...]:
        """Every duty over all units, as it stands."""
        return self.now.city

    @property
    def missing(self) -> Mapping[str, tuple[screening.Standing, ...]]:
        """What the right tier has not seen, by unit, as it stands."""
        return self.now.missing

    @property
    def guarantees(self) -> screening.Matrix:
        """The eight items at every works, as they stand."""
        return self.now.guarantees


def disclosed(heard: Snapshot, day: date, audience: Audience) -> Screening:
    """Return the screening as of a day; `heard` are the rows that count for the audience."""
    found = screening.screened(heard, heard.campaign, day)
    units = [unit.unit_id for unit in sorted(heard["units"], key=lambda u: u.sort_no)]
    weak = screening.weak(heard, day)
    is_open = audience != "internal"
    now = _stage(found, heard, units, is_open)
    ended = screening.at_end(found, heard)
    known = _told_by(heard, ended.day) if is_open else heard
    then = now if ended is found else _stage(ended, known, units, is_open)
    return Screening(
        is_over=found.is_over,
        now=now,
        at_end=then,
        unfinished=MappingProxyType({unit: len(found.unfinished.get(unit, ())) for unit in units}),
        weak=tuple(_unlisted(heard, one) if is_open else one for one in weak),
        alike=tuple(screening.alike(heard, heard.campaign, day)),
        visits=MappingProxyType(_visits(found, heard, is_open)),
    )


def _stage(
    found: screening.Screened, heard: Snapshot, units: Sequence[str], is_open: bool
) -> Stage:
    rows, missing = screening.coverage(found, units), screening.missing(found)
    return Stage(
        found.day,
        tuple(rows),
        tuple(screening.added(rows, "")),
        MappingProxyType(
            {unit: tuple(_told(one, is_open) for one in missing.get(unit, ())) for unit in units}
        ),
        screening.guarantees(heard, heard.campaign, found.day),
    )


def _told_by(heard: Snapshot, day: date) -> Snapshot:
    """Leave out visits from outside of which the unit had not been told by a day."""
    known = tuple(
        row
        for row in heard["inspections"]
        if row.shard.home == "U" or (row.feedback_on is not None and row.feedback_on <= day)
    )
    return heard.instead("inspections", known)


def _told(one: screening.Standing, is_open: bool) -> screening.Standing:
    if not is_open or all(visit.visit_id for visit in one.visits):
        return one
    return replace(one, visits=tuple(_seen(v) for v in one.visits))


def _seen(visit: screening.Visit) -> screening.Visit:
    """Return a visit as the public may see it: of a household check the day alone."""
    return visit if visit.visit_id else replace(visit, level=WITHHELD, org=WITHHELD)


def _unlisted(heard: Snapshot, one: screening.Weak) -> screening.Weak:
    operator = heard.index("works")[one.works_id].operator_name
    return replace(one, owner=operator, post=None, is_listed=None)


def _visits(
    found: screening.Screened, heard: Snapshot, is_open: bool
) -> dict[str, tuple[tuple[str, str, screening.Visit], ...]]:
    """Return by village: place_type, place_id and visit of the last screening of each place."""
    serving = heard.group("works", "village_codes")

    def last(code: str) -> Iterator[tuple[str, str, screening.Visit]]:
        works = (found.works.get(row.works_id) for row in serving[code])
        for one in (found.villages[code], *works):
            if one is not None and one.visits:
                visit = _seen(one.visits[-1]) if is_open else one.visits[-1]
                yield one.place_type, one.place_id, visit

    return {code: tuple(last(code)) for code in found.villages}
