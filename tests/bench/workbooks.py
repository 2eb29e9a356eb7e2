"""Measure the import of a workbook of 10,000 rows, and its annotated copy, against bare libraries.

The peers do nothing but open the file (calamine), or write as many cells (xlsxwriter); ours finds
the table, reads every cell, matches, judges by all gates, and answers.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

import xlsxwriter

from tests.bench.measuring import PROJECT, Measure, paired, qingyuan, report, run

ROWS = 10_000
UNIT = "nanzhao"
LABELS = (
    "市、县 序号 问题描述 整改措施 整改责任单位 整改责任人 联系电话 整改时限 整改结果 备注".split()
)
WHERE = "东头 西头 学校旁 村部门前 水池边 桥下 大路口 老井旁 南坡 北坡 河边 卫生室后".split()
TROUBLES = (
    *("闸阀关不严常年滴水", "主管被压裂", "潜水泵声音异常", "消毒剂断供", "高处几户水压不够"),
    *("雨后出水浑浊", "检查井没有盖板", "水表冻坏走数不准", "电路老化跳闸", "围栏倒了一段"),
    *("清水池爬梯锈断", "公示牌字迹模糊", "入户管埋得太浅", "滤料多年没有更换"),
)
WHO = ("更换维修", "南召县水利局", "张三", "0377-10200099")
DUES = ("2022年8月30日", "8月底前", "2022.9.20")
RESULTS = ("正在", "正在整改")
ANSWERS = ("found_on=2022-08-18", "channel=自查", "issue_level=村", "segment=水厂", "category=设备",
           "found_by_level=县", "resp_tier=乡镇", "handling=限期")  # fmt: skip
SECONDS, MEGABYTES = 6, 500
READ = (
    "import sys, python_calamine as c; "
    "c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()"
)
WRITE = (
    "import sys, xlsxwriter; b = xlsxwriter.Workbook(sys.argv[1]); s = b.add_worksheet(); "
    "[s.write(r, c, f'{r} {c}') for r in range(10_000) for c in range(10)]; b.close()"
)


def measure(out: Path) -> Measure:
    """Measure both ways, print a row for each, and return what took the most memory."""
    book, copy = out / "台账.xlsx", out / "副本.xlsx"
    _write(book)
    answers = [part for pair in ANSWERS for part in ("--set", pair)]
    taking = qingyuan("import", str(book), "--data", str(PROJECT / "data"), *answers)
    run(taking)  # what stands was judged before, as on a clerk's machine
    ours, theirs = paired(taking, [sys.executable, "-c", READ, str(book)])
    report("导入1万行，认、配、查", ours, "calamine 只读", theirs, 25)
    both, write = paired(
        [*taking, "--annotate", str(copy)], [sys.executable, "-c", WRITE, str(out / "x.xlsx")]
    )
    report("导入1万行，标回副本", both, "xlsxwriter 只写", write, 8)
    for what, value, most, unit in (
        ("处理器时间", both.cpu, SECONDS, "秒"),
        ("内存", both.megabytes, MEGABYTES, "MB"),
    ):
        mark = "✓" if value <= most else "✗ 超了"
        print(f"导入1万行，标回副本：{what} {value:.1f} {unit}（预算 {most}）{mark}")
    return both


def _write(path: Path) -> None:
    """Write the official form with many rows, as a county's clerk keeps it."""
    with (PROJECT / "data/reference/divisions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["unit_id"] == UNIT]
    names = {row["division_code"]: row["name"] for row in rows}
    villages = [row for row in rows if row["parent_code"] in names]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        sheet.write(0, 0, "南召县农村饮水工程运行管护问题“回头看”整改台账")
        sheet.write_row(1, 0, LABELS)
        sheet.write_row(2, 0, range(1, 11))
        chance = random.Random(1)
        for number in range(1, ROWS + 1):
            village = chance.choice(villages)
            place = f"{names[village['parent_code']]}{village['short_name']}"
            where, trouble, due = map(chance.choice, (WHERE, TROUBLES, DUES))
            problem, result = f"{place}{where}{trouble}", chance.choice(RESULTS)
            sheet.write_row(number + 2, 0, ("南召县", number, problem, *WHO, due, result))
