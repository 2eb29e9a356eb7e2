"""Record checks of single water values (检测结果): read again from what the report says."""

from __future__ import annotations

from decimal import Decimal

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.rowtypes import WaterResultRow
from pipeline.water import parse

PLACES = Decimal("0.000001")
"""The places a number column can hold."""

TEST = {"place_id": "jiaxian-w0001", "sampling_point": "出厂水", "sampled_on": "2022-08-10"}
RESULT = {"indicator": "fluoride", "raw_value": "0.86", "qualifier": "等于", "value": "0.86"}


@row_check(
    "Q11",
    ledger=WaterResultRow,
    severity="error",
    sentence="报告原值是一个检测值，如 0.86、<0.01、0.004L、0.37~0.86、未检出、低于检出限、无",
    remedy="照报告填写检测值；报告只写“合格”的，不填这一行，只在水质检测里填结论",
    source="GB 5749、不悄悄猜",
    why="写法读不准的值不能猜，猜错了就把不合格说成合格",
    passes=[
        {
            "water_results": [
                RESULT,
                RESULT | {"raw_value": "<4×10-5", "qualifier": "小于", "value": "0.00004"},
                RESULT | {"raw_value": "0.004L", "qualifier": "小于", "value": "0.004"},
                RESULT | {"raw_value": "未检出", "qualifier": "未检出", "value": ""},
                RESULT | {"raw_value": "低于检出限", "qualifier": "未检出", "value": ""},
            ]
        }
    ],
    fails=[
        {"water_results": [RESULT | {"raw_value": "合格"}]},
        {"water_results": [RESULT | {"raw_value": "约0.8"}]},
    ],
)
def raw_value_is_a_value(row: WaterResultRow, _book: Book) -> Breach | None:
    """合格 alone is a conclusion; anything unclear is asked about."""
    return breach("raw_value") if parse(row.raw_value) is None else None


@row_check(
    "Q12",
    ledger=WaterResultRow,
    severity="error",
    sentence="形式、数值、区间下值与报告原值一致",
    remedy="对照报告原值改正；报告原值抄错了的先改报告原值",
    source="数字可追溯",
    why="拆出来的数要和报告原文一致，别人才核得回去",
    passes=[
        {
            "water_results": [
                RESULT,
                RESULT
                | {
                    "raw_value": "0.37~0.86",
                    "qualifier": "区间",
                    "value_low": "0.37",
                    "value": "0.86",
                },
            ]
        }
    ],
    fails=[
        {"water_results": [RESULT | {"value": "0.68"}]},
        {"water_results": [RESULT | {"raw_value": "<0.86"}]},
        {
            "water_results": [
                RESULT | {"raw_value": "0.37~0.86", "qualifier": "区间", "value": "0.86"}
            ]
        },
    ],
    skips=[{"water_results": [RESULT | {"raw_value": "合格"}]}],
)
def columns_as_reported(row: WaterResultRow, _book: Book) -> Breach | None:
    """The parsed columns read again from what the report says."""
    read = parse(row.raw_value)
    if read is None or (row.qualifier, row.value_low, row.value) == read:
        return None
    if row.qualifier != read.qualifier:
        return breach("qualifier", f"报告原值“{row.raw_value}”的形式是“{read.qualifier}”")
    if not _same(row.value, read.value):
        return breach("value", _should_be("数值", row, read.value))
    if not _same(row.value_low, read.low):
        return breach("value_low", _should_be("区间下值", row, read.low))
    return None


def _same(given: Decimal | None, read: Decimal | None) -> bool:
    """Whether two numbers are the same in the places that a column holds."""
    if given is None or read is None:
        return given is read
    return given == read or given == read.quantize(PLACES)


def _should_be(title: str, row: WaterResultRow, read: Decimal | None) -> str:
    said = "留空" if read is None else f"{read:f}"
    return f"按报告原值“{row.raw_value}”，{title}应当是{said}"


NUMBERS = {
    "等于": (False, True),
    "小于": (False, True),
    "大于": (False, True),
    "区间": (True, True),
}
"""Forms that need numbers: whether the lower end, whether the value."""


@row_check(
    "Q13",
    ledger=WaterResultRow,
    severity="error",
    sentence="形式与数值相配：区间有下值和上值且下值较小，定性没有数值，其余只有数值",
    remedy="核对形式，补齐或清空数值和区间下值",
    source="不悄悄猜",
    why="区间没有两头、定性却有数，不知道该怎样判",
    passes=[
        {
            "water_results": [
                RESULT,
                RESULT | {"raw_value": "无", "qualifier": "定性", "value": ""},
                RESULT | {"raw_value": "未检出", "qualifier": "未检出", "value": ""},
            ]
        }
    ],
    fails=[
        {"water_results": [RESULT | {"value": ""}]},
        {"water_results": [RESULT | {"value_low": "0.5"}]},
        {"water_results": [RESULT | {"raw_value": "无", "qualifier": "定性"}]},
        {"water_results": [RESULT | {"qualifier": "区间"}]},
        {"water_results": [RESULT | {"qualifier": "区间", "value_low": "0.9"}]},
    ],
)
def form_fits_numbers(row: WaterResultRow, _book: Book) -> Breach | None:
    """Each form has the numbers it needs, and no others."""
    low, value = row.value_low, row.value
    if row.qualifier == "未检出":
        return breach("value_low") if low is not None else None
    needs_low, needs_value = NUMBERS.get(row.qualifier, (False, False))
    if (low is not None) != needs_low:
        return breach("value_low")
    if (value is not None) != needs_value:
        return breach("value")
    if low is None or value is None or low < value:
        return None
    return breach("value_low", "区间下值不小于数值")


@row_check(
    "Q16",
    ledger=WaterResultRow,
    severity="error",
    sentence="检测结果和它的水样放在同一个目录",
    remedy="把这一行移到水样所在的目录",
    source="各记各的",
    why="水样和结果分在两处，改了一处另一处不知道",
    passes=[{"water_tests": [TEST], "water_results": [RESULT]}],
    fails=[{"water_tests": [TEST], "water_results@C": [RESULT]}],
    skips=[{"water_results@C": [RESULT]}],
)
def beside_its_sample(row: WaterResultRow, book: Book) -> Breach | None:
    """A result stands where its sample stands."""
    test = book.index("water_tests").get(row.sample_id)
    if test is None or (test.shard.home, test.shard.unit) == (row.shard.home, row.shard.unit):
        return None
    return breach("sample_id")
