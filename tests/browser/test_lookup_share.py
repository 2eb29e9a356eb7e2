"""The share of queries answered right, by kind, with the real script; and its form of a text."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from conftest_browser import watch
from lookup_queries import queries
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication import lookup
from pipeline.publication.desk import Desk

pytestmark = pytest.mark.browser

LEAST = 0.95
ASK = """(texts) => {
    const input = document.querySelector('#find'), told = [];
    for (const text of texts) {
        input.value = text;
        input.dispatchEvent(new Event('input'));
        told.push([...document.querySelectorAll('.qy-hits [role=option]')]
            .map((a) => a.getAttribute('href')));
    }
    return told;
}"""


def desk() -> Desk:
    """The desk of the story's view."""
    view = disclosure.view(load(EXAMPLE).snapshot, date(2022, 9, 16), "0" * 64)
    return Desk(view, PROJECT / "site" / "templates")


@pytest.fixture
def page(chromium, base):
    """The home page with index and register loaded."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    watched = watch(context, base)
    page = watched.open("index.html")
    for text, name in (("1", "qySearch"), ("037710000", "qyPeople")):
        page.fill("#find", text)
        for _ in range(100):
            if page.evaluate(f"!!window.{name} && !!window.qyIndex"):
                break
            page.wait_for_timeout(50)
    yield page
    assert watched.wrong == []
    context.close()


def test_what_people_type_is_found(page, capsys):
    """At least 95 of 100 over at least 400 queries, and of every kind."""
    asked = queries(desk())
    answers = page.evaluate(ASK, [query.text for query in asked])
    right, all_of = Counter(), Counter(query.kind for query in asked)
    wrong = []
    for query, hits in zip(asked, answers, strict=True):
        if query.wanted in hits[: query.among]:
            right[query.kind] += 1
        else:
            wrong.append(query)
    with capsys.disabled():
        print()
        for kind, count in all_of.items():
            print(f"{kind} {right[kind]}/{count}")

    assert len(asked) >= 400
    assert right.total() >= LEAST * len(asked), wrong
    assert all(right[kind] >= LEAST * n for kind, n in all_of.items()), wrong


def test_the_example_in_the_box_finds_its_page(page):
    """The first hit of what the box itself says."""
    text = page.get_attribute("#find", "placeholder").removeprefix("如：")
    ((first, *_),) = page.evaluate(ASK, [text])

    assert text
    assert first.startswith("v/")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("水发黄", "hotlines.html"), ("水有味", "hotlines.html"), ("12314", "hotlines.html"),
     ("氟超标", "water.html#failing"), ("公示牌", "units.html#towns"),
     ("情况通报", "reports.html"), ("村支书", "units.html#towns"),
     ("水站在哪", "units.html#towns"), ("饮水安全", "water.html"), ("二维码", "units.html#towns"),
     ("自来水公司", "units.html#towns"), ("水压", "hotlines.html")],
)  # fmt: skip
def test_what_is_said_at_the_tap_leads_somewhere(page, text, wanted):
    """Bad water as people call it, the numbers they know, the board on the wall."""
    (hits,) = page.evaluate(ASK, [text])

    assert wanted in hits[:3]


def test_script_and_build_make_the_same_form(page):
    """One normal form on both sides, over all names of the story and odd ones."""
    texts = [query.text for query in queries(desk())] + [
        "ＡＢ１　云阳镇",
        "《五.4①》",
        "lǜ",
        "½ ㎡ ﬁ",
    ]
    variants = dict(zip(*[iter(page.evaluate("qyIndex[2]"))] * 2, strict=True))
    told = page.evaluate(
        "(texts) => { const e = qySearch(qyIndex); return texts.map(e.normal); }", texts
    )

    assert told == [lookup.normal(text, variants) for text in texts]


def test_only_what_a_page_shows_can_be_looked_up(example_site):
    """Every name and number of the register stands on the page that it leads to."""
    found = lookup.people(desk())

    assert found
    for (folder, key), (names, numbers) in found.items():
        html = (example_site / folder / f"{key}.html").read_text(encoding="utf-8")
        assert [text for text in (*names, *numbers) if text not in html] == [], key
        assert not any(n.replace("-", "").startswith("1") and len(n) == 11 for n in numbers)


def test_typing_before_the_index_is_there_answers_what_stands_in_the_box(chromium, server):
    """The index comes late; the answer is that of the whole word."""
    context = chromium.new_context()
    page = watch(context, server).open("index.html")
    page.route("**/lookup-index.js", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.type("#find", "南召县")
    page.wait_for_selector(".qy-hits [role=option]")
    status = page.inner_text(".qy-hits__status")
    first = page.locator(".qy-hits [role=option]").first.get_attribute("href")
    context.close()

    assert "“南召县”" in status
    assert first == "u/nanzhao.html"
