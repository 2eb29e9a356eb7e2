"""Record checks of water samples (水质检测): place, home, dates, re-tests, withdrawals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.rowtypes import WaterTestRow
from pipeline.terms import INNER

LOOKED_AT = "望闻问尝"
"""The method that has no values."""
UNSTATED = "未评价"
"""The conclusion of a report that states none."""

TEST = {
    "place_type": "工程",
    "place_id": "jiaxian-w0001",
    "sampled_on": "2022-08-10",
    "sampling_point": "出厂水",
    "checker_level": "县",
}


@row_check(
    "Q01",
    ledger=WaterTestRow,
    severity="error",
    sentence="工程取水源水、出厂水或末梢水，村里分散供水取分散水",
    remedy="核对对象类型和采样点，改正写错的一个",
    source="GB 5749",
    why="消毒剂等的限值看在哪里取水，取水点错了就判错",
    passes=[
        {"water_tests": [TEST]},
        {
            "water_tests": [
                TEST | {"place_type": "村", "place_id": "890121103201", "sampling_point": "分散水"}
            ]
        },
    ],
    fails=[
        {"water_tests": [TEST | {"sampling_point": "分散水"}]},
        {"water_tests": [TEST | {"place_type": "村", "place_id": "890121103201"}]},
    ],
)
def point_fits_place(row: WaterTestRow, _book: Book) -> Breach | None:
    """A village stands for its dispersed supply; a works has plant, source and taps."""
    is_dispersed = row.sampling_point == "分散水"
    return breach("sampling_point") if is_dispersed != (row.place_type == "村") else None


@row_check(
    "Q02",
    ledger=WaterTestRow,
    severity="error",
    sentence="村、乡镇、县的检测记在单位目录，市以上的检测记在市里的核查目录",
    remedy="核对检查层级；填对了的，把这一行移到该在的文件",
    source="各记各的",
    why="上级检测的由市里保管，被检的单位不能改",
    passes=[
        {"water_tests": [TEST]},
        {"water_tests@C": [TEST | {"checker_level": "市"}]},
    ],
    fails=[
        {"water_tests": [TEST | {"checker_level": "市"}]},
        {"water_tests@C": [TEST]},
    ],
)
def sample_home_by_level(row: WaterTestRow, _book: Book) -> Breach | None:
    """What others found stands with the city."""
    home = "U" if row.checker_level in INNER else "C"
    return breach("checker_level") if row.shard.home != home else None


@row_check(
    "Q03",
    ledger=WaterTestRow,
    severity="error",
    sentence="报告日期不早于采样日期，公示日期不早于报告日期",
    remedy="核对采样、报告、公示三个日期，改正写错的一个",
    source="常理",
    why="还没有采样就出报告，或还没有报告就公示，日期一定有错",
    passes=[{"water_tests": [TEST | {"reported_on": "2022-08-15", "posted_on": "2022-08-15"}]}],
    fails=[
        {"water_tests": [TEST | {"reported_on": "2022-08-09"}]},
        {"water_tests": [TEST | {"reported_on": "2022-08-15", "posted_on": "2022-08-14"}]},
        {"water_tests": [TEST | {"posted_on": "2022-08-09"}]},
    ],
    skips=[{"water_tests": [TEST]}],
)
def sample_dates_in_order(row: WaterTestRow, _book: Book) -> Iterator[Breach]:
    """Sampled, then reported, then posted."""
    if row.reported_on is not None and row.reported_on < row.sampled_on:
        yield breach("reported_on", "报告日期早于采样日期")
    earliest = row.reported_on or row.sampled_on
    if row.posted_on is not None and row.posted_on < earliest:
        yield breach("posted_on", "公示日期早于报告或采样日期")


@row_check(
    "Q04",
    ledger=WaterTestRow,
    severity="error",
    sentence="复检的是同一对象更早的一个水样",
    remedy="核对复检自一列的样品编号；不是复检的留空",
    source="G13",
    why="复检合格可以不扣，要真是同一个地方后来再取的样",
    where=lambda row: row.retest_of_id is not None,
    passes=[
        {
            "water_tests": [
                TEST | {"sample_id": "jiaxian-s00011"},
                TEST | {"retest_of_id": "jiaxian-s00011", "sampled_on": "2022-08-20"},
            ]
        }
    ],
    fails=[
        {"water_tests": [TEST | {"sample_id": "jiaxian-s00011", "retest_of_id": "jiaxian-s00011"}]},
        {
            "water_tests": [
                TEST | {"sample_id": "jiaxian-s00011"},
                TEST | {"retest_of_id": "jiaxian-s00011", "sampled_on": "2022-08-09"},
            ]
        },
        {
            "water_tests": [
                TEST | {"sample_id": "jiaxian-s00011"},
                TEST | {"retest_of_id": "jiaxian-s00011", "place_id": "jiaxian-w0002"},
            ]
        },
    ],
    skips=[{"water_tests": [TEST | {"retest_of_id": "jiaxian-s00011"}]}],
)
def retest_of_earlier(row: WaterTestRow, book: Book) -> Breach | None:
    """A re-test looks again at the same place, not before the first."""
    first = book.index("water_tests").get(row.retest_of_id)
    if first is None:
        return None
    if first.sample_id == row.sample_id:
        return breach("retest_of_id", "复检自一列写的是样品自己")
    if (first.place_type, first.place_id) != (row.place_type, row.place_id):
        return breach("retest_of_id", f"样品 {first.id} 是别的对象的")
    if first.sampled_on > row.sampled_on:
        return breach("retest_of_id", f"样品 {first.id} 比这个水样采得晚")
    return None


@row_check(
    "Q05",
    ledger=WaterTestRow,
    severity="error",
    sentence="撤回的写明日期和原因，只有市里登记的检测能撤回，撤回不早于采样",
    remedy="撤回日期和撤回原因一起填或一起留空；单位自己的检测写错了直接改正",
    source="改动有据、各记各的",
    why="撤掉一份不合格的报告，要说得清什么时候、为什么",
    where=lambda row: row.withdrawn_on is not None or row.withdrawn_reason is not None,
    passes=[
        {
            "water_tests@C": [
                TEST
                | {
                    "checker_level": "市",
                    "withdrawn_on": "2022-08-20",
                    "withdrawn_reason": "样品混淆",
                }
            ]
        }
    ],
    fails=[
        {"water_tests@C": [TEST | {"withdrawn_on": "2022-08-20"}]},
        {"water_tests@C": [TEST | {"withdrawn_reason": "样品混淆"}]},
        {"water_tests": [TEST | {"withdrawn_on": "2022-08-20", "withdrawn_reason": "样品混淆"}]},
        {"water_tests@C": [TEST | {"withdrawn_on": "2022-08-09", "withdrawn_reason": "混淆"}]},
    ],
    skips=[{"water_tests": [TEST]}],
)
def sample_withdrawn_in_full(row: WaterTestRow, _book: Book) -> Breach | None:
    """Only the city takes back what it found, and says when and why."""
    if row.withdrawn_on is None:
        return breach("withdrawn_on", "写了撤回原因，没有写撤回日期")
    if row.withdrawn_reason is None:
        return breach("withdrawn_reason", "写了撤回日期，没有写撤回原因")
    if row.shard.home == "U":
        return breach("withdrawn_on", "单位自己的检测不用撤回，写错了直接改正")
    if row.withdrawn_on < row.sampled_on:
        return breach("withdrawn_on", "撤回日期早于采样日期")
    return None


@row_check(
    "Q06",
    ledger=WaterTestRow,
    severity="error",
    sentence="督导组号只填在市里登记的检测上",
    remedy="单位自己的检测把督导组留空",
    source="附件1、O-20",
    why="单位自己的检测不能挂督导组的名",
    where=lambda row: row.group_no is not None,
    passes=[{"water_tests@C": [TEST | {"group_no": "7"}]}],
    fails=[{"water_tests": [TEST | {"group_no": "7"}]}],
    skips=[{"water_tests": [TEST]}],
)
def sample_group_is_the_citys(row: WaterTestRow, _book: Book) -> Breach | None:
    """The groups of Annex 1 are the city's."""
    return breach("group_no") if row.shard.home == "U" else None


RESULT = {"indicator": "turbidity", "raw_value": "0.5", "qualifier": "等于", "value": "0.5"}


@book_check(
    "Q20",
    ledger=WaterTestRow,
    severity="error",
    sentence="化验、快检的结论有检测结果作根据",
    remedy="把报告上的各项结果登记到检测结果台账；结果丢了的，从版本库取回；没有结果的写“未评价”",
    source="五.3",
    why="没有一个检测值的结论，谁也没有办法核对",
    passes=[
        {"water_tests": [TEST | {"conclusion": "达标"}], "water_results": [RESULT]},
    ],
    fails=[
        {"water_tests": [TEST | {"conclusion": "达标"}]},
        {"water_tests": [TEST | {"conclusion": "不达标", "method": "快检"}]},
    ],
    skips=[
        {"water_tests": [TEST | {"conclusion": "未评价"}]},
        {"water_tests": [TEST | {"conclusion": "达标", "method": "望闻问尝"}]},
    ],
)
def conclusion_has_results(book: Book) -> Iterator[Breach]:
    """A verdict that no value stands behind is not one; a file without results is told once."""
    bare: dict[str, list[WaterTestRow]] = defaultdict(list)
    for row in book.water_tests:
        if (
            row.method != LOOKED_AT
            and row.conclusion != UNSTATED
            and not book.group("water_results", "sample_id")[row.sample_id]
        ):
            bare[row.file].append(row)
    for rows in bare.values():
        more = f"；这个文件里还有 {len(rows) - 1} 个水样也这样" if len(rows) > 1 else ""
        said = f"结论写“{rows[0].conclusion}”，检测结果里没有这个水样的任何一项{more}"
        yield breach("conclusion", said, row=rows[0])
