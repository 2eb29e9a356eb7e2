"""A water test in plain words: each value, what its limit says, and its place on the scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.figures import grouped

GLOSSES = {
    "turbidity": "清不清",
    "color": "有没有颜色",
    "odor": "有没有怪味",
    "visible-matter": "有没有看得见的东西",
    "ph": "酸碱",
    "total-coliforms": "有没有脏水混入",
    "e-coli": "有没有粪便污染",
    "colony-count": "细菌多不多",
    "free-chlorine": "消毒够不够",
    "chlorine-dioxide": "消毒够不够",
    "fluoride": "吃多了伤牙伤骨",
    "arsenic": "吃多了中毒",
    "nitrate": "婴儿怕它",
    "iron": "发黄、有铁腥味",
    "manganese": "发黑、有沉渣",
    "total-hardness": "水垢多不多",
    "tds": "咸不咸、苦不苦",
    "cod-mn": "有机物多不多",
}
"""What an indicator means to a mouth (look 5)."""

LIMIT_AT = Decimal("66.67")
"""Where on the scale every limit stands, in percent of its width."""


@dataclass(frozen=True, slots=True)
class WaterLine:
    """One indicator of a test, ready to show; `position` is percent of the scale or None."""

    name: str
    gloss: str
    value: str
    limit: str
    is_failed: bool
    is_judged: bool
    is_relaxed: bool
    position: str | None


def water_lines(verdict: Any) -> tuple[WaterLine, ...]:
    """Return the lines of a verdict, failing ones first."""
    lines = [_line(result) for result in verdict.results]
    return tuple(sorted(lines, key=lambda line: not line.is_failed))


def _line(result: Any) -> WaterLine:
    position = None if result.share is None else f"{result.share * LIMIT_AT:.2f}"
    return WaterLine(
        name=result.name,
        gloss=GLOSSES.get(result.indicator, ""),
        value=result.raw_value,
        limit=_limit(result),
        is_failed=result.outcome == "不达标",
        is_judged=result.outcome != "未评价",
        is_relaxed=result.is_relaxed,
        position=position,
    )


def _limit(result: Any) -> str:
    """Say a limit in words: 不超过 1.2, 不低于 0.05, 6.5 到 9.5, 不得检出."""
    unit = f" {result.unit_of_measure}" if result.unit_of_measure else ""
    match result.limit_kind:
        case "上限":
            return f"不超过 {grouped(result.high)}{unit}"
        case "下限":
            return f"不低于 {grouped(result.low)}{unit}"
        case "区间":
            return f"{grouped(result.low)} 到 {grouped(result.high)}{unit}"
        case "不得检出":
            return "不得检出"
        case "无异常":
            return "应无异常"
    return "没有对应的限值"
