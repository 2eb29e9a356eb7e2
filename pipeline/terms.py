"""The vocabulary that code needs by name; every list is held to the schemas by test."""

from __future__ import annotations

INNER = ("村", "乡镇", "县")
"""Levels that speak for the unit itself: only in home U."""

OUTSIDE = ("市", "省", "国家", "社会")
"""Levels that look from outside: only in home C."""

LEVELS = ("村", "乡镇", "县", "市", "省", "国家")
"""Levels of administration, lowest first."""

HOUSEHOLD_KINDS = (
    "脱贫不稳定户", "边缘易致贫户", "突发严重困难户", "其他脱贫户", "其他重点人群", "一般户",
)  # fmt: skip
"""Kinds of households, exclusive, in the order that decides."""

CHARGEABLE = HOUSEHOLD_KINDS[:4]
"""Kinds of households that clause 五.1 charges for."""

CHECKLISTS = ("六有两确保", "责任公示", "厂站管理", "化验检测", "消毒", "宣传资料", "水质公示")
PLACE_TYPES = ("县", "乡镇", "村", "工程", "网站", "电话", "市")

_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_CIRCLED = {"①": ".1", "②": ".2", "③": ".3", "④": ".4", "⑤": ".5", "⑥": ".6", "⑦": ".7"}


def clause_address(clause: str) -> str:
    """Return the ASCII form of a clause number for addresses: 五.4① -> 5.4.1."""
    plain = clause.translate(_NUMERALS)
    for circled, dotted in _CIRCLED.items():
        plain = plain.replace(circled, dotted)
    return plain
