"""On which day a step of a deadline is told: 7, 3 and 0 days before it, 3 and 7 days after.

Digests are read on working days. What warns is told on the last working day up to its own, what
complains on the first from it on: before a long holiday several steps fall on one day and are told
together. So each step has exactly one day, whatever was told before, and nobody need remember it.
"""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.dates import Workdays

STEPS = (-7, -3, 0, 3, 7)
"""Days from the deadline; what is due on a day is late only after it."""


def alert_day(due_on: date, step: int, workdays: Workdays) -> date:
    """Return the working day on which a step of a deadline is told."""
    day, way = due_on + timedelta(days=step), 1 if step > 0 else -1
    while not workdays.is_workday(day):
        day += timedelta(days=way)
    return day


def steps_told(due_on: date, known_on: date | None, day: date, workdays: Workdays) -> list[int]:
    """Return the steps of a deadline that are told on a day, the earliest first.

    What was entered only on `known_on` is not told before; where all its days have passed by then,
    the last step is told on the first working day from it on, so that nothing is never told.
    """
    days = {step: alert_day(due_on, step, workdays) for step in STEPS}
    if known_on is not None and known_on > max(days.values()):
        days = {STEPS[-1]: workdays.after(known_on - timedelta(days=1), 1)}
    return [step for step, on in days.items() if on == day and (known_on is None or on >= known_on)]
