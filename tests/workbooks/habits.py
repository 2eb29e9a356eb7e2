"""More workbooks: heads of two rows, units of measure, and the habits of ledgers but the issues."""

from __future__ import annotations

import datetime
from typing import Any

from openpyxl.styles import Font, PatternFill

from workbooks.made import TEN, Recipe, row, sheet_of, text, xlsx
from workbooks.old import rows as old_rows
from workbooks.old import xls

UNIT = "nanzhao"
LAB = {
    "checker_level": "县", "checker_org": "南召县水利局", "place_type": "工程", "method": "化验",
    "sampling_point": "末梢水",
}  # fmt: skip
SPANNED = [
    [
        "市、县",
        "序号",
        "问题描述",
        "整改措施",
        "整改责任单位",
        "整改责任人",
        "",
        "",
        "整改时限",
        "整改结果",
        "",
        "备注",
    ],
    ["", "", "", "", "", "姓名", "职务", "联系电话", "", "完成", "正在", ""],
]
LINES = [
    [
        "南召县",
        101,
        "留山镇下关二组供水站阀门漏水",
        "更换",
        "留山镇人民政府",
        "张三",
        "镇长",
        "0377-10200099",
        "8月30日",
        "√",
        "",
        "",
    ],
    [
        "南召县",
        102,
        "留山镇下关二组供水站水泵坏",
        "更换",
        "留山镇人民政府",
        "李 四",
        "",
        "0377-10200099",
        "8月30日",
        "",
        "√",
        "",
    ],
]
FIRST = {
    "resp_person": "张三",
    "resp_post": "镇长",
    "resp_phone": "0377-10200099",
    "due_on": "2022-08-30",
}
FUNDS = ["年度", "项目", "金额（万元）", "日期", "来源", "凭证号"]
LAB_HEAD = ["工程名称", "采样日期", "报告结论", "检测单位"]
LAB_LINE = ["留山镇下关供水站", "2022.8.20", "达标", "县检测中心"]


def _spans(book: Any) -> None:
    for area in ("F2:H2", "J2:K2", *(f"{c}2:{c}3" for c in "ABCDEIL")):
        book.active.merge_cells(area)


def _lab_spans(book: Any) -> None:
    for area in ("E1:G1", *(f"{c}1:{c}2" for c in "ABCD")):
        book.active.merge_cells(area)


def _title_over_all(book: Any) -> None:
    book.active.insert_rows(1)
    book.active["A1"] = "南召县农村饮水问题整改台账"
    book.active.merge_cells("A1:J1")
    book.active["A1"].font = Font(size=20, bold=True)


def _coloured(book: Any) -> None:
    for cell in book.active[6]:
        cell.fill = PatternFill("solid", start_color="FFFF00")


def _wide_merge(book: Any) -> None:
    """Merge the unit over all lines, and a remark over two columns of one."""
    sheet = book.active
    for line in (7, 8):
        sheet[f"A{line}"] = None
    sheet.merge_cells("A6:A8")
    sheet.merge_cells("I6:J6")


def _cached(book: Any) -> None:
    book.active["B6"], book.active["B7"] = "=ROW()-5", "=B6+1"


def _form(name: str, **cells: Any) -> Recipe:
    want = {k: cells.pop(k) for k in ("new", "refused", "first", "says", "events") if k in cells}
    return Recipe(name, xlsx(sheet_of(row(**cells))), **want)


def _of(name: str, ledger: str, lines: list[list[Any]], spoil: Any = None, **want: Any) -> Recipe:
    want.setdefault("answers", {})
    return Recipe(name, xlsx(lines, spoil=spoil), ledger=ledger, unit=UNIT, **want)


HEADS = [
    Recipe("head of two rows", xlsx([["台账"], *SPANNED, [*range(1, 13)], *LINES], spoil=_spans), new=2, first=FIRST, says=["没有完成日期"]),
    Recipe("head of two rows without merges", text([["台账"], *SPANNED, *LINES]), "台账.csv", new=2, first=FIRST),
    Recipe("both results ticked", xlsx([["台账"], *SPANNED, [*LINES[0][:9], "√", "√", ""]], spoil=_spans), new=0, refused=1, says=["看不出勾的是"]),
    Recipe("title merged over all", xlsx([TEN, row()], spoil=_title_over_all)),
    Recipe("title in rows and stamp", xlsx([["附表2-2"], ["填报单位：南召县水利局（盖章）", "", "", "填报日期：2022年8月20日"], TEN, row()])),
    Recipe("head with notes", xlsx([[f"{t}（必填）" if n < 3 else t for n, t in enumerate(TEN)], row()])),
    Recipe("head with line breaks", xlsx([[f"{label[:2]}\n{label[2:]}" for label in TEN], row()])),
    Recipe("head twice as two tables of townships", xlsx([*sheet_of(row(101)), ["城关镇"], TEN, row(102)]), new=2),
    Recipe("remarks below", xlsx([*sheet_of(row()), ["注：本表一式两份"], ["说明：各乡镇汇总"], ["填报人：张三", "", "审核：李四", "联系电话：0377-10200099"]])),
    Recipe("sum in words", xlsx([*sheet_of(row()), ["总计：1个问题"]])),
    Recipe("number rows left empty", xlsx(sheet_of(row(101), ["", 102], ["", 103]))),
    Recipe("township as a heading line", xlsx(sheet_of(["留山镇"], row(101), ["城关镇"], row(102))), new=2),
    Recipe("unit merged over all lines", xlsx(sheet_of(row(101), row(102), row(103)), spoil=_wide_merge), new=3),
    Recipe("coloured line", xlsx(sheet_of(row()), spoil=_coloured)),
    Recipe("formula in the number column", xlsx(sheet_of(row(101), row(102)), spoil=_cached), new=0, refused=2, says=["公式没有算出结果"]),
    Recipe("many blank rows below", xlsx([*sheet_of(row()), *[[""] * 10 for _ in range(300)], [" "]])),
]  # fmt: skip
CELLS = [
    _form("due on the word", due="8月31号前", first={"due_on": "2022-08-31"}),
    _form("due with a slash", due="8/20", first={"due_on": "2022-08-20"}),
    _form("due only a month", due="9月", new=0, refused=1, says=["没有写到哪一日"]),
    _form("due of a third", due="9月中旬前", first={"due_on": "2022-09-20"}),
    _form("due empty", due="", new=0, refused=1, says=["没有“整改时限"]),
    _form("phone with extension", phone="0377-10200099转8001", first={"resp_phone": "0377-10200099-8001"}),
    _form("phone with country", phone="+86 138 0013 8000", first={"resp_phone": "13800138000"}),
    _form("phone in brackets", phone="（0377）10200099", first={"resp_phone": "0377-10200099"}),
    _form("phone too short", phone="12345678901234", new=0, refused=1, says=["不是能打通的号码"]),
    _form("phone lost in a number", phone=1.38001e10, new=1),
    _form("three persons", person="张三，李四；王五", first={"resp_person": "张三", "co_persons": "李四|王五"}),
    _form("person of a minority", person="阿依古丽·买买提", first={"resp_person": "阿依古丽·买买提"}),
    _form("person not named", person="待定", new=0, refused=1, says=["不像姓名"]),
    _form("result in progress", result="整改中", first={"seq_no": "101"}),
    _form("result with a full stop", result="已完成。", says=["没有完成日期"]),
    _form("result crossed", result="×", says=["写的是未整改"]),
    _form("number as text", no="０１０１", first={"seq_no": "101"}),
    _form("number with a dash", no="1-1", new=0, refused=1, says=["认不出是多少"]),
    _form("place by village", title="留山镇下关村委会水管冻裂", first={"village_code": "411321101204", "problem": "水管冻裂"}),
    _form("place by code only", title="阀门漏水", new=0, refused=1, says=["开头认不出乡镇或村"]),
    _form("full-width blanks", title="　留山镇　下关二组供水站　阀门漏水　", first={"works_id": "nanzhao-w0003"}),
    _form("remark is a stroke", remark="/", first={"remark": ""}),
    _form("formula starter in a remark", remark="+更换", first={"remark": "+更换"}),
    Recipe("dates are days", xlsx(sheet_of(row(due=datetime.date(2022, 8, 20)))), first={"due_on": "2022-08-20"}),
    Recipe("extra columns for places", xlsx([[*TEN, "乡镇", "行政村", "工程名称"], [*row(title="阀门漏水"), "留山镇", "下关村", "下关二组供水站"]]), first={"works_id": "nanzhao-w0003", "problem": "阀门漏水"}),
]  # fmt: skip
STANDING = [
    Recipe("deadline changed by hand", xlsx([[*TEN, "问题编号"], [*row(1, title="留山镇下关二组供水站水质检测报告没有张贴", due="2022年9月30日"), "nanzhao-2022-0001"]]), new=0, refused=1, says=["“整改时限”登记的是“2022-07-31”"]),
    Recipe("like two that stand", xlsx(sheet_of(row(77, title="城关镇12户水表井进水，水表看不清"))), new=0, refused=1, says=["分不清是哪一条"]),
    Recipe("a number nobody gave out", xlsx([[*TEN, "问题编号"], [*row(), "nanzhao-2022-9999"]]), new=0, refused=1, says=["不在台账里"]),
    Recipe("a number of another unit", xlsx([[*TEN, "问题编号"], [*row(), "wolong-2022-0001"]]), new=0, refused=1, says=["不在台账里"]),
]  # fmt: skip
FORMATS = [
    Recipe("old workbook", xls(old_rows(sheet_of(row()))), "台账.xls", says=["这种格式看不到批注"]),
    Recipe("workbook of WPS", xls(old_rows(sheet_of(row(101), row(102)))), "台账.et", new=2),
    Recipe("old workbook by any name", xls(old_rows(sheet_of(row()))), "台账.xlsx"),
    Recipe("csv full-width comma", text(sheet_of(row()), "，"), "台账.csv"),
    Recipe("csv with quoted line breaks", text(sheet_of(row(measures="更换\n清洗"))), "台账.csv", first={"measures": "更换；清洗"}),
    Recipe("csv utf-16 tab", text(sheet_of(row()), "\t", "utf-16"), "台账.csv"),
    Recipe("csv scientific phone", text(sheet_of(row(phone="1.38E+10"))), "台账.csv", new=0, refused=1, says=["科学记数法"]),
]  # fmt: skip
OTHERS = [
    _of("funds in tens of thousands", "funds", [FUNDS, [2022, "到账", 1.2, "2022.8.15", "县级财政", "凭9"]], first={"amount_yuan": "12000"}),
    _of("unit of money above", "funds", [["维修养护经费", "", "单位：万元"], [t.partition("（")[0] for t in FUNDS], [2022, "到账", "12", "8月15日", "县级财政", "凭9"]], first={"amount_yuan": "120000"}),
    _of("funds with a sum", "funds", [FUNDS, [2022, "到账", 1.2, "2022.8.15", "县级财政", "凭9"], ["合计", "", 1.2]], new=1),
    _of("laboratory spans", "water_tests", [[*LAB_HEAD, "检测项目", "", ""], ["", "", "", "", "氟化物", "铁", "pH"], ["", "", "", "", "mg/L", "mg/L", "无量纲"], [*LAB_LINE, "0.40", "<0.05", "7.2"]], _lab_spans, answers=LAB, first={"place_id": "nanzhao-w0001"}),
    _of("laboratory in another unit", "water_tests", [[*LAB_HEAD, "砷（μg/L）"], [*LAB_LINE, "5"]], answers=LAB, new=0, refused=1, says=["“砷”的单位是 μg/L"]),
    _of("laboratory long in another unit", "water_tests", [["对象", "采样日期", "报告结论", "检测项目", "检测结果", "计量单位"], [*LAB_LINE[:3], "砷", "5", "μg/L"]], answers=LAB, new=0, refused=1, says=["限值表用 mg/L"]),
    _of("laboratory unknown indicator", "water_tests", [["对象", "采样日期", "报告结论", "检测项目", "检测结果"], [*LAB_LINE[:3], "鲜味", "5"]], answers=LAB, new=0, refused=1, says=["没有叫“鲜味”的指标"]),
    _of("laboratory powers and ranges", "water_tests", [[*LAB_HEAD, "铁", "氟化物"], [*LAB_LINE, "<4×10-5", "0.37~0.86"]], answers=LAB),
    _of("households by kind", "household_checks", [["行政村", "核查日期", "户类", "方式", "核查户数", "检查层级", "检查单位"], ["下关村", "8月15日", "一般户", "自查", "1,200", "村", "下关村委会"], ["下关村", "8月15日", "其他脱贫户", "自查", "35", "村", "下关村委会"]], new=2, first={"checked_households": "1200"}),
    _of("roster with merged villages", "patrol_roster", [["村", "角色", "姓名", "起"], ["留山镇下关村", "村委", "李 四", "2022年8月1日"], ["", "乡镇", "赵六", "2022.8.1"]], lambda b: b.active.merge_cells("A2:A3"), new=2, first={"name": "李四"}),
    _of("the same row twice", "patrol_roster", [["村", "角色", "姓名", "起"], *[["留山镇下关村", "村委", "李四", "2022年8月1日"]] * 2], new=1, refused=1, says=["和前面的一行是同一个"]),
    _of("two persons in one duty", "patrol_roster", [["村", "角色", "姓名", "起"], ["留山镇下关村", "村委", "李四、王五", "2022年8月1日"]], new=0, refused=1, says=["不止一个人"]),
    _of("works per hour", "works", [["工程名称", "所在乡镇", "设计规模（m3/h）"], ["新供水站", "留山镇", "50"]], new=0, refused=1, says=["台账用 m3/d"]),
    _of("villages by nickname", "villages", [["行政村", "统计日期", "总户数（户）", "人口（人）"], ["留山镇没有村", "2022.7.14", "300户", "1,200人"]], new=0, refused=1, says=["没有叫“没有村”的村"]),
]  # fmt: skip
MORE = [*HEADS, *CELLS, *STANDING, *FORMATS, *OTHERS]
