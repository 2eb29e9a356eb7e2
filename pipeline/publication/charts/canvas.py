"""The only door to matplotlib: figures in, accessible, themed, reproducible SVG out.

matplotlib draws with sentinel colours and measured Chinese type; the result is rewritten so that
it fits a strict content policy and every colour scheme: no style attribute, no style sheet, no
metadata, colours as classes of our own sheet, text as text in the page's font. Same data, same
bytes.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.publication.charts.paths import shortened

ROLES = {
    "#010101": "ink",
    "#020202": "ink-2",
    "#030303": "line",
    "#040404": "water",
    "#050505": "deep",
    "#060606": "rust",
    "#070707": "tint",
    "#080808": "paper",
    "#090909": "edge",
}
"""Sentinel colours: what they are in matplotlib, and the role they become in the page."""

INK, INK2, LINE, WATER, DEEP, RUST, TINT, PAPER, EDGE = ROLES

Point = tuple[float, float]

INCH = 72
"""Points of an inch."""

SMALLEST = 11
"""Points of the smallest text: at least 13 px where a chart is 328 px wide, on a phone of 360."""


@lru_cache(maxsize=1)
def _matplotlib() -> Any:
    """Import matplotlib when the first chart is drawn, with a Chinese font to measure by."""
    import matplotlib as mpl
    import matplotlib.figure
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(font_path()))
    return mpl


def font_path() -> Path:
    """Return the open Chinese font that comes with the package of fonts."""
    root = Path(str(resources.files("pylopdf_fonts_zh_cn")))
    return next(iter(sorted(root.rglob("NotoSansSC-Regular.otf"))))


@lru_cache(maxsize=1)
def characters() -> frozenset[int]:
    """Return the code points that the Chinese font has."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(font_path())).get_charmap())


@contextmanager
def style() -> Iterator[None]:
    """Hold matplotlib to our settings.

    In a page the reader's own fonts draw the text, so a glyph that ours lacks is only measured
    roughly.
    """
    with _matplotlib().rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        yield


SETTINGS: dict[str, Any] = {
    "font.family": ["Noto Sans SC", "DejaVu Sans"],
    "svg.fonttype": "none",
    "svg.hashsalt": "qingyuan",
    "hatch.linewidth": 1.4,
    "text.parse_math": False,
    "font.size": SMALLEST,
}


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a plate, in points from the upper left corner of the plate.

    Of what is drawn within an area, nothing is seen outside it.
    """

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return where it ends on the right."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.top + self.height


class Plate:
    """What a chart is drawn on: shapes, lines and texts where they are put, in the order they come.

    All lengths are points, all positions are points from the upper left corner. It is a figure
    without axes: those of matplotlib keep dozens of objects for ticks and frames that are not
    seen, measure them again and again, and took ten times as long.
    """

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.transforms import Affine2D

        self.width, self.height = width, height
        size = (width / INCH, height / INCH)
        self._figure = _matplotlib().figure.Figure(size, dpi=INCH, frameon=False)
        self._place = Affine2D().scale(1, -1).translate(0, height)

    def boxes(self, boxes: Iterable[Area], within: Area | None = None, **dress: Any) -> None:
        """Draw rectangles of one dress as one shape; they do not overlap."""
        self.shapes(
            (
                [(b.left, b.top), (b.right, b.top), (b.right, b.bottom), (b.left, b.bottom)]
                for b in boxes
            ),
            within,
            **dress,
        )

    def shapes(
        self, outlines: Iterable[Sequence[Point]], within: Area | None = None, **dress: Any
    ) -> None:
        """Draw closed outlines of one dress as one shape; nothing if there is none."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline

        points: list[Point] = []
        steps: list[Any] = []
        for outline in outlines:
            points += (*outline, outline[0])
            steps += [Outline.MOVETO, *[Outline.LINETO] * (len(outline) - 1), Outline.CLOSEPOLY]
        if points:
            self._put(PathPatch(Outline(points, steps), **dress), within)

    def line(self, points: Sequence[Point], within: Area | None = None, **dress: Any) -> None:
        """Draw a line through points; nothing if there is none."""
        from matplotlib.lines import Line2D

        if points:
            across, down = zip(*points, strict=True)
            self._put(Line2D(across, down, **dress), within)

    def dots(self, points: Sequence[Point], size: float, colour: str, within: Area) -> None:
        """Draw round dots of a size."""
        self.line(
            points, within, color=colour, linestyle="none",
            marker="o", markersize=size, markeredgewidth=0,
        )  # fmt: skip

    def text(
        self, x: float, y: float, said: str, colour: str, side: str = "left", line: str = "center"
    ) -> None:
        """Write a text: `side` says which end of it stands at x, `line` which height at y."""
        from matplotlib.text import Text

        self._put(Text(x, y, said, color=colour, ha=side, va=line, fontsize=SMALLEST))

    def _put(self, artist: Any, within: Area | None = None) -> None:
        """Place something above all that was placed before."""
        artist.set_transform(self._place)
        artist.set_zorder(1)
        if within is not None:
            from matplotlib.transforms import Bbox

            below = self.height - within.bottom
            artist.set_clip_box(Bbox.from_bounds(within.left, below, within.width, within.height))
        self._figure.add_artist(artist)

    def svg(self, title: str, description: str) -> str:
        """Return what was drawn as an svg element with title and description."""
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        buffer = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        surface: Any = FigureCanvasSVG(self._figure)
        surface.print_svg(buffer, metadata=nothing)
        return rewrite(_quoted(buffer.getvalue()), title, description)


def _quoted(svg: str) -> str:
    """Escape the quotes in texts: what is left between quotes is an attribute, whoever looks."""
    return re.sub(r">[^<]+<", lambda text: text.group().replace('"', "&quot;"), svg)


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
        f'<title id="{mark}-t">{escape(title, quote=False)}</title>'
        f'<desc id="{mark}-d">{escape(description, quote=False)}</desc>'
    )
    drawn = re.sub(r"\s*\n\s*(?=[A-Za-z\"])", " ", body[body.index(">") + 1 :])
    return head + shortened(re.sub(r"\s*\n\s*", "\n", drawn)).strip()


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
