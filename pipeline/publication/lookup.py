"""The index of the look-up: villages, townships, works, issues, and headings of prose.

One small script that sets one variable, because a page opened from disk may load scripts and
nothing else. Names stand once and are searched as text; the first letters of their pinyin come as
one table of characters, so that the reader's phone needs no dictionary.
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

    Written as tightly as plain text goes, because a villager's phone loads it: rows are grouped by
    kind and by place, [kind, folder, [[where, [name, key, ...]], ...]]; a name that begins with the
    end of its place begins with "~" and the length of that end; a key says only how it ends where
    it begins like the one before it; initials are made by the reader from one table of characters.
    """
    groups: dict[tuple[str, str], dict[str, list[str]]] = {}
    letters: dict[str, set[str]] = {}
    last = ""
    for entry in (*entries, *headings):
        place = groups.setdefault((entry.kind, entry.folder), {}).setdefault(entry.where, [])
        place += (shortened(entry.name, entry.where), entry.key)
        for character in entry.name:
            letters.setdefault(_initial(character), set()).add(character)
    rows = []
    for (kind, folder), places in groups.items():
        told: list[list[object]] = []
        for where, pairs in places.items():
            ends: list[str] = []
            for name, key in zip(pairs[::2], pairs[1::2], strict=True):
                ends += (name, ending(key, last))
                last = key
            told.append([where, ends])
        rows.append([kind, folder, told])
    letters.pop("", None)
    table = {letter: "".join(sorted(found)) for letter, found in sorted(letters.items())}
    text = json.dumps([table, rows], ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.qyIndex={text};\n".encode()


def shortened(name: str, where: str) -> str:
    """Write the beginning of a name that repeats the end of its place as its length: ~3东庄."""
    for length in range(min(9, len(where), len(name) - 1), 1, -1):
        if name.startswith(where[-length:]):
            return f"~{length}{name[length:]}"
    return f"~0{name}" if name.startswith("~") else name


def ending(key: str, last: str) -> str:
    """Write how a key ends if it is as long as the one before it and begins alike: =07."""
    if len(key) != len(last):
        return key
    same = next((n for n, (a, b) in enumerate(zip(key, last, strict=True)) if a != b), len(key))
    return f"={key[same:]}" if same > 1 else key


@cache
def _initial(character: str) -> str:
    """Return the first letter of a character's pinyin; blank for what is not Chinese."""
    from pypinyin import Style, lazy_pinyin

    found = lazy_pinyin(character, style=Style.FIRST_LETTER, errors="ignore")
    return found[0][:1].lower() if found else ""
