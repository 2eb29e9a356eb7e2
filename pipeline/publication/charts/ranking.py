"""Totals of the assessment by place, each within the span that other readings would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.publication.charts import canvas
from pipeline.publication.charts.canvas import DEEP, INK, INK2, LINE, TINT, WATER, Area, Plate

WIDTH, ROW, ABOVE, BELOW = 273.6, 18.0, 23.04, 4.32
"""Points: the chart, a row, the axis above the rows, and what is left below them."""
NAMES, TOTALS = 80.64, 70.56
"""Points for place and name left of the scale, and for the total right of it."""
BAND, SPAN, DOT = 0.5, 0.26, 6.5
"""Parts of a row that the band of readings fills and the span of what is not reported; points of a
dot."""


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
        rows = Area(NAMES, ABOVE, WIDTH - NAMES - TOTALS, ROW * len(places))
        plate = Plate(WIDTH, rows.bottom + BELOW)
        low = min(min(p.low, p.span[0]) for p in places)
        high = max(max(p.high, p.span[1]) for p in places)

        def x(total: float) -> float:
            return rows.left + rows.width * (total - low + 1.5) / (high - low + 3)

        def box(row: int, ends: tuple[float, float], thick: float) -> Area:
            begin, end = map(x, ends)
            return Area(begin, _middle(rows, row) - ROW * thick / 2, end - begin, ROW * thick)

        ticks = _ticks(low, high)
        lines = [((x(t), rows.bottom), (x(t), rows.top)) for t in ticks]
        middles = (_middle(rows, n) for n in range(len(places)))
        lines += [((rows.left, y), (rows.right, y)) for y in middles]
        for one in lines:
            plate.line(one, rows, color=LINE, linewidth=0.8)
        for tick in ticks:
            said = f"{tick}分" if tick == ticks[-1] else f"{tick}"
            plate.text(x(tick), rows.top - 2, said, INK2, "center", "bottom")
        bands = [box(n, (p.low, p.high), BAND) for n, p in enumerate(places)]
        plate.boxes(bands, rows, facecolor=TINT, edgecolor=WATER, linewidth=0.8)
        spans = [box(n, p.span, SPAN) for n, p in enumerate(places) if p.total is None]
        plate.boxes(
            spans, rows, facecolor="none", edgecolor=INK2, linewidth=1, linestyle=(0, (3, 2))
        )
        totals = [(n, p.total) for n, p in enumerate(places) if p.total is not None]
        plate.dots([(x(total), _middle(rows, n)) for n, total in totals], DOT, DEEP, rows)
        _texts(plate, rows, places)
        return plate.svg(title, finding)


def _middle(rows: Area, row: int) -> float:
    return rows.top + ROW * (row + 0.5)


def _texts(plate: Plate, rows: Area, places: Sequence[Place]) -> None:
    """Write place and name left of the scale, and the total right of it, a column at a time."""
    said = [f"{p.span[0]:g}–{p.span[1]:g}" if p.total is None else f"{p.total:g}" for p in places]
    for x, side, column in (
        (38.88, "right", [p.place for p in places]),
        (43.2, "left", [p.name for p in places]),
        (WIDTH - 2.16, "right", said),
    ):
        for n, text in enumerate(column):
            plate.text(x, _middle(rows, n), text, INK, side)


def _ticks(low: float, high: float) -> list[int]:
    """Return round points between the ends, at most five of them."""
    step = next(s for s in (5, 10, 20, 50, 100) if (high - low) / s <= 5)
    first = int(-(-low // step) * step)
    return list(range(first, int(high) + 1, step))
