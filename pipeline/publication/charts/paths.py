"""Paths as short as a page deserves.

Tenths of a point, level and upright lines by one number, neighbours of one dress as one path.
What a chart draws is a third of the weight of a unit's page on a village's network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

TOGETHER = 3
"""Texts in a row from which on a group is shorter than saying everything of each."""

_PATH = re.compile(r' d="([^"]*)"')
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_UNSEEN = re.compile(r'<path d="[^"]*"(?: clip-path="[^"]*")? fill="none"/>\s*')
_STRAIGHT = "ML"
_DRAWN = re.compile(r'<path d="([^"]*)"([^>]*)/>')
_TEXTS = re.compile(r'<text( class="[^"]*"[^>]*?)( x="[^"]*" y="[^"]*">[^<]*</text>)')
_SEEN_THROUGH = "opacity"


def shortened(svg: str) -> str:
    """Return a drawing with shorter paths, and without those that have neither line nor filling."""
    short = _PATH.sub(lambda found: f' d="{_short(found[1])}"', _UNSEEN.sub("", svg))
    return "\n".join(_grouped(_joined(short.split("\n"))))


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Make one path of neighbours that differ in nothing but where they go.

    What is seen through stays apart: two that overlap would be darker there.
    """
    for dress, some in groupby(lines, lambda line: _dress(_DRAWN.fullmatch(line))):
        if dress is None:
            yield from some
        else:
            found = (_DRAWN.fullmatch(line) for line in some)
            yield f'<path d="{"".join(one[1] for one in found if one)}"{dress}/>'


def _dress(path: re.Match[str] | None) -> str | None:
    """Return what a path looks like, or None for one that must stay by itself."""
    return None if path is None or _SEEN_THROUGH in path[2] else path[2]


def _grouped(lines: Iterable[str]) -> Iterator[str]:
    """Say once what several texts in a row have in common."""
    for dress, some in groupby(lines, lambda line: (m := _TEXTS.fullmatch(line)) and m[1]):
        texts = list(some)
        if not dress or len(texts) < TOGETHER:
            yield from texts
        else:
            yield f"<g{dress}>"
            yield from (line.replace(dress, "", 1) for line in texts)
            yield "</g>"


def _short(path: str) -> str:
    """Write a path shortly; of curves only the decimals go."""
    told, here = [], ("", "")
    for command, numbers in _STEP.findall(path):
        values = [_tenths(number) for number in numbers.split()]
        if command not in _STRAIGHT or len(values) != 2:
            told.append(command + " ".join(values))
            here = (values[-2], values[-1]) if len(values) > 1 else ("", "")
            continue
        x, y = values
        if command == "L" and y == here[1]:
            told.append(f"H{x}")
        elif command == "L" and x == here[0]:
            told.append(f"V{y}")
        else:
            told.append(f"{command}{x} {y}")
        here = x, y
    return "".join(told)


def _tenths(number: str) -> str:
    """Write a number to a tenth, without what says nothing."""
    text = f"{float(number):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
