"""How a telephone number that people wrote their own way is written in a ledger.

Blanks, brackets, hyphens, +86, 转 for an extension and remarks such as （24小时） lose nothing: the
answer can give the accepted form itself; two numbers in a cell are told apart. Where the data set
lies decides only what a number without an area code can be.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.patterns import late
from pipeline.telephones import Area

_REMARK = late(r"[(][^()]*[^0-9()+ -][^()]*[)]|24小时|全天|工作日|微信同号|同微信")
_LABEL = late(r"^[^0-9+(]*|[:：]")
_EXTENSION = late(r"(?:转|分机|内线|ext\.?|x|#)\s*([0-9]{1,5})\D*$", re.I)
_COUNTRY = late(r"^(?:\+|00)?86[ -]*(?=1[3-9][0-9][ -]?|[(]?0?[1-9][0-9]{1,2})")
_PARTS = late(r"[、，,;；/\\|]|\s+或\s*|或者?|和|以及|\s{2,}")
_LONG = 5
_BIG_CITIES = late("010|02[0-57-9]")


def as_written(cell: str, area: Area | None = None) -> list[str | None]:
    """Return each number of a cell in the accepted form, None for one that cannot be told."""
    plain = unicodedata.normalize("NFKC", cell).replace("－", "-").replace("—", "-")
    bare = _REMARK.sub("", plain)
    pieces = [piece for piece in _PARTS.split(bare) if _digits(piece)]
    if len(pieces) == 1 and (apart := _parted_by_blanks(pieces[0], area)):
        pieces = apart
    return [_one(piece, area) for piece in pieces]


def advice(cell: str, title: str, area: Area | None = None, *, is_register: bool) -> str:
    """Say how to write exactly what stands in a cell; in the register two numbers are two rows."""
    forms = as_written(cell, area)
    known = [form for form in forms if form]
    if len(forms) > 1:
        if len(known) < len(forms):
            return f"“{title}”写了不止一个号码，有的没有写全；一格只写一个，写全"
        if is_register:
            return f"“{title}”写了{len(forms)}个号码，分成{len(forms)}行登记：{'、'.join(known)}"
        rest = "、".join(known[1:])
        return f"“{title}”写了{len(forms)}个号码，只留一个，写成 {known[0]}；{rest} 不写在这里"
    if known:
        return f"“{title}”{_why(cell, known[0], area)}，应写成 {known[0]}"
    return f"“{title}”{_why_not(_digits(cell), area)}"


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _parted_by_blanks(piece: str, area: Area | None) -> list[str]:
    """Return two whole numbers that only a blank parts, else nothing."""
    words = piece.split()
    for place in range(1, len(words)):
        both = [" ".join(words[:place]), " ".join(words[place:])]
        if all(len(_digits(word)) >= _LONG and _one(word, area) for word in both):
            return both
    return []


def _one(piece: str, area: Area | None) -> str | None:
    """Return one number in the accepted form."""
    tail = ""
    if found := _EXTENSION.search(piece):
        piece, tail = piece[: found.start()], f"-{found[1]}"
    piece = _COUNTRY.sub("", _LABEL.sub("", piece).strip())
    digits = _digits(piece)
    inner = re.fullmatch(r"(.*[0-9]{7,8})-([0-9]{1,5})", piece)
    if inner and not tail and (landline := _landline(_digits(inner[1]), area)):
        return f"{landline}-{inner[2]}"
    if re.fullmatch("1[3-9][0-9]{9}", digits):
        return digits if not tail else None
    if re.fullmatch("400[0-9]{7}", digits):
        return f"400-{digits[3:6]}-{digits[6:]}" if not tail else None
    if re.fullmatch("1[0-9]{4}|9[0-9]{4,5}", digits):
        return digits if not tail else None
    landline = _landline(digits, area)
    return landline + tail if landline else None


def _landline(digits: str, area: Area | None) -> str | None:
    if area and (whole := _of_area(digits, area)):
        return whole
    if not digits.startswith("0"):
        return None
    width = 3 if _BIG_CITIES.match(digits) else 4
    code, rest = digits[:width], digits[width:]
    is_whole = len(rest) == 8 or (len(rest) == 7 and code != "010")
    return f"{code}-{rest}" if is_whole and (not area or area.allows(f"{code}-{rest}")) else None


def _of_area(digits: str, area: Area) -> str | None:
    """Return the landline of the area whose code, or the nought before it, was left out."""
    sizes = (area.digits,) if area.digits else (7, 8)
    bare = area.code.removeprefix("0")
    rest = digits.removeprefix(bare) if len(digits) > max(sizes) else digits
    is_whole = len(rest) in sizes and rest[0] in "12345678"
    return f"{area.code}-{rest}" if is_whole else None


def _why(cell: str, form: str, area: Area | None) -> str:
    """Say what is wrong with a number of which the accepted form is known."""
    digits = _digits(unicodedata.normalize("NFKC", cell))
    if area and form.startswith(area.code) and area.code not in digits:
        if digits.startswith(area.code[1:]):
            return "少了开头的0"
        return f"少了区号（{area.city}是{area.code}；别处的写那里的区号）"
    if re.search("24小时|全天|工作日", cell):
        return "里有服务时间（写在“服务时间”列）"
    if re.search("转|分机|内线|ext", cell, re.I):
        return "的分机号前用短横"
    if form[0] == "1":
        return "的手机号11位连着写" if len(form) == 11 else "的热线只写号码"
    return "的400号码用短横分段" if form.startswith("400") else "的区号后面用短横"


def _why_not(digits: str, area: Area | None) -> str:
    size = f"{area.digits}位" if area and area.digits else ""
    landline = f"{area.code if area else '区号'}-{size}号码"
    if re.fullmatch("[2-8][0-9]{6,7}", digits):
        ours = f"；{area.city}的座机写成 {landline}" if area else f"；座机写成 {landline}"
        return f"少了区号，只有{len(digits)}位{ours}"
    if re.fullmatch("1[3-9][0-9]*", digits):
        return f"像手机号，但有 {len(digits)} 位数字，应是11位连着写"
    return f"不是电话号码；座机写成 {landline}，手机11位连着写"
