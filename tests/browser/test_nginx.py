"""The settings that the site ships, behind a real nginx in a sub-folder of its host."""

from __future__ import annotations

import gzip
import re
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from conftest_browser import watch

from pipeline.publication.hosting import HEADERS, OTHERS, TEXTS

pytestmark = pytest.mark.browser

NOT_FOR_READERS = {"conf", "config"}
WATCH_POLICY = """
window.qyRefused = [];
document.addEventListener("securitypolicyviolation", function (e) {
  window.qyRefused.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample);
});
"""


def ask(address: str, **headers: str):
    """Return status, headers and body of an answer, whatever its status."""
    told = urlsplit(address)
    host = HTTPConnection(told.netloc, timeout=20)
    host.request("GET", told.path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    with closing(host), host.getresponse() as answer:
        return answer.status, answer.headers, answer.read()


def test_every_file_goes_out_with_its_type(behind_nginx, sub_site):
    """One file of every suffix; text is UTF-8 and compressed; nothing is a type that we forgot."""
    found = {p.suffix[1:]: p for p in sorted(sub_site.rglob("*")) if p.is_file()}
    found = {suffix: path for suffix, path in found.items() if suffix not in NOT_FOR_READERS}

    assert set(found) <= set(TEXTS) | set(OTHERS)
    for suffix, path in found.items():
        address = f"{behind_nginx}/{path.relative_to(sub_site).as_posix()}"
        status, headers, body = ask(address, Accept_Encoding="gzip")
        is_packed = headers["Content-Encoding"] == "gzip"
        kind = f"{TEXTS[suffix]}; charset=utf-8" if suffix in TEXTS else OTHERS[suffix]
        assert (status, headers["Content-Type"]) == (200, kind)
        assert is_packed == (suffix in TEXTS and path.stat().st_size >= 1024)
        assert (gzip.decompress(body) if is_packed else body) == path.read_bytes()


def test_every_answer_carries_the_headers(behind_nginx):
    """Pages, files and answers to wrong addresses alike."""
    for address in ("index.html", "assets/qy.css", "data/datapackage.json", "v/none.html"):
        _, headers, _ = ask(f"{behind_nginx}/{address}")
        assert {name: headers[name] for name in HEADERS} == HEADERS
        assert headers["Cache-Control"] == "no-cache"
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]


def test_what_did_not_change_is_not_sent_again(behind_nginx):
    """A copy is asked about, and stands."""
    _, headers, _ = ask(f"{behind_nginx}/assets/qy.css")
    status, _, body = ask(f"{behind_nginx}/assets/qy.css", If_None_Match=headers["ETag"])

    assert (status, body) == (304, b"")


@pytest.mark.parametrize("address", ["none.html", "v/old/places/000.html", "v/", "assets/", "x/y"])
def test_a_wrong_address_gets_the_page_for_it(behind_nginx, sub_site, address):
    """With status 404, folders without a page of their own too."""
    status, headers, body = ask(f"{behind_nginx}/{address}")

    assert status == 404
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert body == (sub_site / "404.html").read_bytes()


def test_the_folder_of_the_site_is_its_home_page(behind_nginx, sub_site):
    """Nobody types index.html."""
    status, _, body = ask(f"{behind_nginx}/")

    assert (status, body) == (200, (sub_site / "index.html").read_bytes())


def test_nothing_is_refused_by_the_policy(chromium, behind_nginx, sub_site):
    """Home, a works and a wrong address deep in the site, where the look-up leads on."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    context.add_init_script(WATCH_POLICY)
    watched = watch(context, behind_nginx)
    works = sorted((sub_site / "w").glob("*.html"))[0].name
    refused = []
    for address in ("index.html", f"w/{works}", "v/old/places/000.html"):
        page = watched.open(address)
        if address.startswith("w/"):
            page.click("[data-qy-seek]")
        page.fill("#find", "东庄")
        page.wait_for_selector(".qy-hits [role=option]")
        refused += page.evaluate("window.qyRefused")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".qy-hits [role=option]").first.click()
    page.wait_for_url(re.compile(r"/gov/water/[vw]/[0-9A-Za-z-]+\.html$"))
    title = page.locator("h1").inner_text()
    context.close()

    assert refused == []
    assert colour == "rgb(242, 246, 248)"
    assert "归谁管" in title
    assert [w for w in watched.wrong if "000.html" not in w and "404" not in w] == []


def test_settings_for_iis_say_the_same(sub_site):
    """Types, headers and the page for wrong addresses; the file is sound XML."""
    web = ElementTree.parse(sub_site / "web.config").getroot().find("system.webServer")
    types = {
        one.get("fileExtension")[1:]: one.get("mimeType").partition(";")[0]
        for one in web.iterfind("staticContent/mimeMap")
    }
    told = {
        one.get("name"): one.get("value") for one in web.iterfind("httpProtocol/customHeaders/add")
    }
    nginx = (sub_site / "headers.conf").read_text(encoding="utf-8")

    assert types == TEXTS | OTHERS
    assert all(f'add_header {name} "{value}" always;' in nginx for name, value in told.items())
    assert nginx.count("add_header") == len(told) + 1
    assert {e.get("path") for e in web.iterfind("httpErrors/error")} == {"404.html"}
