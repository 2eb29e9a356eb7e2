"""Issues over time: found, said to be done, verified, overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.dates import in_words
from pipeline.publication.charts import canvas
from pipeline.publication.charts.canvas import DEEP, INK, INK2, LINE, RUST, SMALLEST, WATER

WIDTH, HEIGHT = 3.8, 3.3
"""Inches; drawn for the phone first (look 6)."""


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
        return canvas.svg(_draw(days, series), title, finding)


def _draw(days: Sequence[date], series: Sequence[Series]) -> Any:
    figure, axes = _axes()
    numbers = range(len(days))
    by_dress = {s.dress: s for s in series}
    if {"reported", "verified"} <= by_dress.keys():
        axes.fill_between(
            numbers,
            by_dress["verified"].values,
            by_dress["reported"].values,
            facecolor="none",
            edgecolor=WATER,
            hatch="/////",
            linewidth=0,
        )
    for one in series:
        axes.plot(numbers, one.values, solid_joinstyle="round", **DRESSES[one.dress])
    top = max((max(s.values, default=0) for s in series), default=0)
    _scale(axes, top)
    _legend(axes, series)
    ticks = sorted({0, len(days) // 2, len(days) - 1})
    axes.set_xticks(ticks, [in_words(days[t], year=False) for t in ticks])
    axes.set_xlim(0, max(len(days) - 1, 1))
    return figure


def _axes() -> tuple[Any, Any]:
    """Return a figure with the baseline and quiet horizontal lines only."""
    figure = canvas.figure(WIDTH, HEIGHT)
    axes = figure.add_axes((0.14, 0.09, 0.8, 0.87))
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(INK2)
    axes.grid(axis="y", color=LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=INK2, labelsize=SMALLEST)
    return figure, axes


def _scale(axes: Any, top: int) -> None:
    """Set the y axis from zero with at most four steps and room for the last labels."""
    step = _step(top)
    axes.set_ylim(0, max(top * 1.08, step))
    ticks = [n for n in range(0, top + step, step) if n <= max(top * 1.08, step)]
    axes.set_yticks(ticks, [f"{n}件" if n == ticks[-1] else f"{n}" for n in ticks])


def _step(top: int) -> int:
    """Return a round step that cuts 0 to top into at most four parts."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if top <= 4 * size * factor:
                return size * factor
        size *= 10


def _legend(axes: Any, series: Sequence[Series]) -> None:
    """Name the lines in the empty upper left, each with a sample and its last value."""
    for row, one in enumerate(series):
        height = 0.95 - row * 0.085
        dress = DRESSES[one.dress]
        axes.plot([0.03, 0.13], [height] * 2, transform=axes.transAxes, **dress)
        last = one.values[-1] if one.values else 0
        axes.text(
            0.155,
            height,
            f"{one.name} {last}",
            transform=axes.transAxes,
            color=RUST if one.dress == "overdue" else INK,
            fontsize=SMALLEST,
            verticalalignment="center",
        )
