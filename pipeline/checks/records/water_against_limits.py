"""Record checks of water values beside their limits: the unit, is there one, does it tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach
from pipeline.rowtypes import WaterResultRow
from pipeline.water import Reason

TEST = {"place_id": "jiaxian-w0001", "sampling_point": "出厂水", "sampled_on": "2022-08-10"}
LIMIT = {
    "limit_set": "gb5749-2006",
    "indicator": "fluoride",
    "sampling_point": "全部",
    "condition": "无",
    "limit_kind": "上限",
    "high": "1.0",
    "unit_of_measure": "mg/L",
    "supply_kind": "全部",
    "is_relaxed": "否",
    "valid_from": "2007-07-01",
}
RESULT = {"indicator": "fluoride", "raw_value": "0.86", "qualifier": "等于", "value": "0.86"}


@book_check(
    "Q14",
    ledger=WaterResultRow,
    severity="error",
    sentence="计量单位与限值的计量单位相同",
    remedy="按限值的计量单位换算后填写，报告原值也写换算后的，报告上的写法记入水样的备注",
    source="GB 5749",
    why="单位不一样，差一千倍也看不出来",
    passes=[
        {
            "works": [{}],
            "water_limits": [LIMIT],
            "water_tests": [TEST],
            "water_results": [RESULT | {"unit_of_measure": "mg/L"}],
        }
    ],
    fails=[
        {
            "works": [{}],
            "water_limits": [LIMIT],
            "water_tests": [TEST],
            "water_results": [RESULT | {"unit_of_measure": "μg/L"}],
        }
    ],
    skips=[{"water_limits": [LIMIT], "water_results": [RESULT]}],
)
def unit_as_limit(book: Book) -> Iterator[Breach]:
    """A value in another unit would be judged a thousandfold wrong."""
    known = {
        (row.indicator, row.unit_of_measure)
        for row in book.water_limits
        if row.unit_of_measure is not None
    }
    measured = {indicator for indicator, _ in known}
    for row in book.water_results:
        unit = row.unit_of_measure
        if unit is not None and row.indicator in measured and (row.indicator, unit) not in known:
            expected = "、".join(sorted(u for name, u in known if name == row.indicator))
            yield breach("unit_of_measure", f"这个指标的计量单位是{expected}", row=row)


@book_check(
    "Q19",
    ledger=WaterResultRow,
    severity="error",
    sentence="有数值的检测结果写明计量单位",
    remedy="照报告填计量单位；报告的单位和限值不同的，换算后填写",
    source="GB 5749",
    why="不写单位，就没有办法和限值比",
    passes=[
        {
            "water_limits": [LIMIT],
            "water_results": [RESULT | {"unit_of_measure": "mg/L"}],
        },
        {"water_limits": [LIMIT | {"unit_of_measure": ""}], "water_results": [RESULT]},
    ],
    fails=[{"water_limits": [LIMIT], "water_results": [RESULT]}],
    skips=[
        {
            "water_limits": [LIMIT],
            "water_results": [RESULT | {"raw_value": "未检出", "qualifier": "未检出", "value": ""}],
        },
        {"water_results": [RESULT]},
    ],
)
def value_has_its_unit(book: Book) -> Iterator[Breach]:
    """A bare number may be a thousandth of what it is taken for."""
    units: dict[str, set[str]] = defaultdict(set)
    for limit in book.water_limits:
        if limit.unit_of_measure is not None:
            units[limit.indicator].add(limit.unit_of_measure)
    for row in book.water_results:
        if row.unit_of_measure is None and row.value is not None and row.indicator in units:
            expected = "、".join(sorted(units[row.indicator]))
            yield breach("unit_of_measure", f"没有写计量单位，限值的单位是{expected}", row=row)


@book_check(
    "Q15",
    ledger=WaterResultRow,
    severity="warning",
    sentence="指标在该水样适用的限值里",
    remedy="核对指标；适用的限值里确实没有的，可以保留，但不参加评价",
    source="GB 5749、判不了不算合格",
    why="没有限值可比的指标判不了，不能当作合格",
    passes=[
        {
            "works": [{}],
            "water_limits": [LIMIT],
            "water_tests": [TEST],
            "water_results": [RESULT],
        }
    ],
    fails=[
        {
            "works": [{}],
            "water_limits": [
                LIMIT,
                LIMIT | {"indicator": "ammonia", "valid_from": "2023-04-01"},
            ],
            "water_tests": [TEST],
            "water_results": [RESULT, RESULT | {"indicator": "ammonia"}],
        }
    ],
    skips=[
        {
            "works": [{}],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"sampling_point": "水源水"}],
            "water_results": [RESULT],
        }
    ],
)
def indicator_has_limit(book: Book) -> Iterator[Breach]:
    """A value without a limit is kept, and said to be not judged."""
    for sample_id, rows in book.group("water_results", "sample_id").items():
        verdict = book.verdicts.get(sample_id)
        if verdict is None or not verdict.limit_sets:
            continue
        unlimited = {
            result.indicator for result in verdict.results if result.reason is Reason.NO_LIMIT
        }
        if unlimited:
            for row in rows:
                if row.indicator in unlimited:
                    yield breach("indicator", row=row)


@book_check(
    "Q17",
    ledger=WaterResultRow,
    severity="warning",
    sentence="检测值看得出有没有超过限值",
    remedy="换检出限不高于限值的方法重测，或者补报测定值；判不了的项目不算达标",
    source="判不了不算合格",
    why="看不出超没超的值不能算达标",
    passes=[
        {
            "works": [{}],
            "water_limits": [LIMIT],
            "water_tests": [TEST],
            "water_results": [RESULT | {"raw_value": "0.2L", "qualifier": "小于", "value": "0.2"}],
        }
    ],
    fails=[
        {
            "works": [{}],
            "water_limits": [LIMIT],
            "water_tests": [TEST],
            "water_results": [RESULT | {"raw_value": "<1.5", "qualifier": "小于", "value": "1.5"}],
        },
        {
            "works": [{}],
            "water_limits": [LIMIT],
            "water_tests": [TEST],
            "water_results": [RESULT | {"raw_value": ">0.5", "qualifier": "大于", "value": "0.5"}],
        },
    ],
    skips=[
        {
            "works": [{}],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"sampling_point": "水源水"}],
            "water_results": [RESULT | {"raw_value": "<1.5", "qualifier": "小于", "value": "1.5"}],
        }
    ],
)
def value_tells(book: Book) -> Iterator[Breach]:
    """A method too coarse for its limit proves nothing."""
    for sample_id, rows in book.group("water_results", "sample_id").items():
        verdict = book.verdicts.get(sample_id)
        open_ = {result.indicator: result for result in verdict.open} if verdict else {}
        for row in rows:
            if result := open_.get(row.indicator):
                what = f"水样 {sample_id} 的{result.name}写“{row.raw_value}”"
                yield breach("raw_value", f"{what}，{result.reason}，判不了", row=row)
