"""Addresses that moved lead on, and a mistake on a page can be reported where the city says."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication import servers
from pipeline.publication.desk import Desk

PAGES = {"scores.html", "u/nanzhao.html"}


@cache
def desk() -> Desk:
    view = disclosure.view(load(EXAMPLE).snapshot, date(2022, 9, 16), "0" * 64)
    return Desk(view, PROJECT / "site" / "templates")


def channel(text: str):
    campaign = desk().view.campaign
    return replace(campaign, site=campaign.site | {"report_channel": text})


def test_every_moved_address_leads_to_a_page(example_site):
    """The committed table of moved addresses is sound: a build with it succeeded."""
    table = (PROJECT / "site" / "redirects.csv").read_text(encoding="utf-8")

    assert table.splitlines()[0] == "old,new,since"
    for line in table.splitlines()[1:]:
        old, new, _ = line.split(",")
        assert (example_site / old).is_file()
        assert (example_site / new.partition("#")[0]).is_file()


def test_a_moved_page_says_where_it_went(tmp_path):
    """Relative to its own folder, with and without scripts."""
    table = tmp_path / "redirects.csv"
    table.write_text("old,new,since\nk/old.html,scores.html#rank,2022-09-01\n", encoding="utf-8")

    ((address, page),) = servers.redirects(desk(), table, PAGES)

    assert address == "k/old.html"
    assert b'content="0; url=../scores.html#rank"' in page
    assert b'<a href="../scores.html#rank">' in page


@pytest.mark.parametrize("row", ["scores.html,u/nanzhao.html", "old.html,gone.html"])
def test_a_table_that_leads_nowhere_is_refused(tmp_path, row):
    """An old address that is a page again, or a new one that is none."""
    table = tmp_path / "redirects.csv"
    table.write_text(f"old,new,since\n{row},2022-09-01\n", encoding="utf-8")

    with pytest.raises(ValueError, match="redirect"):
        list(servers.redirects(desk(), table, PAGES))


def test_a_mistake_is_reported_where_the_city_says():
    """A web or mail address becomes a link that names the page; anything else stays text."""
    page = "v/411321103201.html"

    web = servers.report_line(channel("https://gov.example/report?site=7"), page, "3be7420")
    mail = servers.report_line(channel("water@gov.example"), page, "3be7420")
    phone = servers.report_line(channel("南阳市水利局"), page, "3be7420")
    nothing = servers.report_line(channel(""), page, "3be7420")

    assert 'href="https://gov.example/report?site=7&amp;page=v%2F411321103201%203be7420"' in web
    assert 'href="mailto:water@gov.example?subject=' in mail
    assert "告诉我们" in web
    assert "页码 v/411321103201 3be7420" in web
    assert phone == "这页哪里不对？请联系南阳市水利局，报页码 v/411321103201 3be7420。"
    assert "请打" in nothing


@pytest.mark.parametrize("text", ["javascript:alert(1)", 'https://x/"onclick="a', "<b>x</b>"])
def test_no_channel_runs_anything(text):
    """Whatever stands in campaign.yml, only plain addresses become links."""
    line = servers.report_line(channel(text), "index.html", "3be7420")

    assert "href" not in line
    assert "<b>" not in line


def test_the_headers_let_the_page_for_missing_addresses_work(example_site):
    """Its own style and its own script are named in the policy that goes with every answer."""
    headers = (example_site / "headers.conf").read_text(encoding="utf-8")
    html = (example_site / "404.html").read_text(encoding="utf-8")

    for tag in ("style", "script"):
        ((_, text),) = re.findall(rf"<({tag})>(.*?)</{tag}>", html, re.S)
        told = base64.b64encode(sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'self' 'sha256-{told}'" in headers


def test_everything_inline_on_any_page_is_named_in_the_headers(example_site):
    """Every script and every style that stands in a page; no page has a style attribute."""
    headers = (example_site / "headers.conf").read_text(encoding="utf-8")
    found = set()
    for path in example_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"<(script|style)>(.*?)</\1>", html, re.S))
        assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", html), path

    assert {tag for tag, _ in found} == {"script", "style"}
    for _, text in found:
        assert base64.b64encode(sha256(text.encode()).digest()).decode() in headers
