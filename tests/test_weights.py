"""Pages stay light and lists can be shortened, however much there is to publish."""

from __future__ import annotations

import re
from datetime import date

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication.desk import Desk
from pipeline.publication.pages.places import HELD, unit_page
from pipeline.verify import weights

TIMES = 60
"""The story's issues of a unit so many times over: hundreds more than any unit has."""
FRAME = 8_000
"""Bytes of the frame around what a page says."""
FEW = 12
"""Rows, and items of a list, from which on a phone must be able to hold some back."""

TABLE = re.compile(r"<table\b([^>]*)>(.*?)</table>", re.S)
LIST = re.compile(r"<(ul|ol|dl)\b([^>]*)>(.*?)</\1>", re.S)
SHORTENED = ("qy-list", "qy-counts", "data-qy-few")
SHORT_BY_NATURE = ("qy-links", "qy-rank", "qy-top", "qy-line", "qy-water", "qy-facts", "qy-eg")
"""Links side by side, drawings, a course of events, what one sample or one place is."""


def test_a_unit_with_hundreds_of_issues_has_a_light_page(monkeypatch):
    """The first rows stand in the page, the others beside it; late ones likewise."""
    view = disclosure.view(load(EXAMPLE).snapshot, date(2022, 9, 16), "0" * 64)
    desk = Desk(view, PROJECT / "site" / "templates")
    few = len(unit_page.make(desk, "nanzhao").body.encode())
    many = list(desk.issues.of_unit["nanzhao"]) * TIMES
    monkeypatch.setattr(desk.issues, "of_unit", {"nanzhao": many})

    page = unit_page.make(desk, "nanzhao")

    assert len(many) > 5 * HELD
    assert page.beside
    assert few < len(page.body.encode()) < weights.HEAVIEST - FRAME


def test_no_page_of_the_story_is_heavy(example_site):
    """Below the budget that verification tells of."""
    assert weights.heavy(weights.of_pages(example_site)) == []


def _long_tables(text: str) -> list[str]:
    return [
        dress
        for dress, inside in TABLE.findall(text)
        if inside.count("<tr") > FEW + 1 and "cards" not in dress and "data-qy-table" not in dress
    ]


def _long_lists(text: str) -> list[str]:
    return [
        dress
        for _, dress, inside in LIST.findall(text)
        if len(re.findall(r"<li\b|<dt\b", inside)) > FEW
        and not any(word in dress for word in (*SHORTENED, *SHORT_BY_NATURE))
    ]


@pytest.mark.parametrize("find", [_long_tables, _long_lists])
def test_every_long_list_can_hold_some_back(example_site, find):
    """Whatever may grow is of a form that a phone shortens; tables that stay whole are named."""
    found = {}
    for path in sorted(example_site.rglob("*.html")):
        address = path.relative_to(example_site).as_posix()
        if not address.startswith("method"):
            text = path.read_text(encoding="utf-8")
            if told := find(text.partition('class="qy-page')[2].partition('class="qy-asof')[0]):
                found[address] = told

    assert found == {}
