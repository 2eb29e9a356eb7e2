"""The index of the look-up: villages, townships, works, issues, and headings of prose.

One small script that sets one variable, because a page opened from disk may load scripts and
nothing else. Names stand once and are searched as text; pinyin and initials are made here, so that
the reader's phone needs no dictionary.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

PATH = "assets/lookup-index.js"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: kind, name, where it is, and its address in two parts."""

    kind: str
    name: str
    where: str
    folder: str
    key: str


def build(entries: Sequence[Entry], headings: Iterable[Entry]) -> bytes:
    """Return the index as a script.

    Rows are grouped by kind and by place, so that the place is written once for all its names:
    [kind, folder, [[where, [name, key, initials, ...]], ...]]. Keys of villages and townships are
    whole codes; initials are of the name only.
    """
    groups: dict[tuple[str, str], dict[str, list[str]]] = {}
    for entry in (*entries, *headings):
        place = groups.setdefault((entry.kind, entry.folder), {}).setdefault(entry.where, [])
        place += (entry.name, entry.key, initials(entry.name))
    rows = [[kind, folder, list(places.items())] for (kind, folder), places in groups.items()]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.qyIndex={text};\n".encode()


@cache
def initials(name: str) -> str:
    """Return the first letters of a name's pinyin, lower case; what is not Chinese stays out."""
    return "".join(_initial(character) for character in name)


@cache
def _initial(character: str) -> str:
    from pypinyin import Style, lazy_pinyin

    found = lazy_pinyin(character, style=Style.FIRST_LETTER, errors="ignore")
    return found[0][:1].lower() if found else ""
