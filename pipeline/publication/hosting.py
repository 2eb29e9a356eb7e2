"""How a server should answer with the site: lines for nginx, a web.config for IIS.

A folder of files on any server works without; with them it answers faster, more safely, and says
in the site's own words that an address does not exist. What both say comes from the tables here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
FRESH = "no-cache"
"""Addresses keep their names when their contents change: keep a copy, but ask before showing it."""

TEXTS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "csv": "text/csv",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "ics": "text/calendar",
}
"""Types of files that are text in UTF-8, by suffix: sent compressed, with their charset."""

OTHERS = {
    "png": "image/png",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
"""Types of files that are compressed as they are."""


def files(site_url: str, policy: str, style: str, script: str) -> Iterator[tuple[str, bytes]]:
    """Yield the settings for servers by address.

    `policy` is that of the pages; `style` and `script` are the digests of what stands inline in the
    page for missing addresses. The copy for the way without a network fetches, so it may connect.
    """
    policy = policy.replace("style-src 'self'", f"style-src 'self' 'sha256-{style}'")
    policy = policy.replace("script-src 'self'", f"script-src 'self' 'sha256-{script}'")
    told = HEADERS | {
        "Content-Security-Policy": f"{policy}; connect-src 'self'; frame-ancestors 'self'"
    }
    headers = sorted(told.items())
    yield "headers.conf", _nginx(headers, urlsplit(site_url).path.rstrip("/"))
    yield "web.config", _iis(headers)


def _nginx(headers: Iterable[tuple[str, str]], root: str) -> bytes:
    """Write what nginx takes in a `server` or a `location`; `root` is the path of the site."""
    packed = " ".join(kind for kind in TEXTS.values() if kind != "text/html")
    lines = [
        "# nginx：写进站点的 server 段，或者站点所在子目录的 location 段：",
        "#     include /站点所在的目录/headers.conf;",
        "# 每次换版以后 nginx -s reload，新的策略才生效。",
        "index index.html;",
        f"error_page 404 {root}/404.html;",
        f"error_page 403 =404 {root}/404.html;",
        "charset utf-8;",
        f"charset_types {packed};",
        "gzip on;",
        "gzip_vary on;",
        "gzip_min_length 1024;",
        f"gzip_types {packed};",
        "default_type application/octet-stream;",
        "types {",
        *(f"  {kind} {suffix};" for suffix, kind in sorted((TEXTS | OTHERS).items())),
        "}",
        f'add_header Cache-Control "{FRESH}" always;',
        *(f'add_header {name} "{value}" always;' for name, value in headers),
    ]
    return ("\n".join(lines) + "\n").encode()


def _iis(headers: Iterable[tuple[str, str]]) -> bytes:
    """Write the settings of IIS 8 and later; addresses in it are relative to its folder."""
    root = ElementTree.Element("configuration")
    web = ElementTree.SubElement(root, "system.webServer")
    errors = ElementTree.SubElement(
        web, "httpErrors", {"errorMode": "Custom", "existingResponse": "Replace"}
    )
    for code in ("403", "404"):
        ElementTree.SubElement(errors, "remove", {"statusCode": code})
        page = {"statusCode": code, "path": "404.html", "responseMode": "File"}
        ElementTree.SubElement(errors, "error", page)
    start = ElementTree.SubElement(web, "defaultDocument", {"enabled": "true"})
    listed = ElementTree.SubElement(start, "files")
    ElementTree.SubElement(listed, "clear")
    ElementTree.SubElement(listed, "add", {"value": "index.html"})
    ElementTree.SubElement(web, "urlCompression", {"doStaticCompression": "true"})
    static = ElementTree.SubElement(web, "staticContent")
    ElementTree.SubElement(static, "clientCache", {"cacheControlMode": "DisableCache"})
    types = {s: f"{kind}; charset=utf-8" for s, kind in TEXTS.items()} | OTHERS
    for suffix, kind in sorted(types.items()):
        ElementTree.SubElement(static, "remove", {"fileExtension": f".{suffix}"})
        mapped = {"fileExtension": f".{suffix}", "mimeType": kind}
        ElementTree.SubElement(static, "mimeMap", mapped)
    protocol = ElementTree.SubElement(web, "httpProtocol")
    custom = ElementTree.SubElement(protocol, "customHeaders")
    ElementTree.SubElement(custom, "remove", {"name": "X-Powered-By"})
    for name, value in headers:
        ElementTree.SubElement(custom, "remove", {"name": name})
        ElementTree.SubElement(custom, "add", {"name": name, "value": value})
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"
