"""Whether the cell of a person's name holds a name.

Names may be long and rare (GB 18030, all planes; "·" between the parts of a name of another
people's language), but they are words: no placeholder, no post, no number.
"""

from __future__ import annotations

import re

from pipeline.personal import detect

PERSON_COLUMNS = frozenset(
    {
        ("issues", "resp_person"),
        ("issues", "co_persons"),
        ("issue_events", "by_person"),
        ("patrol_roster", "name"),
        ("responsibilities", "name"),
        ("supervision", "name"),
    }
)
"""Ledger and column of every person's name."""

LONGEST = 25
"""Characters of a name; identity cards carry no more."""

_LETTER = (
    "[〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
    "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29]"
)
_NAME = re.compile(f"{_LETTER}+(?:·{_LETTER}+)*")
_PLACEHOLDER = re.compile(
    "同上|同前|同左|如上|待定|未定|待补充?|待填|暂无|暂缺|空缺|没有|不详|不明|未知|不清楚|无人?|缺|略|"
    "负责人|责任人|联系人|管水员|管护员|村干部|值班人员|工作人员|测试|某人|某某某?|甲|乙|丙|丁|"
    "[一-龥]某某?"
)
_POST = re.compile(
    "[一-龥]{0,2}(?:书记|支书|主任|村长|镇长|乡长|县长|区长|市长|局长|站长|厂长|所长|科长|处长|院长|会计|"
    "经理|队长|组长|校长|同志|先生|女士|师傅|老师|工程师)"
)
_BLANKS = re.compile("[ \u3000]")
_JOINED = re.compile("[、，,;；/＋+和及]")


def fault_of_name(cell: str) -> str | None:
    """Say what is wrong with a person's name, or None."""
    if any(found.kind != "contact" for found in detect(cell)) or re.search("[0-9]{5}", cell):
        return "姓名里有号码"
    if _PLACEHOLDER.fullmatch(cell):
        return f"“{cell}”不是姓名"
    if _POST.fullmatch(cell):
        return f"“{cell}”是职务或称呼，要写全名"
    if _BLANKS.search(cell):
        return f"姓名中间有空格，应写成“{_BLANKS.sub('', cell)}”"
    if _JOINED.search(cell) and not _NAME.fullmatch(cell):
        return "这一格像是写了不止一个人"
    if re.search("[•・.‧∙⋅．]", cell):
        return "姓名中间的点用“·”（U+00B7）"
    if not _NAME.fullmatch(cell):
        return "姓名只用汉字，中间可以有“·”"
    if not 2 <= len(cell) <= LONGEST:
        return f"姓名有 {len(cell)} 个字，要写全名" if len(cell) < 2 else "姓名太长"
    return None
