"""One result against its limits: met or not, by which limit, and how much of the allowance it uses.

A value need not tell: "<0.05" says nothing about a limit of 0.01. Then the result is not judged,
neither passed nor failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from pipeline.ledgers.rows import Refused
from pipeline.rowtypes import WaterLimitRow, WaterResultRow
from pipeline.water.limits import is_relaxed
from pipeline.water.outcomes import Outcome, Reason
from pipeline.water.values import ABSENT, EQUAL, LESS, QUALITATIVE, RANGE, includes_its_end

SHARE_CAP = Decimal("1.45")
"""Where a failing value is drawn at the latest, as a multiple of its allowance."""
GERM_FLOOR = Decimal(3)
"""The coarsest "below" that says a germ was not found: <1, <2 or <3 by the usual methods.

"<20" only says that there were not very many.
"""
_CENT = Decimal("0.01")


class Bound(NamedTuple):
    """A limit as a page names it; `condition` and `supply_kind` say for whom it is relaxed."""

    limit_set: str
    kind: str
    low: Decimal | None
    high: Decimal | None
    standard: str
    condition: str
    supply_kind: str
    is_relaxed: bool


class Judged(NamedTuple):
    """One result beside its limit. `share` is the share of the allowance used, 1 being the limit.

    `limit` is the one that decided: the one met, else the most lenient; None if none applies.
    `ordinary` is the limit that is not relaxed, where `limit` is. `reason` says why a result could
    not be judged; `is_short` that one fails because there is too little of it.
    """

    indicator: str
    name: str
    raw_value: str
    unit_of_measure: str | None
    outcome: Outcome
    reason: Reason | None = None
    limit: Bound | None = None
    ordinary: Bound | None = None
    share: Decimal | None = None
    value: Decimal | None = None
    is_short: bool = False

    @property
    def is_required(self) -> bool:
        """Whether a limit applies, so that the sample cannot pass without this indicator."""
        return self.limit is not None

    @property
    def is_open(self) -> bool:
        """Whether a limit applies and the value does not tell whether it is kept."""
        return self.is_required and self.outcome is Outcome.UNJUDGED

    @property
    def fault(self) -> str:
        """What is wrong with a failing value, in words: 氟化物超标, 检出总大肠菌群, 游离氯偏低."""
        name = self.name.partition("（")[0]  # without how it is reckoned: 硝酸盐（以N计）
        match self.limit.kind if self.limit else "":
            case "上限":
                return f"{name}超标"
            case "不得检出":
                return f"检出{name}"
            case "无异常":
                return f"{name}异常"
        return f"{name}{'偏低' if self.is_short else '偏高'}"


def judge(result: WaterResultRow, rows: Sequence[WaterLimitRow], name: str) -> Judged:
    """Judge one result, of the indicator so named, by the limits that apply, strictest first."""
    plain = (result.indicator, name, result.raw_value)
    if not rows:
        unit = result.unit_of_measure
        return Judged(*plain, unit, Outcome.UNJUDGED, Reason.NO_LIMIT, value=result.value)
    row, kept = _deciding(rows, [meets(result, row) for row in rows])
    reason = None if kept is not None else _reason(result, row)
    if kept:
        outcome = Outcome.RELAXED if is_relaxed(row) else Outcome.PASSED
    else:
        outcome = Outcome.UNJUDGED if kept is None else Outcome.FAILED
    return Judged(
        *plain,
        result.unit_of_measure or row.unit_of_measure,
        outcome,
        reason,
        _bound(row),
        _bound(rows[0]) if is_relaxed(row) and not is_relaxed(rows[0]) else None,
        None if kept is None else share(result, row),
        result.value,
        kept is False and row.low is not None and _at_least(result, row.low) is False,
    )


class Judge:
    """Judges the results of many samples; a value that was judged by the same limits is known."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[Sequence[WaterLimitRow], Judged]] = {}

    def judged(self, result: WaterResultRow, rows: Sequence[WaterLimitRow], name: str) -> Judged:
        """Return what `judge` does. Of a row that may not be read in full nothing is remembered."""
        try:
            key = (*_telling(result), name, id(rows))
        except Refused:
            return judge(result, rows, name)
        if key not in self._known:
            self._known[key] = rows, judge(result, rows, name)  # held, so that no id is used again
        return self._known[key][1]


_telling = attrgetter(
    "indicator", "raw_value", "unit_of_measure", "qualifier", "value", "value_low"
)
"""All that is asked of a result."""


def _deciding(
    rows: Sequence[WaterLimitRow], kept: Sequence[bool | None]
) -> tuple[WaterLimitRow, bool | None]:
    """Return the row that decides: the first that is kept, else the last of those still open."""
    if True in kept:
        return rows[kept.index(True)], True
    answer = None if None in kept else False
    return rows[len(kept) - 1 - kept[::-1].index(answer)], answer


def _bound(row: WaterLimitRow) -> Bound:
    return Bound(
        row.limit_set,
        row.limit_kind,
        row.low,
        row.high,
        row.standard,
        row.condition,
        row.supply_kind,
        is_relaxed(row),
    )


def _reason(result: WaterResultRow, limit: WaterLimitRow) -> Reason:
    is_below = result.qualifier in (LESS, ABSENT) and limit.limit_kind != "无异常"
    return Reason.COARSE if is_below else Reason.VAGUE


def meets(result: WaterResultRow, limit: WaterLimitRow) -> bool | None:
    """Whether a result keeps within one limit; None where the value does not tell."""
    match limit.limit_kind:
        case "不得检出":
            return _is_absent(result)
        case "无异常":
            return _is_normal(result)
    bounds = []
    if limit.high is not None and limit.limit_kind in ("上限", "区间"):
        bounds.append(_at_most(result, limit.high))
    if limit.low is not None and limit.limit_kind in ("下限", "区间"):
        bounds.append(_at_least(result, limit.low))
    if False in bounds:
        return False
    return True if bounds and None not in bounds else None


def share(result: WaterResultRow, limit: WaterLimitRow) -> Decimal | None:
    """Return the share of the allowance that a judged value uses: 1 at the limit, at most 1.45.

    v / limit for upper limits, limit / v for lower ones, the distance from the middle over half
    the width for ranges; nothing detected uses nothing. None where there is no such scale.
    """
    if limit.limit_kind not in ("上限", "下限", "区间"):
        return None
    if result.qualifier in (ABSENT, LESS) and limit.limit_kind == "上限":
        return Decimal(0)
    value, low, high = result.value, limit.low, limit.high
    if value is None or result.qualifier == LESS:
        return None
    if limit.limit_kind == "下限":
        least = result.value_low if result.qualifier == RANGE else value
        used = _ratio(low, least) if low else Decimal(0)
    elif limit.limit_kind == "上限" or low is None:
        used = _ratio(value, high)
    elif high is None or high <= low:
        return None
    else:
        middle, half = (low + high) / 2, (high - low) / 2
        ends = [v for v in (result.value_low, value) if v is not None]
        used = max(abs(v - middle) for v in ends) / half
    return None if used is None else min(used, SHARE_CAP).quantize(_CENT)


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or whole is None:
        return None
    if whole == 0:
        return SHARE_CAP if part else Decimal(0)
    return part / whole


def _at_most(result: WaterResultRow, high: Decimal) -> bool | None:
    value = result.value
    match result.qualifier:
        case "等于" | "区间" if value is not None:
            return value <= high
        case "小于" if value is not None:
            return True if value <= high else None
        case "大于" if value is not None:
            is_over = value > high or (value == high and not includes_its_end(result.raw_value))
            return False if is_over else None
        case "未检出":
            return True if value is None or value <= high else None
    return None


def _at_least(result: WaterResultRow, low: Decimal) -> bool | None:
    value = result.value
    match result.qualifier:
        case "等于" if value is not None:
            return value >= low
        case "区间" if result.value_low is not None:
            return result.value_low >= low
        case "小于" if value is not None:
            is_under = value < low or (value == low and not includes_its_end(result.raw_value))
            return False if is_under else None
        case "大于" if value is not None:
            return True if value >= low else None
        case "未检出":
            return False if low > 0 and (value is None or value <= low) else None
    return None


def _is_absent(result: WaterResultRow) -> bool | None:
    """Whether a germ that must not be found was not; "<2" is how laboratories write that."""
    match result.qualifier:
        case "未检出" | "小于":
            return True if result.value is None or result.value <= GERM_FLOOR else None
        case "等于" | "区间" if result.value is not None:
            return result.value == 0
        case "大于":
            return False
    return _in_words(result.raw_value)


def _is_normal(result: WaterResultRow) -> bool | None:
    """Whether smell, taste or sight are without remark."""
    if result.qualifier == ABSENT:
        return True
    if result.qualifier == EQUAL:
        return True if result.value == 0 else None
    return _in_words(result.raw_value) if result.qualifier == QUALITATIVE else None


def _in_words(raw: str) -> bool | None:
    text = raw.strip()
    if text.startswith(("无", "正常", "未", "阴性")):
        return True
    if text.startswith(("有", "检出", "阳性", "微弱", "弱", "明显", "强")):
        return False
    return None
