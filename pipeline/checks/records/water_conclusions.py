"""Record checks of what water samples show: conclusions, failures left alone, limits used."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.rowtypes import WaterTestRow
from pipeline.water import Outcome

TEST = {
    "place_type": "工程",
    "place_id": "jiaxian-w0001",
    "sampled_on": "2022-08-10",
    "sampling_point": "出厂水",
    "checker_level": "县",
}
WORKS = {"works_id": "jiaxian-w0001", "works_class": "千人以上"}
LIMIT = {
    "limit_set": "gb5749-2006",
    "indicator": "fluoride",
    "indicator_name": "氟化物",
    "sampling_point": "全部",
    "condition": "无",
    "limit_kind": "上限",
    "high": "1.0",
    "supply_kind": "全部",
    "is_relaxed": "否",
    "valid_from": "2007-07-01",
}
HIGH = {"indicator": "fluoride", "raw_value": "1.5", "qualifier": "等于", "value": "1.5"}
LOW = {"indicator": "fluoride", "raw_value": "0.5", "qualifier": "等于", "value": "0.5"}
COARSE = {"indicator": "fluoride", "raw_value": "<1.5", "qualifier": "小于", "value": "1.5"}
NOT_STATED = "未评价"


@row_check(
    "Q07",
    ledger=WaterTestRow,
    severity="warning",
    sentence="填写的结论与按限值算出的结论一致",
    remedy="核对检测结果和结论；限值用错的按采样日期和工程类别改正；公布时以算出的为准",
    source="五.3",
    why="报告写达标，限值一算却不达标，要有人去看是哪一边错",
    where=lambda row: row.conclusion != NOT_STATED,
    passes=[
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"conclusion": "不达标"}],
            "water_results": [HIGH],
        }
    ],
    fails=[
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"conclusion": "达标"}],
            "water_results": [HIGH],
        },
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"conclusion": "不达标"}],
            "water_results": [LOW],
        },
    ],
    skips=[
        {"water_tests": [TEST | {"conclusion": "达标"}]},
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"conclusion": "未评价"}],
            "water_results": [HIGH],
        },
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"conclusion": "达标"}],
            "water_results": [COARSE],
        },
    ],
)
def conclusion_as_computed(row: WaterTestRow, book: Book) -> Breach | None:
    """The values and the limits decide; a report that says otherwise is pointed out."""
    verdict = book.verdicts[row.sample_id]
    if verdict.outcome is Outcome.UNJUDGED:
        return None
    if verdict.outcome.is_passed == (row.conclusion == Outcome.PASSED.value):
        return None
    names = "、".join(result.name for result in verdict.failed)
    why = f"（{names}超出限值）" if names else ""
    return breach("conclusion", f"按限值算出的结论是“{verdict.outcome}”{why}")


@row_check(
    "Q18",
    ledger=WaterTestRow,
    severity="warning",
    sentence="结论写“达标”的，有限值的项目都判得出来",
    remedy="判不了的项目换检出限够低的方法重测，或者补报测定值；补齐以前不算达标",
    source="判不了不算合格",
    why="有一项判不出来，“达标”这句话就没有依据",
    where=lambda row: row.conclusion == Outcome.PASSED.value,
    passes=[
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"conclusion": "达标"}],
            "water_results": [LOW],
        },
    ],
    fails=[
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"conclusion": "达标"}],
            "water_results": [COARSE],
        },
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"conclusion": "达标", "sampling_point": "水源水"}],
            "water_results": [LOW],
        },
    ],
    skips=[
        {"water_tests": [TEST | {"conclusion": "达标"}]},
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"conclusion": "未评价"}],
            "water_results": [COARSE],
        },
    ],
)
def stated_pass_is_proved(row: WaterTestRow, book: Book) -> Breach | None:
    """A pass that rests on values which prove nothing is none."""
    verdict = book.verdicts[row.sample_id]
    if verdict.outcome is not Outcome.UNJUDGED:
        return None
    open_ = "、".join(f"{result.name}（{result.reason}）" for result in verdict.open)
    why = f"判不了：{open_}" if open_ else "报来的项目都没有对应的限值"
    return breach("conclusion", f"水样 {row.sample_id} 的结论写“达标”，但是{why}，不算达标")


@book_check(
    "Q08",
    ledger=WaterTestRow,
    severity="warning",
    sentence="不达标又没有复检合格的水样，记入整改台账",
    remedy="在整改台账登记这个问题并填水样编号；改好后复检，复检合格即可",
    source="O-13、五.3",
    why="水不合格就是问题，要记台账、有人改、再检测",
    passes=[
        {
            "water_tests": [
                TEST | {"conclusion": "不达标"},
                TEST | {"conclusion": "达标", "sampled_on": "2022-08-20"},
            ]
        },
        {
            "water_tests": [TEST | {"sample_id": "jiaxian-s00012", "conclusion": "不达标"}],
            "issues": [{"sample_id": "jiaxian-s00012"}],
        },
    ],
    fails=[{"water_tests": [TEST | {"conclusion": "不达标"}]}],
    skips=[
        {"water_tests": [TEST | {"conclusion": "达标"}]},
        {
            "water_tests@C": [
                TEST
                | {
                    "conclusion": "不达标",
                    "withdrawn_on": "2022-08-20",
                    "withdrawn_reason": "样品混淆",
                }
            ]
        },
    ],
)
def failure_is_an_issue(book: Book) -> Iterator[Breach]:
    """Failing water is to be mended, and to be seen mended."""
    answered = {issue.sample_id for issue in book.issues}
    for row in book.today["water_tests"]:
        is_left = row.sample_id in book.failing and row.withdrawn_on is None
        if is_left and row.sample_id not in answered:
            names = book.failing[row.sample_id]
            what = f"{names}不达标" if names else "水样不达标"
            yield breach("conclusion", f"{what}，没有复检合格，整改台账里也没有", row=row)


@row_check(
    "Q09",
    ledger=WaterTestRow,
    severity="warning",
    sentence="报告所用限值是采样当日该类供水适用的限值组",
    remedy="核对报告依据的标准；评价按采样日期和工程类别自动选用限值，不受这一列影响",
    source="GB 5749",
    why="用错了标准的年份或供水类别，达标不达标会反过来",
    where=lambda row: row.limit_set is not None,
    passes=[
        {
            "works": [WORKS],
            "water_limits": [LIMIT],
            "water_tests": [TEST | {"limit_set": "gb5749-2006"}],
        }
    ],
    fails=[
        {
            "works": [WORKS],
            "water_limits": [
                LIMIT,
                LIMIT | {"limit_set": "gb5749-2022", "valid_from": "2023-04-01"},
            ],
            "water_tests": [TEST | {"limit_set": "gb5749-2022"}],
        }
    ],
    skips=[
        {"water_tests": [TEST]},
        {"water_limits": [LIMIT], "water_tests": [TEST | {"sampling_point": "水源水"}]},
    ],
)
def report_used_right_limits(row: WaterTestRow, book: Book) -> Breach | None:
    """A report judged by another edition or class is pointed out."""
    chosen = book.verdicts[row.sample_id].limit_sets
    return breach("limit_set") if chosen and row.limit_set not in chosen else None
