"""A water test in plain words: each value, what its limit says, its place on the scale, the whole.

Passed, passed by a relaxed limit, failed, cannot be judged and not tested are five things here too:
a mark on the scale, a count and a sentence are only ever made from what is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.disclosure.shown import Bound, Judged, Verdict
from pipeline.figures import grouped

GLOSSES = {
    "turbidity": "清不清",
    "color": "有没有颜色",
    "odor": "有没有怪味",
    "visible-matter": "有没有看得见的东西",
    "ph": "酸碱度",
    "total-coliforms": "有没有脏水混入",
    "e-coli": "有没有粪便污染",
    "colony-count": "细菌多不多",
    "free-chlorine": "消毒够不够",
    "chlorine-dioxide": "消毒够不够",
    "fluoride": "吃多了伤牙伤骨",
    "arsenic": "吃多了中毒",
    "nitrate": "婴儿喝了易缺氧",
    "iron": "发黄、有铁腥味",
    "manganese": "发黑、有沉渣",
    "total-hardness": "水垢多不多",
    "tds": "咸不咸、苦不苦",
    "cod-mn": "有机物多不多",
}
"""What an indicator means to a mouth (look 5)."""

LIMIT_AT = Decimal("66.67")
"""Where on the scale every limit stands, in percent of its width."""

FAILED, OPEN, RELAXED, PASSED, UNLIMITED = "failed", "open", "relaxed", "passed", "unlimited"
_KINDS = {"不达标": FAILED, "放宽达标": RELAXED, "达标": PASSED}
_ORDER = (FAILED, OPEN, RELAXED, PASSED, UNLIMITED)


@dataclass(frozen=True, slots=True)
class WaterLine:
    """One indicator of a test, ready to show.

    `kind` is one of the five above; `note` what is to be said behind the limit; `position` percent
    of the scale, or None where nothing may be drawn.
    """

    name: str
    gloss: str
    value: str
    limit: str
    kind: str
    note: str
    position: str | None


def water_lines(verdict: Verdict) -> tuple[WaterLine, ...]:
    """Return the lines of a verdict: failing first, then what cannot be judged."""
    lines = [_line(result) for result in verdict.results]
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.kind)))


def summary(verdict: Verdict, method: str) -> str:
    """Say a whole test: 6 项达标，2 项判不了（检出限高于限值）."""
    if not verdict.results:
        said = {"达标": "结论达标", "不达标": "结论不达标"}.get(verdict.outcome)
        where = "现场" if method == "望闻问尝" else "报告"
        return f"{where}{said}，数值未报告" if said else f"{where}没有写结论，数值未报告"
    parts = []
    if verdict.failed:
        parts.append(f"{len(verdict.failed)} 项不达标（{names(verdict.failed)}）")
    elif verdict.outcome == "不达标":
        parts.append("报告结论不达标")
    if verdict.passed:
        is_all = not (verdict.open or parts)
        relaxed = f"（{names(verdict.relaxed)}按放宽限值）" if verdict.relaxed else ""
        parts.append(f"{len(verdict.passed)} 项{'都' if is_all else ''}达标{relaxed}")
    if verdict.open:
        reasons = "、".join(sorted({str(result.reason) for result in verdict.open}))
        parts.append(f"{len(verdict.open)} 项判不了（{reasons}）")
    if verdict.unlimited:
        parts.append(f"{len(verdict.unlimited)} 项没有对应的限值")
    return "，".join(parts)


def brief(verdict: Verdict) -> str:
    """Say a whole test in a word, with the indicators that make it so: 不达标（氟化物）."""
    told = {"不达标": verdict.failed, "放宽达标": verdict.relaxed, "判不了": verdict.open}
    shown = told.get(verdict.outcome, ())
    return f"{verdict.outcome}（{names(shown)}）" if shown else str(verdict.outcome)


def names(results: Iterable[Judged]) -> str:
    """Name indicators one after the other."""
    return "、".join(plain(result.name) for result in results)


def plain(name: str) -> str:
    """Name an indicator as people say it, without how it is reckoned: 硝酸盐."""
    return name.partition("（")[0]


def relaxations(verdict: Verdict) -> tuple[str, ...]:
    """Say, for each value judged by a relaxed limit, by which and what the ordinary one is."""
    return tuple(
        f"{plain(result.name)}按放宽限值判：{limit_words(result.limit)}"
        f"（{result.limit.standard}，{_why_relaxed(result.limit)}）"
        + (f"，一般{limit_words(result.ordinary)}" if result.ordinary else "")
        for result in verdict.results
        if result.limit is not None and result.limit.is_relaxed and not result.is_open
    )


def _why_relaxed(limit: Bound) -> str:
    whys = [limit.condition] if limit.condition != "无" else []
    if limit.supply_kind != "全部":
        whys.append("小型集中和分散供水")
    return "、".join(whys) or "放宽"


def limit_words(limit: Bound | None, unit: str | None = None) -> str:
    """Say a limit in words: 不超过 1.2, 不低于 0.05, 6.5 到 9.5, 不得检出."""
    of = f" {unit}" if unit else ""
    if limit is None:
        return "没有对应的限值"
    match limit.kind:
        case "上限":
            return f"不超过 {grouped(limit.high)}{of}"
        case "下限":
            return f"不低于 {grouped(limit.low)}{of}"
        case "区间":
            return f"{grouped(limit.low)} 到 {grouped(limit.high)}{of}"
        case "不得检出":
            return "不得检出"
    return "应无异常"


def _line(result: Judged) -> WaterLine:
    kind = _KINDS.get(result.outcome, OPEN if result.is_open else UNLIMITED)
    is_relaxed = result.limit is not None and result.limit.is_relaxed
    note = ""
    if kind == FAILED:
        note = "，不够" if result.is_short else "，超了"
    elif kind == OPEN:
        note = f"判不了：{result.reason}"
    return WaterLine(
        name=result.name,
        gloss=GLOSSES.get(result.indicator, ""),
        value=result.raw_value,
        limit=limit_words(result.limit, result.unit_of_measure)
        + ("（放宽）" if is_relaxed else ""),
        kind=kind,
        note=note,
        position=None if result.share is None else f"{result.share * LIMIT_AT:.2f}",
    )
