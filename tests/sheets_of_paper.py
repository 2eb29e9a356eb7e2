"""A printed page looked at as a reader does: nothing beyond the edge, covered, or cut off."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pypdfium2
from pypdfium2 import raw

POINTS = 72 / 25.4
COVERED = 0.3
"""Share of a character that another may cover: brackets and quotes stand close."""
SMALL = 4.0
"""Type below this size, in points on A4, nobody reads."""
SCALE = 3


@dataclass(frozen=True, slots=True)
class Glyph:
    """A visible character and its ink, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float

    @property
    def area(self) -> float:
        """Points squared; never nothing, so that one may divide by it."""
        return max((self.right - self.left) * (self.top - self.bottom), 1e-6)

    def leans_on(self, other: Glyph) -> bool:
        """Whether two letters of one word stand close, as ff does."""
        return max(self.text, other.text) < "\u2000" and abs(self.bottom - other.bottom) < 1

    def shared(self, other: Glyph) -> float:
        """The part of the smaller of two that the other covers."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0) * max(high, 0) / min(self.area, other.area)


def glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    """Return the visible characters of a page in reading order."""
    words = page.get_textpage()
    found = []
    for n in range(words.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(words.raw, n))
        size = _size(words, n)
        if text.strip() and not raw.FPDFText_IsGenerated(words.raw, n) and size > 1:
            found.append(Glyph(text, *words.get_charbox(n), size))
    return found


def _size(words: pypdfium2.PdfTextPage, n: int) -> float:
    """The size of a character as it stands on the page, whatever its matrix."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(words.raw, n, ctypes.byref(matrix))
    return raw.FPDFText_GetFontSize(words.raw, n) * abs(matrix.d or matrix.b)


def faults(
    pdf: bytes, margins: Mapping[str, float], *, smallest: float = SMALL, inks: bool = True
) -> list[str]:
    """Say what is wrong with the pages of a paper; margins are in millimetres.

    Outside a margin, one upon another, smaller than `smallest` points, and, where `inks`, cut off:
    a character of which nothing is to be seen.
    """
    document = pypdfium2.PdfDocument(pdf)
    return [
        f"page {number + 1}: {fault}"
        for number in range(len(document))
        for fault in _faults(document[number], margins, smallest, inks=inks)
    ]


def _faults(
    page: pypdfium2.PdfPage, margins: Mapping[str, float], smallest: float, *, inks: bool
) -> Iterator[str]:
    width, height = page.get_size()
    found = glyphs(page)
    left, right = margins["left"] * POINTS, width - margins["right"] * POINTS
    bottom, top = margins["bottom"] * POINTS, height - margins["top"] * POINTS
    for one in found:
        if one.left < left - 1 or one.right > right + 1 or one.bottom < bottom or one.top > top:
            yield f"{one.text} stands outside at {one.left:.0f},{one.bottom:.0f}"
        if one.size < smallest:
            yield f"{one.text} is set in {one.size:.1f} points"
    yield from _covered(found)
    if inks:
        yield from _unseen(page, found, height)


def _covered(found: list[Glyph]) -> Iterator[str]:
    """Compare each character with those that begin before it ends, from left to right."""
    order = sorted(found, key=lambda one: one.left)
    for n, one in enumerate(order):
        for other in order[n + 1 :]:
            if other.left >= one.right:
                break
            if one.shared(other) > COVERED and not one.leans_on(other):
                place = f"{one.left:.0f},{one.bottom:.0f}"
                yield f"{one.text} and {other.text} stand upon each other at {place}"


def _unseen(page: pypdfium2.PdfPage, found: list[Glyph], height: float) -> Iterator[str]:
    """Look at the picture of the page: where a character stands, there are two colours."""
    scale = SCALE * min(1.0, 842 / height)
    picture = page.render(scale=scale, grayscale=True).to_numpy().astype(int)
    picture = picture.reshape(picture.shape[:2])
    rows, columns = picture.shape
    for one in found:
        x = slice(max(int(one.left * scale) - 1, 0), min(int(one.right * scale) + 2, columns))
        y = slice(
            max(int((height - one.top) * scale) - 1, 0),
            min(int((height - one.bottom) * scale) + 2, rows),
        )
        patch = picture[y, x]
        if not patch.size or np.ptp(patch) < 40:
            yield f"{one.text} is not to be seen at {one.left:.0f},{one.bottom:.0f}"
