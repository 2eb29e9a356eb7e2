"""A printed page leads back to itself: the code on it can be read by a phone."""

import re
from random import Random

import pytest
import zxingcpp

from pipeline.publication.codes import QUIET, qr


def read(svg: str) -> str:
    """Paint the strokes of a code as grey values and let a reader read them."""
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    zoom = 4
    dots = bytearray(b"\xff" * (side * zoom) ** 2)
    x = y = 0.0
    path = svg.rpartition('d="')[2]
    for step, number, rest in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        match step:
            case "M":
                x, y = float(number), float(rest)
            case "m":
                x, y = x + float(number), y + float(rest)
            case "h":
                for row in range(int(y) * zoom, (int(y) + 1) * zoom):
                    start = row * side * zoom + int(x) * zoom
                    dots[start : start + int(number) * zoom] = bytes(int(number) * zoom)
                x += float(number)
    picture = memoryview(bytes(dots)).cast("B", (side * zoom, side * zoom))
    found = zxingcpp.read_barcodes(picture)
    return found[0].text if found else ""


@pytest.mark.parametrize(
    "address",
    [
        "https://qingyuan.example/v/411321101203.html?v=abcdef1",
        "https://a.cn/",
        "https://example.gov.cn/" + "x" * 200,
    ],
)
def test_a_code_reads_as_the_address_it_was_made_from(address):
    """Whatever its length."""
    assert read(qr(address)) == address


def test_codes_of_a_thousand_addresses_are_read():
    """The pattern over a code of a page is not chosen for its address; each is read."""
    random = Random(2022)
    for number in range(1000):
        name = f"{random.choice('vwitu')}/{random.randrange(10**12)}.html"
        address = f"https://shuili.example.gov.cn/{name}?v={random.randrange(16**7):07x}{number}"
        assert read(qr(address)) == address


def test_a_code_has_its_quiet_margin_and_no_style():
    """Scanners need four modules of white; the content policy allows no style."""
    svg = qr("https://qingyuan.example/")

    assert f"M{QUIET} {QUIET}.5" in svg
    assert "style" not in svg
