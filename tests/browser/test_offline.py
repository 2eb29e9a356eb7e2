"""No network: pages that were opened are there, and say from when; others say they are not."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack

import pytest
from conftest_browser import watch
from conftest_nginx import nginx
from story import PROJECT

pytestmark = pytest.mark.browser

READY = "navigator.serviceWorker.ready.then(function (r) { return r.active.state; })"
NOTICE = ".md-banner[role=status]"
KEPT_ON = re.compile(r"没有网络\s*这是\d{4}年\d+月\d+日\d+时存下的，电话和责任人可能换了")


@pytest.fixture
def phone(chromium, sub_site, tmp_path):
    """A phone on the site behind nginx, and what cuts the network: the server ends."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    with ExitStack() as network:
        watched = watch(context, network.enter_context(nginx(sub_site, tmp_path)))
        watched.open("index.html").evaluate(READY)
        yield watched, network.close
    context.close()


def works_of(site) -> list[str]:
    """Return the addresses of two works."""
    return [f"w/{path.name}" for path in sorted((site / "w").glob("*.html"))[:2]]


def test_an_opened_page_is_there_and_says_from_when(phone, sub_site):
    """Also with the code of its board behind it; online nothing is said."""
    watched, cut = phone
    opened, _ = works_of(sub_site)
    page = watched.open(opened)
    shown, online = page.inner_text(".qy-page"), page.locator(NOTICE).count()
    assert watched.wrong == []
    page = watched.open(opened)
    cut()
    page.goto(f"{watched.base}/{opened}?v=12345")

    assert online == 0
    assert KEPT_ON.search(page.inner_text(NOTICE))
    assert page.inner_text("h1") in shown
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).backgroundColor")


def test_a_page_that_was_not_opened_says_so(phone, sub_site):
    """One clear sentence, and the way to what is there."""
    watched, cut = phone
    cut()
    page = watched.open(works_of(sub_site)[1])
    text = page.inner_text("body")
    page.click("text=监督电话")

    assert "没有网络" in text
    assert "这一页没有打开过" in text
    assert KEPT_ON.search(page.inner_text(NOTICE))
    assert "12314" in page.inner_text("body")


def test_the_look_up_finds_without_a_network(phone, sub_site):
    """Villages, not people: their phones could be old, and a hit would not say so."""
    watched, cut = phone
    cut()
    page = watched.open("")
    page.fill("#find", "石桥")
    page.wait_for_selector(".qy-hits [role=option]")
    kept = page.evaluate(
        "caches.open('qy').then(c => c.keys()).then(k => k.map(r => new URL(r.url).pathname))"
    )

    assert page.locator(NOTICE).count() == 1
    assert not [path for path in kept if "people" in path or "/lists/" in path or "/data/" in path]


def test_what_changed_is_shown_at_once(phone, sub_site):
    """The network comes first: a page is never served from the copy while there is one."""
    watched, _ = phone
    opened = sub_site / works_of(sub_site)[0]
    before = opened.read_bytes()
    watched.open(works_of(sub_site)[0])
    opened.unlink()
    try:
        opened.write_bytes(before.replace(b"</h1>", "（改过）</h1>".encode(), 1))
        page = watched.open(works_of(sub_site)[0])

        assert page.inner_text("h1").endswith("（改过）")
    finally:
        opened.write_bytes(before)


def test_from_disk_nothing_is_kept(chromium, sub_site):
    """No manifest, no copy, no complaint."""
    context = chromium.new_context()
    watched = watch(context, sub_site.as_uri())
    page = watched.open("index.html")
    linked = page.locator("link[rel=manifest]").count()
    context.close()

    assert linked == 0
    assert watched.wrong == []


def test_the_manifest_is_whole(sub_site):
    """What it names is there; it begins at home, in the folder of the site."""
    told = json.loads((sub_site / "site.webmanifest").read_text(encoding="utf-8"))

    assert told["name"].startswith("清源")
    assert (sub_site / told["start_url"]).is_file()
    assert all((sub_site / icon["src"]).is_file() for icon in told["icons"])


def test_the_script_stays_small_and_knows_what_it_keeps(sub_site):
    """Below 3 kB; the files it keeps from the first visit are there."""
    script = (PROJECT / "site" / "sw.js").read_text(encoding="utf-8")
    named = re.findall(r"[a-z./-]+\.(?:html|css|js|svg)\b", script.partition("split")[0])

    assert len(script.encode()) < 3000
    assert len(named) == 10
    assert [name for name in named if not (sub_site / name).is_file()] == []
