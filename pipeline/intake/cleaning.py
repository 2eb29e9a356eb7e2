"""Our marks of last time taken out of a copy that comes back: colours and comments of ours."""

from __future__ import annotations

import re
from typing import Any

from pipeline.intake.package import Package, added, child
from pipeline.intake.painting import Styles, place_of_address
from pipeline.intake.sheets import own_words

_SHAPE = re.compile(rb"<(?:\w+:)?shape\b.*?</(?:\w+:)?shape>", re.S)
_ROW = re.compile(rb"<(?:\w+:)?Row>\s*([0-9]+)\s*<")
_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*([0-9]+)\s*<")


def clean(package: Package, part: str, styles: Styles) -> None:
    """Take our colours and comments out of a sheet; what is the clerk's own stays."""
    plain = styles.uncoloured()
    if plain:
        for cell in package.tree(part).iter():
            if (number := cell.get("s") if isinstance(cell.tag, str) else None) in plain:
                cell.set("s", plain[number])
    kinds = package.parts_of(part)
    if "comments" not in kinds:
        return
    notes = package.tree(kinds["comments"])
    authors = [one.text or "" for one in child(notes, "authors")]
    listed, gone = child(notes, "commentList"), set()
    for one in list(listed):
        number = int(one.get("authorId") or 0)
        text = "".join(one.itertext())
        kept = own_words(text, authors[number] if number < len(authors) else "")
        if kept == text:
            continue
        if kept:
            _say(one, kept)
        else:
            listed.remove(one)
            gone.add(place_of_address(one.get("ref")))
    if gone and "vmlDrawing" in kinds:
        name = kinds["vmlDrawing"]
        package.put(
            name, _SHAPE.sub(lambda m: b"" if _is_at(m[0], gone) else m[0], package.body(name))
        )


def _is_at(shape: bytes, places: set[tuple[int, int]]) -> bool:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None:
        return False
    return (int(row[1]) + 1, int(column[1]) + 1) in places


def _say(comment: Any, text: str) -> None:
    whole = child(comment, "text")
    for one in list(whole):
        whole.remove(one)
    added(whole, "t", text).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
