"""What is computed of a unit by itself: everything but its place among the others.

A unit's points rest on its own rows, the reference and the city's own ledgers, never on another
unit's rows; so units may be computed apart, and one whose rows are the same need not be again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.assessment.edition import Edition
from pipeline.assessment.scoring import Scorer
from pipeline.assessment.sensitivity import Span, band
from pipeline.assessment.sheets import Sheet, Standing
from pipeline.assessment.winning import Win, wins
from pipeline.readings import Readings

Option = tuple[str, str]
"""A reading and one of its options."""


@dataclass(frozen=True, slots=True)
class Move:
    """What one option alone would do to a unit: where it would stand, which points would move."""

    standing: Standing
    points: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Alone:
    """One unit by itself: nothing here has a place.

    `past` are its standings on the earlier days, None before it was in force; `moves` only the
    options that change anything.
    """

    sheet: Sheet
    band: Span
    wins: tuple[Win, ...]
    past: tuple[Standing | None, ...]
    moves: Mapping[Option, Move]


def alone(scorers: Iterator[Scorer], units: Sequence[str], readings: Readings) -> dict[str, Alone]:
    """Compute units one by one; the last scorer is that of the day, those before are the past."""
    *past, scorer = scorers
    found = {}
    for unit in units:
        sheet = scorer.sheet(unit, readings)
        found[unit] = Alone(
            sheet,
            band(scorer, unit, readings),
            wins(scorer, sheet, readings),
            tuple(
                each.sheet(unit, readings).standing if unit in each.units else None for each in past
            ),
            _moves(scorer, sheet, readings),
        )
    return found


def _moves(scorer: Scorer, now: Sheet, readings: Readings) -> dict[Option, Move]:
    """Try every option that is not chosen, each by itself."""
    found = {}
    for reading, option in others(scorer.edition, readings):
        then = scorer.sheet(now.unit_id, readings.but(**{reading: option}))
        points = {
            new.clause: new.points
            for old, new in zip(now.lines, then.lines, strict=True)
            if old.points != new.points
        }
        if points or then.standing != now.standing:
            found[reading, option] = Move(then.standing, points)
    return found


def others(edition: Edition, readings: Readings) -> Iterator[Option]:
    """Yield every option of an edition that is not chosen."""
    for reading, known in edition.readings.items():
        yield from ((reading, option) for option in known if option != readings[reading])
