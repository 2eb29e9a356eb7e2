"""Issues over time: found, said to be done, verified, overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.dates import in_words
from pipeline.publication.charts import canvas
from pipeline.publication.charts.canvas import DEEP, INK, INK2, LINE, RUST, WATER, Area, Plate

WIDTH, HEIGHT = 273.6, 237.6
"""Points; drawn for the phone first (look 6)."""
FIELD = Area(38.304, 9.504, 218.88, 206.712)
"""Where the lines are drawn."""
PAD = 3.5
"""Points between the field and what is written beside it."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the chart: a name, a dress, and one number a day."""

    name: str
    dress: str
    values: tuple[int, ...]


DRESSES: dict[str, dict[str, Any]] = {
    "found": {"color": INK2, "linestyle": (0, (1.1, 2.2)), "linewidth": 1.8},
    "reported": {"color": WATER, "linestyle": (0, (5, 2.2)), "linewidth": 1.8},
    "verified": {"color": DEEP, "linestyle": "-", "linewidth": 2.9},
    "overdue": {"color": RUST, "linestyle": "-", "linewidth": 1.8},
}
"""How each series is always drawn: what is said is broken, what was seen is solid and thick."""


def progress(title: str, finding: str, days: Sequence[date], series: Sequence[Series]) -> str:
    """Draw issues over time; the gap between said and seen is hatched: it is the story.

    Returns an svg element with title and description; `finding` is the sentence that says what the
    chart shows.
    """
    with canvas.style():
        return _drawn(days, series).svg(title, finding)


def _drawn(days: Sequence[date], series: Sequence[Series]) -> Plate:
    plate = Plate(WIDTH, HEIGHT)
    last = max(len(days) - 1, 1)
    top = max((max(s.values, default=0) for s in series), default=0)
    step = _step(top)
    high = max(top * 1.08, step)

    def x(day: int) -> float:
        return FIELD.left + FIELD.width * day / last

    def y(count: float) -> float:
        return FIELD.bottom - FIELD.height * count / high

    for day in sorted({0, len(days) // 2, len(days) - 1}):
        said = in_words(days[day], year=False)
        plate.text(x(day), FIELD.bottom + PAD, said, INK2, "center", "top")
    ticks = [n for n in range(0, top + step, step) if n <= high]
    for n in ticks:
        ends = [(FIELD.left, y(n)), (FIELD.right, y(n))]
        plate.line(ends, FIELD, color=LINE, linewidth=0.8)
    for n in ticks:
        said = f"{n}件" if n == ticks[-1] else f"{n}"
        plate.text(FIELD.left - PAD, y(n), said, INK2, "right", "center_baseline")
    lines = {s.dress: [(x(n), y(value)) for n, value in enumerate(s.values)] for s in series}
    if {"reported", "verified"} <= lines.keys():
        gap = [*lines["verified"], *reversed(lines["reported"])]
        plate.shapes([gap], FIELD, facecolor="none", edgecolor=WATER, hatch="/////", linewidth=0)
    for dress, points in lines.items():
        plate.line(points, FIELD, solid_joinstyle="round", **DRESSES[dress])
    _legend(plate, series)
    plate.line([(FIELD.left, FIELD.bottom), (FIELD.right, FIELD.bottom)], color=INK2, linewidth=0.8)
    return plate


def _step(top: int) -> int:
    """Return a round step that cuts 0 to top into at most four parts."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if top <= 4 * size * factor:
                return size * factor
        size *= 10


def _legend(plate: Plate, series: Sequence[Series]) -> None:
    """Name the lines in the empty upper left, each with a sample and its last value."""
    for row, one in enumerate(series):
        y = FIELD.top + FIELD.height * (0.05 + row * 0.085)
        begin, end, text = (FIELD.left + FIELD.width * part for part in (0.03, 0.13, 0.155))
        plate.line([(begin, y), (end, y)], FIELD, **DRESSES[one.dress])
        last = one.values[-1] if one.values else 0
        plate.text(text, y, f"{one.name} {last}", RUST if one.dress == "overdue" else INK)
