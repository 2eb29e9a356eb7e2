"""Reading the site in a real browser: every page kind, every mode, nobody left out."""

from __future__ import annotations

import io
import re
from contextlib import suppress

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from conftest_browser import watch
from PIL import Image

from pipeline.publication.pages import KINDS

pytestmark = pytest.mark.browser

PROSE = {"prose": "method/architecture.html", "missing": "404.html"}
MODES = ("light", "dark", "care")


def _addresses(site) -> dict[str, str]:
    """Return one page of every kind, the heaviest."""
    heaviest: dict[str, int] = {}
    found = dict(PROSE)
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix()
        with suppress(KeyError):
            name = KINDS.at(address).name
            if path.stat().st_size > heaviest.get(name, 0):
                heaviest[name], found[name] = path.stat().st_size, address
    return found


def _context(chromium, mode: str, width: int):
    context = chromium.new_context(
        viewport={"width": width, "height": 760}, color_scheme="dark" if mode == "dark" else "light"
    )
    if mode == "care":
        context.add_init_script("localStorage.setItem('qy-care', '1')")
    return context


def test_every_kind_of_page_is_looked_at(example_site):
    """Only the rows of a clause with hundreds of deductions are no page of the story."""
    assert set(KINDS) - set(_addresses(example_site)) == {"rows"}


@pytest.mark.parametrize(
    ("mode", "width"), [*((mode, 360) for mode in MODES), ("light", 1280), ("dark", 1280)]
)
def test_no_page_has_a_barrier(chromium, server, example_site, mode, width):
    """axe-core finds nothing on any kind of page: on a phone in every mode, at a desk in two."""
    context = _context(chromium, mode, width)
    watched = watch(context, server)
    told = []
    for kind, address in _addresses(example_site).items():
        page = watched.open(address)
        report = Axe().run(page)
        for violation in report.response["violations"]:
            nodes = [n["html"][:100] for n in violation["nodes"][:2]]
            told.append(f"{kind}: {violation['id']} {nodes}")
    context.close()

    assert told == []


def test_every_page_loads_clean(chromium, base, example_site):
    """No console error, no failed request, no request to another host, from disk and server."""
    context = _context(chromium, "light", 1280)
    watched = watch(context, base)
    for address in _addresses(example_site).values():
        watched.open(address)
    context.close()

    assert watched.wrong == []


@pytest.mark.parametrize(
    ("mode", "width"),
    [("light", 320), ("light", 360), ("light", 1280), ("care", 360), ("care", 1280)],
)
def test_nothing_scrolls_sideways(chromium, server, example_site, mode, width):
    """Old phones, new phones, desks; large type from 360 pixels on."""
    context = _context(chromium, mode, width)
    watched = watch(context, server)
    wide = []
    for kind, address in _addresses(example_site).items():
        page = watched.open(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(kind)
    context.close()

    assert wide == []


def test_without_scripts_everything_is_readable(chromium, server, example_site):
    """Names, phones, verdicts and lists are in the page itself."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/{_addresses(example_site)['village']}")
    text = page.inner_text("body")
    page.goto(f"{server}/index.html")
    page.click("text=按县区一级级点")
    listed = page.inner_text("body")
    context.close()

    assert "三个责任人" in text
    assert "打电话的顺序" in text
    assert "南召县" in listed


def test_large_type_is_remembered(chromium, server):
    """One button, the whole site, until it is pressed again."""
    context = _context(chromium, "light", 360)
    watched = watch(context, server)
    page = watched.open("index.html")
    page.click(".qy-care-btn")
    grown = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    page = watched.open("units.html")
    kept = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    pressed = page.get_attribute(".qy-care-btn", "aria-pressed")
    context.close()

    assert grown == kept == "26px"
    assert pressed == "true"


def test_dark_and_light_can_be_chosen(chromium, server):
    """The choice wins over the system's, and is remembered."""
    context = _context(chromium, "light", 1280)
    watched = watch(context, server)
    page = watched.open("index.html")
    page.click("[data-qy-scheme-toggle] >> nth=0")
    page = watched.open("units.html")
    scheme = page.get_attribute("body", "data-md-color-scheme")
    context.close()

    assert scheme == "slate"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_page_prints_as_a_tidy_sheet(chromium, server, example_site, mode):
    """Black on white in either scheme, address and code on it, a code that a phone can read."""
    context = _context(chromium, mode, 1280)
    watched = watch(context, server)
    page = watched.open(_addresses(example_site)["village"])
    on_screen = page.locator(".qy-qr").is_visible()
    page.emulate_media(media="print")
    seen = {name: page.locator(name).first.is_visible() for name in (".qy-qr", ".qy-here")}
    hidden = [page.locator(name).first.is_visible() for name in (".md-header", ".md-footer")]
    ink = page.eval_on_selector("h1", "h => getComputedStyle(h).color")
    shot = page.locator(".qy-qr").screenshot()
    address = page.locator(".qy-here").inner_text()
    code = page.locator("[data-qy-board]").get_attribute("data-qy-board")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    context.close()

    assert not on_screen
    assert seen == {".qy-qr": True, ".qy-here": True}
    assert not any(hidden)
    assert ink == "rgb(0, 0, 0)"
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)))[0].text == f"{address}?v={code}"
    assert paper.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2


BOARD = re.compile(r'data-qy-board="([^"]+)"')
OLDER = re.compile(r'data-duties="([^"]+)" data-numbers="([^"]+)"')


@pytest.mark.parametrize("code", ["none", "same", "older", "unknown", "short"])
def test_a_board_s_code_is_compared_with_the_page(chromium, base, example_site, code):
    """?v= from a board: the same says so quietly; an older one is told in words what differs."""
    html = (example_site / "u" / "yahe.html").read_text(encoding="utf-8")
    now, (duties, numbers) = BOARD.search(html)[1], OLDER.search(html).groups()
    codes = {
        "same": now,
        "older": duties + now[5:10] + numbers,
        "unknown": "0" * 15,
        "short": "abcd123",
    }
    said = {
        "none": [],
        "same": ["牌子和本页一致"],
        "older": [
            "牌子该换了",
            "牌子上的管委会主任是杜树，现在是梁才，2022年7月19日换的",
            "换牌子",
        ],
        "unknown": ["牌子该换了", "责任人变了", "供水的村或供水工程变了", "要打的电话变了"],
        "short": ["不是现在的牌子"],
    }[code]
    context = chromium.new_context()
    watched = watch(context, base)
    page = watched.open(f"u/yahe.html{f'?v={codes[code]}' if code in codes else ''}")
    note = page.locator(".qy-board")

    assert note.count() == bool(said)
    for words in said:
        assert words in note.inner_text()
    assert watched.wrong == []
    context.close()


def test_a_print_of_a_page_without_a_board_is_compared_by_its_digest(chromium, server):
    """The code on a printed list is that of what the list said."""
    context = chromium.new_context()
    watched = watch(context, server)
    digest = watched.open("hotlines.html").get_attribute('meta[name="page-digest"]', "content")
    notes = [
        watched.open(f"hotlines.html?v={code}").locator(".qy-board").inner_text()
        for code in (digest, "0123abc")
    ]
    context.close()

    assert "打印件和本页一致" in notes[0]
    assert "打印以后，这一页改过" in notes[1]
