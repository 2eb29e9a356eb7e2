"""What each option of a reading would change by itself, with all else as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.assessment.alone import Alone, others
from pipeline.assessment.edition import Edition
from pipeline.assessment.sheets import ZERO, Standing, ranked
from pipeline.readings import Readings


@dataclass(frozen=True, slots=True)
class Effect:
    """What one option alone would change: where units would stand, and which points move.

    `changes` gives standings as they are and as they would be, `points` unit -> clause -> points
    under the option; both only where something changes.
    """

    reading: str
    option: str
    changes: Mapping[str, tuple[Standing, Standing]]
    points: Mapping[str, Mapping[str, Decimal | None]]

    @property
    def moves_rank(self) -> bool:
        """Whether any unit's place would be another."""
        return any(old.places != new.places for old, new in self.changes.values())

    @property
    def widest(self) -> Decimal:
        """The largest change of a total, up or down; of the lowest total where it is a span."""
        moves = [new.span[0] - old.span[0] for old, new in self.changes.values()]
        return max(moves, key=abs, default=ZERO)


def effects(found: Mapping[str, Alone], edition: Edition, readings: Readings) -> tuple[Effect, ...]:
    """Return what every option that is not chosen would change by itself, places included."""
    now = {unit: one.sheet.standing for unit, one in found.items()}
    old = ranked(now)
    return tuple(_effect(option, found, now, old) for option in others(edition, readings))


def _effect(
    option: tuple[str, str],
    found: Mapping[str, Alone],
    now: Mapping[str, Standing],
    old: Mapping[str, Standing],
) -> Effect:
    moves = {unit: one.moves[option] for unit, one in found.items() if option in one.moves}
    new = ranked({**now, **{unit: move.standing for unit, move in moves.items()}})
    return Effect(
        *option,
        {unit: (old[unit], new[unit]) for unit in found if old[unit] != new[unit]},
        {unit: move.points for unit, move in moves.items() if move.points},
    )
