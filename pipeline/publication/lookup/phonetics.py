"""Characters as people type them: one normal form, pinyin, and traditional forms.

The script of the page makes the same normal form from the same tables; one test holds both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from unicodedata import normalize

from pipeline.traditional import simplified_forms

MARKS = re.compile(r"[^0-9a-z\u3400-\u4dbf\u4e00-\u9fff]+")
"""Everything that says nothing about a name: spaces, quotes, commas, full stops, dashes."""

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")

TONES = re.compile("[\u0300-\u036f]")

LAST = "\uffff"
"""The last character that the script of the page reads as one."""

COMMON_ROWS = range(0xB0, 0xD8)
"""Rows of GB 2312 with its 3755 common characters; what may be typed in place of a name's own."""


def normal(text: str, variants: Mapping[str, str]) -> str:
    """Return what is compared: simplified, half width, lower case, words apart by one space.

    Accents go too, so that wángyíng and lǜ are as good as wangying and lu.
    """
    plain = TONES.sub("", normalize("NFKD", text)).lower()
    return MARKS.sub(" ", "".join(variants.get(c, c) for c in plain)).strip()


def variants_of(texts: Iterable[str]) -> dict[str, str]:
    """Return the traditional forms of the characters that occur, each with its simplified one."""
    occurring = set("".join(texts))
    return {
        t: s
        for t, s in simplified_forms().items()
        if t <= LAST and s in occurring and t not in occurring
    }


def syllables(names: Iterable[str]) -> dict[str, str]:
    """Return characters by syllable: all that occur, read as in their names, and the common ones.

    A character that is read in two ways stands in two syllables; ü is written u, as it is typed.
    """
    found: dict[str, set[str]] = defaultdict(set)
    texts = dict.fromkeys(names)
    told: dict[str, None] = {}
    for text in (*texts, *sorted({*"".join(texts), *_common()})):
        told |= dict.fromkeys(HAN.findall(text))
    for text in told:
        for character, reading in _read(text):
            found[reading].add(character)
    return {reading: "".join(sorted(found[reading])) for reading in sorted(found)}


def _read(text: str) -> Iterator[tuple[str, str]]:
    """Yield each character of a text of Chinese characters with its reading there.

    A text is read phrase by phrase, and thousands of names are made of the same few phrases: each
    of them is read once. Of a text with a character that has no reading, nothing is known.
    """
    told = [_spoken(phrase) for phrase in _segments()(text)]
    if all(told):
        for pairs in told:
            yield from pairs


@cache
def _segments() -> Callable[[str], Iterable[str]]:
    """Return what cuts a text into the phrases that are read together."""
    from pypinyin.seg import mmseg

    cut: Callable[[str], Iterable[str]] = mmseg.seg.cut
    return cut


@cache
def _spoken(phrase: str) -> tuple[tuple[str, str], ...]:
    """Return each character of a phrase with its reading; nothing if one has none."""
    from pypinyin import Style, lazy_pinyin

    readings = lazy_pinyin(phrase, style=Style.NORMAL, errors="ignore")
    if len(readings) != len(phrase):
        return ()
    return tuple(
        (character, normal(reading, {}).replace("v", "u"))
        for character, reading in zip(phrase, readings, strict=True)
    )


@cache
def _common() -> str:
    codes = (bytes([row, cell]) for row in COMMON_ROWS for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)
