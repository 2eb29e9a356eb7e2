"""Long tables: the first rows stand in the page, the others in a script beside it.

A page of five hundred rows takes half a minute on a village's network, and nobody reads them from
the top. The script is fetched when somebody filters, sorts or asks for more; it works from disk.
Its rows are the same HTML that the page would hold, escaped by the same template. Whoever has no
scripts finds every row on the page of its unit, township or record.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.publication.desk import Desk

FOLDER = "lists"
FIRST = 20
"""Rows that a page holds itself, and by which a reader asks for more (`site/assets/tables.js`)."""


@dataclass(frozen=True, slots=True)
class LongList:
    """A table in two parts.

    `first` are the rows in the page, `whole` counts all; `address` is the script with the others
    from the root of the site (blank if there are none), `beside` that script by its address.
    """

    first: Sequence[Any]
    whole: int
    address: str
    beside: dict[str, bytes]


def long_list(
    desk: Desk,
    name: str,
    template: str,
    rows: Sequence[Any],
    root: str = "",
    first: int = FIRST,
    **values: Any,
) -> LongList:
    """Part the rows of a table; `template` writes `rows` as table rows for page and script alike.

    `name` is that of the script; `root` the way from the page to the root of the site; `first` how
    many rows the page holds itself.
    """
    held, others = rows[:first], rows[first:]
    if not others:
        return LongList(held, len(rows), "", {})
    address = f"{FOLDER}/{name}.js"
    html = desk.render(template, root=root, rows=others, **values)
    return LongList(held, len(rows), address, {address: _script([html])})


def _script(rows: Sequence[str]) -> bytes:
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.qyRest={text};\n".encode()
