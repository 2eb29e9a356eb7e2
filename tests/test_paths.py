"""Paths of charts: short, and the same line."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.publication.charts.paths import shortened

NUMBER = st.floats(-500, 500, allow_nan=False).map(lambda n: f"{n:.6f}")


def points(path: str) -> list[tuple[float, float]]:
    """Return where a path of straight lines goes."""
    here, found = (0.0, 0.0), []
    for command, numbers in re.findall(r"([MLHVz])([^MLHVz]*)", path):
        values = [float(n) for n in numbers.split()]
        if command == "z":
            continue
        here = {
            "H": lambda v, h: (v[0], h[1]),
            "V": lambda v, h: (h[0], v[0]),
        }.get(command, lambda v, _: (v[0], v[1]))(values, here)
        found.append(here)
    return found


@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=8))
def test_a_shorter_path_goes_the_same_way(line):
    """Within a tenth of a point, point by point."""
    long = " ".join(f"{'L' if n else 'M'} {x} {y}" for n, (x, y) in enumerate(line)) + " z "
    short = shortened(f'<path d="{long}" class="x"/>')

    reached = points(re.search(r'd="([^"]*)"', short)[1])
    assert len(reached) == len(line)
    for (x, y), (nx, ny) in zip(line, reached, strict=True):
        assert abs(float(x) - nx) <= 0.051
        assert abs(float(y) - ny) <= 0.051


def test_a_bar_is_told_by_its_corners():
    """Level and upright lines take one number; a path that cannot be seen goes."""
    bar = "M 48.96 23.58 L 117.912 23.58 L 117.912 34.74 L 48.96 34.74 z "

    assert shortened(f'<path d="{bar}" class="a"/>') == (
        '<path d="M49 23.6H117.9V34.7H49z" class="a"/>'
    )
    assert shortened(f'<path d="{bar}" fill="none"/>') == ""


def test_neighbours_of_one_dress_are_one_path():
    """A row of bars is told once; what is seen through and what looks otherwise stays apart."""
    one, two = '<path d="M 0 0 L 1 0 z" class="a"/>', '<path d="M 0 2 L 1 2 z" class="a"/>'
    other = '<path d="M 0 4 L 1 4 z" class="b"/>'
    seen_through = '<path d="M 0 6 L 1 6 z" class="a" opacity="0.2"/>'

    told = shortened("\n".join((one, two, other, seen_through, seen_through)))

    assert told.count("<path") == 4
    assert '<path d="M0 0H1zM0 2H1z" class="a"/>' in told


def test_texts_in_a_row_say_once_how_they_look():
    """Names beside the bars of a chart; a lone text keeps its own dress."""
    names = [f'<text class="a" font-size="11px" x="4" y="{n}">名{n}</text>' for n in range(3)]
    alone = '<text class="b" font-size="11px" x="4" y="9">独</text>'

    told = shortened("\n".join((*names, alone)))

    assert told.startswith('<g class="a" font-size="11px">\n<text x="4" y="0">名0</text>')
    assert told.endswith(f"</g>\n{alone}")
