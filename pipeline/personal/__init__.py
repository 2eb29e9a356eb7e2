"""Personal data in any text: found, and starred out before anybody is shown it.

Pure functions over text, used where data come in (the privacy gate), where findings are made and
where a finished site is verified. They know nothing of files, schemas or pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.personal.detection import Detection, Kind
from pipeline.personal.numbers import numbers_in
from pipeline.personal.traces import traces_in
from pipeline.personal.villagers import names_in

__all__ = ["Detection", "Kind", "detect", "kinds_in", "mask", "pieces"]

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
"""Characters that nobody sees: they may stand inside a name or a number and hide nothing."""


def detect(text: str) -> list[Detection]:
    """Return all personal data in a text, in order; of overlapping ones the first, then longest."""
    if not _UNSEEN.search(text):
        return _apart([*numbers_in(text), *traces_in(text), *names_in(text)])
    seen = [n for n, c in enumerate(text) if not _UNSEEN.match(c)]
    found = detect("".join(text[n] for n in seen))
    return [
        Detection(one.kind, seen[one.start], seen[one.end - 1] + 1, one.is_sure) for one in found
    ]


@lru_cache(maxsize=131_072)
def kinds_in(text: str) -> frozenset[Kind]:
    """Return the kinds of personal data in a text, wherever they stand.

    Several gates ask about the same words, which stand in many columns and shards: what was looked
    at is remembered.
    """
    return frozenset(found.kind for found in detect(text))


def mask(text: str, *, keeps: frozenset[Kind] = frozenset(), also: Iterable[str] = ()) -> str:
    """Return the text with the telling part of all personal data starred out, length unchanged.

    `keeps` names kinds that may be shown; `also` are pieces of personal data that were recognised
    in another text and must not be shown in this one either, though nothing here gives them away.
    """
    parts, last = [], 0
    for found in _in_words(text):
        if found.kind not in keeps:
            parts += [text[last : found.start], _starred(text[found.start : found.end], found.kind)]
            last = found.end
    masked = "".join([*parts, text[last:]])
    for piece in also:
        masked = masked.replace(piece, _starred(piece, "name"))
    return masked


@lru_cache(maxsize=4096)
def _in_words(text: str) -> tuple[Detection, ...]:
    """Return the personal data in a text that is shown: one remedy is shown with many findings."""
    return tuple(detect(text))


def pieces(text: str) -> list[str]:
    """Return the names that stand in a text, longest first, for `mask(also=...)`."""
    found = {text[one.start : one.end] for one in _in_words(text) if one.kind == "name"}
    return sorted(found, key=lambda piece: (-len(piece), piece))


_SHOWN: dict[Kind, tuple[int, int]] = {"mobile": (3, 4), "identity": (6, 0), "card": (4, 0)}
"""Characters of a number left standing at its front and its back; of all else one is."""


def _starred(piece: str, kind: Kind) -> str:
    front, back = _SHOWN.get(kind, (1, 0))
    return piece[:front] + "*" * (len(piece) - front - back) + piece[len(piece) - back :]


def _apart(found: list[Detection]) -> list[Detection]:
    kept: list[Detection] = []
    for one in sorted(found, key=lambda d: (d.start, -d.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
