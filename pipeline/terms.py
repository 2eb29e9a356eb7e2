"""The vocabulary that code needs by name and that no schema says.

Words of a column come from `pipeline.rowtypes`, which is made from the schemas.
"""

from __future__ import annotations

from typing import Final, Literal

from pipeline.rowtypes import HOUSEHOLD_CHECKS_HOUSEHOLD_KIND, ISSUE_EVENTS_BY_LEVEL, WorksStatus

LEVELS = ISSUE_EVENTS_BY_LEVEL
"""Levels of administration, lowest first."""

INNER: tuple[Literal["村", "乡镇", "县"], ...] = ("村", "乡镇", "县")
"""Levels that speak for the unit itself: only in home U."""

OUTSIDE: tuple[Literal["市", "省", "国家", "社会"], ...] = ("市", "省", "国家", "社会")
"""Levels that look from outside: only in home C."""

CHARGEABLE = HOUSEHOLD_CHECKS_HOUSEHOLD_KIND[:4]
"""Kinds of households that clause 五.1 charges for; the schema lists them in order of need."""

IN_SUPPLY: tuple[WorksStatus, ...] = ("正常", "间歇", "作用不明显")
"""States of a works that somebody drinks from; 闲置 and 停用 are not."""

IssueState = Literal["未登记", "整改中", "已报完成", "待核查", "核查通过", "已销号", "已作废"]
"""Where an issue may stand; no column says so, the events of the issue do."""

UNREGISTERED: Final = "未登记"
"""Where an issue stands before its first event takes effect: nothing is claimed of it."""
MENDING: Final = "整改中"
REPORTED: Final = "已报完成"
AWAITING: Final = "待核查"
VERIFIED: Final = "核查通过"
STRUCK: Final = "已销号"
VOID: Final = "已作废"

INTERNAL_MARK: Final = "内部资料"
"""What a paper for the office says on every page and in its metadata; it is never published."""

_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_CIRCLED = {"①": ".1", "②": ".2", "③": ".3", "④": ".4", "⑤": ".5", "⑥": ".6", "⑦": ".7"}


def clause_address(clause: str) -> str:
    """Return the ASCII form of a clause number for addresses: 五.4① -> 5.4.1."""
    plain = clause.translate(_NUMERALS)
    for circled, dotted in _CIRCLED.items():
        plain = plain.replace(circled, dotted)
    return plain
