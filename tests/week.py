"""A county's week as a clerk would type it: 12 issues, 20 events, 2 handovers, 15 water tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

NANZHAO = "nanzhao"
ISSUE = {
    "村": "下关村",
    "台账层级": "村",
    "问题": "闸阀井积水，阀门锈死",
    "环节": "村管网",
    "问题类别": "管网",
    "发现日期": "2022年9月14日",
    "发现渠道": "自查",
    "发现层级": "县",
    "整改措施": "清淤，换阀门",
    "责任层级": "村",
    "整改责任单位": "下关村民委员会",
    "整改责任人": "尹宏",
    "联系电话": "0377-10200015",
    "整改方式": "限期",
    "整改时限": "2022/9/30",
}
TEST = {
    "采样点": "出厂水",
    "方法": "化验",
    "检测单位": "南召县农村饮水水质检测中心",
    "报告日期": "2022-09-14",
    "报告所用限值": "gb5749-2006-small",
    "报告结论": "达标",
    "氟化物": "0.40",
}
PAPER = ("--from-date", "2022-09-10", "--source", "宛政任〔2022〕9号")


def cells(given: Mapping[str, str]) -> list[str]:
    """Return cells as words of a command."""
    return [f"{name}={text}" for name, text in given.items()]


def rows(data: Path, ledger: str) -> list[dict[str, str]]:
    """Return the rows of a ledger of the unit."""
    text = (data / "units" / NANZHAO / f"{ledger}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def week(data: Path) -> list[list[str]]:
    """Return the 49 commands; no id stands in any of them."""
    first = 1 + max(int(row["seq_no"]) for row in rows(data, "issues"))
    village = ISSUE["村"]
    words = [
        ["add", "issues", *cells(ISSUE | {"村": village, "问题": f"{ISSUE['问题']}（{n}号井）"})]
        for n in range(1, 13)
    ]
    words += [["event", str(first + n), "整改完成", "--on", "2022-09-16"] for n in range(12)]
    words += [["event", str(first + n), "申请销号", "--on", "2022-09-16"] for n in range(8)]
    words += [
        ["handover", "南召县县长", "--to", "李新民", *PAPER],
        ["handover", "南召县副县长", "--to", "王学文", *PAPER],
    ]
    works = [row["name"] for row in rows(data, "works")]
    for number in range(15):
        place, day = works[number % len(works)], date(2022, 9, 1 + number % 13)
        told = {"对象": place, "采样日期": str(day), "报告编号": f"NZ09-{number + 1}", **TEST}
        words.append(["add", "水质检测", *cells(told)])
    return words
