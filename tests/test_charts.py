"""Charts are accessible, themed, free of styles, and the same every time."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from pipeline.publication.charts import Series, progress

DAYS = [date(2022, 7, 14) + timedelta(days=n) for n in range(30)]


def _chart(title="南召整改走势", top=30):
    found = tuple(min(top, n) for n in range(30))
    series = [
        Series("发现", "found", found),
        Series("自报完成", "reported", tuple(n // 2 for n in found)),
        Series("核查销号", "verified", tuple(n // 3 for n in found)),
        Series("逾期", "overdue", tuple(n // 9 for n in found)),
    ]
    return progress(title, "发现30件。", DAYS, series)


def test_a_chart_is_well_formed_and_named():
    """A reader of the page without eyes learns what the chart shows."""
    root = ElementTree.fromstring(_chart())

    texts = {child.tag.rpartition("}")[2]: child.text for child in root[:2]}
    assert texts == {"title": "南召整改走势", "desc": "发现30件。"}
    assert root.get("role") == "img"


def test_a_chart_carries_no_style_and_no_colour_of_its_own():
    """A strict content policy holds, and every scheme can recolour it."""
    svg = _chart()

    assert "style=" not in svg
    assert "<style" not in svg
    assert not re.search(r"#[0-9a-fA-F]{6}\b", svg)
    assert "<script" not in svg


def test_the_same_figures_give_the_same_bytes():
    """Nothing of the machine or the day gets in."""
    assert _chart() == _chart()


@pytest.mark.parametrize("title", [r"\frac{1}{0$", "价格$5到$10", "<script>1</script>", "a&b"])
def test_titles_are_text_and_nothing_else(title):
    """No mathtext, no markup."""
    root = ElementTree.fromstring(_chart(title))

    assert root[0].text == title


@pytest.mark.parametrize("top", [0, 1, 3, 7, 546, 99_999])
def test_every_size_has_at_most_four_steps(top):
    """The axis starts at zero and stays readable."""
    found = tuple([top] * 30)
    svg = progress("图", "句", DAYS, [Series("发现", "found", found)])

    assert svg.count('text-anchor="end"') <= 5
