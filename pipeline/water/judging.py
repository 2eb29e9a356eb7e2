"""One result against its limits: met or not, by which limit, and how much of the allowance it uses.

A value need not tell: "<0.05" says nothing about a limit of 0.01. Then the result is not judged,
neither passed nor failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.ledgers import Row
from pipeline.water.values import ABSENT, EQUAL, LESS, QUALITATIVE, RANGE

PASS, FAIL, UNJUDGED = "达标", "不达标", "未评价"
SHARE_CAP = Decimal("1.45")
"""Where a failing value is drawn at the latest, as a multiple of its allowance."""
_CENT = Decimal("0.01")


class Judged(NamedTuple):
    """One result beside its limit. `share` is the share of the allowance used, 1 being the limit.

    `low` and `high` are those of the row that decided: the one met, else the most lenient.
    `outcome` is 达标, 不达标 or 未评价 (no limit applies, or the value does not tell).
    """

    indicator: str
    name: str
    raw_value: str
    unit_of_measure: str | None
    outcome: str
    is_relaxed: bool = False
    limit_set: str | None = None
    limit_kind: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    share: Decimal | None = None


def judge(result: Row, rows: Sequence[Row], name: str) -> Judged:
    """Judge one result, of the indicator so named, by the limits that apply, strictest first."""
    if not rows:
        plain = (result.indicator, name, result.raw_value, result.unit_of_measure)
        return Judged(*plain, UNJUDGED)
    outcomes = [meets(result, row) for row in rows]
    if True in outcomes:
        row, outcome = rows[outcomes.index(True)], PASS
    elif False in outcomes:
        row = rows[len(outcomes) - 1 - outcomes[::-1].index(False)]
        outcome = UNJUDGED if None in outcomes else FAIL
    else:
        row, outcome = rows[0], UNJUDGED
    return Judged(
        result.indicator,
        name,
        result.raw_value,
        result.unit_of_measure or row.unit_of_measure,
        outcome,
        outcome == PASS and row.is_relaxed,
        row.limit_set,
        row.limit_kind,
        row.low,
        row.high,
        share(result, row),
    )


def meets(result: Row, limit: Row) -> bool | None:
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


def share(result: Row, limit: Row) -> Decimal | None:
    """Return the share of the allowance that a value uses: 1 at the limit, at most 1.45.

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


def _at_most(result: Row, high: Decimal) -> bool | None:
    value = result.value
    match result.qualifier:
        case "等于" | "区间" if value is not None:
            return value <= high
        case "小于" if value is not None:
            return True if value <= high else None
        case "大于" if value is not None:
            return False if value >= high else None
        case "未检出":
            return True if value is None or value <= high else None
    return None


def _at_least(result: Row, low: Decimal) -> bool | None:
    value = result.value
    match result.qualifier:
        case "等于" if value is not None:
            return value >= low
        case "区间" if result.value_low is not None:
            return result.value_low >= low
        case "小于" if value is not None:
            return False if value <= low else None
        case "大于" if value is not None:
            return True if value >= low else None
        case "未检出":
            return False if low > 0 and (value is None or value <= low) else None
    return None


def _is_absent(result: Row) -> bool | None:
    """Whether a germ that must not be found was not; "<2" is how laboratories write that."""
    match result.qualifier:
        case "未检出" | "小于":
            return True
        case "等于" | "区间" if result.value is not None:
            return result.value == 0
        case "大于":
            return False
    return _in_words(result.raw_value)


def _is_normal(result: Row) -> bool | None:
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
