"""The only door to Pillow: what a chat shows when somebody shares a page, drawn as PNG.

A card has one ground, three colours of text and a gauge, so it is drawn with a palette from the
start: each colour of text in a few steps of smoothing towards the ground. Such a file is a third as
large as one in full colours, and takes a fifth of the time.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.publication.charts import canvas
from pipeline.trouble import EnvironmentTrouble

SIZE = (1200, 630)
"""Dots; the shape that chats and social sites crop to."""
GROUND, WHITE, PALE, SEEN, SAID, LATE, EMPTY = (
    "#0b3d59", "#ffffff", "#c9e2f0", "#8fc0da", "#2b6a8f", "#ffa17c", "#12506f",
)  # fmt: skip
"""A picture cannot follow the page's colour scheme: it is always the head of the site."""
TEXTS = (WHITE, PALE, LATE)
STEPS = 32
"""Steps from the ground to a colour of text."""
LEVEL = 4
"""How hard zlib tries: a fifth less time than the usual 6, for three hundredths more bytes."""

Gauge = tuple[float, float, float]
"""Seen, said and late as parts of all that was found, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One large figure: a word, a number as text, and whether it is late."""

    word: str
    number: str
    is_late: bool = False


def picture(site: str, name: str, figures: Sequence[Figure], shares: Gauge, foot: str) -> bytes:
    """Draw a card as PNG, without metadata; the same card has the same bytes.

    Raises:
        EnvironmentTrouble: the font lacks one of the characters.
    """
    card = _blank(site, tuple(one.word for one in figures), foot).copy()
    _text(card, 66, 200, name, 72 if len(name) <= 12 else 56, WHITE)
    for number, one in enumerate(figures):
        _text(card, _column(number), 330, one.number, 84, LATE if one.is_late else WHITE)
    _gauge(card, *shares)
    buffer = io.BytesIO()
    card.save(buffer, "PNG", compress_level=LEVEL)
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _blank(site: str, words: tuple[str, ...], foot: str) -> Any:
    """Return a card with what all cards of a build say, to be copied."""
    from PIL import Image

    card = Image.new("P", SIZE, 0)
    card.putpalette(_palette())
    _text(card, 70, 92, site, 30, PALE)
    for number, word in enumerate(words):
        _text(card, _column(number), 420, word, 30, PALE)
    _text(card, 70, 572, foot, 28, PALE)
    return card


def _column(number: int) -> int:
    return 70 + number * 370


@lru_cache(maxsize=1)
def _palette() -> bytes:
    """Return the colours: the ground, each text from faint to full, and those of the gauge."""
    from PIL.ImageColor import getrgb

    ground = getrgb(GROUND)
    colours: list[tuple[int, ...]] = [ground]
    for text in TEXTS:
        colours += [
            tuple(a + (b - a) * step // STEPS for a, b in zip(ground, getrgb(text), strict=True))
            for step in range(1, STEPS + 1)
        ]
    colours += map(getrgb, (EMPTY, SAID, SEEN))
    return bytes(part for colour in colours for part in colour)


@lru_cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(canvas.font_path()), size, layout_engine=ImageFont.Layout.BASIC)


def _text(card: Any, x: int, y: int, text: str, size: int, colour: str) -> None:
    """Write a text from a point to the right, its line centred upon the point; sizes in dots."""
    if written := _written(text, size, colour):
        inked, mask, left, top = written
        card.paste(inked, (x + left, y + top), mask)


@lru_cache(maxsize=200)
def _written(text: str, size: int, colour: str) -> tuple[Any, Any, int, int] | None:
    """Return a text in the colours of the palette, where it covers, and where it begins.

    The same small numbers stand on many cards.
    """
    from PIL import Image, ImageDraw

    if missing := {one for one in text if ord(one) not in canvas.characters()}:
        raise EnvironmentTrouble(f"画图的字体里没有这个字：{'、'.join(sorted(missing))}")
    font = _font(size)
    left, top, right, bottom = font.getbbox(text, anchor="lm")
    if right <= left:
        return None
    ink = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(ink).text((-left, -top), text, fill=255, font=font, anchor="lm")
    steps = ink.point([(strength * STEPS + 127) // 255 for strength in range(256)])
    first = TEXTS.index(colour) * STEPS
    inked = steps.point([0] + [first + step for step in range(1, 256 - first)] + [0] * first)
    return inked, steps.point([0] + [255] * 255), left, top


def _gauge(card: Any, seen: float, said: float, late: float) -> None:
    """Draw what was seen, what is said and, from the right, what is late."""
    from PIL import ImageDraw

    left, width, top, height = 70, SIZE[0] - 140, 476, 26
    after = len(TEXTS) * STEPS + 1
    full = TEXTS.index(LATE) * STEPS + STEPS
    draw = ImageDraw.Draw(card)
    for start, part, colour in (
        (0.0, 1.0, after), (0.0, said, after + 1), (0.0, seen, after + 2), (1 - late, late, full),
    ):  # fmt: skip
        begin, end = left + int(start * width), left + int((start + part) * width)
        if end > begin:
            draw.rectangle((begin, top, end - 1, top + height - 1), fill=colour)
