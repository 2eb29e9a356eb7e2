"""The only door to zxing-cpp: QR codes as small SVG drawings."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

QUIET = 4
"""Modules of white around a code, as the standard asks."""
MASK = 4
"""The pattern laid over the codes of pages: of the eight, most often the best for our addresses.

To try all eight and choose, as the standard has it, takes seven times as long; a reader takes any.
What is printed once and hangs for years at a waterworks is tried with all.
"""

CHUNK = 11
"""Modules of a row that are written at once: the codes of addresses are three or four such wide."""

_RUNS = re.compile(rb"\0+|[^\0]+")


class _Strokes(dict[bytes, str]):
    """What is written for some modules in a row (0 is dark): go along, skip, go along.

    A line that goes on in the next chunk goes on in the drawing, without a seam; after a whole row
    the pen stands at its end, whatever stood there.
    """

    def __missing__(self, modules: bytes) -> str:
        runs = _RUNS.findall(modules)
        self[modules] = made = "".join(f"m{len(r)} 0" if r[0] else f"h{len(r)}" for r in runs)
        return made


_STROKES = _Strokes()


def qr(text: str) -> str:
    """Return the QR code of a text as an svg element, black on white in every colour scheme.

    Error correction M; runs of dark modules are strokes of one path, so that a code weighs about
    two kilobytes.
    """
    side, path = _modules(text, data_mask=MASK)
    return (
        f'<svg class="qy-qr" viewBox="0 0 {side} {side}" role="img" aria-label="本页地址的二维码">'
        f'<path class="g" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
    )


def drawing(text: str) -> str:
    """Return the QR code of a text as a whole svg file, for paper."""
    side, path = _modules(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path stroke="#000" d="{path}"/></svg>'
    )


def _modules(text: str, **options: int) -> tuple[int, str]:
    """Return the side of a code in modules, its margin included, and its strokes."""
    import zxingcpp

    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", **options)
    image: Any = made.to_image(scale=1, add_quiet_zones=False)
    size = image.shape[0]
    cells = bytes(memoryview(image).cast("B"))
    rows = ["".join([_STROKES[cells[chunk]] for chunk in row]) for row in _chunks(size)]
    return size + 2 * QUIET, f"M{QUIET} {QUIET}.5{f'm-{size} 1'.join(rows)}"


@cache
def _chunks(size: int) -> list[list[slice]]:
    """Return where the chunks of each row of a code stand among its modules."""
    return [
        [slice(start + n, start + min(n + CHUNK, size)) for n in range(0, size, CHUNK)]
        for start in range(0, size * size, size)
    ]
