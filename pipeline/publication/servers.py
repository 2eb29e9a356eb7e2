"""What servers and search engines ask for: sitemap, robots, response headers, old addresses.

None of it is needed to read the site; a folder of files on any server works without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree

from pipeline.publication import shells
from pipeline.publication.desk import Desk
from pipeline.terms import clause_address

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
FOLDERS = {"unit": "u", "township": "t", "village": "v", "works": "w", "issue": "i", "group": "g"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def files(
    desk: Desk, frames: Mapping[str, shells.Shell], tasks: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, bytes]]:
    """Yield sitemap.xml, robots.txt and headers.conf; `tasks` are record pages by kind and key."""
    site = desk.view.campaign.site_url.rstrip("/")
    own = [s.path for s in frames.values() if not s.is_record and s.path != "404.html"]
    pages = sorted({*own, *(address(kind, key) for kind, key in tasks)})
    yield "sitemap.xml", _sitemap(site, pages, desk.view.as_of_on.isoformat())
    rule = "Disallow: /" if desk.view.campaign.is_demo else "Allow: /"
    robots = f"User-agent: *\n{rule}\nSitemap: {site}/sitemap.xml\n"
    yield "robots.txt", robots.encode()
    yield "headers.conf", _headers(shells.policy(frames))


def address(kind: str, key: str) -> str:
    """Return the permanent address of a record page."""
    match kind:
        case "sheet":
            return f"s/{key}.html"
        case "rows":
            unit, _, clause = key.partition(" ")
            return f"s/{unit}-{clause_address(clause)}.html"
        case "clause":
            return f"c/{clause_address(key)}.html"
    return f"{FOLDERS[kind]}/{key}.html"


def _sitemap(site: str, pages: Iterable[str], day: str) -> bytes:
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for page in pages:
        url = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(url, "loc").text = f"{site}/{page}"
        ElementTree.SubElement(url, "lastmod").text = day
    ElementTree.indent(root, "")
    return ElementTree.tostring(root, "utf-8", xml_declaration=True) + b"\n"


def _headers(policy: str) -> bytes:
    """Write the headers as nginx takes them; the policy stands in every page as well."""
    told = HEADERS | {"Content-Security-Policy": f"{policy}; frame-ancestors 'self'"}
    lines = [f'add_header {name} "{value}" always;' for name, value in sorted(told.items())]
    return ("# nginx：在 server 段里 include 这个文件\n" + "\n".join(lines) + "\n").encode()
