"""How far the sheets of a file reach, and how much text they repeat, read without a library.

A sheet is as large as its last filled cell is far from the first, whatever lies between; one long
text may stand in a hundred thousand cells though it is kept once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 100_000, 1000, 1_000_000
"""How far the last filled cell of a sheet may lie from the first."""
MOST_TEXT = 100_000_000
"""Bytes of all texts of a sheet, each as often as it stands there."""

_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,9})([0-9]{1,9})"[^>]*?(?<!/)>')
_SHARED = re.compile(rb'\bt="s"[^>]*>\s*<(?:\w+:)?v[^>]*>([0-9]{1,9})<')
_STRING = re.compile(rb"<(?:\w+:)?si\b")
_ODS = re.compile(
    rb"<(/?)(?:\w+:)?(table-row|table-cell|covered-table-cell|table)(?=[\s/>])([^>]*)>"
)
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated\s*=\s*["\']([0-9]{1,9})["\']')

Extent = tuple[int, int]
"""The number of the last row with something in it, and of the last such column."""


def is_too_far(extent: Extent) -> bool:
    """Whether a sheet is larger than is read."""
    last, width = extent
    return last > MOST_ROWS or width > MOST_COLUMNS or last * width > MOST_CELLS


def of_xlsx(content: bytes) -> Extent:
    """Return how far a sheet of an .xlsx reaches."""
    last = width = 0
    seen: dict[bytes, int] = {}
    for column, row in _CELL.findall(content):
        last = max(last, int(row))
        if column not in seen:
            seen[column] = _number(column)
            width = max(width, seen[column])
    return last, width


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def lengths(strings: bytes) -> list[int]:
    """Return the length of each text of the table of shared texts of an .xlsx."""
    starts = [found.start() for found in _STRING.finditer(strings)] + [len(strings)]
    return [end - start for start, end in zip(starts, islice(starts, 1, None), strict=False)]


def repeats_too_much(content: bytes, texts: Sequence[int]) -> bool:
    """Whether the cells of a sheet show more text than is read."""
    if content.count(b't="s"') * max(texts, default=0) <= MOST_TEXT:
        return False
    numbers = map(int, _SHARED.findall(content))
    return sum(texts[n] for n in numbers if n < len(texts)) > MOST_TEXT


def of_ods(content: bytes) -> Extent:
    """Return how far the largest sheet of an .ods reaches; rows and cells may stand for many."""
    farthest = (0, 0)
    row = column = last = width = filled = times = 0
    for found in _ODS.finditer(content):
        is_end, name, told = bool(found[1]), found[2], found[3]
        if name == b"table":
            row = last = width = 0
        elif name == b"table-row":
            if not is_end:
                times, column, filled = _times(told), 0, 0
            if is_end or told.endswith(b"/"):
                row += times
                if filled:
                    last, width = row, max(width, filled)
                    farthest = max(farthest, (last, width), key=lambda e: e[0] * e[1])
                    if is_too_far(farthest):
                        return farthest
        elif not is_end:
            column += _times(told)
            if not told.endswith(b"/") or b"value-type" in told:
                filled = column
    return farthest


def _times(told: bytes) -> int:
    found = _REPEATED.search(told)
    return int(found[1]) if found else 1
