"""What a phone takes along: the manifest, and the script that keeps a copy of what was opened.

The script stands at the root of the site, because it may only answer for what lies below it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.disclosure.shown import Campaign

MANIFEST, WORKER = "site.webmanifest", "sw.js"
HEAD, BED = "#0b3d59", "#f2f6f8"
"""Colours of the head and of the bed of every page, as in the style sheet."""


def files(campaign: Campaign, worker: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the manifest and the script of the copy by address; `worker` is its source."""
    name = str(campaign.site["name"])
    told = {
        "name": f"{name} {campaign.site['subtitle']}",
        "short_name": name,
        "lang": "zh-CN",
        "start_url": "index.html",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": HEAD,
        "background_color": BED,
        "icons": [{"src": "assets/favicon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    yield MANIFEST, json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
    yield WORKER, worker.read_bytes()
