"""Record checks of the reference tables: units, divisions, supervision, limits, items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from pipeline.checks.book import Book
from pipeline.checks.repeats import repeated
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.dates import SATURDAY
from pipeline.rowtypes import (
    ChecklistItemRow,
    DivisionRow,
    SupervisionRow,
    UnitRow,
    WaterLimitRow,
    WorkdayRow,
)

TOWN = {"division_code": "890121103", "name": "柳河镇"}
VILLAGE = {
    "division_code": "890121103201",
    "name": "示例村",
    "division_level": "村级",
    "division_kind": "村委会",
    "parent_code": "890121103",
}
KINDS = {
    "乡级": ("镇", "乡", "街道", "其他乡级"),
    "村级": ("村委会", "居委会", "其他村级"),
}
WIDTH = {"乡级": 9, "村级": 12}
SIDES = {
    "上限": (False, True),
    "下限": (True, False),
    "区间": (True, True),
    "不得检出": (False, False),
    "无异常": (False, False),
}
"""For each form of a limit: whether it has a low and a high value."""


@row_check(
    "R01",
    ledger=UnitRow,
    severity="error",
    sentence="每个单位的督导组在督导分工里",
    remedy="照督导分工（附件1）改组号",
    source="附件1、O-20",
    why="没有督导组，这个单位就没有人督导",
    passes=[{"supervision": [{}], "units": [{}]}],
    fails=[{"supervision": [{"group_no": "8"}], "units": [{}]}],
    skips=[{"units": [{}]}],
)
def unit_group_exists(row: UnitRow, book: Book) -> Breach | None:
    """Every unit is somebody's to supervise (附件1)."""
    groups = book.group("supervision", "group_no")
    return breach("group_no") if groups and row.group_no not in groups else None


@row_check(
    "R02",
    ledger=UnitRow,
    severity="error",
    sentence="单位的代码与本单位区划代码的前六位一致",
    remedy="核对国标代码、统计代码；没有代码的工区留空",
    source="GB/T 2260",
    why="代码和区划对不上，名下的村会算到别的县",
    where=lambda row: row.gb_code is not None or row.stats_code is not None,
    passes=[
        {"divisions": [TOWN], "units": [{"gb_code": "890121"}]},
        {"divisions": [TOWN], "units": [{"stats_code": "890121"}]},
    ],
    fails=[{"divisions": [TOWN], "units": [{"gb_code": "890102", "stats_code": "890102"}]}],
    skips=[{"divisions": [TOWN], "units": [{}]}, {"units": [{"gb_code": "890102"}]}],
)
def unit_code_is_its_territory(row: UnitRow, book: Book) -> Breach | None:
    """A unit with a code manages divisions of that code; others' land it may manage as well."""
    prefixes = {d.division_code[:6] for d in book.group("divisions", "unit_id")[row.unit_id]}
    field = "gb_code" if row.gb_code is not None else "stats_code"
    if prefixes and prefixes.isdisjoint({row.gb_code, row.stats_code}):
        return breach(field, f"本单位的区划代码以{'、'.join(sorted(prefixes))}开头")
    return None


@row_check(
    "R03",
    ledger=DivisionRow,
    severity="error",
    sentence="乡级9位、村级12位；村的上级是代码前9位的乡镇，类型与级别相配",
    remedy="照统计局公布的区划代码改正代码、级别、类型或上级",
    source="台账约定",
    why="代码套着上级，位数和上级错了，村就找不到乡镇",
    passes=[{"divisions": [TOWN, VILLAGE]}],
    fails=[
        {"divisions": [TOWN | {"division_code": "890121103201"}]},
        {"divisions": [TOWN, VILLAGE | {"parent_code": "890121104"}]},
        {"divisions": [TOWN, VILLAGE | {"parent_code": ""}]},
        {"divisions": [TOWN | {"division_kind": "村委会"}]},
        {"divisions": [VILLAGE | {"division_kind": "镇"}]},
    ],
)
def division_fits_its_level(row: DivisionRow, _book: Book) -> Iterator[Breach]:
    """The code says where a village lies."""
    width = WIDTH[row.division_level]
    if len(row.division_code) != width:
        yield breach("division_code", f"{row.division_level}的代码是{width}位")
    elif row.division_level == "村级" and row.parent_code != row.division_code[:9]:
        yield breach("parent_code", f"上级应当是{row.division_code[:9]}")
    if row.division_kind not in KINDS[row.division_level]:
        yield breach("division_kind", f"{row.division_level}没有“{row.division_kind}”这一类")


@row_check(
    "R04",
    ledger=DivisionRow,
    severity="error",
    sentence="村和它所在的乡镇归同一个单位管理",
    remedy="核对管理单位；整个乡镇划给另一个单位的，它的村一起改",
    source="O-1",
    why="村和乡镇归两个单位，责任和分数会重、会漏",
    where=lambda row: row.division_level == "村级",
    passes=[{"divisions": [TOWN, VILLAGE]}],
    fails=[{"divisions": [TOWN | {"unit_id": "zhongqu"}, VILLAGE]}],
    skips=[{"divisions": [VILLAGE]}],
)
def village_managed_with_its_town(row: DivisionRow, book: Book) -> Breach | None:
    """A township is managed as a whole."""
    town = book.index("divisions").get(row.parent_code)
    return breach("unit_id") if town is not None and town.unit_id != row.unit_id else None


@book_check(
    "R05",
    ledger=DivisionRow,
    severity="error",
    sentence="同一个乡镇里，在用的村名不重复",
    remedy="核对名称；改名的，旧名写进别名",
    source="附表2-2",
    why="一个乡镇两个同名的村，看问题描述就不知道是哪一个",
    passes=[{"divisions": [VILLAGE, VILLAGE | {"division_code": "890121103202", "name": "乙村"}]}],
    fails=[{"divisions": [VILLAGE, VILLAGE | {"division_code": "890121103202"}]}],
    skips=[
        {
            "divisions": [
                VILLAGE,
                VILLAGE | {"division_code": "890121104201", "parent_code": "890121104"},
            ]
        },
        {
            "divisions": [
                VILLAGE | {"valid_to": "2022-06-30"},
                VILLAGE | {"division_code": "890121103202"},
            ]
        },
    ],
)
def village_name_once_in_town(book: Book) -> Iterator[Breach]:
    """Township and name together tell a village; the name alone never does."""
    places = [row for row in book.divisions if row.division_level == "村级" and not row.valid_to]
    for row, first in repeated(places, lambda row: (row.parent_code, row.name)):
        yield breach("name", f"{first.division_code} 也叫这个名字", row=row)


@book_check(
    "R06",
    ledger=SupervisionRow,
    severity="error",
    sentence="每个督导组有一名组长、至少一名联络人",
    remedy="照附件1补齐；换人的，给旧的一行写止日",
    source="附件1",
    why="没有组长和联络人，单位不知道找谁",
    passes=[{"supervision": [{}, {"role": "联络人"}]}],
    fails=[
        {"supervision": [{}]},
        {"supervision": [{"role": "联络人"}]},
        {"supervision": [{}, {"sort_no": "4"}, {"role": "联络人"}]},
    ],
    skips=[
        {
            "supervision": [
                {"valid_to": "2022-06-30"},
                {"sort_no": "4", "valid_from": "2022-07-01"},
                {"role": "联络人"},
            ]
        }
    ],
    over=lambda book: book.group("supervision", "group_no"),
)
def group_has_head_and_contact(number: int, book: Book) -> Iterator[Breach]:
    """13 groups, each with its leader and somebody to call on (附件1)."""
    rows = book.group("supervision", "group_no")[number]
    roles = Counter(row.role for row in rows if row.valid_to is None)
    if roles["组长"] != 1:
        yield breach("role", f"第{number}组在任的组长有{roles['组长']}名", row=rows[0])
    if not roles["联络人"]:
        yield breach("role", f"第{number}组没有在任的联络人", row=rows[0])


@row_check(
    "R08",
    ledger=WaterLimitRow,
    severity="error",
    sentence="限值与限值形式相配：上限填上限，下限填下限，区间两个都填、下限小于上限，其余不填",
    remedy="照标准原文改正限值形式、下限、上限",
    source="GB 5749",
    why="限值缺一头，超没超标就判不出来",
    passes=[
        {"water_limits": [{"high": "1"}]},
        {"water_limits": [{"limit_kind": "区间", "low": "6.5", "high": "8.5"}]},
        {"water_limits": [{"limit_kind": "不得检出"}]},
    ],
    fails=[
        {"water_limits": [{}]},
        {"water_limits": [{"high": "1", "low": "0.1"}]},
        {"water_limits": [{"limit_kind": "区间", "low": "8.5", "high": "8.5"}]},
        {"water_limits": [{"limit_kind": "不得检出", "high": "0"}]},
    ],
)
def limit_has_its_sides(row: WaterLimitRow, _book: Book) -> Iterator[Breach]:
    """A limit without its number judges nothing."""
    for field, is_due in zip(("low", "high"), SIDES[row.limit_kind], strict=True):
        if (getattr(row, field) is not None) != is_due:
            said = "要填" if is_due else "要留空"
            yield breach(field, f"限值形式是“{row.limit_kind}”，这一列{said}")
    if row.low is not None and row.high is not None and row.low >= row.high:
        yield breach("low", "下限不小于上限")


@row_check(
    "R09",
    ledger=ChecklistItemRow,
    severity="error",
    sentence="只有工程的项目分工程类别，抽查电话和市里不用清单",
    remedy="核对适用对象和适用类别",
    source="附件3",
    why="清单的项目挂错对象，检查时会查到不该查的",
    passes=[{"checklist_items": [{"place_types": "工程", "works_classes": "千吨万人"}]}],
    fails=[
        {"checklist_items": [{"place_types": "村", "works_classes": "千吨万人"}]},
        {"checklist_items": [{"place_types": "电话"}]},
    ],
    skips=[{"checklist_items": [{}]}],
)
def item_fits_its_places(row: ChecklistItemRow, _book: Book) -> Iterator[Breach]:
    """Only works have classes; calls and the city's papers have no checklist."""
    if row.works_classes and "工程" not in row.place_types:
        yield breach("works_classes", "适用对象里没有工程")
    if {"电话", "市"} & set(row.place_types):
        yield breach("place_types")


@row_check(
    "R10",
    ledger=WorkdayRow,
    severity="warning",
    sentence="只登记和平常不同的日子：周一至周五放假，周六、周日上班",
    remedy="核对日期；和平常一样的日子不用登记",
    source="放假安排",
    why="只写不平常的日子，工作日才算得对，期限才准",
    passes=[
        {"workdays": [{"day_on": "2022-08-10", "is_workday": "否"}]},
        {"workdays": [{"day_on": "2022-08-13", "is_workday": "是"}]},
    ],
    fails=[
        {"workdays": [{"day_on": "2022-08-10", "is_workday": "是"}]},
        {"workdays": [{"day_on": "2022-08-13", "is_workday": "否"}]},
    ],
)
def day_differs(row: WorkdayRow, _book: Book) -> Breach | None:
    """An exception that is none is most likely a wrong date."""
    is_usual = row.is_workday == (row.day_on.weekday() < SATURDAY)
    return breach("day_on") if is_usual else None


@book_check(
    "R11",
    ledger=UnitRow,
    severity="error",
    sentence="单位的名称、简称、排序各不相同",
    remedy="改正重复的一个",
    source="O-1",
    why="两个单位同名，表和排名里就分不清",
    passes=[
        {
            "units": [
                {"unit_id": "jiaxian"},
                {"unit_id": "zhongqu", "name": "中工区", "short_name": "中工", "sort_no": "16"},
            ]
        }
    ],
    fails=[
        {
            "units": [
                {"unit_id": "jiaxian"},
                {"unit_id": "zhongqu", "name": "乙", "short_name": "丙"},
            ]
        },
        {"units": [{"unit_id": "jiaxian"}, {"unit_id": "zhongqu", "name": "乙", "sort_no": "16"}]},
    ],
)
def units_told_apart(book: Book) -> Iterator[Breach]:
    """People know a unit by its name; pages order it by its number."""
    for field in ("name", "short_name", "sort_no"):
        for row, first in repeated(book.units, attrgetter(field)):
            yield breach(field, f"和 {first.unit_id} 相同", row=row)
