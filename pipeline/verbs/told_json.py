"""What a forge told as JSON in a file: read with care, because it is of somebody else's making."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.trouble import UsageTrouble

MOST = 4_000_000
"""Bytes of a forge's answer that are read."""


def read_json(path: Path) -> Any:
    """Read the answer of a forge.

    Raises:
        UsageTrouble: the file is missing, too large, or no JSON.
    """
    if not path.is_file():
        raise UsageTrouble(f"没有 {path} 这个文件")
    if path.stat().st_size > MOST:
        raise UsageTrouble(f"{path} 太大，不像平台的回答")
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as trouble:
        raise UsageTrouble(f"{path} 读不出来，不是 JSON") from trouble


def part(one: Any, name: str) -> Any:
    """Return what an object holds under a name; None if it is no object or holds nothing there."""
    return one.get(name) if isinstance(one, Mapping) else None


def text(one: Any, name: str) -> str:
    """Return the text that an object holds under a name; blank if it holds none."""
    found = part(one, name)
    return found if isinstance(found, str) else ""
