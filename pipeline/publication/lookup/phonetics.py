"""Characters as people type them: one normal form, pinyin, and traditional forms.

The script of the page makes the same normal form from the same tables; one test holds both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
    texts = list(names)
    for text in (*texts, *sorted({*"".join(texts), *_common()})):
        for character, reading in _read(text):
            found[reading].add(character)
    return {reading: "".join(sorted(found[reading])) for reading in sorted(found)}


def _read(text: str) -> Iterator[tuple[str, str]]:
    """Yield each Chinese character of a text with its reading there."""
    from pypinyin import Style, lazy_pinyin

    for part in HAN.findall(text):
        readings = lazy_pinyin(part, style=Style.NORMAL, errors="ignore")
        if len(readings) == len(part):
            for character, reading in zip(part, readings, strict=True):
                yield character, normal(reading, {}).replace("v", "u")


@cache
def _common() -> str:
    codes = (bytes([row, cell]) for row in COMMON_ROWS for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)
