"""The only door to matplotlib: charts as accessible, themed, reproducible SVG.

matplotlib draws with sentinel colours and measured Chinese type; the result is rewritten so that
it fits a strict content policy and every colour scheme: no style attribute, no style sheet, no
metadata, colours as classes of our own sheet, text as text in the page's font. Same data, same
bytes.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pipeline.dates import in_words

WIDTH, HEIGHT = 3.8, 3.3
"""Inches; drawn for the phone first (look 6)."""

ROLES = {
    "#010101": "ink",
    "#020202": "ink-2",
    "#030303": "line",
    "#040404": "water",
    "#050505": "deep",
    "#060606": "rust",
}
"""Sentinel colours: what they are in matplotlib, and the role they become in the page."""

INK, INK2, LINE, WATER, DEEP, RUST = ROLES


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the progress chart: a name, a dress, and one number a day."""

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
    """Draw issues over time: found, said to be done, verified, overdue.

    The gap between said and seen is hatched: it is the story. Returns an svg element with title
    and description; `finding` is the sentence that says what the chart shows.
    """
    with _style():
        return _svg(_draw(days, series), title, finding)


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
    figure = _matplotlib().figure.Figure(figsize=(WIDTH, HEIGHT))
    axes = figure.add_axes((0.11, 0.09, 0.83, 0.87))
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(INK2)
    axes.grid(axis="y", color=LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=INK2, labelsize=10.8)
    return figure, axes


def _scale(axes: Any, top: int) -> None:
    """Set the y axis from zero with at most four steps and room for the last labels."""
    step = _step(top)
    axes.set_ylim(0, max(top * 1.08, step))
    axes.set_yticks([n for n in range(0, top + step, step) if n <= max(top * 1.08, step)])


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
            fontsize=10.8,
            verticalalignment="center",
        )


@lru_cache(maxsize=1)
def _matplotlib() -> Any:
    """Import matplotlib when the first chart is drawn, with a Chinese font to measure by."""
    import matplotlib as mpl
    import matplotlib.figure
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(_font_path()))
    return mpl


def _font_path() -> Path:
    """Return the open Chinese font that comes with the package of fonts."""
    root = Path(str(resources.files("pylopdf_fonts_zh_cn")))
    return next(iter(sorted(root.rglob("NotoSansSC-Regular.otf"))))


@contextmanager
def _style() -> Iterator[None]:
    """Hold matplotlib to our settings; a glyph that no font has is an error, never a warning."""
    with _matplotlib().rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph")
        yield


SETTINGS: dict[str, Any] = {
    "font.family": ["Noto Sans SC", "DejaVu Sans"],
    "svg.fonttype": "none",
    "svg.hashsalt": "qingyuan",
    "hatch.linewidth": 1.4,
    "axes.unicode_minus": False,
    "text.parse_math": False,
    "font.size": 10.8,
}


def _svg(figure: Any, title: str, description: str) -> str:
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(buffer, format="svg", transparent=True, metadata=nothing)
    return rewrite(buffer.getvalue(), title, description)


def _without_idle_ids(svg: str) -> str:
    """Drop ids that nothing refers to, and the groups that are left empty or bare."""
    used = set(re.findall(r'(?:url\(|href=")#([^")]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: m.group(0) if m.group(1) in used else "", svg)
    svg = re.sub(r"<defs>\s*</defs>|<g/>", "", svg)
    while (fewer := re.sub(r"<g>((?:(?!</?g[ >]).)*)</g>", r"\1", svg, flags=re.S)) != svg:
        svg = fewer
    return svg


_STYLE = re.compile(r' style="([^"]*)"')
_COLOUR = re.compile("|".join(ROLES))


def rewrite(svg: str, title: str, description: str) -> str:
    """Make matplotlib's svg fit for the page: no style, no ids that clash, named, described."""
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.S)
    body = re.sub(r"<style[^>]*>.*?</style>", "", body, flags=re.S)
    body = re.sub(r"<!--.*?-->", "", body, flags=re.S)
    body = _STYLE.sub(lambda found: _attributes(found.group(1)), body)
    body = body.replace(' transform="rotate(-0 ', ' transform="rotate(0 ')
    body = re.sub(r' transform="rotate\(0 [^"]*"', "", body)
    body = _without_idle_ids(body)
    mark = "c" + sha256(f"{title}{description}".encode()).hexdigest()[:8]
    body = re.sub(r'\bid="([^"]+)"', rf'id="{mark}-\1"', body)
    body = re.sub(r'"#([^"]+)"', rf'"#{mark}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{mark}-\1)", body)
    size = re.search(r'viewBox="([^"]+)"', body)
    head = (
        f'<svg class="qy-chart" role="img" aria-labelledby="{mark}-t {mark}-d"'
        f' viewBox="{size.group(1) if size else "0 0 1 1"}"'
        ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<title id="{mark}-t">{escape(title)}</title>'
        f'<desc id="{mark}-d">{escape(description)}</desc>'
    )
    drawn = re.sub(r"\s*\n\s*(?=[A-Za-z\"])", " ", body[body.index(">") + 1 :])
    return head + re.sub(r"\s*\n\s*", "\n", drawn).strip()


def _attributes(style: str) -> str:
    """Turn a style attribute into presentation attributes and classes of our sheet."""
    attributes, classes = [], []
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        colour = _COLOUR.fullmatch(value)
        if colour:
            classes.append(f"qy-{name}-{ROLES[value]}")
        elif name == "font":
            attributes += _font(value)
        elif name in _KEPT and value:
            attributes.append(f' {name}="{value}"')
    listed = f' class="{" ".join(classes)}"' if classes else ""
    return listed + "".join(attributes)


_KEPT = {
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "opacity", "fill-opacity", "text-anchor", "font-weight", "font-size",
}  # fmt: skip


def _font(value: str) -> list[str]:
    """Keep size and weight; the family is the page's."""
    size = re.search(r"([0-9.]+)px", value)
    weight = ' font-weight="700"' if re.search(r"\bbold\b|\b700\b", value) else ""
    return [f' font-size="{size.group(1)}"' if size else "", weight]
