"""Record checks of papers (制度文件): what each kind must say, whose it is, since when it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.rowtypes import DocumentRow

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/\S*)?")
HAS = ("has_premises", "has_staff", "has_funds")
OF_CITY = ("依据文件", "通报")
"""Kinds that only the city files: what the campaign rests on, and what it circulates."""

PAPER = {"unit_id": "jiaxian", "place_type": "县", "place_id": "jiaxian", "kind": "管理办法"}
CITY_PAPER = {"place_type": "市", "kind": "通报", "doc_id": "city-d0001"}
IN_FULL = dict.fromkeys(HAS, "是")


def is_address(text: str) -> bool:
    """Whether a text is a web address a page can link to."""
    return bool(_ADDRESS.fullmatch(text))


@row_check(
    "P01",
    ledger=DocumentRow,
    severity="error",
    sentence="机构批复写明场所、人员、经费是否落实",
    remedy="照批复填“是”或“否”，三项都填",
    source="四.1、G7",
    why="机构成立了几分，要看场所、人员、经费三样是不是都落实",
    where=lambda row: row.kind == "机构批复",
    passes=[
        {"documents": [PAPER | IN_FULL | {"kind": "机构批复"}]},
        {"documents": [PAPER | IN_FULL | {"kind": "机构批复", "has_funds": "否"}]},
    ],
    fails=[{"documents": [PAPER | IN_FULL | {"kind": "机构批复", "has_funds": ""}]}],
    skips=[{"documents": [PAPER]}],
)
def approval_says_what_it_grants(row: DocumentRow, _book: Book) -> Iterator[Breach]:
    """Premises, staff and funds decide the points (附件3 四.1)."""
    for field in HAS:
        if getattr(row, field) is None:
            yield breach(field)


@row_check(
    "P02",
    ledger=DocumentRow,
    severity="error",
    sentence="考核体系写明有关条款",
    remedy="把纳入考核的那一条填进有关条款",
    source="一.2",
    why="光有文件不够，要指得出哪一条把饮水安全纳入了考核",
    where=lambda row: row.kind == "考核体系",
    passes=[{"documents": [PAPER | {"kind": "考核体系", "provision": "第七条"}]}],
    fails=[{"documents": [PAPER | {"kind": "考核体系"}]}],
    skips=[{"documents": [PAPER]}],
)
def appraisal_names_its_provision(row: DocumentRow, _book: Book) -> Breach | None:
    """A paper counts by the provision that names the duty (附件3 一.2)."""
    return breach("provision") if row.provision is None else None


@row_check(
    "P03",
    ledger=DocumentRow,
    severity="error",
    sentence="修订日期、废止日期不早于印发日期",
    remedy="核对印发、修订、废止三个日期",
    source="常理",
    why="还没有印发就修订或废止，日期一定有错",
    passes=[
        {"documents": [PAPER | {"revised_on": "2022-08-10", "repealed_on": "2022-08-10"}]},
        {"documents": [PAPER]},
    ],
    fails=[
        {"documents": [PAPER | {"revised_on": "2022-08-09"}]},
        {"documents": [PAPER | {"repealed_on": "2022-08-09"}]},
    ],
)
def paper_dates_in_order(row: DocumentRow, _book: Book) -> Iterator[Breach]:
    """A paper is issued, then revised or repealed."""
    for field in ("revised_on", "repealed_on"):
        day = getattr(row, field)
        if day is not None and day < row.issued_on:
            yield breach(field)


@row_check(
    "P04",
    ledger=DocumentRow,
    severity="error",
    sentence="市级的文件由市里登记，县以下的由单位登记",
    remedy="核对范围；填对了的，把这一行移到该在的文件",
    source="各记各的",
    why="谁发的文件由谁登记，免得两边各写一份不一样的",
    passes=[{"documents": [PAPER]}, {"documents@C": [CITY_PAPER]}],
    fails=[{"documents": [PAPER | {"place_type": "市", "place_id": ""}]}, {"documents@C": [PAPER]}],
)
def paper_home_by_place(row: DocumentRow, _book: Book) -> Breach | None:
    """The city files its own papers and those the campaign rests on, nobody else's."""
    home = "C" if row.place_type == "市" else "U"
    return breach("place_type") if row.shard.home != home else None


@row_check(
    "P05",
    ledger=DocumentRow,
    severity="error",
    sentence="单位的文件写明单位和对象；市里的文件只有通报写单位",
    remedy="单位的文件补填单位、对象；市里的依据文件把单位留空",
    source="台账约定",
    why="写不清单位，这份文件就不知道该给谁算分",
    passes=[
        {"documents": [PAPER]},
        {"documents@C": [CITY_PAPER | {"unit_id": "jiaxian"}]},
        {"documents@C": [CITY_PAPER | {"kind": "依据文件"}]},
    ],
    fails=[
        {"documents": [PAPER | {"unit_id": ""}]},
        {"documents": [PAPER | {"place_id": ""}]},
        {"documents@C": [CITY_PAPER | {"kind": "依据文件", "unit_id": "jiaxian"}]},
    ],
)
def paper_names_its_unit(row: DocumentRow, _book: Book) -> Breach | None:
    """A circular may be about a unit; other papers of the city are about all."""
    if row.shard.home == "C":
        is_odd = row.unit_id is not None and row.kind != "通报"
        return breach("unit_id", "只有通报可以写单位") if is_odd else None
    if row.unit_id is None:
        return breach("unit_id", "没有写单位")
    return breach("place_id", "没有写对象") if row.place_id is None else None


@row_check(
    "P06",
    ledger=DocumentRow,
    severity="error",
    sentence="依据文件、通报由市里登记",
    remedy="单位自己的文件选别的类别；转发的上级文件不用登记",
    source="各记各的",
    why="依据和通报是市里发的，单位自己登记会有出入",
    where=lambda row: row.kind in OF_CITY,
    passes=[{"documents@C": [CITY_PAPER]}],
    fails=[{"documents": [PAPER | {"kind": "通报"}]}],
    skips=[{"documents": [PAPER]}],
)
def basis_is_the_citys(row: DocumentRow, _book: Book) -> Breach | None:
    """What the campaign rests on stands once, with the city."""
    return breach("kind") if row.shard.home == "U" else None


@row_check(
    "P07",
    ledger=DocumentRow,
    severity="error",
    sentence="网址以 http:// 或 https:// 开头，中间没有空格",
    remedy="从浏览器地址栏复制完整的网址",
    source="格式约定",
    why="不是完整网址的，页面上点不开",
    where=lambda row: row.url is not None,
    passes=[{"documents": [PAPER | {"url": "https://www.nyslj.gov.cn/a.html"}]}],
    fails=[
        {"documents": [PAPER | {"url": "www.nyslj.gov.cn"}]},
        {"documents": [PAPER | {"url": "javascript:alert(1)"}]},
    ],
    skips=[{"documents": [PAPER]}],
)
def paper_address_opens(row: DocumentRow, _book: Book) -> Breach | None:
    """Only what a browser opens as a page becomes a link."""
    return breach("url") if row.url and not is_address(row.url) else None
