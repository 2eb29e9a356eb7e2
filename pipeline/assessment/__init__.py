"""Assessment: the rules computed for every unit as of any day, so that nobody needs to trust it.

Rows go in; sheets come out, each point with its clause, reading, arithmetic and rows. Facts,
readings and points are kept apart: `evidence` counts rows, the clauses of an `Edition` turn counts
into points, `scoring` adds them up. Nothing here reads a file or a clock, and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline import water
from pipeline.assessment.alone import Alone, alone
from pipeline.assessment.audience import INTERNAL, PUBLIC, Audience, heard
from pipeline.assessment.edition import Edition
from pipeline.assessment.editions import of_campaign
from pipeline.assessment.effects import Effect, effects
from pipeline.assessment.known import Known
from pipeline.assessment.rulebook import Award, Clause
from pipeline.assessment.scoring import Scorer
from pipeline.assessment.sensitivity import Span
from pipeline.assessment.sheets import Line, Look, Sheet, Standing, ranked
from pipeline.assessment.winning import Win
from pipeline.dates import Workdays
from pipeline.ledgers import Snapshot
from pipeline.ledgers.campaign import Campaign
from pipeline.readings import Readings

__all__ = [
    "INTERNAL",
    "PUBLIC",
    "Alone",
    "Assessment",
    "Audience",
    "Award",
    "Clause",
    "Edition",
    "Effect",
    "Line",
    "Look",
    "Scorer",
    "Sheet",
    "Standing",
    "Win",
    "assess",
    "computed",
    "course",
    "heard",
    "milestones",
    "of_campaign",
    "scorers",
    "units_of",
]

WEEK = timedelta(days=7)
NOT_COUNTED = ("patrol_roster", "terms", "water_advice", "water_limits", "water_results")
"""Ledgers that no clause counts, once the samples are judged."""


@dataclass(frozen=True)
class Assessment:
    """The scores of all units as of a day by one edition, with all that lets them be doubted.

    `bands` are the lowest and highest total over all readings; `effects` what each option alone
    would change; `wins` what each unit can still do; `course` where units stood on earlier days.
    """

    as_of_on: date
    edition: Edition
    readings: Mapping[str, str]
    sheets: Mapping[str, Sheet]
    bands: Mapping[str, Span]
    effects: tuple[Effect, ...]
    wins: Mapping[str, tuple[Win, ...]]
    course: tuple[tuple[date, Mapping[str, Standing]], ...]

    @property
    def clauses(self) -> Mapping[str, Clause]:
        """The clauses of the edition, in its order."""
        return self.edition.clauses

    @property
    def parts(self) -> Mapping[str, str]:
        """The headings of the edition's parts by numeral."""
        return self.edition.parts


def assess(
    snapshot: Snapshot,
    day: date,
    earlier: Sequence[date] = (),
    apart: Mapping[str, Alone] | None = None,
    audience: Audience = PUBLIC,
    edition: Edition | None = None,
) -> Assessment:
    """Score all units as of a day by the readings in force, with bands, effects and wins.

    `edition` is that of the campaign if none is given.
    `snapshot` holds all rows, dated or not; `earlier` are the days of the course before this one.
    `apart` gives each unit by itself where that is known already, from the same rows and days,
    for the same audience.
    """
    readings = Readings.from_rows(snapshot["readings"])
    edition = edition or of_campaign(snapshot.campaign)[0]
    units = units_of(snapshot, day)
    made = computed(snapshot, day, earlier, units, audience, edition) if apart is None else apart
    found = {unit: made[unit] for unit in units}
    sheets = ranked({unit: one.sheet for unit, one in found.items()})
    return Assessment(
        as_of_on=day,
        edition=edition,
        readings=dict(readings),
        sheets=sheets,
        bands={unit: one.band for unit, one in found.items()},
        effects=effects(found, edition, readings),
        wins={unit: one.wins for unit, one in found.items()},
        course=(
            *(
                (each, ranked({u: at for u, one in found.items() if (at := one.past[n])}))
                for n, each in enumerate(earlier)
            ),
            (day, {unit: sheet.standing for unit, sheet in sheets.items()}),
        ),
    )


def units_of(snapshot: Snapshot, day: date) -> list[str]:
    """Return the units that are in force on a day, in official order."""
    return [u.id for u in sorted(snapshot.as_of(day)["units"], key=lambda u: u.sort_no)]


def computed(
    snapshot: Snapshot,
    day: date,
    earlier: Sequence[date],
    units: Sequence[str],
    audience: Audience = PUBLIC,
    edition: Edition | None = None,
) -> dict[str, Alone]:
    """Compute some units by themselves, from no more rows than they rest on."""
    if not units:
        return {}
    if len(units) < len(snapshot["units"]):
        snapshot = snapshot.of_units(frozenset(units))
    readings = Readings.from_rows(snapshot["readings"])
    return alone(scorers(snapshot, [*earlier, day], audience, edition), units, readings)


def scorers(
    snapshot: Snapshot,
    days: Iterable[date],
    audience: Audience = PUBLIC,
    edition: Edition | None = None,
) -> Iterator[Scorer]:
    """Yield a scorer for each day; what a water sample shows is judged once for all days.

    For the public each day counts what units had been told by then.
    """
    edition = edition or of_campaign(snapshot.campaign)[0]
    judged = water.judged(snapshot)
    workdays = Workdays.from_rows(snapshot["workdays"])
    snapshot = snapshot.without(*NOT_COUNTED)
    for day in days:
        told = heard(snapshot.as_of(day), audience)
        yield Scorer(Known(told, day, judged, workdays), edition)


def course(snapshot: Snapshot, days: Iterable[date]) -> Iterator[tuple[date, Mapping[str, Sheet]]]:
    """Yield the sheets of all units on each day, computed from what was known then."""
    readings = Readings.from_rows(snapshot["readings"])
    for scorer in scorers(snapshot, days):
        yield scorer.day, scorer.sheets(readings)


def milestones(campaign: Campaign, day: date) -> list[date]:
    """Return the days before a day on which scores are shown: weekly, and where a stage ends."""
    days = {campaign.screen_to_on, campaign.assess_from_on}
    week = campaign.screen_from_on
    while week < day:
        days.add(week)
        week += WEEK
    return sorted(d for d in days if campaign.screen_from_on <= d < day)
