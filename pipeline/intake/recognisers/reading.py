"""What a recogniser answers, and the little that all of them do to a text first."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_MARKS = "，。；、：,.;:！？!?（("
DITTO = frozenset("〃 ″ 同上 同前 同左 ” \" 〃〃 '' 〞".split())
"""What stands for "as above"."""
NOTHING = frozenset(("无", "/", "\\", "-", "--", "—", "——", "／", "空", "暂无", "无。"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as a ledger writes it.

    `rule` says by what rule it differs from what was written, blank where it does not; `problem`
    why it cannot be taken, `remedy` how to mend it. `note` tells of something that is no fault.
    """

    value: str = ""
    rule: str = ""
    problem: str = ""
    remedy: str = ""
    note: str = ""


KEPT = 4096
"""Answers that a recogniser remembers: columns repeat the same few words, days and numbers."""


@lru_cache(maxsize=KEPT)
def flat(text: str) -> str:
    """Return a text in the plain form of all widths (NFKC), without any blank.

    Many look at the same cell one after the other; what was looked at lately is remembered.
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=KEPT)
def one_line(text: str) -> str:
    """Return a text of a ledger: NFC, on one line, without blanks at its ends.

    Where a line was broken after a mark nothing is needed; elsewhere a semicolon parts the lines.
    """
    lines = [
        part.strip(" \t\u3000\u00a0\u200b\ufeff") for part in re.split(r"[\r\n\v\f\u2028]+", text)
    ]
    whole = ""
    for part in filter(None, lines):
        whole += part if not whole or whole[-1] in _MARKS else f"；{part}"
    return unicodedata.normalize("NFC", whole.replace("\t", " "))


def read_text(text: str) -> Reading:
    """Read free text; says by what rule it was changed."""
    value = one_line(text)
    if value == text:
        return Reading(value)
    return Reading(value, "文字写成一行，去掉两头的空白")
