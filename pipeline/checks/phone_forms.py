"""How a telephone number that people wrote their own way is written in a ledger.

Blanks, brackets, hyphens, +86, 转 for an extension and remarks such as （24小时） lose nothing: the
answer can give the accepted form itself; two numbers in a cell are told apart.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.patterns import late

_REMARK = late(r"[(][^()]*[^0-9()+ -][^()]*[)]|24小时|全天|工作日|微信同号|同微信")
_LABEL = late(r"^[^0-9+(]*|[:：]")
_EXTENSION = late(r"(?:转|分机|内线|ext\.?|x|#)\s*([0-9]{1,5})\D*$", re.I)
_COUNTRY = late(r"^(?:\+|00)?86[ -]*(?=1[3-9][0-9][ -]?|[(]?0?[1-9][0-9]{1,2})")
_PARTS = late(r"[、，,;；/\\|]|\s+或\s*|或者?|和|以及|\s{2,}")
_LONG = 5
_OURS = "0377"
_BIG_CITIES = late("010|02[0-57-9]")


def as_written(cell: str) -> list[str | None]:
    """Return each number of a cell in the accepted form, None for one that cannot be told."""
    plain = unicodedata.normalize("NFKC", cell).replace("－", "-").replace("—", "-")
    bare = _REMARK.sub("", plain)
    pieces = [piece for piece in _PARTS.split(bare) if _digits(piece)]
    if len(pieces) == 1 and (apart := _parted_by_blanks(pieces[0])):
        pieces = apart
    return [_one(piece) for piece in pieces]


def advice(cell: str, title: str, *, is_register: bool) -> str:
    """Say how to write exactly what stands in a cell; in the register two numbers are two rows."""
    forms = as_written(cell)
    known = [form for form in forms if form]
    if len(forms) > 1:
        if len(known) < len(forms):
            return f"“{title}”写了不止一个号码，有的没有写全；一格只写一个，写全"
        if is_register:
            return f"“{title}”写了{len(forms)}个号码，分成{len(forms)}行登记：{'、'.join(known)}"
        rest = "、".join(known[1:])
        return f"“{title}”写了{len(forms)}个号码，只留一个，写成 {known[0]}；{rest} 不写在这里"
    if known:
        return f"“{title}”{_why(cell, known[0])}，应写成 {known[0]}"
    return f"“{title}”{_why_not(_digits(cell))}"


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _parted_by_blanks(piece: str) -> list[str]:
    """Return two whole numbers that only a blank parts, else nothing."""
    words = piece.split()
    for place in range(1, len(words)):
        both = [" ".join(words[:place]), " ".join(words[place:])]
        if all(len(_digits(word)) >= _LONG and _one(word) for word in both):
            return both
    return []


def _one(piece: str) -> str | None:
    """Return one number in the accepted form."""
    tail = ""
    if found := _EXTENSION.search(piece):
        piece, tail = piece[: found.start()], f"-{found[1]}"
    piece = _COUNTRY.sub("", _LABEL.sub("", piece).strip())
    digits = _digits(piece)
    inner = re.fullmatch(r"(.*[0-9]{7,8})-([0-9]{1,5})", piece)
    if inner and not tail and (landline := _landline(_digits(inner[1]))):
        return f"{landline}-{inner[2]}"
    if re.fullmatch("1[3-9][0-9]{9}", digits):
        return digits if not tail else None
    if re.fullmatch("400[0-9]{7}", digits):
        return f"400-{digits[3:6]}-{digits[6:]}" if not tail else None
    if re.fullmatch("1[0-9]{4}|9[0-9]{4,5}", digits):
        return digits if not tail else None
    landline = _landline(digits)
    return landline + tail if landline else None


def _landline(digits: str) -> str | None:
    if re.fullmatch("377[0-9]{8}", digits):
        digits = "0" + digits
    if re.fullmatch("[1-8][0-9]{7}", digits):
        digits = _OURS + digits
    if not digits.startswith("0"):
        return None
    width = 3 if _BIG_CITIES.match(digits) else 4
    area, rest = digits[:width], digits[width:]
    whole = len(rest) == 8 or (len(rest) == 7 and area not in (_OURS, "010"))
    return f"{area}-{rest}" if whole else None


def _why(cell: str, form: str) -> str:
    """Say what is wrong with a number of which the accepted form is known."""
    digits = _digits(unicodedata.normalize("NFKC", cell))
    if form.startswith(_OURS) and _OURS not in digits:
        lost_zero = digits.startswith(_OURS[1:])
        return "少了开头的0" if lost_zero else "少了区号（南阳是0377；别处的写那里的区号）"
    if re.search("24小时|全天|工作日", cell):
        return "里有服务时间（写在“服务时间”列）"
    if re.search("转|分机|内线|ext", cell, re.I):
        return "的分机号前用短横"
    if form[0] == "1":
        return "的手机号11位连着写" if len(form) == 11 else "的热线只写号码"
    return "的400号码用短横分段" if form.startswith("400") else "的区号后面用短横"


def _why_not(digits: str) -> str:
    if re.fullmatch("[2-8][0-9]{6}", digits):
        return "少了区号，只有7位；南阳的座机写成 0377-8位号码"
    if re.fullmatch("1[3-9][0-9]*", digits):
        return f"像手机号，但有 {len(digits)} 位数字，应是11位连着写"
    return "不是电话号码；座机写成 0377-8位号码，手机11位连着写"
