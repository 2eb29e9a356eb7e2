"""Shares are rounded by one rule, in one place, and say how sure they are."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from story import PROJECT

from pipeline import shares


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 7, "0%"), (7, 7, "100%"), (1, 2, "50%"), (1, 8, "13%"), (5, 8, "63%"),
        (1, 1000, "1%"), (999, 1000, "99%"), (1995, 2000, "99%"), (1, 200, "1%"),
        (3, 200, "2%"), (Decimal("77.9"), Decimal(100), "78%"), (0, 0, ""),
    ],
)  # fmt: skip
def test_a_share_is_rounded_half_up_and_all_means_all(part, whole, said):
    """Half goes up; 100 % and 0 % are said only where they are exact; nothing has no share."""
    assert shares.percent(part, whole) == said


PUBLISHED = (
    (0, 10, "0", "0.2775"), (1, 10, "0.0179", "0.4042"), (5, 8, "0.3057", "0.8632"),
    (15, 148, "0.0624", "0.1605"), (0, 20, "0", "0.1611"), (1, 29, "0.0061", "0.1718"),
    (81, 263, "0.2553", "0.3662"), (10, 10, "0.7225", "1"),
)  # fmt: skip
"""Newcombe 1998 (Statistics in Medicine 17, table I, method 3): 81/263, 15/148, 0/20, 1/29; the
others from the closed form with exact binomial bounds at the ends."""


@pytest.mark.parametrize(("part", "whole", "low", "high"), PUBLISHED)
def test_the_interval_is_that_of_the_books(part, whole, low, high):
    """Wilson's score interval to four places."""
    found = shares.interval(part, whole)

    assert [bound.quantize(Decimal("0.0001")) for bound in found] == [
        Decimal(low).quantize(Decimal("0.0001")),
        Decimal(high).quantize(Decimal("0.0001")),
    ]


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_is_the_mirror_of_its_complement(pair):
    """It lies in 0 to 1, around the share; what failed and what passed mirror each other."""
    part, whole = pair
    low, high = shares.interval(part, whole)
    other = shares.interval(whole - part, whole)

    assert 0 <= low <= Decimal(part) / whole <= high <= 1
    assert abs(low - (1 - other[1])) < Decimal("1e-20")


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_only_all_reads_as_all_and_only_none_as_none(pair):
    """Whatever is counted."""
    part, whole = pair
    said = shares.rounded(part, whole)

    assert (said == 100) == (part == whole)
    assert (said == 0) == (part == 0)
    assert 0 <= float(shares.extent(part, whole)) <= 100


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (3, 2), (-1, 2)])
def test_an_interval_of_the_impossible_is_refused(part, whole):
    """Nothing looked at, or more found than looked at."""
    with pytest.raises(ValueError, match=f"{part} of {whole}"):
        shares.interval(part, whole)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (5, 8, "8 处中 5 处，大约在 31% 到 86% 之间"),
        (0, 9, "9 处中 0 处，大约在 0% 到 30% 之间"),
        (1, 9, "9 处中 1 处，大约在 2% 到 43% 之间"),
        (1, 10, "10 处中 1 处，10%，大约在 2% 到 40% 之间"),
        (3, 29, "29 处中 3 处，10%，大约在 4% 到 26% 之间"),
        (3, 30, "30 处中 3 处，10%，大约在 3% 到 26% 之间"),
    ],
)
def test_few_looked_at_carry_their_interval_and_very_few_no_percentage(part, whole, said):
    """Below ten no percentage; below thirty the interval; at the limits too."""
    assert shares.sampled(part, whole, "处") == said
    assert shares.sampled(part, whole, "处", "有问题").replace("有问题", "", 1) == said


SHARES = re.compile(
    r"\*\s*100\b|\b100\s*\*|:\.\d%|:\.0f\}\s*%|\bround\(|\|\s*round\b|Math\.round|toFixed|100 //"
)
SOURCES = [
    *sorted((PROJECT / "pipeline").rglob("*.py")),
    *sorted((PROJECT / "site" / "templates").glob("*.html")),
    *sorted((PROJECT / "site" / "theme").rglob("*.html")),
    *sorted((PROJECT / "site" / "assets").glob("*.js")),
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PROJECT)))
def test_nobody_else_makes_percentages(path: Path):
    """No page, chart, script or download multiplies by a hundred or rounds a share by itself."""
    if path.name == "shares.py" or "demo" in path.parts:
        return
    found = [
        line.strip()
        for line in path.read_text(encoding="utf-8").splitlines()
        if SHARES.search(line)
    ]

    assert found == []
