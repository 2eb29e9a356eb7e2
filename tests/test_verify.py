"""Verification finds every planted fault, at its address, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from test_release import PAGE, publish

from pipeline import verify
from pipeline.personal.numbers import check_digit
from pipeline.verify import weights
from pipeline.verify.personal import personal_data

IDENTITY = "41132119900101123" + check_digit("41132119900101123")
"""An invented identity number with its right check digit."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small clean site."""
    publish(tmp_path, "甲", "乙")
    return (tmp_path / "public").resolve()


def put(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a fault that changes a page's text."""

    def plant(root: Path) -> None:
        file = root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.unlink()
        file.write_text(text.replace(old, new), encoding="utf-8")

    return plant


def add(path: str, content: str) -> Callable[[Path], None]:
    """Return a fault that adds a file."""
    return lambda root: (root / path).write_text(content, encoding="utf-8") and None


WORD = "<p>文</p>"
FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "dead link": (put("index.html", WORD, '<p><a href="v/9.html">断</a></p>'), "不通"),
    "link out of the site": (put("index.html", WORD, '<p><a href="../x.html">断</a></p>'), "走出"),
    "dead anchor": (put("index.html", WORD, '<p><a href="v/1.html#no">断</a></p>'), "里没有 no"),
    "dead own anchor": (put("index.html", WORD, '<p><a href="#no">断</a></p>'), "没有这个位置"),
    "outside script": (
        put("index.html", WORD, '<p>文</p><script src="//x.cn/a.js"></script>'),
        "向外请求",
    ),
    "outside image": (
        put("index.html", WORD, '<p>文<img src="https://x.cn/a.png"></p>'),
        "向外请求",
    ),
    "outside srcset": (
        put("index.html", WORD, '<p>文<img srcset="https://x.cn/a 2x"></p>'),
        "向外请求",
    ),
    "frame": (put("index.html", WORD, '<p>文</p><iframe src="a"></iframe>'), "iframe"),
    "refresh": (
        put("index.html", "<title>", '<meta http-equiv="refresh" content="0"><title>'),
        "跳转",
    ),
    "inline script": (put("index.html", WORD, "<p>文</p><script>alert(1)</script>"), "内嵌脚本"),
    "event": (put("index.html", WORD, '<p onclick="x()">文</p>'), "onclick"),
    "style": (put("index.html", WORD, '<p style="color:red">文</p>'), "style"),
    "live link": (put("index.html", WORD, '<p><a href="javascript:x()">文</a></p>'), "会执行"),
    "no title": (put("index.html", "<title>甲</title>", ""), "没有标题"),
    "two headings": (put("index.html", WORD, "<h1>又</h1><p>文</p>"), "一级标题"),
    "no data date": (put("index.html", 'name="data-date"', 'name="x"'), "data-date"),
    "no digest": (put("index.html", 'name="page-digest"', 'name="x"'), "page-digest"),
    "no policy": (put("index.html", "Content-Security-Policy", "X"), "安全策略"),
    "wrong language": (put("index.html", 'lang="zh-CN"', 'lang="en"'), "中文"),
    "empty section": (put("index.html", WORD, "<section><h2>空栏</h2></section>"), "空栏"),
    "section left open": (put("index.html", WORD, "<div><section><p>文</p></div>"), "没有关上"),
    "one end too many": (put("index.html", WORD, "<p>文</p></div>"), "多了一个"),
    "page left open": (put("index.html", WORD, "<p>文</p><section>"), "没有关上"),
    "doubled id": (put("index.html", WORD, '<p id="a">文</p><p id="a">文</p>'), "两次"),
    "unfilled slot": (
        put("index.html", 'content="2022-09-16"', 'content="@@qy:data-date@@"'),
        "槽位",
    ),
    "identity number": (put("v/1.html", WORD, f"<p>{IDENTITY}</p>"), "身份证号"),
    "private mobile": (put("v/1.html", WORD, "<p>13800138000</p>"), "手机号"),
    "mail": (put("v/1.html", WORD, "<p>a.b@example.cn</p>"), "邮箱"),
    "outside style": (add("a.css", "@import 'https://x.cn/a.css';"), "请求别的地址"),
    "outside font": (add("a.css", "a{src:url(https://x.cn/a.woff)}"), "请求别的地址"),
    "outside fetch": (add("a.js", "fetch('/x')"), "请求别的地址"),
    "worker that asks": (add("sw.js", "fetch(e.request);fetch(e.request.url + 1)"), "请求别的地址"),
    "unlisted file": (add("b.txt", "x"), "清单里没有"),
    "tampered file": (put("v/1.html", WORD, "<p>改</p>"), "和清单不符"),
    "lost file": (lambda root: (root / "v/1.html").unlink(), "文件没有"),
    "lost manifest": (lambda root: (root / "manifest.json").unlink(), "清单没有"),
    "no home page": (lambda root: (root / "index.html").unlink(), "没有首页"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(root, name):
    """Each is reported with a Chinese message and what to do."""
    plant, word = FAULTS[name]
    plant(root)

    found = verify.verify_site(root, full=True)

    assert any(word in t.message for t in found), found
    assert all(re.search("[\u4e00-\u9fff]", t.message) and t.remedy for t in found)


def test_a_clean_site_has_no_troubles(root):
    """Neither in full nor quickly."""
    assert verify.verify_site(root, full=True) == []
    assert verify.verify_site(root, full=False) == []


QUICK = ("dead link", "frame", "event", "style", "live link", "unfilled slot")


@pytest.mark.parametrize("name", QUICK)
def test_the_quick_way_finds_it_in_a_page_it_does_not_parse(tmp_path, name):
    """Inside a build most pages are only scanned; what hurts a reader is found all the same."""
    publish(tmp_path, "甲", "乙", "丙")
    root = (tmp_path / "public").resolve()
    plant, _ = FAULTS[name]
    page = root / "v" / "2.html"
    page.unlink()
    page.write_text(PAGE.format("甲"), encoding="utf-8")
    (root / "keep.html").write_bytes((root / "index.html").read_bytes())
    plant(root)
    (root / "v" / "2.html").unlink()
    (root / "index.html").rename(root / "v" / "2.html")
    (root / "keep.html").rename(root / "index.html")

    found = verify.verify_site(root, full=False, manifest=False)

    assert any(t.path == "v/2.html" for t in found), found


@pytest.mark.parametrize(
    "text",
    ["411321101201", "0377-10001234", "2022-09-16T09:30", "12314", "sha256:" + "1" * 64,
     "nanzhao-s00012", "3.14159265358979", "宛水农〔2022〕20号"],
)  # fmt: skip
def test_ordinary_numbers_are_no_personal_data(text):
    """Codes of places, office numbers, times, digests, ids."""
    assert personal_data("x", f"<p>{text}</p>") == []


def test_a_published_service_mobile_is_allowed(root):
    """A number in the site's own table of public phones is not private."""
    put("v/1.html", WORD, "<p>13800138000</p>")(root)
    (root / "data").mkdir()
    (root / "data" / "phones.csv").write_text("phone_id,number\nx-t00001,13800138000\n")

    assert verify.verify_site(root, full=True, manifest=False) == []


def test_a_heavy_page_is_told_and_refused_by_nobody(root):
    """What a unit has to publish is no fault: verification passes, and says which page is heavy."""
    put("index.html", WORD, f"<p>{'文' * 41_000}</p>")(root)

    assert verify.verify_site(root, full=True, manifest=False) == []
    assert [path for path, weight in weights.heavy(weights.of_pages(root)) if weight > 120_000] == [
        "index.html"
    ]
    assert "index.html（1" in weights.said(weights.of_pages(root))


def test_light_pages_are_not_talked_about(root):
    """A clean site has nothing to say."""
    assert weights.said(weights.of_pages(root)) == ""
