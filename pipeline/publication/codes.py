"""The only door to zxing-cpp: QR codes as small SVG drawings."""

from __future__ import annotations

import re
from typing import Any

QUIET = 4
"""Modules of white around a code, as the standard asks."""
MASK = 4
"""The pattern laid over the codes of pages: of the eight, most often the best for our addresses.

To try all eight and choose, as the standard has it, takes seven times as long; a reader takes any.
What is printed once and hangs for years at a waterworks is tried with all.
"""

_RUNS = re.compile(b"([^\\0]*)(\\0+)")


class _Strokes(dict[tuple[bytes, bytes], str]):
    """What is written for light modules and the dark ones after them."""

    def __missing__(self, run: tuple[bytes, bytes]) -> str:
        light, dark = run
        self[run] = f"m{len(light)} 0h{len(dark)}"
        return self[run]


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
    return size + 2 * QUIET, "".join(_row(cells[n * size : (n + 1) * size], n) for n in range(size))


def _row(cells: bytes, number: int) -> str:
    """Write one row of modules (0 is dark) as strokes: move there, go along, skip, go along.

    Every page and every board carries a code, so the same runs are written once, and a row is put
    together of them.
    """
    runs = _RUNS.findall(cells)
    if not runs:
        return ""
    light, dark = runs[0]
    first = f"M{len(light) + QUIET} {number + QUIET}.5h{len(dark)}"
    return first + "".join([_STROKES[run] for run in runs[1:]])
