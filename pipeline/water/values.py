"""What a laboratory wrote as a value, taken apart: 0.86, <0.01, <4×10-5, 0.37~0.86, 未检出, 无."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

EQUAL, LESS, MORE, RANGE = "等于", "小于", "大于", "区间"
ABSENT, QUALITATIVE = "未检出", "定性"

_PLAIN = (
    str.maketrans("０１２３４５６７８９．＜＞～〜﹤﹥（）％", "0123456789.<>~~<>()%", " \u3000")
    | {ord(c): "-" for c in "－−–—⁻‐"}
    | {ord(c): str(n) for n, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
)
_DECIMAL = r"(?:0|[1-9][0-9]{0,14}|0[0-9]{0,3})(?:\.[0-9]{1,12})?"
_POWER = r"(?:[×xX*]10\^?\(?(-?[0-9]{1,2})\)?|[eE](-?[0-9]{1,2}))?"
_UNIT = r"(?:mg/L|μg/L|ug/L|NTU|CFU/mL|MPN/100mL|CFU/100mL|Bq/L|个/mL|个/100mL|度)?"
_SINGLE = re.compile(rf"([<>≤≥]?)({_DECIMAL}){_POWER}{_UNIT}", re.IGNORECASE)
_SPAN = re.compile(rf"({_DECIMAL})(?:~|至|-)({_DECIMAL}){_UNIT}", re.IGNORECASE)
_ABSENT = re.compile(
    r"(?:未检出|ND|N\.D\.?)(?:\(<?(" + _DECIMAL + r")\)|<(" + _DECIMAL + r"))?" + _UNIT,
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:无|无异常|正常|未见|未见异常|有|检出|阳性|阴性"
    r"|(?:无|有|微弱|弱|明显|强)[异色臭味嗅气浑浊肉眼可见物和杂质沉淀、]{1,15})"
)
_NO_VALUE = frozenset({"合格", "达标", "符合", "不合格", "不达标", "/", "-", "--"})
_SIGNS = {"": EQUAL, "<": LESS, "≤": LESS, ">": MORE, "≥": MORE}
_PLACES = 12


class Value(NamedTuple):
    """A value as columns: `qualifier`, the lower end of a range, and the number.

    For 小于 and 未检出 the number is the detection limit (未检出 may lack it); 定性 has none.
    """

    qualifier: str
    low: Decimal | None = None
    value: Decimal | None = None


@lru_cache(maxsize=65536)
def parse(raw: str) -> Value | None:
    """Read a report's value; None if it is none ("合格" alone is a conclusion, not a value)."""
    text = raw.translate(_PLAIN)
    if not text or text in _NO_VALUE:
        return None
    if match := _ABSENT.fullmatch(text):
        limit = match[1] or match[2]
        return Value(ABSENT, None, _number(limit) if limit else None)
    if match := _SINGLE.fullmatch(text):
        number = _number(match[2], match[3] or match[4])
        return number if number is None else Value(_SIGNS[match[1]], None, number)
    if match := _SPAN.fullmatch(text):
        low, high = _number(match[1]), _number(match[2])
        return Value(RANGE, low, high) if low is not None and high and low < high else None
    return Value(QUALITATIVE) if _WORDS.fullmatch(text) else None


def _number(digits: str, power: str | None = None) -> Decimal | None:
    """Return a number in plain notation, without trailing zeros; None if it is out of reach."""
    number = Decimal(digits).scaleb(int(power)) if power else Decimal(digits)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > _PLACES:
        return None
    return number
