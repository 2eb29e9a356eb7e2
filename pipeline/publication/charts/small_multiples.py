"""Charts with a row for each unit or township: stacked parts of a whole, and small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.publication.charts import canvas
from pipeline.publication.charts.canvas import (
    DEEP,
    EDGE,
    INK,
    INK2,
    LINE,
    PAPER,
    RUST,
    SMALLEST,
    TINT,
    WATER,
)

WIDTH = 3.8
"""Inches; drawn for the phone first (look 6)."""
ROW, HEAD, FOOT = 0.25, 0.08, 0.28
"""Inches: a row, what stands above the rows beside the legend, and the axis below them."""
NAMES = 0.68
"""Inches left of the bars for four characters."""
THICK = 0.62
"""Part of a row that its bar fills."""

DRESSES: dict[str, dict[str, Any]] = {
    "seen": {"facecolor": DEEP, "edgecolor": PAPER},
    "relaxed": {"facecolor": WATER, "edgecolor": PAPER},
    "waiting": {"facecolor": TINT, "edgecolor": EDGE},
    "late-1": {"facecolor": RUST, "edgecolor": RUST, "alpha": 0.2},
    "late-2": {"facecolor": RUST, "edgecolor": RUST, "alpha": 0.45},
    "late-3": {"facecolor": RUST, "edgecolor": RUST, "alpha": 0.7},
    "late": {"facecolor": RUST, "edgecolor": PAPER},
    "none": {"facecolor": "none", "edgecolor": EDGE, "linestyle": (0, (2, 2))},
}
"""How a part is always drawn: surer is stronger, what is not known is an empty dashed box."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of every row: its name in the legend, its dress, and a number for each row."""

    name: str
    dress: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several small charts side by side: a title, and a share for each row or None.

    Shares run from 0 to 1; None means not reported and is drawn as an empty dashed box.
    """

    title: str
    shares: tuple[float | None, ...]


def stacks(
    title: str,
    finding: str,
    names: Sequence[str],
    parts: Sequence[Part],
    *,
    silent: Sequence[int] = (),
    is_share: bool = False,
    unit: str = "",
) -> str:
    """Draw a row of parts for each name; with `is_share` every row is scaled to its whole.

    Returns an svg element; the whole of each row is written at its end, and 未报告 at the rows
    whose numbers stand in `silent`. `unit` is that of the axis.
    """
    with canvas.style():
        lines = -(-len(parts) // 2)
        axes = _rows(names, lines, 1 - 0.4 / WIDTH)
        wholes = [sum(part.values[n] for part in parts) for n in range(len(names))]
        scale = [w or 1 for w in wholes] if is_share else [1] * len(names)
        starts = [0.0] * len(names)
        for part in parts:
            widths = [value / scale[n] for n, value in enumerate(part.values)]
            drawn = [n for n, width in enumerate(widths) if width]
            axes.barh(
                drawn,
                [widths[n] for n in drawn],
                left=[starts[n] for n in drawn],
                height=THICK,
                linewidth=0.8,
                **DRESSES[part.dress],
            )
            starts = [start + width for start, width in zip(starts, widths, strict=True)]
        top = max(starts, default=0) or 1
        axes.set_xlim(0, top)
        for n, whole in enumerate(wholes):
            said, colour = ("未报告", INK2) if n in silent else (f"{whole}", INK)
            axes.text(
                starts[n] + top * 0.015, n, said, color=colour, va="center", fontsize=SMALLEST
            )
        _ends(axes, 100 if is_share else max(wholes, default=0), "%" if is_share else unit)
        _legend(axes, parts, len(names), lines)
        return canvas.svg(axes.figure, title, finding)


def panels(title: str, finding: str, names: Sequence[str], shown: Sequence[Panel]) -> str:
    """Draw small bar charts side by side, a row for each name; every panel runs from 0 to 100%.

    Returns an svg element.
    """
    with canvas.style():
        height = HEAD + 0.2 + FOOT + ROW * len(names)
        figure = canvas.figure(WIDTH, height)
        left, gap = NAMES / WIDTH, 0.025
        width = (0.985 - left - gap * (len(shown) - 1)) / len(shown)
        for number, panel in enumerate(shown):
            box = (left + number * (width + gap), FOOT / height, width, ROW * len(names) / height)
            axes = figure.add_axes(box)
            _quiet(axes, names if number == 0 else [""] * len(names))
            _shares(axes, panel.shares)
            axes.set_xlim(0, 1)
            _ends(axes, 100, "%" if len(shown) < 5 else "")
            axes.set_title(panel.title, color=INK, fontsize=SMALLEST, loc="left", pad=5)
        return canvas.svg(figure, title, finding)


def _shares(axes: Any, shares: Sequence[float | None]) -> None:
    told = [n for n, share in enumerate(shares) if share is not None]
    silent = [n for n, share in enumerate(shares) if share is None]
    axes.barh(told, [1] * len(told), height=THICK, facecolor=TINT)
    axes.barh(told, [shares[n] for n in told], height=THICK, facecolor=DEEP)
    axes.barh(silent, [1] * len(silent), height=THICK, linewidth=0.8, **DRESSES["none"])


def _rows(names: Sequence[str], lines: int, right: float) -> Any:
    """Return axes with a row for each name, and room for a legend of some lines above."""
    above = HEAD + 0.22 * lines
    height = above + FOOT + ROW * len(names)
    figure = canvas.figure(WIDTH, height)
    left = NAMES / WIDTH
    axes = figure.add_axes((left, FOOT / height, right - left, ROW * len(names) / height))
    _quiet(axes, names)
    return axes


def _quiet(axes: Any, names: Sequence[str]) -> None:
    """Name the rows from the top down and leave nothing of the frame but its left edge."""
    for side in ("top", "bottom", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(INK2)
    axes.set_yticks(range(len(names)), names, color=INK)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(length=0, labelsize=SMALLEST, pad=3)
    axes.grid(axis="x", color=LINE, linewidth=0.8)
    axes.set_axisbelow(True)


def _ends(axes: Any, top: int, unit: str) -> None:
    """Mark nothing and all on the axis below the rows."""
    low, high = axes.get_xlim()
    axes.set_xticks([low, high], ["0", f"{top}{unit}"], color=INK2, fontsize=SMALLEST)
    for label, side in zip(axes.get_xticklabels(), ("left", "right"), strict=True):
        label.set_horizontalalignment(side)


def _legend(axes: Any, parts: Sequence[Part], rows: int, lines: int) -> None:
    """Name the parts above the rows, two a line, each with a sample of its dress and its sum."""
    ratio = 1 / rows
    for number, part in enumerate(parts):
        x = -NAMES / (WIDTH - NAMES - 0.4) + 0.01 + (number % 2) * 0.62
        y = 1 + ratio * (0.22 / ROW) * (lines - number // 2 - 0.45)
        sample = canvas.rectangle((x, y - ratio * 0.28), 0.055, ratio * 0.56, axes.transAxes)
        sample.set(linewidth=0.8, **DRESSES[part.dress])
        axes.add_patch(sample)
        axes.text(
            x + 0.075,
            y,
            f"{part.name} {sum(part.values)}",
            transform=axes.transAxes,
            color=INK,
            va="center",
            fontsize=SMALLEST,
        )
