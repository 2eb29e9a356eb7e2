"""Another city without touching code: its own words from its own data, and nothing of the first.

What the committed city is known by is read from its data (city_words).
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from city_words import found_in, pattern, words
from story import PROJECT, qingyuan
from xinyang_city import XINYANG, new_city

NANYANG = pattern()
SOURCES = ("pipeline", "site", "schemas", "mkdocs.yml", "Makefile")
"""What is the same for every city."""


def test_what_is_the_same_for_every_city_names_none() -> None:
    """Neither code, pages, templates, schemas nor settings know whose data lie in data/."""
    files = [PROJECT / name for name in SOURCES]
    files += [one for root in files for one in root.rglob("*")]
    kept = (one for one in files if one.is_file() and "__pycache__" not in one.parts)

    assert {"南阳", "0377", "唐河", "guanzhuang", "宛水农"} <= {*words()}
    assert found_in(kept, NANYANG) == []


@pytest.mark.parametrize("text", ["0377-1", "411321103201", "南阳市", "nanzhao-w0001", "宛水农"])
def test_the_search_finds_what_it_is_for(tmp_path: Path, text: str) -> None:
    """And is not led astray by what only looks alike."""
    (tmp_path / "a.md").write_text(f"一行\n见 {text}。\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("县内乡镇，高新区，103779，x4113y，乡镇平均\n", encoding="utf-8")

    (one,) = found_in(tmp_path.iterdir(), NANYANG)

    assert "a.md 第2行" in one


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--city（城市全名）、--code"),
        ((*XINYANG[:-1], "luoshan=罗山县:411321"), "不是 4115 开头"),
        ((*XINYANG[:-1], "Luo-shan=罗山县"), "读不懂"),
        ((*XINYANG[:-1], "shihe=罗山县"), "编号一样"),
        ((*XINYANG[:-1], "luoshan=浉河区"), "名称一样"),
        ((*XINYANG, "--area-code", "376"), "“376”不像电话区号"),
        ((*XINYANG, "--site-url", "xinyang"), "“xinyang”不像网站的正式网址"),
        ((*XINYANG, "--site-url", "https://slj.example/"), "site_url 是演示网址"),
        (XINYANG[:4], "还没有写--area-code（电话区号）、--organiser（主办单位）、--site-url"),
    ],
)
def test_init_refuses_what_it_is_not_told(tmp_path, arguments, said):
    """Without a terminal, exit 2 in Chinese; nothing of another city is written instead."""
    done = qingyuan("init", tmp_path / "mine", *arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert not list(tmp_path.rglob("*.*"))


def on_terminal(answers: str, *arguments: str | Path) -> tuple[int, str]:
    """Run a verb as somebody who types the answers on a terminal; returns the code and the talk."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    process = subprocess.Popen(
        command, cwd=PROJECT, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
    )
    os.close(theirs)
    os.write(ours, answers.encode())
    told = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed: all has been said
            break
        if not piece:
            break
        told += piece
    os.close(ours)
    return process.wait(timeout=60), told.decode()


ANSWERS = """4115
平桥区
信阳市水利局
https://slj.xinyang.gov.cn/qingyuan/
shihe=浉河区:411302
shihe=浉河区:411502
shihe=平桥区:411503
pingqiao=平桥区:411503

"""
"""Three slips: an area code that is none, a county of elsewhere, an id given out before."""


def test_init_asks_a_person_for_what_is_missing(tmp_path: Path) -> None:
    """In Chinese, one thing after another; a wrong answer is told at once and asked for again."""
    mine, same = tmp_path / "mine", tmp_path / "same"
    answers = ANSWERS.replace("平桥区\n信阳", "平桥区\n0376\n信阳")

    code, told = on_terminal(answers, "init", mine, "--city", "信阳市")
    assert qingyuan("init", same, *XINYANG).returncode == 0

    assert code == 0, told
    assert "城市全名" not in told
    for said in ("电话区号（如 0300）：", "“平桥区”不像电话区号", "不是 4115 开头", "编号一样"):
        assert said in told
    files = {path.relative_to(same): path.read_bytes() for path in same.rglob("*.*")}
    assert files == {path.relative_to(mine): path.read_bytes() for path in mine.rglob("*.*")}


@pytest.mark.parametrize(
    ("answers", "said"), [("4115\n\x04", "停在“电话区号”"), ("41\n" * 9, "答了5次都不对")]
)
def test_init_stops_where_nobody_answers(tmp_path: Path, answers: str, said: str) -> None:
    """Whoever goes away in between, or never gives an answer, has changed nothing."""
    code, told = on_terminal(answers, "init", tmp_path / "mine", "--city", "信阳市")

    assert code == 2
    assert said in told
    assert not list(tmp_path.rglob("*.*"))


def test_an_empty_set_of_another_city_passes(tmp_path: Path) -> None:
    """Everything is 未报告, nothing is an error; no official or line came along."""
    mine = new_city(tmp_path / "mine")

    checked = qingyuan("check", "--data", mine, "--no-cache")

    assert checked.returncode == 0, checked.stdout
    assert found_in((p for p in mine.rglob("*") if p.is_file()), NANYANG) == []
    campaign = (mine / "campaign.yml").read_text(encoding="utf-8")
    assert "is_demo: false" in campaign
    assert re.findall(r"number: '?(\d+)", campaign) == ["12314"]
    assert (mine / "city" / "supervision.csv").read_text(encoding="utf-8").count("\n") == 1


def test_the_site_of_another_city_is_its_own(xinyang_site: Path) -> None:
    """Not a word, number or code of the first city in any file; no invented contact."""
    files = [path for path in xinyang_site.rglob("*") if path.is_file()]
    pages = {path: path.read_text(encoding="utf-8") for path in files if path.suffix == ".html"}
    called = {
        number for text in pages.values() for number in re.findall('href="tel:([^"]*)"', text)
    }

    assert len(pages) > 50
    assert found_in(files, NANYANG) == []
    assert called == {"12314", "12345"}
    data = [p for p in files if p.suffix in (".html", ".csv", ".json", ".xml", ".ics", ".js")]
    made_up = re.compile(r"(?<![0-9-])0(?!300)[0-9]{2,3}-1[0-9]{6,7}|[.]example[/:]|<b>演示数据")
    found = [str(p) for p in data if made_up.search(p.read_text(encoding="utf-8"))]
    assert found == []
