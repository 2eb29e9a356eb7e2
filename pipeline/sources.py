"""Where a rule comes from: the notice and its annexes, readings, standards, acts, our principles.

A source is written short where a rule is declared ("O-14", "G22", "五.2", "GB 5749", "常理"),
several joined by "、"; here each is said in full. Readings stand in `readings.csv` and clauses in
the edition; both are known by their number alone. A test refuses a source that nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Collection

JOINT = "、"

OBLIGATIONS: dict[str, str] = {
    "O-1": "通知主送的单位",
    "O-2": "通知一（一）：逐户逐村逐工程排查",
    "O-3": "通知一（一）：后评估争先",
    "O-4": "通知一（二）：常态化监测，长效排查，限时解决",
    "O-5": "通知一（二）：风险点、应急预案，守住不停水的底线",
    "O-6": "通知一（二）：真查实改，动态清零",
    "O-7": "通知一（三）：“回头看”“大评比”的时间，暗访评查",
    "O-8": "通知一（三）：8月25日前报总结和台账，抄送乡村振兴局",
    "O-9": "通知一（三）：与其他渠道发现的问题一起改",
    "O-10": "通知二（一）：按工程大小分级排查",
    "O-11": "通知二（一）：重点户入户排查",
    "O-12": "通知二（一）：六有两确保",
    "O-13": "通知二（二）：问题建台账，严格销号",
    "O-14": "通知二（二）：按环节分级整改，县里逐个现场核查",
    "O-15": "通知二（二）：立行立改；长期整改要有应急措施",
    "O-16": "通知二（三）：政府、乡村、水利部门的责任",
    "O-17": "通知二（四）：预案、处置措施、物资储备",
    "O-18": "通知二（四）：作用不明显和闲置工程的防控",
    "O-19": "通知二（四）：行政村排查网络名录",
    "O-20": "通知二（五）：督导组分区包干",
    "O-21": "通知二（五）：责令整改、警示约谈、通报批评",
    "O-22": "通知三：台账管理到村、到户、到工程",
    "O-23": "通知三（四）：纳入年度考核",
}
"""Duties of the body of the notice, numbered by us, with where they stand in it."""

FORMS: dict[str, str] = {
    "附件1": "附件1 督导分工",
    "附件3": "附件3 考评细则",
    "附表2-2": "附表2-2 整改台账的十列",
}

STANDARDS: dict[str, str] = {
    "GB 5749": "GB 5749 生活饮用水卫生标准",
    "GB/T 2260": "GB/T 2260 行政区划代码",
}

ACTS: dict[str, str] = {
    "个人信息保护法": "个人信息保护法",
    "政府信息公开条例": "政府信息公开条例",
    "放假安排": "国务院办公厅的放假安排",
}

PRINCIPLES: dict[str, str] = {
    "格式约定": "格式约定：所有台账一个样子",
    "台账约定": "台账约定：记录之间对得上",
    "常理": "常理：事实不可能这样",
    "不露个人信息": "设计原则：农户的个人信息不进台账",
    "不悄悄猜": "设计原则：读不准的不猜",
    "数字可追溯": "设计原则：每个数查得到依据",
    "上报不等于核实": "设计原则：上报完成不等于核实销号",
    "各记各的": "设计原则：别人查出的，自己不能改",
    "三种没有": "设计原则：没有、没报、不适用分开",
    "先查后发": "设计原则：没有核对的不公布",
    "告知才扣": "设计原则：没有告诉单位的，不拿来公开扣分",
    "改动有据": "设计原则：改动和例外都公布理由",
    "判不了不算合格": "设计原则：判不了的不算合格",
}
"""Promises of the system itself, and what needs no authority: that the impossible is not true."""

KNOWN: dict[str, str] = {**OBLIGATIONS, **FORMS, **STANDARDS, **ACTS, **PRINCIPLES}

_READING = re.compile(r"G[1-9][0-9]?")
_CLAUSE = re.compile(r"[一二三四五六]\.[1-9][①-⑤]?")


def parts(source: str) -> tuple[str, ...]:
    """Return the single sources of a rule: "O-14、G22" -> ("O-14", "G22")."""
    return tuple(source.split(JOINT))


def in_words(source: str) -> str:
    """Say in full where a rule comes from, for the page of rules."""
    return "；".join(_said(one) for one in parts(source))


def unknown(source: str, readings: Collection[str], clauses: Collection[str]) -> list[str]:
    """Return what a source names that neither this table, the readings nor Annex 3 knows."""
    return [
        one
        for one in parts(source)
        if one not in KNOWN and one not in readings and one not in clauses
    ]


def _said(one: str) -> str:
    if _READING.fullmatch(one):
        return f"口径{one}"
    if _CLAUSE.fullmatch(one):
        return f"考评细则{one}"
    return KNOWN.get(one, one)
