"""A table by its columns: the texts of its cells, and the table as CSV and as lines of JSON.

Cells are made a column at a time, equal values once: of a million cells a tenth are different, and
which way a cell is written is asked once for its column.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from functools import cache
from json.encoder import encode_basestring
from typing import Any, NamedTuple


class Column(NamedTuple):
    """A column of texts; `type` is that of Table Schema which they are to be read as."""

    type: str
    texts: Sequence[str]


def text(value: Any) -> str:
    """Write a value as a cell: blank for None, 是/否, ISO dates, lists joined by a bar."""
    if value is None:
        return ""
    if value is True:
        return "是"
    if value is False:
        return "否"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "|".join(value)
    return (
        value.isoformat()
        if hasattr(value, "isoformat")
        else format(value, "f" if hasattr(value, "as_tuple") else "")
    )


def column(kind: str, values: Iterable[Any]) -> Column:
    """Return a column with its values as text; `kind` is the type of its values."""
    # 0.5 and 0.50 are equal and are not the same text
    write = text if kind == "number" else cache(text)
    return Column(kind, list(map(write, values)))


def written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def lines(head: dict[str, Any], columns: Iterable[Sequence[str]]) -> bytes:
    """Write a table as one JSON object: what is said of it, then its `rows`, each on a line."""
    quoted = (map(encode_basestring, texts) for texts in columns)
    rows = ",\n".join([f"[{', '.join(cells)}]" for cells in zip(*quoted, strict=True)])
    said = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{said},"rows":[\n{rows}\n]}}\n'.encode()
