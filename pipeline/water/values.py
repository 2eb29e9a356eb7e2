"""What a laboratory wrote as a value, taken apart: 0.86, <0.01, 0.004L, 0.37~0.86, 未检出, 无.

"Below a number" has many spellings: <0.004, 小于0.004, 0.004L (HJ/T 91: below the detection
limit), <4×10-5, 未检出(<0.004), ND(0.004), 低于检出限. All are read, with the number where there is
one; what a report says stays as it is in `raw_value`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.patterns import late

EQUAL, LESS, MORE, RANGE = "等于", "小于", "大于", "区间"
ABSENT, QUALITATIVE = "未检出", "定性"

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN = (
    _FULL_WIDTH
    | str.maketrans("〜﹤﹥≦≧µ", "~<>≤≥μ", " \u3000")
    | {ord(c): "-" for c in "－−–—⁻‐"}
    | {ord(c): str(n) for n, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
)
_DECIMAL = r"(?:0|[1-9][0-9]{0,14}|0[0-9]{0,3})(?:\.[0-9]{1,12})?"
_POWER = r"(?:[×xX*]10\^?\(?(-?[0-9]{1,2})\)?|[eE](-?[0-9]{1,2}))?"
_UNIT = r"(?:mg/L|μg/L|ug/L|NTU|CFU/mL|MPN/100mL|CFU/100mL|Bq/L|个/mL|个/100mL|度)?"
_BELOW = r"(?-i:L)"
"""The L of HJ/T 91; small it could be the figure one."""
_SINGLE = late(
    rf"(<=|>=|[<>≤≥]|小于|低于|大于|高于)?({_DECIMAL}){_POWER}(?:{_UNIT}|({_BELOW}){_UNIT})",
    re.IGNORECASE,
)
_SPAN = late(rf"({_DECIMAL})(?:~|至|-)({_DECIMAL}){_UNIT}", re.IGNORECASE)
_NONE = r"(?:未检出|(?:低于|小于|<)(?:方法)?检出限|(?:方法)?检出限以下|ND|N\.D\.?)"
_FLOOR = rf"(?:(?:方法)?检出限[:为]?|<)?({_DECIMAL}){_POWER}{_UNIT}{_BELOW}?{_UNIT}"
_ABSENT = late(rf"{_NONE}(?:\({_FLOOR}\)|{_FLOOR})?{_UNIT}", re.IGNORECASE)
_WORDS = late(
    r"(?:无|无异常|正常|未见|未见异常|有|检出|阳性|阴性"
    r"|(?:无|有|微弱|弱|明显|强)[异色臭味嗅气浑浊肉眼可见物和杂质沉淀、]{1,15})"
)
_NO_VALUE = frozenset({"合格", "达标", "符合", "不合格", "不达标", "/", "-", "--"})
_SIGNS = {
    "": EQUAL, "<": LESS, "≤": LESS, "<=": LESS, "小于": LESS, "低于": LESS,
    ">": MORE, "≥": MORE, ">=": MORE, "大于": MORE, "高于": MORE,
}  # fmt: skip
_INCLUSIVE = ("≤", "≥", "<=", ">=")
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
        return _absent(*match.groups())
    if match := _SINGLE.fullmatch(text):
        return _single(*match.groups())
    if match := _SPAN.fullmatch(text):
        low, high = _number(match[1]), _number(match[2])
        return Value(RANGE, low, high) if low is not None and high and low < high else None
    return Value(QUALITATIVE) if _WORDS.fullmatch(text) else None


def includes_its_end(raw: str) -> bool:
    """Whether a bound may itself be the value: ≤0.3 may be 0.3, <0.3 may not."""
    return raw.translate(_PLAIN).startswith(_INCLUSIVE)


def _absent(*groups: str | None) -> Value | None:
    """Read 未检出 and its like: the detection limit stands in brackets or behind, or not at all."""
    digits, *powers = groups[:3] if groups[0] else groups[3:]
    if digits is None:
        return Value(ABSENT)
    limit = _number(digits, powers[0] or powers[1])
    return Value(ABSENT, None, limit) if limit else None


def _single(
    sign: str | None, digits: str, times: str | None, e: str | None, below: str | None
) -> Value | None:
    """Read one number; nothing is below zero, so "<0" is refused."""
    qualifier = _SIGNS[sign or ""]
    if below:
        if qualifier == MORE:
            return None
        qualifier = LESS
    number = _number(digits, times or e)
    if number is None or (qualifier == LESS and not number):
        return None
    return Value(qualifier, None, number)


def _number(digits: str, power: str | None = None) -> Decimal | None:
    """Return a number in plain notation, without trailing zeros; None if it is out of reach."""
    number = Decimal(digits).scaleb(int(power)) if power else Decimal(digits)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > _PLACES:
        return None
    return number
