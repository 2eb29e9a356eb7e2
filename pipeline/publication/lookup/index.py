"""The index as a script of one variable, as tight as plain text goes: a villager's phone loads it.

    [stamp, syllables, variants, words, [[kind, folder, [[place, [text, key, ...]], ...]], ...]]

`place` is the number of the unit among units and of the townships among townships. A text is the
name, other names after line breaks, a note after a tab; "~" at its beginning is the name of the
first township. A key says only how it ends where it begins like the one before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pipeline.publication.lookup.entries import Entry
from pipeline.publication.lookup.phonetics import syllables, variants_of
from pipeline.rowtypes import SpokenWordRow
from pipeline.store import Store, key_of

PATH = "assets/lookup-index.js"
PEOPLE_PATH = "assets/lookup-people.js"

KINDS = ("地名前缀", "县级后缀", "乡级后缀", "村级后缀", "工程后缀")
"""Kinds of spoken words that may stand before or after a name, in the order of the index."""


@dataclass(frozen=True, slots=True)
class Words:
    """What may be said before or after a name, by kind in the order of KINDS, longest first."""

    affixes: tuple[tuple[str, ...], ...] = ((),) * len(KINDS)

    @classmethod
    def of(cls, rows: Iterable[SpokenWordRow]) -> Words:
        """Take the words from the rows of the ledger."""
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for row in rows:
            if row.spoken_kind in found:
                found[row.spoken_kind].append(row.spoken_word)
        order = (sorted(words, key=lambda w: (-len(w), w)) for words in found.values())
        return cls(tuple(tuple(words) for words in order))


def build(entries: Sequence[Entry], words: Words = Words(), store: Store | None = None) -> bytes:
    """Return the index as a script; units and townships are numbered as they come."""
    units = {e.key: n for n, e in enumerate(e for e in entries if e.kind == "单位")}
    towns = {e.key: n for n, e in enumerate(e for e in entries if e.kind == "乡镇")}
    names = {e.key: e.name for e in entries if e.kind == "乡镇"}
    groups: dict[tuple[str, str], dict[tuple[int, ...], list[str]]] = {}
    last = ""
    for entry in entries:
        place = (units[entry.unit], *(towns[t] for t in entry.towns)) if entry.unit else ()
        folder = groups.setdefault((entry.kind, entry.folder), {})
        town = names[entry.towns[0]] if entry.towns else ""
        folder.setdefault(place, []).extend((shortened(_text(entry), town), entry.key))
    told = []
    for (kind, name), places in groups.items():
        rows = []
        for place, pairs in places.items():
            ends: list[str] = []
            for text, key in zip(pairs[::2], pairs[1::2], strict=True):
                ends += (text, ending(key, last))
                last = key
            rows.append([place, ends])
        told.append([kind, name, rows])
    found = [_one(name) for e in entries for name in (e.name, *e.also)]
    spoken = [word for kind in words.affixes for word in kind]
    texts = (*found, *spoken)
    return _script(
        "qyIndex",
        [
            stamp(entries),
            _table(_read(texts, store or Store())),
            "".join(t + s for t, s in sorted(variants_of(texts).items())),
            words.affixes,
            told,
        ],
    )


def _read(texts: Sequence[str], store: Store) -> dict[str, str]:
    """Return characters by syllable; how the same names are read is looked up only once."""

    def read() -> bytes:
        return json.dumps(syllables(texts), ensure_ascii=False).encode()

    found: dict[str, str] = json.loads(store.kept(key_of("syllables", *texts), read))
    return found


def register(
    entries: Sequence[Entry],
    people: Mapping[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]],
) -> bytes:
    """Return, as a script, who answers on which page: a line for each row of the index, in order.

    A line is names, then numbers, apart by commas. The stamp is that of the index it belongs to.
    """
    lines = []
    for entry in _ordered(entries):
        names, numbers = people.get((entry.folder, entry.key), ((), ()))
        lines.append(",".join(_one(text).replace(",", " ") for text in (*names, *numbers)))
    return _script("qyPeople", [stamp(entries), "\n".join(lines).rstrip("\n")])


def _ordered(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries as the index has them: by kind and folder, then by place, as they came."""
    groups: dict[tuple[str, str], dict[tuple[str, ...], list[Entry]]] = {}
    for entry in entries:
        folder = groups.setdefault((entry.kind, entry.folder), {})
        folder.setdefault((entry.unit, *entry.towns), []).append(entry)
    return [e for places in groups.values() for rows in places.values() for e in rows]


def stamp(entries: Sequence[Entry]) -> str:
    """Return a short digest of what can be found; an index and a register of one build agree."""
    text = "\n".join(f"{e.folder}/{e.key}" for e in entries)
    return sha256(text.encode()).hexdigest()[:8]


def shortened(text: str, town: str) -> str:
    """Write the name of the township at the beginning of a text as "~": ~东庄供水站."""
    if text.startswith("~"):
        return f"~{text}"
    rest = text.removeprefix(town)
    return text if rest == text or not rest or rest[0] in "~\n\t" else f"~{rest}"


def ending(key: str, last: str) -> str:
    """Write how a key ends if it is as long as the one before it and begins alike: =07."""
    if len(key) != len(last):
        return key
    same = next((n for n, (a, b) in enumerate(zip(key, last, strict=True)) if a != b), len(key))
    return f"={key[same:]}" if same > 1 else key


def _text(entry: Entry) -> str:
    also = "".join(f"\n{_one(name)}" for name in entry.also)
    return _one(entry.name) + also + (f"\t{_one(entry.note)}" if entry.note else "")


def _one(text: str) -> str:
    """Return a text as one line: a break or a tab in a cell is a space."""
    return " ".join(text.split())


def _table(found: Mapping[str, str]) -> str:
    return "".join(f"{syllable}{characters}" for syllable, characters in found.items())


def _script(name: str, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.{name}={text};\n".encode()
