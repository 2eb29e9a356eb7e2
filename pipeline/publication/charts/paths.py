"""Paths as short as a page deserves: tenths of a point, level and upright lines by one number.

What a chart draws is a third of the weight of a unit's page on a village's network.
"""

from __future__ import annotations

import re

_PATH = re.compile(r' d="([^"]*)"')
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_UNSEEN = re.compile(r'<path d="[^"]*"(?: clip-path="[^"]*")? fill="none"/>\s*')
_STRAIGHT = "ML"


def shortened(svg: str) -> str:
    """Return a drawing with shorter paths, and without those that have neither line nor filling."""
    return _PATH.sub(lambda found: f' d="{_short(found[1])}"', _UNSEEN.sub("", svg))


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
