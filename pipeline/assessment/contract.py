"""The scores as plain data: the JSON contract of `score` (design 7) and its rows for CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipeline.assessment import Assessment
from pipeline.assessment.sheets import Line, Sheet

COLUMNS = (
    "单位", "条款", "满分", "得分", "最多得分", "状态", "算法", "抽查数", "问题数", "依据的记录",
    "口径", "其中登记的", "抽查情况",
)  # fmt: skip
STATUSES = {
    "scored": "计分",
    "not_applicable": "不适用",
    "not_reported": "未报告",
    "judged": "评定",
}


def to_json(
    found: Assessment, units: Iterable[str], told: Mapping[str, Sheet] | None = None
) -> dict[str, Any]:
    """Return the JSON contract: every unit, every clause, each with its rows and readings.

    `told` are the public sheets, where the scores count more than units have been told.
    """
    return {
        "as_of": found.as_of_on.isoformat(),
        "edition": found.edition.year,
        "units": [_unit(found, found.sheets[unit], (told or {}).get(unit)) for unit in units],
    }


def _unit(found: Assessment, sheet: Sheet, told: Sheet | None) -> dict[str, Any]:
    return {
        "unit": sheet.unit_id,
        "base": _number(sheet.base),
        "adjustment": _number(sheet.adjustment),
        "total": _number(sheet.total),
        "span": [_number(p) for p in sheet.span],
        "rank": sheet.rank,
        "rank_range": list(sheet.places) if sheet.places else None,
        "band": [_number(p) for p in found.bands[sheet.unit_id]],
        "clauses": [
            _clause(line, None if told is None else told.line(line.clause)) for line in sheet.lines
        ],
        "wins": [
            {
                "clause": win.clause,
                "points": _number(win.points),
                "words": win.words,
                "until": win.until.isoformat(),
                "rows": list(win.rows),
                "at_stake": win.is_kept,
                "at_most": win.is_most,
            }
            for win in found.wins.get(sheet.unit_id, ())
        ],
    }


def _clause(line: Line, told: Line | None) -> dict[str, Any]:
    public = {} if told is None else {"published": _number(told.points)}
    return {
        "id": line.clause,
        "full": _number(line.full),
        "points": _number(line.points),
        "top": _number(line.top),
        "because": line.because,
        "rows": list(line.rows),
        "checked": line.checked,
        "faults": line.faults,
        "registered": line.registered,
        "looks": [
            {
                "what": look.word,
                "measure": look.measure,
                "looked": look.looked,
                "failed": look.failed,
                "words": look.said,
            }
            for look in line.looks
        ],
        "computed": _number(line.computed),
        "readings": [f"{reading}/{option}" for reading, option in line.readings],
        "status": line.status,
        **public,
    }


def _number(points: Decimal | None) -> int | float | None:
    """Return points as a JSON number; hundredths are exact enough to be written back the same."""
    if points is None:
        return None
    return int(points) if points == points.to_integral_value() else float(points)


def to_rows(found: Assessment, units: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the scores as rows of text under `COLUMNS`."""
    for unit in units:
        for line in found.sheets[unit].lines:
            yield (
                unit,
                line.clause,
                f"{line.full:f}",
                "" if line.points is None else f"{line.points:f}",
                "" if line.top is None else f"{line.top:f}",
                STATUSES[line.status],
                line.because,
                "" if line.checked is None else str(line.checked),
                str(line.faults),
                "|".join(line.rows),
                "|".join(f"{reading}/{option}" for reading, option in line.readings),
                str(line.registered),
                "；".join(look.said for look in line.looks),
            )
