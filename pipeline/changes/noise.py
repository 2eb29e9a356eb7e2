"""What re-saving does to a file and what means nothing: line ends, order, quoting, blanks.

Excel and LibreOffice write a table in their own manner. A file whose rows all say what they said is
told by how it was written anew; a value that is a record as written (0.40) is never noise.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

BOM = b"\xef\xbb\xbf"


def in_order(content: bytes, names: Sequence[str]) -> bytes:
    """Return a ledger with its columns in the order of its schema, if only their order differs.

    The gates refuse such a file; what it says is compared all the same.
    """
    first = content.removeprefix(BOM).partition(b"\n")[0].strip().replace(b'"', b"").split(b",")
    known = [name.encode() for name in names]
    if first == known or sorted(first) != sorted(known):
        return content
    try:
        rows = list(csv.reader(io.StringIO(content.removeprefix(BOM).decode(), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return content
    if any(len(row) != len(names) for row in rows):
        return content
    places = [rows[0].index(name) for name in names]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([row[at] for at in places] for row in rows)
    return text.getvalue().encode()


def rewritten(before: bytes, after: bytes) -> str:
    """Say in Chinese how a file whose rows are the same was written anew."""
    return "、".join(_manners(before, after)) or "只是数字、日期或空白的写法不同"


def _manners(before: bytes, after: bytes) -> Iterator[str]:
    if before.startswith(BOM) != after.startswith(BOM):
        yield "文件头（BOM）"
    old, new = before.removeprefix(BOM), after.removeprefix(BOM)
    if (b"\r" in old) != (b"\r" in new):
        yield "换行"
    old, new = (text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") for text in (old, new))
    if old.endswith(b"\n") != new.endswith(b"\n"):
        yield "文末的换行"
    if old.count(b'"') != new.count(b'"'):
        yield "引号"
    rows = [text.replace(b'"', b"").rstrip(b"\n").split(b"\n") for text in (old, new)]
    if rows[0][0] != rows[1][0] and sorted(rows[0][0].split(b",")) == sorted(
        rows[1][0].split(b",")
    ):
        yield "列的次序"
    if rows[0] != rows[1] and sorted(rows[0]) == sorted(rows[1]):
        yield "行的次序"
    elif any(line.rstrip(b", ") != line for line in rows[1] if line not in set(rows[0])):
        yield "行尾的逗号或空白"
