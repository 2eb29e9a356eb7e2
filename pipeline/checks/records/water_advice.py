"""Record checks of the advice to those who drink failing water (用水提醒)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.repeats import repeated
from pipeline.checks.rulebook import Breach, book_check, breach
from pipeline.dates import in_force
from pipeline.rowtypes import WaterAdviceRow

LIMIT = {"indicator": "fluoride", "limit_kind": "上限", "high": "1.0"}
ADVICE = {"indicators": "fluoride", "side": "偏高"}
BOTH = "都用"
SIDES = {"上限": ("偏高",), "下限": ("偏低",), "区间": ("偏高", "偏低")}


@book_check(
    "R14",
    ledger=WaterAdviceRow,
    severity="error",
    sentence="一项指标偏一边，只有一条提醒；没有写明哪一项的，也只有一条",
    remedy="把重复的指标从其中一条删去，或者用生效日、失效日分开",
    source="台账约定",
    why="同一种情况两条提醒，村民不知道听哪一条",
    passes=[
        {"water_advice": [ADVICE | {"advice_id": "a"}, ADVICE | {"advice_id": "b", "side": "偏低"}]}
    ],
    fails=[
        {
            "water_advice": [
                ADVICE | {"advice_id": "a"},
                ADVICE | {"advice_id": "b", "side": "都用"},
            ]
        },
        {
            "water_advice": [
                {"advice_id": "a", "indicators": ""},
                {"advice_id": "b", "indicators": "", "side": "都用"},
            ]
        },
    ],
    skips=[
        {
            "water_advice": [
                ADVICE | {"advice_id": "a", "valid_to": "2022-06-30"},
                ADVICE | {"advice_id": "b", "valid_from": "2022-07-01"},
            ]
        }
    ],
)
def one_advice_for_one_fault(book: Book) -> Iterator[Breach]:
    """Two answers to "may I drink it" are none."""
    advised = [
        (name, side, row)
        for row in _in_force(book)
        for name in row.indicators or ("",)
        for side in _sides(row)
    ]
    for (name, side, row), (_, _, first) in repeated(advised, lambda one: one[:2]):
        whose = f"{name}{side}" if name else "没有写明哪一项的"
        yield breach("indicators", f"{whose}，{first.advice_id} 已经有提醒", row=row)


@book_check(
    "R15",
    ledger=WaterAdviceRow,
    severity="warning",
    sentence="有限值的指标，偏高、偏低都有提醒；提醒里的指标都有限值",
    remedy="在适用指标里补上缺的；写错的指标照水质限值表改",
    source="GB 5749",
    why="水不达标时，村民要知道能不能喝、怎么办",
    passes=[{"water_limits": [LIMIT], "water_advice": [ADVICE]}],
    fails=[
        {"water_limits": [LIMIT | {"indicator": "nitrate"}, LIMIT], "water_advice": [ADVICE]},
        {"water_limits": [LIMIT], "water_advice": [ADVICE | {"indicators": "flouride|fluoride"}]},
        {
            "water_limits": [LIMIT | {"limit_kind": "区间", "low": "0.5"}],
            "water_advice": [ADVICE],
        },
    ],
    skips=[{"water_limits": [LIMIT]}],
)
def every_fault_is_advised(book: Book) -> Iterator[Breach]:
    """Who drinks failing water is told what to do, whatever it is that fails."""
    rows = _in_force(book)
    if not rows:
        return
    wanted = {
        (limit.indicator, side): limit.indicator_name
        for limit in book.water_limits
        for side in SIDES.get(limit.limit_kind, ("偏高",))
    }
    given = {(name, side) for row in rows for name in row.indicators for side in _sides(row)}
    for name, side in sorted(set(wanted) - set(given)):
        said = f"{wanted[name, side]}{side}时，没有提醒"
        yield breach("indicators", said, row=_nearest(rows, name))
    known = {name for name, _ in wanted}
    for row in rows:
        for name in row.indicators:
            if name not in known:
                yield breach("indicators", f"水质限值里没有指标 {name}", row=row)


def _in_force(book: Book) -> list[WaterAdviceRow]:
    return [row for row in book.snapshot["water_advice"] if in_force(row, book.as_of_on)]


def _sides(row: WaterAdviceRow) -> tuple[str, ...]:
    return ("偏高", "偏低") if row.side == BOTH else (row.side,)


def _nearest(rows: list[WaterAdviceRow], name: str) -> WaterAdviceRow:
    """Return the row that has the indicator already, else the last one."""
    return next((row for row in rows if name in row.indicators), rows[-1])
