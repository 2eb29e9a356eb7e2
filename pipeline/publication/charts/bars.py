"""The charts of reports on their pages: the bars of the paper, in the colours of the site.

Plain SVG without a library: a report has one or two of them, and they are only bars. As on paper, a
part is told by its pattern too.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pipeline.figures import grouped
from pipeline.reports.paper import Chart, Part

WIDE, NAMES, ENDS = 328, 58, 46
"""Units of the drawing, pixels on a phone of 360: its width, the room for names left of the bars
and for numbers right."""
ROW, THICK = 21, 13
TALL, MOST = 130, 26
"""Height of the tallest column, and the width of the thickest."""
TEXT, DIGIT = 13, 7.4
"""Size of the text, and how wide a digit is in it."""
LEGEND = 20
LEANT = 1.2
"""Of a column's width its number may take so much."""
LABELS = 10
"""Names below columns at most; of more, each second or third is named."""


def drawn(chart: Chart) -> str:
    """Return a chart as an svg element with title and description."""
    legend = list(_legend(chart))
    lines = -(-len(chart.parts) // 2)
    body, height = _rows(chart) if chart.form == "rows" else _columns(chart)
    shifted = f'<g transform="translate(0 {lines * LEGEND})">{"".join(body)}</g>'
    return (
        f'<svg class="qy-chart" role="img" aria-labelledby="{chart.id}-t {chart.id}-d"'
        f' viewBox="0 0 {WIDE} {height + lines * LEGEND}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{chart.id}-t">{escape(chart.caption, quote=False)}</title>'
        f'<desc id="{chart.id}-d">{escape(chart.said, quote=False)}</desc>'
        f"<defs>{_pattern(chart, 'told', 'water')}{_pattern(chart, 'late', 'rust')}</defs>"
        f"{''.join(legend)}{shifted}</svg>"
    )


def _rows(chart: Chart) -> tuple[Iterator[str], int]:
    """Return a bar of all parts for each name, and how high they are together."""
    wholes = [sum(part.values[n] for part in chart.parts) for n in range(len(chart.names))]
    scale = (WIDE - NAMES - ENDS) / max(1, *wholes)

    def lines() -> Iterator[str]:
        for n, name in enumerate(chart.names):
            y, x = n * ROW, float(NAMES)
            yield _text(NAMES - 5, y + THICK - 2, name, "end")
            for part in chart.parts:
                width = part.values[n] * scale
                if width:
                    yield _bar(chart, part, x, y, width, THICK)
                x += width
            yield _text(x + 4, y + THICK - 2, "未报告" if n in chart.silent else grouped(wholes[n]))

    return lines(), len(chart.names) * ROW


def _columns(chart: Chart) -> tuple[Iterator[str], int]:
    """Return the parts side by side for each name, and how high the chart is."""
    count, parts = len(chart.names), len(chart.parts)
    top = max(1, *(value for part in chart.parts for value in part.values))
    room = WIDE / count
    thick = min(MOST, room * 0.8 / parts)
    every = -(-count // LABELS)
    is_numbered = len(grouped(top)) * DIGIT <= thick * LEANT
    foot = TALL + TEXT + 3

    def columns() -> Iterator[str]:
        for n, name in enumerate(chart.names):
            left = n * room + (room - thick * parts) / 2
            for place, part in enumerate(chart.parts):
                height = TALL * part.values[n] / top
                x = left + place * thick
                yield _bar(chart, part, x, foot - height, thick, height)
                if is_numbered:
                    yield _text(x + thick / 2, foot - height - 3, grouped(part.values[n]), "middle")
            if n % every == 0:
                short = name.removeprefix("第").removesuffix("周") if count > 1 else name
                yield _text(n * room + room / 2, foot + TEXT + 4, short, "middle")
        yield f'<path class="qy-stroke-ink" d="M0 {foot}H{WIDE}"/>'
        if not is_numbered:
            yield _text(0, TEXT - 2, f"最高的一周 {grouped(top)}")

    return columns(), foot + TEXT + 8


def _legend(chart: Chart) -> Iterator[str]:
    for n, part in enumerate(chart.parts):
        x, y = (n % 2) * WIDE / 2, n // 2 * LEGEND
        yield _bar(chart, part, x + 1, y + 1, 20, 11)
        yield _text(x + 26, y + 11, f"{part.name} {grouped(sum(part.values))}")


def _pattern(chart: Chart, dress: str, role: str) -> str:
    """Return hatching in one colour; what is late is crossed."""
    lines = "M0 6L6 0" + ("M0 0L6 6" if dress == "late" else "")
    return (
        f'<pattern id="{chart.id}-{dress}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path class="qy-stroke-{role}" d="{lines}" stroke-width="1.6" fill="none"/></pattern>'
    )


def _bar(chart: Chart, part: Part, x: float, y: float, width: float, height: float) -> str:
    place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
    if part.dress == "sure":
        return f'<rect class="qy-fill-deep qy-stroke-edge" {place}/>'
    if part.dress == "open":
        return f'<rect class="qy-fill-paper qy-stroke-edge" {place}/>'
    fill = f'"url(#{escape(chart.id)}-{part.dress})"'
    ground = "tint" if part.dress == "told" else "paper"
    return f'<rect class="qy-fill-{ground} qy-stroke-edge" {place}/><rect fill={fill} {place}/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text class="qy-fill-ink" x="{_n(x)}" y="{_n(y)}" font-size="{TEXT}"{side}>'
        f"{escape(words, quote=False)}</text>"
    )


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
