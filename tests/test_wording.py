"""Sentences that read badly or mislead do not come back to the pages, whatever the ledgers say."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.figures import yuan

REFUSED = (
    "换用其他读法", "单换一处口径", "条不重叠的两个单位", "一共试了",
    "不是存下来的", "检测有项目超标", "没有登记正在整改的问题", "数哪些记录",
    "这些算例就是程序的测试", "不靠外部检查", "名次靠得住吗", "斜纹点是本单位自己报的",
    "外面查的", "换了人、空了位", "实心是已经发生", "婴儿怕",
    "原来的次序", "下载这些", "另有口径", "跳转至",
    "整改走势", "按台账的提交记录", "数着日子的页", "名次有变", "有未报告",
    "该有多少", "放在：",
)  # fmt: skip
"""Found on the site once, each with a better sentence in its place since."""

MACHINERY = re.compile(r"<(script|style|code)\b.*?</\1>", re.DOTALL)
PLACES = ("", "s", "u", "v", "w", "i", "g", "t", "r")
RULES = {"rules.html", "readings.html", "method.html", "dictionary.html", "data.html"}

KINDS = {
    "an organisation that its post says again": re.compile(
        r"村民委员会村委会|居民委员会居委会|(管委会|村委会|居委会|水利局|供水站|人民政府)\1"
    ),
    "an answer without whom it is of": re.compile(r"(?<!对)[县市省]里(?:的)?答复不满意"),
    "a sum unrounded in a sentence": re.compile(
        r"(?:该有|应落实|补足|再落实|到账|支出)[^，。；]{0,6}?\d[\d,]{4,}(?:\.\d+)?\s*元"
    ),
    "a quotation within one of its own kind": re.compile(r"“[^“”<]*“"),
    "no works counted": re.compile(r"、0 处集中供水工程"),
    "a title with its points glued to it": re.compile(r"[督导公示电话整改]\d+ ?分(?!钟)"),
    "the name of a column": re.compile(r"(?<![\w/.-])[a-z]+_[a-z_]+(?![\w/.-])"),
}

ANYWHERE = {
    "a span that ends on the day it begins": re.compile(r"(\d{1,2}月\d{1,2}日)(?:至|到)\1(?!\d)"),
    "nothing that was not done": re.compile(r"(?<!\d)0 ?[次件处户]没有"),
    "a community that is called a village": re.compile(r"社区(?:村)?民委员会"),
    "a list as it stands in a cell": re.compile(r"[\u4e00-\u9fff]\|[\u4e00-\u9fff]"),
    "a place said twice": re.compile(r"([\u4e00-\u9fff]{2,}(?:街道|镇|乡)[\u4e00-\u9fff]{2,})\1"),
}
"""What no row of a table and no item of a list says either."""


def _words(text: str) -> str:
    """Return everything a page says, a line for each of its pieces."""
    return html.unescape(re.sub(r"<[^>]+>", "\n", MACHINERY.sub("", text)))


def _sentences(text: str) -> str:
    """Return what a page says outside of tables and lists of records, without its markup."""
    text = re.sub(r"<(ul|table)\b.*?</\1>", "", MACHINERY.sub("", text), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", text)))


def _pages(site: Path) -> Iterator[tuple[str, str]]:
    for folder in PLACES:
        for path in sorted((site / folder).glob("*.html")):
            if path.name not in RULES:
                yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("refused", REFUSED)
def test_a_sentence_once_mended_stays_mended(example_site, refused):
    """No page of the site says it, in a table or out of it."""
    found = [address for address, text in _pages(example_site) if refused in text]

    assert found == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_is_of_a_kind_that_reads_badly(example_site, kind):
    """What can be told by machine is told here, over every page that readers open."""
    found = [
        (address, hit.group(0))
        for address, text in _pages(example_site)
        for hit in KINDS[kind].finditer(_sentences(text))
    ]

    assert found == []


@pytest.mark.parametrize("kind", ANYWHERE)
def test_nothing_on_a_page_is_of_a_kind_that_reads_badly(example_site, kind):
    """In lists and tables too."""
    found = [
        (address, hit.group(0))
        for address, text in _pages(example_site)
        for hit in ANYWHERE[kind].finditer(_words(text))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("an organisation that its post says again", "高新区管委会管委会主任"),
        ("an organisation that its post says again", "王营村民委员会村委会主任"),
        ("an answer without whom it is of", "县里答复不满意"),
        ("a sum unrounded in a sentence", "到账维修基金1530496元"),
        ("a title with its points glued to it", "一.1 主要领导到现场督导5 分"),
        ("the name of a column", "看 resp_org 这一列"),
        ("a span that ends on the day it begins", "2022年5月20日至5月20日局部停水"),
        ("nothing that was not done", "10 次中 0 次没有打通"),
        ("a community that is called a village", "魏营社区民委员会"),
        ("a list as it stands in a cell", "邓县|邓州市水利局"),
        ("a place said twice", "张衡街道魏营社区张衡街道魏营社区三组供水站"),
    ],
)
def test_every_kind_finds_its_example(kind, sentence):
    """A kind that finds nothing any more would keep nothing away."""
    assert (KINDS | ANYWHERE)[kind].search(sentence)


@pytest.mark.parametrize(
    ("amount", "said"),
    [("9999", "9999元"), ("655928", "65.59万元"), ("10000", "1万元"), ("-20000", "−2万元")],
)
def test_sums_in_sentences_are_rounded(amount, said):
    """From ten thousand on in 万元 with two decimals; the exact sum stands in the table."""
    assert yuan(Decimal(amount)) == said
