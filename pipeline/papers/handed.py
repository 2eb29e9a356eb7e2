"""Papers that carry what others wrote, characters included that no font has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.papers.fonts import Fonts
from pipeline.papers.rendering import internal
from pipeline.papers.typesetter import Typesetter, Unprintable
from pipeline.trouble import EnvironmentTrouble

_TRIES = 200
"""Characters that may be lacking before the fonts are to blame."""


def set_anyway(template: str, data: Mapping[str, Any], fonts: Fonts) -> bytes:
    """Return the paper, marked as the office's own.

    A character that no font has is written as its number: 〔U+2A6D6〕.

    Raises:
        EnvironmentTrouble: the fonts lack almost everything.
    """
    setter, told = (
        Typesetter(template, fonts),
        json.dumps({**internal(), **data}, ensure_ascii=False),
    )
    for _ in range(_TRIES):
        try:
            return setter.pdf(json.loads(told))
        except Unprintable as lost:
            for one in lost.text:
                told = told.replace(one, f"〔U+{ord(one):04X}〕")
    raise EnvironmentTrouble("字体里缺的字太多，印不成；清单写成 .html 再印")
