"""Pages too heavy for a village's network: told, never refused.

How much a unit has to publish is no fault of its ledgers, so a heavy page stops no release; but
nobody learns of it on a desk, and it costs a phone on 3G half a minute.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pipeline.files import below

HEAVIEST = 120_000
"""Bytes of HTML that a page may have before it is compressed."""


def of_pages(root: Path) -> dict[str, int]:
    """Return the bytes of each page below a folder, by address."""
    root = root.resolve()
    pages = [path for path in below(root) if path.endswith(".html")]
    return {path: os.stat(f"{root}/{path}").st_size for path in pages}


def heavy(sizes: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the pages above the budget with their bytes, the heaviest first.

    `sizes` are the bytes of files by address, of pages and others.
    """
    found = [one for one in sizes.items() if one[1] > HEAVIEST and one[0].endswith(".html")]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def said(sizes: Mapping[str, int], shown: int = 5) -> str:
    """Say which pages are too heavy and what helps; blank if none is."""
    found = heavy(sizes)
    if not found:
        return ""
    named = "、".join(f"{path}（{-(-weight // 1000)} kB）" for path, weight in found[:shown])
    rest = f"等 {len(found)} 页" if len(found) > shown else ""
    return (
        f"{named}{rest}超过 {HEAVIEST // 1000} kB，村里的手机打开慢："
        "长的表只留前面的行，其余放进 lists/（long_lists.py）"
    )
