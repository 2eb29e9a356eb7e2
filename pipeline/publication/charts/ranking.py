"""Totals of the assessment by place, each within the span that other readings would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.publication.charts import canvas
from pipeline.publication.charts.canvas import DEEP, INK, INK2, LINE, SMALLEST, TINT, WATER

WIDTH, ROW, ABOVE, BELOW = 3.8, 0.25, 0.32, 0.06
"""Inches: the chart, a row, the axis above the rows, and what is left below them."""
NAMES, TOTALS = 1.12, 0.98
"""Inches for place and name left of the scale, and for the total right of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One row: place as it is written, name, total (None while something is not reported).

    `low` and `high` bound the total over all readings; `span` over what is not reported.
    """

    place: str
    name: str
    total: float | None
    low: float
    high: float
    span: tuple[float, float]


def ranking(title: str, finding: str, places: Sequence[Place]) -> str:
    """Draw a dot for each total on the band of its readings; returns an svg element.

    Dots, not bars: the axis does not begin at nothing. Where clauses are not reported a dashed box
    shows where the total will lie.
    """
    with canvas.style():
        height = ABOVE + BELOW + ROW * len(places)
        figure = canvas.figure(WIDTH, height)
        left, right = NAMES / WIDTH, 1 - TOTALS / WIDTH
        axes = figure.add_axes((left, BELOW / height, right - left, ROW * len(places) / height))
        for side in ("top", "bottom", "left", "right"):
            axes.spines[side].set_visible(False)
        low = min(min(p.low, p.span[0]) for p in places)
        high = max(max(p.high, p.span[1]) for p in places)
        axes.set_xlim(low - 1.5, high + 1.5)
        axes.set_ylim(len(places) - 0.5, -0.5)
        axes.xaxis.tick_top()
        ticks = _ticks(low, high)
        axes.set_xticks(ticks, [f"{n}分" if n == ticks[-1] else f"{n}" for n in ticks])
        axes.set_yticks(range(len(places)), [""] * len(places))
        axes.tick_params(length=0, labelsize=SMALLEST, colors=INK2, pad=2)
        axes.grid(color=LINE, linewidth=0.8)
        axes.set_axisbelow(True)
        for n, place in enumerate(places):
            axes.barh(
                n, place.high - place.low, left=place.low, height=0.5,
                facecolor=TINT, edgecolor=WATER, linewidth=0.8,
            )  # fmt: skip
            if place.total is None:
                axes.barh(
                    n, place.span[1] - place.span[0], left=place.span[0], height=0.26,
                    facecolor="none", edgecolor=INK2, linewidth=1, linestyle=(0, (3, 2)),
                )  # fmt: skip
                said = f"{place.span[0]:g}–{place.span[1]:g}"
            else:
                axes.plot([place.total], [n], "o", markersize=6.5, color=DEEP, markeredgewidth=0)
                said = f"{place.total:g}"
            _beside(axes, n, place.place, place.name, said)
        return canvas.svg(figure, title, finding)


def _beside(axes: Any, row: int, place: str, name: str, said: str) -> None:
    """Write place and name left of the scale, and the total right of it."""
    across = axes.get_yaxis_transform()
    scale = WIDTH - NAMES - TOTALS
    for x, text, side, size in (
        ((0.54 - NAMES) / scale, place, "right", SMALLEST),
        ((0.6 - NAMES) / scale, name, "left", SMALLEST),
        ((scale + TOTALS - 0.03) / scale, said, "right", SMALLEST),
    ):
        axes.text(x, row, text, transform=across, color=INK, va="center", ha=side, fontsize=size)


def _ticks(low: float, high: float) -> list[int]:
    """Return round points between the ends, at most five of them."""
    step = next(s for s in (5, 10, 20, 50, 100) if (high - low) / s <= 5)
    first = int(-(-low // step) * step)
    return list(range(first, int(high) + 1, step))
