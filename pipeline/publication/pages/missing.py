"""The page for an address that does not exist: whole in itself, wherever the server shows it."""

from __future__ import annotations

import base64
from hashlib import sha256

from pipeline.publication.desk import Desk

PATH = "404.html"
STYLE = (
    "body{margin:0;background:#f2f6f8;color:#16242c;font:18px/1.75 'PingFang SC','Microsoft YaHei',"
    "'Noto Sans SC','Noto Sans CJK SC',sans-serif}"
    "main{max-width:34em;margin:0 auto;padding:2rem 1rem}"
    "h1{font-size:28px;line-height:1.3}a{color:#0b608d;display:inline-block;padding:.6rem 0}"
    "p.demo{background:#fff1c9;color:#6b4700;padding:.3rem .6rem}"
    "@media(prefers-color-scheme:dark){body{background:#0e191f;color:#e8f0f4}a{color:#7cc3ed}}"
)


def missing_page(desk: Desk, digest: str) -> bytes:
    """Return 404.html: no file beside it is needed, and links use the address of the site."""
    policy = base64.b64encode(sha256(STYLE.encode()).digest()).decode()
    return desk.render(
        "missing.html",
        root=desk.view.campaign.site_url,
        style=STYLE,
        policy=f"default-src 'none'; base-uri 'none'; style-src 'sha256-{policy}'",
        digest=digest,
    ).encode()
