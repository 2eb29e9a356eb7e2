"""The page for an address that does not exist: whole in itself, wherever the server shows it."""

from __future__ import annotations

import base64
from hashlib import sha256
from urllib.parse import urlsplit

from pipeline.publication.desk import Desk

STYLE = (
    "body{margin:0;background:#f2f6f8;color:#16242c;font:18px/1.75 'PingFang SC','Microsoft YaHei',"
    "'Noto Sans SC','Noto Sans CJK SC',sans-serif}"
    "main{max-width:34em;margin:0 auto;padding:2rem 1rem}"
    "h1{font-size:28px;line-height:1.3}a{color:#0b608d;display:inline-block;padding:.6rem 0}"
    ".row{display:flex}.row button{margin-left:.4rem}"
    "input,button{font:inherit;min-height:44px;border:2px solid #667883;"
    "border-radius:4px;padding:0 .6rem;background:#fff;color:#16242c}input{flex:1;min-width:0}"
    "button{background:#0b608d;color:#fff;border-color:#0b608d}label{font-weight:700}"
    "[hidden]{display:none}[role=option]{display:block;border-bottom:1px solid #ccd6dc}"
    "[role=option] em{font-style:normal;margin:0 .5rem;font-size:15px}"
    "[role=option] span{font-size:15px;color:#47565f}"
    "[aria-selected=true]{outline:3px solid #ffbf47}"
    "p.demo{background:#fff1c9;color:#6b4700;padding:.3rem .6rem}"
    "@media(prefers-color-scheme:dark){body{background:#0e191f;color:#e8f0f4}a{color:#7cc3ed}"
    "input{background:#15242d;color:#e8f0f4}[role=option] span{color:#b2c2cc}}"
)


def digests(script: str) -> tuple[str, str]:
    """Return the base64 sha256 of the page's style and of its script, as a policy names them."""
    style, own = (base64.b64encode(sha256(t.encode()).digest()).decode() for t in (STYLE, script))
    return style, own


def missing_page(desk: Desk, digest: str, script: str) -> bytes:
    """Return 404.html: no file beside it is needed, and links use the address of the site.

    `script` is that of the look-up, which stands in the page; only its index is loaded, from the
    path that the site's address names, once somebody begins to type.
    """
    style, lookup = digests(script)
    return desk.render(
        "missing.html",
        root=desk.view.campaign.site_url,
        style=STYLE,
        script=script,
        path=urlsplit(desk.view.campaign.site_url).path or "/",
        policy=(
            f"default-src 'none'; base-uri 'none'; form-action 'self'; style-src 'sha256-{style}'; "
            f"script-src 'self' 'sha256-{lookup}'"
        ),
        digest=digest,
    ).encode()
