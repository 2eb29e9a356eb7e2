"""PNG files of pictures that have most of their rows in common: those are packed only once.

A picture is cut into strips. The rows of a PNG are one stream of zlib, and such a stream may be put
together from parts that were packed apart; so a strip that is as in the pattern is taken as it was
packed with all patience, and only the others are packed anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

PATIENT, QUICK = 9, 4
"""How hard the strips of the pattern are packed, and those of one picture."""

MEMORY = 9
"""The most that zlib may use: the least bytes."""

HEAD, END = b"\x78\x9c", b"\x03\x00"
"""How a stream of zlib begins, and the empty block that ends it."""

PRIME = 65521
"""Modulus of the checksum that ends a stream (Adler-32)."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
INDEXED = bytes([8, 3, 0, 0, 0])
"""Eight bits for the colour of a dot, which is its number in the palette; nothing else special."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """A packed part of the stream: its bytes, the checksum and the number of what was packed."""

    packed: bytes
    check: int
    length: int


class Alike:
    """Packs pictures of one size and palette that are mostly as a pattern."""

    def __init__(
        self, size: tuple[int, int], palette: bytes, pattern: bytes, cuts: Sequence[int]
    ) -> None:
        """Take the pattern and the rows, from the top down, where pictures are cut into strips.

        `size` is width and height in dots, `palette` three bytes for each colour, `pattern` a byte
        for each dot, row by row. Where the cuts are decides how small the files become, never what
        they show.
        """
        width, height = size
        self._size, self._palette = size, palette
        self._spans = [(a * width, b * width) for a, b in pairwise((0, *cuts, height))]
        parts = [pattern[a:b] for a, b in self._spans]
        self._common = {part: _strip(part, width, PATIENT) for part in parts}

    def png(self, dots: bytes) -> bytes:
        """Return a picture, a byte for each dot, as a PNG file without metadata."""
        width, height = self._size
        body, check = [HEAD], 1
        for part in (dots[a:b] for a, b in self._spans):
            strip = self._common.get(part) or _strip(part, width, QUICK)
            body.append(strip.packed)
            check = _joined(check, strip.check, strip.length)
        body += (END, check.to_bytes(4))
        return SIGNATURE + b"".join(
            _chunk(kind, content)
            for kind, content in (
                (b"IHDR", width.to_bytes(4) + height.to_bytes(4) + INDEXED),
                (b"PLTE", self._palette),
                (b"IDAT", b"".join(body)),
                (b"IEND", b""),
            )
        )


def _strip(dots: bytes, width: int, level: int) -> _Strip:
    """Pack some rows so that whatever comes before and after them in the stream is no matter."""
    rows = (dots[at : at + width] for at in range(0, len(dots), width))
    plain = b"".join(b"\0" + row for row in rows)  # 0: the row is told as it is
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, MEMORY)
    packed = packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)
    return _Strip(packed, zlib.adler32(plain), len(plain))


def _joined(first: int, second: int, length: int) -> int:
    """Return the checksum of two parts one after the other; `length` is that of the second."""
    low = ((first & 0xFFFF) + (second & 0xFFFF) - 1) % PRIME
    high = ((first >> 16) + (second >> 16) + length * ((first & 0xFFFF) - 1)) % PRIME
    return high << 16 | low


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)
