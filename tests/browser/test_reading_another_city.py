"""The site of another city, read by somebody who looks for a village and whom to call."""

from __future__ import annotations

import pytest
from city_words import pattern
from conftest_browser import watch

pytestmark = pytest.mark.browser


def test_a_villager_of_another_city_finds_the_village_and_a_number(chromium, xinyang_site):
    """From the first page through the look-up to the village: its city, its works, one call."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    watched = watch(context, xinyang_site.as_uri())
    page = watched.open("index.html")
    home = page.inner_text("body")
    page.fill("#find", "付河")
    page.locator(".qy-hits a", has_text="付河").first.click()
    page.wait_for_url("**/v/411502102202.html")
    village = page.inner_text("body")
    links = page.locator("a[href^='tel:']").evaluate_all("all => all.map(a => a.href)")
    context.close()

    assert "信阳" in home
    assert "东双河镇供水站" in village
    assert {*links} <= {"tel:12345", "tel:12314"}
    assert "tel:12345" in links
    assert not pattern().search(home + village)
    assert watched.wrong == []
