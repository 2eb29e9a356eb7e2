"""What a laboratory says of a sample in its own words: where it was drawn, what it concludes.

It writes 下关供水站出厂水 in one cell, and a sentence where the ledger has one word. What can be
read in two ways is a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.intake.labels import bare
from pipeline.intake.recognisers.reading import Reading, flat
from pipeline.intake.recognisers.words import read_choice

POINTS: Mapping[str, str] = {
    "水源水": "水源水", "原水": "水源水", "源水": "水源水", "出厂水": "出厂水", "末梢水": "末梢水",
    "管网末梢水": "末梢水", "分散水": "分散水", "分散式供水": "分散水", "分散供水": "分散水",
}  # fmt: skip
"""What laboratories call the points at which water is drawn."""
_POINT = re.compile("|".join(sorted(POINTS, key=len, reverse=True)))
GENERIC = frozenset("生活饮用水 饮用水 水样 水 自来水 农村饮用水 农村生活饮用水 地下水".split())
"""Names of samples that say neither where nor at which point."""
_IDLE = " \u3000-—_（）()，,、；;：:#"
_EXCEPT = re.compile("除.{1,20}外|部分|个别|基本|其余")
_FAILED = re.compile("不符合|不合格|不达标|超标|未达到")
_PASSED = re.compile("符合|合格|达标")


def point_in(text: str) -> str:
    """Return the one sampling point that a text names; blank if none, or several."""
    found = {POINTS[word] for word in _POINT.findall(flat(text))}
    return found.pop() if len(found) == 1 else ""


def without_point(text: str) -> str:
    """Return the place that a text names, its sampling point left out; blank if it names none."""
    rest = _POINT.sub("", flat(text)).strip(_IDLE) if point_in(text) else text.strip()
    return "" if flat(rest) in GENERIC else rest


def read_point(text: str, choices: Sequence[str]) -> Reading:
    """Read at which point a sample was drawn."""
    read = read_choice(text, choices)
    if not read.problem or not (point := point_in(text)):
        return read
    return Reading(point, "从样品的说法里读出采样点")


def read_conclusion(text: str, choices: Sequence[str]) -> Reading:
    """Read what a report concludes: one word of a sentence; a but is asked about."""
    read = read_choice(text, choices)
    if not read.problem:
        return read
    plain = flat(text)
    if not _EXCEPT.search(plain):
        for pattern, word in ((_FAILED, "不达标"), (_PASSED, "达标")):
            if pattern.search(plain) and word in choices:
                return Reading(word, "报告的结论写成一个词")
    return read


_HEAD: Mapping[str, str] = {
    bare(label): name
    for name, labels in {
        "*works": "工程名称 供水工程 供水工程名称 水厂名称 供水单位 受检单位 被检单位 对象",
        "*place": "采样地点 采样地址 采样位置 采样点位 取样地点 采样点 采样点名称 "
        "监测点 监测点名称",
        "*name": "样品名称 水样名称 样品",
        "sampling_point": "水样类型 样品类型 样品类别 水样类别 水质类型",
        "sampled_on": "采样日期 采样时间 取样日期 取样时间",
        "reported_on": "报告日期 报告时间 签发日期 签发时间",
        "report_no": "报告编号 报告单号 报告号 检测报告编号",
        "lab_name": "检测单位 检测机构 检验单位 检验机构 化验单位",
        "conclusion": "检测结论 报告结论 检验结论 结论 综合评价 总体评价",
        "*sample": "样品编号 水样编号 样品号 原样品编号",
        "*checker": "委托单位 送检单位 送样单位",
        "*tested": "检测日期 检测时间 检验日期 收样日期 送样日期 接样日期 分析日期",
        "*idle": "采样人 采样人员 检测类别 检测依据 评价依据 执行标准 检测性质 样品状态 样品数量 "
        "检测人 检测人员 检验人 审核人 批准人 审核 批准 编制 编制人 签发人 授权签字人 备注 说明 "
        "检测目的 检测方法 温度 湿度 联系电话 地址 页码",
    }.items()
    for label in labels.split()
}
"""Words beside which a report says something; those that no column is for are known as such."""
OWN = frozenset(("*works", "*place", "*name", "sampling_point", "sampled_on", "*sample"))
"""What is said of one sample; the rest is said of the whole report."""
LEFT_OUT = ("*tested", "*checker", "*sample")
"""What a ledger has no column for, though somebody may look for it."""
_PAIR = re.compile(
    "(" + "|".join(sorted(map(re.escape, _HEAD), key=len, reverse=True)) + r")\s*[:：]\s*"
)


def said_of(text: str) -> str:
    """Return what the label in a cell is about; blank if it is none."""
    return _HEAD.get(bare(text), "") if len(text) < 16 else ""


def pairs_in(text: str) -> list[tuple[str, str]]:
    """Return what a cell says beside labels of its own: 采样日期：2022.8.20　报告编号：7."""
    parts = _PAIR.split(text)
    if len(parts) < 3 or parts[0].strip(_IDLE):
        return []
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return [(_HEAD[label], value.strip(_IDLE[:2] + "；;，,")) for label, value in pairs]
