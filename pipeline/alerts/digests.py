"""The digest of a day: of what is owed, that of which a step is told on it, grouped by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.alerts.due import Due
from pipeline.alerts.steps import steps_told
from pipeline.dates import Workdays


@dataclass(frozen=True, slots=True)
class Line:
    """One thing owed, and the steps of it that are told today; the last is the nearest."""

    due: Due
    steps: tuple[int, ...]

    @property
    def step(self) -> int:
        """The step that counts: where a holiday brings several together, the last."""
        return self.steps[-1]


@dataclass(frozen=True, slots=True)
class Digest:
    """What one addressee is told on a day: a unit, or a group with its units.

    `key` is the unit's id or g and the group's number; `day` the day it is for.
    """

    key: str
    name: str
    day: date
    lines: tuple[Line, ...]

    @property
    def groups(self) -> list[tuple[int, list[Line]]]:
        """The lines by step, what is latest first."""
        steps = sorted({line.step for line in self.lines}, reverse=True)
        return [(step, [line for line in self.lines if line.step == step]) for step in steps]


def digest(
    key: str, name: str, owed: Iterable[Due], units: Sequence[str], day: date, workdays: Workdays
) -> Digest:
    """Return what an addressee is told on a day of what some units owe; perhaps nothing."""
    told = (
        (one, tuple(steps_told(one.due_on, one.known_on, day, workdays)))
        for one in owed
        if one.unit_id in units
    )
    return Digest(key, name, day, tuple(Line(one, steps) for one, steps in told if steps))
