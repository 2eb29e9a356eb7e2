"""Old workbooks (.xls, and the .et of WPS that is one) made byte by byte: BIFF8 in a compound file.

Just enough of both forms for a reader: one stream, a sheet, numbers and texts.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from typing import Any

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
BOF, EOF, BOUNDSHEET, NUMBER, LABEL = 0x0809, 0x000A, 0x0085, 0x0203, 0x0204
FILEPASS = 0x002F


def record(kind: int, body: bytes) -> bytes:
    """Return one record of a stream."""
    return struct.pack("<HH", kind, len(body)) + body


def xls(cells: Mapping[tuple[int, int], Any], name: str = "台账", locked: bool = False) -> bytes:
    """Return a workbook with one sheet; `cells` are numbers and texts by row and column from 0."""
    begin = record(BOF, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600))
    lock = record(FILEPASS, struct.pack("<HHH", 0, 1, 2)) if locked else b""
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    bound = record(BOUNDSHEET, struct.pack("<IBB", 0, 0, 0) + title)
    start = len(begin) + len(lock) + len(bound) + 4
    bound = record(BOUNDSHEET, struct.pack("<IBB", start, 0, 0) + title)
    sheet = record(BOF, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600))
    sheet += b"".join(_cell(place, value) for place, value in sorted(cells.items()))
    return compound(begin + lock + bound + record(EOF, b"") + sheet + record(EOF, b""))


def rows(lines: Iterable[Iterable[Any]]) -> dict[tuple[int, int], Any]:
    """Return the cells of some lines."""
    return {
        (number, column): value
        for number, line in enumerate(lines)
        for column, value in enumerate(line)
        if value not in (None, "")
    }


def _cell(place: tuple[int, int], value: Any) -> bytes:
    head = struct.pack("<HHH", *place, 0)
    if isinstance(value, int | float):
        return record(NUMBER, head + struct.pack("<d", value))
    text = str(value)
    return record(LABEL, head + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def compound(stream: bytes, called: str = "Workbook") -> bytes:
    """Return a compound file that holds one stream."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // _SECTOR)
    tables = -(-(count + 2) // (_SECTOR // 4 - 1))
    chain = [_FAT] * tables + [_END] + [n + 1 for n in range(tables + 1, tables + count)] + [_END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *[*range(tables), *[_FREE] * (109 - tables)])
    folder = _entry("Root Entry", 5, _END, 0, child=1) + _entry(called, 2, tables + 1, len(stream))
    return header + fat + folder.ljust(_SECTOR, b"\0") + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", _FREE, _FREE, child) + b"\0" * 36
    return entry + struct.pack("<IQ", start, size)
