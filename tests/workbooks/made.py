"""How the workbooks of the tests are made: the official form filled in, then spoiled in one way."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl

TEN = ["市、县", "序号", "问题描述", "整改措施", "整改责任单位", "整改责任人", "联系电话", "整改时限",
       "整改结果\n(完成/正在)", "备注"]  # fmt: skip
TITLE = "南召县农村饮水工程运行管护问题“回头看”整改台账"
ANSWERS = {
    "found_on": "2022-08-18", "channel": "自查", "issue_level": "工程", "segment": "水厂",
    "category": "设备", "found_by_level": "县", "resp_tier": "乡镇", "handling": "限期",
}  # fmt: skip
"""What the ten columns lack."""


def row(no: Any = 101, **cells: Any) -> list[Any]:
    """Return one line of the form, in order, with some cells put otherwise."""
    line = {
        "unit": "南召县", "no": no, "title": f"留山镇下关二组供水站第{no}号阀门漏水", "measures": "更换阀门",
        "org": "留山镇人民政府", "person": "张三", "phone": "0377-10200099", "due": "2022年8月30日",
        "result": "正在", "remark": "",
    } | cells  # fmt: skip
    return list(line.values())


def sheet_of(*lines: Sequence[Any], head: bool = True) -> list[list[Any]]:
    """Return the rows of a sheet: title, stamp line, labels, numbers, lines."""
    top = [["附表2-2"], [TITLE], ["单位（盖章）：南召县水利局"], TEN, list(range(1, 11))]
    return [*(top if head else ()), *map(list, lines)]


def xlsx(
    *sheets: list[list[Any]], names: Sequence[str] = (), spoil: Callable[[Any], None] | None = None
) -> bytes:
    """Return a workbook of sheets; `spoil` is given the workbook before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, lines in enumerate(sheets):
        sheet = book.create_sheet(names[number] if names else f"Sheet{number + 1}")
        for line in lines:
            sheet.append(line)
    if spoil:
        spoil(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def text(lines: list[list[Any]], mark: str = ",", encoding: str = "utf-8") -> bytes:
    """Return the same as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(lines)
    return out.getvalue().encode(encoding)


@dataclass
class Recipe:
    """One workbook, and what must come out."""

    name: str
    content: bytes
    file: str = "台账.xlsx"
    new: int = 1
    refused: int = 0
    first: dict[str, str] = field(default_factory=dict)
    says: Sequence[str] = ()
    events: Sequence[str] = ()
    answers: dict[str, str] = field(default_factory=lambda: dict(ANSWERS))
    ledger: str = "issues"
    unit: str = ""
    stops: str = ""
