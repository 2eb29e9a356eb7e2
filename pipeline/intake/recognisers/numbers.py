"""Counts and amounts: 1,200, 3.2万, 约500, ２０户, 12人."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from pipeline.intake.recognisers.reading import KEPT, Reading, flat

_NUMBER = re.compile(
    r"(约|大约|近|共|共计|合计)?([0-9][0-9,]*(?:\.[0-9]+)?)(万|亿|千|百)?(?:余|多)?([^0-9]*)"
)
_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_TIMES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, None: 1}
_UNITS = frozenset(
    (
        "户 人 口 元 处 个 次 年 米 % 吨 km 公里 元/吨 元/方 元/m3 元/立方米 m3/d t/d 吨/日 吨/天 "
        "方/日 立方米/日 立方米/天"
    ).split()
) | {""}


@lru_cache(maxsize=KEPT)
def read_number(text: str, *, is_whole: bool) -> Reading:
    """Read a count (`is_whole`) or an amount, with whatever unit stands behind it."""
    plain = flat(text).replace("，", ",")
    if re.search(r"[0-9]e[+-]?[0-9]", plain, re.I):
        return Reading(
            problem="是科学记数法，末尾的数字可能已经丢了", remedy="把格子设成文本，重新填原来的数"
        )
    if re.fullmatch("-[0-9.]+", plain):
        return Reading(problem="是负数", remedy="填0或正数")
    found = _NUMBER.fullmatch(plain)
    if not found or found[4] not in _UNITS or not _GROUPS.fullmatch(found[2]):
        return Reading(problem="认不出是多少", remedy="只填数字，如 1200")
    try:
        value = Decimal(found[2].replace(",", "")) * _TIMES[found[3]]
    except InvalidOperation:
        return Reading(problem="认不出是多少", remedy="只填数字，如 1200")
    value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    if is_whole and value != value.to_integral_value():
        return Reading(problem="应是整数", remedy="填整数")
    written = f"{value:f}"
    kept = plain if _is_plain(plain) and not is_whole else written
    note = "写的是约数" if found[1] in ("约", "大约", "近") else ""
    return Reading(kept, "" if kept == text else "数字写成不带逗号和单位的样子", note=note)


def _is_plain(plain: str) -> bool:
    return re.fullmatch(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", plain) is not None
