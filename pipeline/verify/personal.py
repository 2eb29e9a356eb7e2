"""Personal data in what was built: identity numbers, private mobiles, bank cards, mail addresses.

A mobile number is private unless the site itself publishes it as a service phone; a mail address,
unless it is the one that the page's own link writes to.
"""

from __future__ import annotations

import re

from pipeline.personal import detect
from pipeline.verify.trouble import Trouble

_IGNORED = re.compile(
    r"<script\b.*?</script>|<svg\b.*?</svg>|\b(?=[0-9]*[a-f])[0-9a-f]{16,64}\b|\"sha256:[0-9a-f]+\"",
    re.S,
)
"""What holds long digits that are no one's: drawings, digests."""

_KINDS = {**dict.fromkeys(b"0123456789", b"0"), **dict.fromkeys(b" -", b"-")}
_SHAPE = b"".join(_KINDS.get(one, b"\0") for one in range(256))
"""A digit as a zero, what parts digits as a dash, every other byte as nothing."""
_RUN = b"0" * 11
"""As many digits as a mobile number has."""
_SPACED = re.compile(rb"1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}")
_PARTED = b"000-0000-0000"
"""Such a number in this copy."""
_FULL_CODE = 12
_LONGEST = 20
"""Digits that a run is told by; a card has 19."""
_LETTER_TO = re.compile(r'<a href="mailto:([^"?]+)')

_NAMES = {"identity": "身份证号", "mobile": "手机号", "card": "银行卡号", "contact": "邮箱或账号"}


def personal_data(path: str, text: str, public: frozenset[str] = frozenset()) -> list[Trouble]:
    """Return what looks like personal data in a text; `public` numbers are allowed."""
    if not is_likely(text.encode(errors="replace")):
        return []
    plain = _IGNORED.sub(" ", text)
    own = set(_LETTER_TO.findall(plain)) if "mailto:" in plain else set()
    found = set()
    for one in detect(plain):
        if one.kind not in _NAMES or not one.is_sure:
            continue
        piece = plain[one.start : one.end]
        digits = re.sub(r"[^0-9Xx]", "", piece)
        if piece not in own and not (one.kind == "mobile" and digits in public):
            found.add(one.kind)
    return [
        Trouble(path, f"有像{_NAMES[kind]}的内容", "找到它来自哪一行，改正台账后重新建站")
        for kind in sorted(found)
    ]


def is_likely(written: bytes) -> bool:
    """Scan quickly: the 12-digit codes of places, which stand on every page, do not count.

    Long runs of digits are looked for in a copy that tells digits from all else: to find a fixed
    piece takes a fifth of the time of a pattern, on each of ten thousand pages.
    """
    shape = written.translate(_SHAPE)
    start = shape.find(_RUN)
    while start >= 0:
        run = shape[start : start + _LONGEST]
        length = len(run) - len(run.lstrip(b"0"))
        if length > _FULL_CODE or (length < _FULL_CODE and written.startswith(b"1", start)):
            return True
        start = shape.find(_RUN, start + length)
    if b"@" in written or "微信".encode() in written or (b"Q" in written and b"QQ" in written):
        return True
    return _PARTED in shape and bool(_SPACED.search(written))
