"""Columns of indicators in a laboratory's report: where they run, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.intake.labels import LONG, Form, bare, without_brackets
from pipeline.intake.measures import is_measure
from pipeline.intake.recognisers.reading import NOTHING, flat
from pipeline.intake.samples import pairs_in, said_of
from pipeline.intake.sheets import Cell, Sheet
from pipeline.water.values import parse

FEWEST = 3
"""Indicators one below the other from which on a column is one of indicators."""
_NOISE = "*★（( \u3000、，,.。"
"""What may stand before the name of an indicator."""
_WIDEST_GAP = 2
"""Rows between two indicators that hold none: 微生物指标, a blank line."""
_NAMES = frozenset(label for label, name in LONG.items() if name == "*indicator") | {
    "检验项目", "分析项目", "监测项目", "检测指标", "参数", "项目名称",
}  # fmt: skip
_LIMIT = re.compile(
    r"(?:国家|国标|卫生|执行|评价|现行)*(?:标准)?(?:限值|限量值?|标准值|标准要求|标准|要求|规定值|参考值|指标限值)"
    r"(?:\(.*\))?|GB.*|《.*"
)
_ASIDE = re.compile(
    r"(?:检测|检验|分析)?(?:方法|依据|仪器|设备).*|.*检出限|.*检测限|序号|备注|类别|分类"
)
_VERDICT = re.compile(r"(?:单项)?(?:检测|检验)?(?:判定|评价|评判|结论|判定结果|是否.{1,4})")
_VERDICTS = frozenset("合格 不合格 达标 不达标 符合 不符合 超标 √ ×".split())
RESULT = re.compile(r"(?:检测|检验|测定|实测|监测|分析)?(?:结果|数值|值|数据)(?:\(.*\))?|报告原值")


@dataclass
class Run:
    """One column of indicators: its rows, by row the indicator; the columns of results beside."""

    column: int
    rows: dict[int, str]
    strange: dict[int, str]
    heads: tuple[int, ...] = ()
    right: int = 0
    values: list[int] = field(default_factory=list)
    unit: int = 0

    @property
    def top(self) -> int:
        """The row in which its head begins."""
        return self.heads[0] if self.heads else min(self.rows)

    @property
    def bottom(self) -> int:
        """The last row of it."""
        return max(*self.rows, *self.strange, 0)


def runs_of(sheet: Sheet, column: int, known: Mapping[str, str]) -> Iterator[Run]:
    """Yield the runs of indicators of one column."""
    found: dict[int, str] = {}
    strange: dict[int, str] = {}

    def whole() -> Iterator[Run]:
        if not found:
            return
        heads = _heads(sheet, column, min(found))
        if len(set(found.values())) >= (1 if heads else FEWEST):
            last = max(found)
            near = last + 1 if heads else last
            yield Run(column, found, {r: t for r, t in strange.items() if r <= near}, heads)

    starts = {label[0] for label in known} | set(_NOISE)
    for number in range(1, len(sheet.rows) + 2):
        cell = sheet.cell(number, column)
        text = cell.text.strip()
        if not found and text[:1] not in starts:
            continue
        name = known.get(bare(text)) or known.get(without_brackets(text), "") if text else ""
        if name and cell.kind == "text" and not cell.is_filled:
            if name in found.values():
                yield from whole()
                found, strange = {}, {}
            found[number] = name
        elif found and (number - max(found) > _WIDEST_GAP or said_of(text) or bare(text) in _NAMES):
            yield from whole()
            found, strange = {}, {}
        elif found and text and not cell.is_filled and not _is_said(sheet.rows[number - 1]):
            strange[number] = text
    yield from whole()


def _is_said(row: Sequence[Cell]) -> bool:
    """Whether a row says something of the samples."""
    return any(said_of(c.text) or pairs_in(c.text) for c in row if not c.is_blank)


def _heads(sheet: Sheet, column: int, first: int) -> tuple[int, ...]:
    """Return the rows of the head above a run: 检测项目, over one row or two."""
    rows: list[int] = []
    number = first - 1
    while number > 0 and first - number <= _WIDEST_GAP + 2:
        words = [bare(c.text) for c in sheet.rows[number - 1] if not c.is_blank]
        if bare(sheet.cell(number, column).text) in _NAMES or (
            not rows and sum(bool(RESULT.fullmatch(w)) or w in ("单位", "计量单位") for w in words)
        ):
            rows.append(number)
        elif rows:
            break
        number -= 1
    return tuple(sorted(rows))


def is_long(sheet: Sheet, run: Run, form: Form) -> bool:
    """Whether a run is a column of a long table, which names the sample in each of its rows."""
    for number in run.heads:
        for column, cell in enumerate(sheet.rows[number - 1], 1):
            name = form.column(cell.text)
            is_told = any(not sheet.cell(r, column).is_blank for r in run.rows)
            if name in ("place_id", "sampled_on", "*id") and column != run.column and is_told:
                return True
    return False


def meet(one: Run, other: Run) -> bool:
    """Whether two runs have a row in common."""
    return one.top <= other.bottom and other.top <= one.bottom


def set_roles(sheet: Sheet, run: Run) -> None:
    """Tell the columns of results from those of units, limits and verdicts."""
    for column in range(run.column + 1, run.right + 1):
        words = [flat(sheet.cell(h, column).text) for h in run.heads]
        cells = [c for r in (*run.rows, *run.strange) if not (c := sheet.cell(r, column)).is_blank]
        texts = [flat(c.text) for c in cells if flat(c.text) not in NOTHING]
        said = " ".join(filter(None, words))
        if not texts or any(p.fullmatch(w) for p in (_LIMIT, _ASIDE) for w in words if w):
            continue
        if all(is_measure(t) for t in texts) and not any(RESULT.fullmatch(w) for w in words):
            run.unit = run.unit or column
        elif any(map(_VERDICT.fullmatch, words)) or set(texts) <= _VERDICTS:
            continue
        elif said or sum(parse(t) is not None for t in texts) * 2 > len(texts):
            run.values.append(column)


def bands(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs from the top, those beside each other together."""
    bands: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (r.top, r.column)):
        if bands and any(meet(run, other) for other in bands[-1]):
            bands[-1].append(run)
        else:
            bands.append([run])
    return bands


def grouped(runs: list[Run]) -> list[list[Run]]:
    """Return the runs of a band by sample: 项目 | 结果 | 项目 | 结果 is one table in two halves."""
    sets = [set(run.rows.values()) for run in runs]
    is_same = any(
        2 * len(one & other) > min(len(one), len(other))
        for place, one in enumerate(sets)
        for other in sets[:place]
    )
    is_one = not is_same and len({len(run.values) for run in runs}) == 1
    return [runs] if is_one else [[run] for run in runs]
