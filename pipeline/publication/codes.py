"""The only door to zxing-cpp: QR codes as small SVG drawings."""

from __future__ import annotations

from typing import Any

QUIET = 4
"""Modules of white around a code, as the standard asks."""
MASK = 4
"""The pattern laid over the codes of pages: of the eight, most often the best for our addresses.

To try all eight and choose, as the standard has it, takes seven times as long; a reader takes any.
What is printed once and hangs for years at a waterworks is tried with all.
"""


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
    """Write one row of modules (0 is dark) as strokes: move there, go along, skip, go along."""
    pieces, at, pen = [], 0, None
    while (start := cells.find(0, at)) >= 0:
        end = start
        while end < len(cells) and not cells[end]:
            end += 1
        skip = f"M{start + QUIET} {number + QUIET}.5" if pen is None else f"m{start - pen} 0"
        pieces.append(f"{skip}h{end - start}")
        at = pen = end
    return "".join(pieces)
