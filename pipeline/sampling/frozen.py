"""A frame as it is kept: one file, whose digest says which frame it was.

Whoever has the file, the seed and the number draws the same places again, whatever has become of
the ledgers since.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from pipeline.sampling.frame import HEAVIEST, Entry

COLUMNS = ("unit_id", "stratum", "place_type", "place_id", "weight", "reasons")
SHOWN = 16
"""Characters of the digest in `frame_version`."""


class DamagedFrame(ValueError):
    """What is wrong with a frame that was kept, in Chinese."""


def written(frame: Sequence[Entry]) -> bytes:
    """Return a frame as a file; the same frame gives the same bytes."""
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in sorted(frame):
        where = (one.unit_id, one.stratum, one.place_type, one.place_id)
        table.writerow((*where, one.weight, "|".join(one.reasons)))
    return buffer.getvalue().encode()


def digest(frame: Sequence[Entry]) -> str:
    """Return the SHA-256 of the frame's file."""
    return sha256(written(frame)).hexdigest()


def version(frame: Sequence[Entry], day: date) -> str:
    """Return what `frame_version` says: the day of the rows, and the beginning of the digest."""
    return f"{day.isoformat()} {digest(frame)[:SHOWN]}"


def thaw(content: bytes) -> tuple[Entry, ...]:
    """Read a frame that was kept.

    Raises:
        DamagedFrame: it is not a frame, or was changed by hand.
    """
    try:
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError) as trouble:
        raise DamagedFrame("不是抽样时写的名册") from trouble
    if tuple(head) != COLUMNS:
        raise DamagedFrame(f"第1行应当是 {','.join(COLUMNS)}")
    found = [_entry(line, cells) for line, cells in enumerate(rows, 2)]
    if not found:
        raise DamagedFrame("名册是空的")
    if written(found) != content:
        raise DamagedFrame("写法和次序与抽样时写的不同，可能有人改过或用表格软件存过")
    return tuple(found)


def _entry(line: int, cells: Sequence[str]) -> Entry:
    if len(cells) != len(COLUMNS) or not all(cells[:4]):
        raise DamagedFrame(f"第{line}行不是{len(COLUMNS)}格，或者有空格")
    unit, stratum, place_type, place_id, weight, reasons = cells
    if weight not in map(str, range(1, HEAVIEST + 1)):
        raise DamagedFrame(f"第{line}行的权数应当是 1 到 {HEAVIEST}")
    return Entry(
        unit,
        stratum,
        place_type,
        place_id,
        int(weight),
        tuple(reasons.split("|")) if reasons else (),
    )
