"""Each kind of page on paper: whose it is, what it is, nothing folded, no sheet for a code."""

from __future__ import annotations

import re

import pytest
from conftest_browser import watch
from test_reading import _addresses

pytestmark = pytest.mark.browser

SHEETS = re.compile(rb"/Type\s*/Page\b")
AT_MOST = {"village": 2, "works": 2, "issue": 2, "group": 2, "clause": 2, "index": 2}
FOLDED = "details:not([open]):not(.qy-data):not(.qy-filter):not(.qy-boards details)"


def _printed(chromium, server):
    context = chromium.new_context(viewport={"width": 1280, "height": 760})
    return context, watch(context, server)


def test_every_kind_says_on_paper_whose_it_is_and_what(chromium, server, example_site):
    """The name of the site and the title of the page, with the day and the way back to it."""
    context, watched = _printed(chromium, server)
    lacking = []
    for kind, address in _addresses(example_site).items():
        page = watched.open(address)
        page.emulate_media(media="print")
        shown = page.locator("body").inner_text()
        wanted = ["清源", page.locator("h1").first.inner_text().strip()]
        wanted += ["数据日期", "页面校验码"] if kind != "missing" else []
        lacking += [(kind, words) for words in wanted if words not in shown or not words]
    context.close()

    assert lacking == []


@pytest.mark.parametrize("kind", AT_MOST)
def test_a_page_to_take_along_has_few_sheets(chromium, server, example_site, kind):
    """The heaviest page of the kind: two sheets, printed on both sides one."""
    context, watched = _printed(chromium, server)
    paper = watched.open(_addresses(example_site)[kind]).pdf(format="A4", prefer_css_page_size=True)
    context.close()

    assert 1 <= len(SHEETS.findall(paper)) <= AT_MOST[kind]


def test_paper_opens_what_is_folded_and_screens_fold_it_again(chromium, server, example_site):
    """Evidence, readings and earlier tests: nobody can unfold a sheet."""
    context, watched = _printed(chromium, server)
    told = []
    for kind in ("sheet", "village", "clause", "group", "hotlines"):
        page = watched.open(_addresses(example_site)[kind])
        before = page.locator("details[open]").count()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        closed = page.locator(FOLDED).count()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        told.append((kind, closed, page.locator("details[open]").count() - before))
    context.close()

    assert [(kind, closed, left) for kind, closed, left in told if closed or left] == []


def test_a_score_sheet_on_paper_carries_every_reason_and_number(chromium, server, example_site):
    """Each cited row is there by its number, also where the screen leads to a page of them."""
    context, watched = _printed(chromium, server)
    page = watched.open("s/nanzhao.html")
    on_screen = page.locator(".qy-only-paper >> visible=true").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    clauses = page.locator(".qy-clause")
    reasons = [c.locator(".w > p").nth(1).is_visible() for c in clauses.all()]
    rows = page.locator(".qy-clause details:not(.qy-reading) .qy-list > li").all()
    numbers = [r.locator(".qy-only-paper").inner_text().strip() for r in rows]
    hidden = [r for r in rows if not r.locator(".qy-only-paper").is_visible()]
    context.close()

    assert on_screen == 0
    assert reasons
    assert all(reasons)
    assert numbers
    assert all(numbers)
    assert hidden == []


def test_the_head_of_a_sorted_table_is_whole_on_every_sheet(chromium, server, example_site):
    """A button in a head is not repeated by browsers; on paper there is none, only its word."""
    context, watched = _printed(chromium, server)
    page = watched.open("issues.html")
    page.emulate_media(media="print")
    shown = page.eval_on_selector_all(
        "table[data-qy-table] thead button", "all => all.map(b => getComputedStyle(b).display)"
    )
    context.close()

    assert shown
    assert set(shown) == {"contents"}


def test_a_heading_never_stands_alone_at_the_foot_of_a_sheet(chromium, server, example_site):
    """What is short stays whole: a few issues, figures, a small table with its caption."""
    context, watched = _printed(chromium, server)
    split = []
    for kind in ("group", "works", "township", "unit"):
        page = watched.open(_addresses(example_site)[kind])
        page.emulate_media(media="print")
        split += page.eval_on_selector_all(
            ".qy-sec",
            """(all) => all.filter((s) => {
                const cards = s.querySelectorAll(":scope > .qy-issue").length;
                const isShort = (cards && cards < 5) || s.querySelector(":scope > .qy-figs");
                return isShort && getComputedStyle(s).breakInside !== "avoid";
            }).map((s) => s.getAttribute("aria-labelledby"))""",
        )
        split += page.eval_on_selector_all(
            "table",
            """(all) => all.filter((t) => t.caption
                && getComputedStyle(t.caption).breakInside !== "avoid")
                .map((t) => t.caption.innerText)""",
        )
    context.close()

    assert split == []


@pytest.mark.parametrize(("rows", "printed"), [(580, 600), (680, 20)])
def test_a_book_is_not_printed_by_accident(chromium, server, rows, printed):
    """Up to six hundred rows all are printed; of more the shown ones, and a line says so."""
    context, watched = _printed(chromium, server)
    one = f"<tr><th scope='row'><a href='i/x.html'>漏水</a></th>{'<td></td>' * 4}</tr>"
    context.route(
        "**/lists/issues.js", lambda r: r.fulfill(body=f"window.qyRest={[one] * rows!r};\n")
    )
    page = watched.open("issues.html")
    page.locator(".qy-filter [role=status]", has_text=f"共 {rows + 20} 条").wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    shown = page.locator("#issues tbody tr:visible").count()
    foot = page.locator("#issues + .qy-again")
    told = foot.inner_text().strip() if foot.is_visible() else ""
    context.close()

    assert shown == printed
    assert told == (
        ""
        if printed == 600
        else "只印了前 20 条，共 700 条。要印别的，先筛选；也可以在数据页下载。"
    )
