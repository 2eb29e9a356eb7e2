"""Charts are accessible, themed, free of styles, and the same every time."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from pipeline.publication.charts.picture import Figure, picture
from pipeline.publication.charts.progress import Series, progress
from pipeline.publication.charts.ranking import Place, ranking
from pipeline.publication.charts.small_multiples import Panel, Part, panels, stacks
from pipeline.trouble import EnvironmentTrouble

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


@pytest.fixture(scope="module")
def kinds():
    """Return one drawing of each kind of chart with a row for each name."""
    names = ("南召", "方城", "官庄")
    parts = (Part("达标", "seen", (3, 0, 0)), Part("不达标", "late", (1, 2, 0)))
    places = (
        Place("1", "南召", 90.5, 80.0, 95.0, (90.5, 90.5)),
        Place("—", "官庄", None, 20.0, 90.0, (19.5, 88.5)),
    )
    return {
        "stacks": stacks("图", "句。", names, parts, silent=(2,)),
        "shares": stacks("图", "句。", names, parts, silent=(2,), is_share=True),
        "panels": panels("图", "句。", names, (Panel("有电话", (0.5, 1.0, None)),)),
        "ranking": ranking("图", "句。", places),
    }


def test_every_kind_of_chart_is_themed_and_named(kinds):
    """No colour, no style, no script; title and description for those who cannot see it."""
    for name, svg in kinds.items():
        root = ElementTree.fromstring(svg)

        assert [child.text for child in root[:2]] == ["图", "句。"], name
        assert not re.search(r"#[0-9a-fA-F]{6}\b|style|<script", svg), name


def test_what_is_not_reported_is_never_drawn_as_nothing(kinds):
    """Words for a silent row, an empty dashed box in a panel, a span without a dot for a total."""
    assert "未报告" in kinds["stacks"]
    assert "stroke-dasharray" in kinds["panels"]
    assert "19.5–88.5" in kinds["ranking"]


def test_charts_of_one_unit_and_of_no_issue_are_drawn():
    """The smallest city has one unit, and on the first day nothing is found."""
    assert stacks("图", "句。", ("南召",), (Part("还没到期", "waiting", (0,)),))
    assert ranking("图", "句。", (Place("1", "南召", 90.0, 90.0, 90.0, (90.0, 90.0)),))
    assert panels("图", "句。", ("南召",), (Panel("有电话", (None,)),))


def test_a_picture_is_a_png_of_the_size_that_chats_expect_and_the_same_each_time():
    """1200 by 630 dots, no metadata of the machine."""
    values = ("清源", "南召县", (Figure("发现", "3"),), (0.2, 0.5, 0.1), "数据日期")
    made = picture(*values)

    assert made == picture(*values)
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (1200, 630)
    assert b"Software" not in made


def test_a_picture_without_a_glyph_is_refused_in_words():
    """An empty box in a shared picture would be silent damage."""
    with pytest.raises(EnvironmentTrouble, match="没有这个字"):
        picture("清源", "\U0001f6b0县", (), (0, 0, 0), "")
