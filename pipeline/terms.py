"""The vocabulary that code needs by name; every list is held to the schemas by test."""

from __future__ import annotations

UNITS = (
    "wancheng", "wolong", "nanzhao", "fangcheng", "xixia", "zhenping", "neixiang", "xichuan",
    "sheqi", "tanghe", "xinye", "tongbai", "dengzhou", "gaoxin", "shifan", "yahe", "guanzhuang",
)  # fmt: skip
"""The 17 units by id, in the order of the design."""

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

CLAUSES: dict[str, tuple[int, int]] = {
    "一.1": (0, 5), "一.2": (0, 5), "二.2": (0, 5), "三.1": (0, 6), "三.2": (0, 3), "三.3": (0, 6),
    "四.1": (0, 3), "四.2": (0, 3), "四.3": (0, 5), "四.4": (0, 4), "五.1": (0, 10),
    "五.2": (0, 17), "五.3": (0, 10), "五.4①": (0, 2), "五.4②": (0, 2), "五.4③": (0, 2),
    "五.4④": (0, 5), "五.4⑤": (0, 2), "五.5①": (0, 2), "五.5②": (0, 3),
    "六.1": (-10, 0), "六.2": (-5, 5), "六.3": (0, 10),
}  # fmt: skip
"""Official clause numbers of Annex 3 and the lowest and highest points of each."""

_NUMERALS = str.maketrans("一二三四五六", "123456")
_CIRCLED = {"①": ".1", "②": ".2", "③": ".3", "④": ".4", "⑤": ".5"}


def clause_address(clause: str) -> str:
    """Return the ASCII form of a clause number for addresses: 五.4① -> 5.4.1."""
    plain = clause.translate(_NUMERALS)
    for circled, dotted in _CIRCLED.items():
        plain = plain.replace(circled, dotted)
    return plain
