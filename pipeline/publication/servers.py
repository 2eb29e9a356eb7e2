"""What servers and search engines ask for: sitemap, robots, settings, old addresses.

None of it is needed to read the site; a folder of files on any server works without.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from markupsafe import escape

from pipeline.disclosure.shown import Campaign
from pipeline.publication import hosting, shells
from pipeline.publication.desk import Desk

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
UNLISTED = "archive/"
"""Frozen pages, which no search engine is to list."""


def files(
    desk: Desk,
    frames: Mapping[str, shells.Shell],
    made: Iterable[str],
    table: Path,
    missing: tuple[str, str],
) -> Iterator[tuple[str, bytes]]:
    """Yield sitemap, robots, settings and moved pages; `made` are the pages that were made.

    Prose is added to them. `table` lists old addresses and where they have moved; `missing` are
    the digests of the style and the script that stand in the page for missing addresses.
    """
    site = desk.view.campaign.site_url.rstrip("/")
    prose = [shell.path for shell in frames.values() if shell.is_prose]
    pages = sorted({*prose, *made})
    listed = [page for page in pages if not page.startswith(UNLISTED)]
    yield "sitemap.xml", _sitemap(site, listed, desk.view.as_of_on.isoformat())
    rule = "Disallow: /" if desk.view.campaign.is_demo else "Allow: /"
    robots = f"User-agent: *\n{rule}\nSitemap: {site}/sitemap.xml\n"
    yield "robots.txt", robots.encode()
    yield from hosting.files(site, shells.policy(frames), *missing)
    yield from redirects(desk, table, frozenset(pages))


def report_line(campaign: Campaign, path: str, mark: str) -> str:
    """Return, as HTML, where to say what is wrong on a page: the configured channel, or the phone.

    Either way with the page's short code, so that who answers sees the same page. Only a web
    address or a mail address becomes a link; anything else is shown as text.
    """
    channel = str(campaign.site.get("report_channel") or "")
    code = f"{path.removesuffix('.html')} {mark}"
    if re.fullmatch(r"https?://[^\s\"'<>]+", channel):
        page = quote(code, safe="")
        href = f"{channel}{'&' if '?' in channel else '?'}page={page}"
    elif re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+", channel):
        href = f"mailto:{channel}?subject={quote('网页有误：' + code)}"
    else:
        phone = next((h for h in campaign.hotlines if h.get("number")), None)
        called = f"请打{phone['name']} {phone['number']}" if phone else "请打监督电话"
        how = f"请联系{channel}" if channel else called
        return str(escape(f"这页哪里不对？{how}，报页码 {code}。"))
    return f'<a href="{escape(href)}">这页哪里不对？告诉我们</a>　页码 {escape(code)}'


def redirects(desk: Desk, table: Path, pages: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield a small page for every address that has moved, as `site/redirects.csv` lists them.

    Raises:
        ValueError: an old address that is a page again, or a new one that is none.
    """
    for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))):
        old, new = row["old"], row["new"]
        if old in pages or new.partition("#")[0] not in pages:
            raise ValueError(f"redirect from {old} to {new}")
        way = "../" * old.count("/") + new
        body = desk.render("moved.html", root="../" * old.count("/"), way=way, new=new)
        yield old, body.encode()


def _sitemap(site: str, pages: Iterable[str], day: str) -> bytes:
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for page in pages:
        url = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(url, "loc").text = f"{site}/{page}"
        ElementTree.SubElement(url, "lastmod").text = day
    ElementTree.indent(root, "")
    made: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"
