"""An address that does not exist still leads to the village: the look-up works on its page."""

from __future__ import annotations

import pytest
from conftest_browser import Quiet, serving, watch

pytestmark = pytest.mark.browser


@pytest.fixture
def host(example_site):
    """A server that shows 404.html at every address that does not exist, as a real one does."""

    class Server(Quiet):
        def send_error(self, code: int, *_: object) -> None:
            """Answer with the site's own page."""
            body = (example_site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with serving(example_site, Server) as address:
        yield address


def find(page, text: str):
    """Type a query and return the first hit."""
    page.fill("#find", text)
    page.wait_for_selector(".qy-hits [role=option]")
    return page.locator(".qy-hits [role=option]").first


def test_a_wrong_address_deep_in_the_site_leads_to_the_village(chromium, host):
    """Found by name on the page for missing addresses, whatever folder it is shown in."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    watched = watch(context, host)
    page = watched.open("v/old/places/000.html")
    find(page, "东庄").click()
    page.wait_for_url("**/v/*.html")
    title = page.locator("h1").inner_text()
    context.close()

    assert "归谁管" in title
    assert [w for w in watched.wrong if "000.html" not in w and "404" not in w] == []


def test_opened_from_disk_it_finds_as_well(chromium, example_site):
    """The page lies beside the index there."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    watched = watch(context, example_site.as_uri())
    page = watched.open("404.html")
    hit = find(page, "东庄").get_attribute("href")
    context.close()

    assert hit.startswith(("v/", "w/"))
    assert watched.wrong == []
