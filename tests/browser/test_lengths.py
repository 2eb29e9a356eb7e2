"""Long pages on a phone: lists begin with a few, the rest comes with a tap and is never lost."""

from __future__ import annotations

import pytest
from conftest_browser import watch
from test_reading import _addresses

from pipeline.publication.pages import KINDS

pytestmark = pytest.mark.browser

SCREEN = 760
"""Pixels: what a phone of 360 shows at once."""
SCREENS = 12
READ = {"village": 14, "works": 14, "issue": 14, "township": 14}
"""Screens of what is read from the top and is no list: pages with several duties, a history."""
PHONE = {"viewport": {"width": 360, "height": SCREEN}}


def _alike(kind: str) -> bool:
    """Whether one page of a kind is as long as the next: the heaviest of them is enough."""
    return kind in ("rule", "village", "issue", "works")


def _pages(site) -> list[tuple[str, str]]:
    """Return kind and address of all pages that the pipeline makes, one of those that are alike."""
    heaviest = _addresses(site)
    found = []
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix()
        try:
            kind = KINDS.at(address).name
        except KeyError:  # prose
            continue
        if not _alike(kind) or heaviest[kind] == address:
            found.append((kind, address))
    return found


def test_no_page_is_endless_on_a_phone(chromium, server, example_site):
    """Twelve screens at first paint; what is read from the top, a little more."""
    context = chromium.new_context(**PHONE)
    page = watch(context, server).page
    long = []
    for kind, address in _pages(example_site):
        page.goto(f"{server}/{address}", wait_until="domcontentloaded")
        screens = page.evaluate("document.documentElement.scrollHeight") / SCREEN
        if screens > READ.get(kind, SCREENS):
            long.append((address, round(screens, 1)))
    context.close()

    assert long == []


def test_the_rest_of_a_list_comes_with_a_tap(chromium, base):
    """One button that says how many; what comes has the focus, the button is gone."""
    context = chromium.new_context(**PHONE)
    watched = watch(context, base)
    page = watched.open("readings.html")
    articles = page.locator("article.qy-question")
    all_of_them, before = articles.count(), page.locator("article.qy-question:visible").count()
    page.get_by_role("button", name=f"再看其余 {all_of_them - 10} 项").click()
    after = page.locator("article.qy-question:visible").count()
    inside = page.evaluate("!!document.activeElement.closest('article:nth-of-type(11)')")
    buttons = page.locator(".qy-again.few >> visible=true", has_text=str(all_of_them - 10)).count()
    context.close()

    assert (before, after) == (10, all_of_them)
    assert inside
    assert buttons == 0
    assert watched.wrong == []


def test_a_link_into_a_list_brings_what_it_leads_to(chromium, base):
    """From another page and on the page itself; the target stands on the screen."""
    context = chromium.new_context(**PHONE)
    watched = watch(context, base)
    page = watched.open("readings.html#G40")
    first = page.locator("#G40").bounding_box()
    page = watched.open("readings.html")
    page.evaluate("location.hash = 'G40'")
    page.locator("#G40").wait_for()
    again = page.locator("#G40").bounding_box()
    context.close()

    assert -1 <= first["y"] < SCREEN
    assert -1 <= again["y"] < SCREEN
    assert watched.wrong == []


def test_a_folded_section_opens_with_a_tap_or_a_link(chromium, base):
    """Its heading stands there and says what it is; what is opened has the focus."""
    context = chromium.new_context(**PHONE)
    watched = watch(context, base)
    page = watched.open("u/nanzhao.html")
    section = page.locator("section[data-qy-fold]", has=page.locator("#reported"))
    inside = section.locator("dl")
    closed = inside.is_visible(), section.locator("h2").is_visible()
    section.get_by_role("button", name="展开：台账报来没有").click()
    opened = inside.is_visible(), section.get_by_role("button").count()
    focus = page.evaluate("document.activeElement.querySelector('h2').id")
    page.goto(page.url + "#keeping")
    linked = page.locator("section[data-qy-fold]", has=page.locator("#keeping"))
    led = linked.locator("dl, .qy-none").first.is_visible()
    context.close()

    assert closed == (False, True)
    assert opened == (True, 0)
    assert focus == "reported"
    assert led
    assert watched.wrong == []


def opened(chromium, address, how):
    """Open a page on a desk, on a phone without scripts, or on one for paper."""
    width = 1280 if how == "wide" else 360
    context = chromium.new_context(
        viewport={"width": width, "height": SCREEN}, java_script_enabled=how != "no scripts"
    )
    page = context.new_page()
    page.goto(address)
    if how == "paper":
        page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("how", ["wide", "no scripts", "paper"])
def test_no_section_is_folded_elsewhere(chromium, server, how):
    """On a desk, without scripts and on paper every section of a unit is open, without a button."""
    page = opened(chromium, f"{server}/u/nanzhao.html", how)
    kept = "section[data-qy-fold] > :not(header):not(.qy-more):not(.qy-again):not(.qy-data)"
    told = page.locator(kept).count(), page.locator(f"{kept} >> visible=true").count()
    buttons = page.locator("[data-qy-fold] > header button >> visible=true").count()
    page.context.close()

    assert told[0] == told[1] > 5
    assert buttons == 0


@pytest.mark.parametrize("how", ["wide", "no scripts", "paper"])
def test_nothing_is_held_back_elsewhere(chromium, server, how):
    """On a desk, without scripts and on paper every row is there, and no button."""
    page = opened(chromium, f"{server}/data.html", how)
    rows = page.locator("table.cards tbody tr")
    told = rows.count(), page.locator("table.cards tbody tr:visible").count()
    buttons = page.locator(".qy-again.few button >> visible=true").count()
    page.context.close()

    assert told[0] == told[1] > 10
    assert buttons == 0
