"""Charts with a row for each unit or township: stacked parts of a whole, and small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    TINT,
    WATER,
    Area,
    Plate,
)

WIDTH = 273.6
"""Points; drawn for the phone first (look 6)."""
ROW, HEAD, FOOT = 18.0, 5.76, 20.16
"""Points: a row, what stands above the rows beside the legend, and the axis below them."""
NAMES, ENDS = 48.96, 28.8
"""Points left of the bars for four characters, and right of them for the whole of a row."""
LEGEND, TITLE = 15.84, 14.4
"""Points of a line of the legend, and of a title of a panel."""
THICK = 0.62
"""Part of a row that its bar fills."""
FINE = 0.8
"""Points of a thin line."""

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
        plate, rows = _rows(HEAD + LEGEND * lines, len(names), WIDTH - NAMES - ENDS)
        wholes = [sum(part.values[n] for part in parts) for n in range(len(names))]
        scale = [w or 1 for w in wholes] if is_share else [1] * len(names)
        shares = [[part.values[n] / scale[n] for n in range(len(names))] for part in parts]
        top = max(map(sum, zip(*shares, strict=True)), default=0) or 1
        _frame(plate, rows)
        said = f"{100 if is_share else max(wholes, default=0)}{'%' if is_share else unit}"
        _ends(plate, rows, said)
        _names(plate, rows, names)
        starts = [0.0] * len(names)
        for part, widths in zip(parts, shares, strict=True):
            boxes = [
                _bar(rows, n, starts[n] / top, width / top)
                for n, width in enumerate(widths)
                if width
            ]
            plate.boxes(boxes, rows, linewidth=FINE, **DRESSES[part.dress])
            starts = [start + width for start, width in zip(starts, widths, strict=True)]
        _edge(plate, rows)
        for n, whole in enumerate(wholes):
            told, colour = ("未报告", INK2) if n in silent else (f"{whole}", INK)
            plate.text(
                rows.left + rows.width * (starts[n] / top + 0.015), _middle(rows, n), told, colour
            )
        _legend(plate, rows, parts, lines)
        return plate.svg(title, finding)


def panels(title: str, finding: str, names: Sequence[str], shown: Sequence[Panel]) -> str:
    """Draw small bar charts side by side, a row for each name; every panel runs from 0 to 100%.

    Returns an svg element.
    """
    with canvas.style():
        gap = 0.025 * WIDTH
        width = (0.985 * WIDTH - NAMES - gap * (len(shown) - 1)) / len(shown)
        plate, first = _rows(HEAD + TITLE, len(names), width)
        _names(plate, first, names)
        for number, panel in enumerate(shown):
            rows = replace(first, left=first.left + number * (width + gap))
            _frame(plate, rows)
            _ends(plate, rows, "100%" if len(shown) < 5 else "100")
            _shares(plate, rows, panel.shares)
            _edge(plate, rows)
            plate.text(rows.left, rows.top - 5, panel.title, INK, line="baseline")
        return plate.svg(title, finding)


def _shares(plate: Plate, rows: Area, shares: Sequence[float | None]) -> None:
    told = [(n, share) for n, share in enumerate(shares) if share is not None]
    silent = [_bar(rows, n) for n, share in enumerate(shares) if share is None]
    plate.boxes([_bar(rows, n) for n, _ in told], rows, facecolor=TINT)
    plate.boxes([_bar(rows, n, 0, share) for n, share in told], rows, facecolor=DEEP)
    plate.boxes(silent, rows, linewidth=FINE, **DRESSES["none"])


def _rows(above: float, count: int, width: float) -> tuple[Plate, Area]:
    """Return a plate and its area of so many rows, with room above."""
    rows = Area(NAMES, above, width, ROW * count)
    return Plate(WIDTH, rows.bottom + FOOT), rows


def _middle(rows: Area, row: int) -> float:
    return rows.top + ROW * (row + 0.5)


def _bar(rows: Area, row: int, start: float = 0, width: float = 1) -> Area:
    """Return the bar of a row; start and width are parts of the whole."""
    top = _middle(rows, row) - ROW * THICK / 2
    return Area(rows.left + rows.width * start, top, rows.width * width, ROW * THICK)


def _names(plate: Plate, rows: Area, names: Sequence[str]) -> None:
    """Name the rows from the top down."""
    for n, name in enumerate(names):
        plate.text(rows.left - 3, _middle(rows, n), name, INK, "right", "center_baseline")


def _frame(plate: Plate, rows: Area) -> None:
    """Draw the quiet lines of nothing and all behind the bars."""
    for x in (rows.left, rows.right):
        plate.line([(x, rows.bottom), (x, rows.top)], rows, color=LINE, linewidth=FINE)


def _edge(plate: Plate, rows: Area) -> None:
    """Draw the edge from which the bars begin."""
    plate.line([(rows.left, rows.bottom), (rows.left, rows.top)], color=INK2, linewidth=FINE)


def _ends(plate: Plate, rows: Area, top: str) -> None:
    """Mark nothing and all on the axis below the rows."""
    plate.text(rows.left, rows.bottom + 3, "0", INK2, "left", "top")
    plate.text(rows.right, rows.bottom + 3, top, INK2, "right", "top")


def _legend(plate: Plate, rows: Area, parts: Sequence[Part], lines: int) -> None:
    """Name the parts above the rows, two a line, each with a sample of its dress and its sum."""
    half = ROW * 0.28
    for number, part in enumerate(parts):
        x = rows.width * (0.01 + (number % 2) * 0.62)
        y = rows.top - LEGEND * (lines - number // 2 - 0.45)
        sample = Area(x, y - half, rows.width * 0.055, half * 2)
        plate.boxes([sample], linewidth=FINE, **DRESSES[part.dress])
        plate.text(x + rows.width * 0.075, y, f"{part.name} {sum(part.values)}", INK)
