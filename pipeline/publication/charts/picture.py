"""The picture that a chat shows when somebody shares a page: name, three figures, the gauge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.publication.charts import canvas

SIZE = (1200, 630)
"""Dots; the shape that chats and social sites crop to."""
GROUND, WHITE, PALE, SEEN, SAID, LATE = (
    "#0b3d59", "#ffffff", "#c9e2f0", "#8fc0da", "#2b6a8f", "#ffa17c",
)  # fmt: skip
"""A picture cannot follow the page's colour scheme: it is always the head of the site."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One large figure: a word, a number as text, and whether it is late."""

    word: str
    number: str
    is_late: bool = False


def picture(
    site: str, name: str, figures: Sequence[Figure], shares: tuple[float, float, float], foot: str
) -> bytes:
    """Draw a card as PNG.

    `shares` are seen, said and late as parts of all that was found, from 0 to 1.

    Raises:
        EnvironmentTrouble: no font has one of the characters.
    """
    with canvas.style(is_page=False):
        figure = canvas.figure(SIZE[0] / 100, SIZE[1] / 100)
        figure.set_facecolor(GROUND)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, SIZE[0])
        axes.set_ylim(SIZE[1], 0)
        _text(axes, 70, 92, site, 22, PALE)
        _text(axes, 66, 200, name, 52 if len(name) <= 12 else 40, WHITE)
        for number, one in enumerate(figures):
            x = 70 + number * 370
            _text(axes, x, 330, one.number, 60, LATE if one.is_late else WHITE)
            _text(axes, x, 420, one.word, 22, PALE)
        _gauge(axes, *shares)
        _text(axes, 70, 572, foot, 20, PALE)
        return canvas.png(figure)


def _text(axes: Any, x: float, y: float, text: str, size: float, colour: str) -> None:
    axes.text(x, y, text, color=colour, fontsize=size, va="center", ha="left")


def _gauge(axes: Any, seen: float, said: float, late: float) -> None:
    """Draw what was seen, what is said and, from the right, what is late."""
    left, width = 70, SIZE[0] - 140
    for start, part, colour in (
        (0.0, 1.0, "#12506f"), (0.0, said, SAID), (0.0, seen, SEEN), (1 - late, late, LATE),
    ):  # fmt: skip
        axes.barh(489, part * width, left=left + start * width, height=26, color=colour)
