"""Files that mean harm, or are broken: refused in Chinese, never opened, no traceback."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest
from workbooks.made import ANSWERS, row, sheet_of, text, xlsx
from workbooks.recipes import RECIPES

from pipeline.intake.hostile import form_of
from pipeline.intake.opening import open_book
from pipeline.trouble import UsageTrouble

GOOD = xlsx(sheet_of(row()))


def _with(*parts, drop=(), change=None):
    """Return a good workbook with parts added, dropped or changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(GOOD)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in drop:
                body = old.read(name)
                new.writestr(name, change(name, body) if change else body)
        for name, body in parts:
            new.writestr(name, body)
    return made.getvalue()


def _sheet(name, body, old, new):
    return body.replace(old, new) if name == "xl/worksheets/sheet1.xml" else body


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HOSTILE = {
    "nothing": (b"", "空的"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "old macros": (OLE + "_VBA_PROJECT".encode("utf-16-le"), "宏"),
    "word": (OLE + "WordDocument".encode("utf-16-le"), "不是 Excel"),
    "macros": (_with(("xl/vbaProject.bin", b"x")), "宏"),
    "external link": (_with(("xl/externalLinks/externalLink1.xml", b"<x/>")), "断开链接"),
    "outside target": (_with(("xl/_rels/x.xml.rels", b'<R><r TargetMode="External" Type="oleObject" Target="http://x"/></R>')), "文件外面"),
    "path": (_with(("../evil", b"x")), "文件外面"),
    "absolute path": (_with(("/etc/x", b"x")), "文件外面"),
    "many parts": (_with(*((f"x/{n}", b"") for n in range(2100))), "太多"),
    "bomb": (_with(("xl/media/x.bin", b"\0" * 60_000_000)), "撑大"),
    "huge": (_with(("xl/media/x.bin", random.Random(1).randbytes(1000) * 70_000)), "太大"),
    "dtd": (_with(change=lambda n, b: _sheet(n, b, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')), "DTD"),
    "utf-16 part": (_with(("xl/x.xml", "<x/>".encode("utf-16"))), "UTF-8"),
    "far cell": (_with(change=lambda n, b: _sheet(n, b, b'r="A2"', b'r="XFD1048576"')), "最远"),
    "xlsb": (_with(("xl/workbook.bin", b""), drop=("xl/workbook.xml",)), "xlsb"),
    "plain zip": (_with(drop=("xl/workbook.xml",)), "不是表格"),
    "truncated": (GOOD[: len(GOOD) // 2], "坏了"),
    "html": (b"<html><table><tr><td>x</td></tr></table></html>", "网页"),
    "pdf": (b"%PDF-1.7 x", "不是表格"),
    "too large": (b"PK" + b"\0" * (21 * 1024 * 1024), "MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_time(name):
    """In Chinese, within two seconds."""
    content, words = HOSTILE[name]
    started = time.perf_counter()
    with pytest.raises(UsageTrouble) as refused:
        open_book("台账.xls", content)

    assert words in str(refused.value)
    assert time.perf_counter() - started < 2


def test_a_hyperlink_is_no_external_link():
    """Clerks' workbooks have mail addresses that were made links."""
    rels = b'<R><r TargetMode="External" Type="http://x/hyperlink" Target="mailto:a"/></R>'

    assert form_of("x.xlsx", _with(("xl/worksheets/_rels/sheet1.xml.rels", rels))) == "xlsx"


def test_text_is_never_a_table_without_end():
    """Too many columns, an open quote, a zero byte: one sentence each."""
    for content in (b"," * 5000 + b"\n", b'"' + b"x" * 200_000, b"a,b\0c\n", b"\xff\xfe\x00"):
        with pytest.raises(UsageTrouble):
            open_book("x.csv", content)


@pytest.mark.parametrize("seed", range(120))
def test_broken_bytes_never_bring_it_down(seed):
    """Zip, XML and CSV layers, spoiled at random: read, or refused; nothing else."""
    chance = random.Random(seed)
    kind = seed % 3
    if kind == 0:
        content = bytearray(GOOD)
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
    elif kind == 1:

        def spoil(name, body):
            body = bytearray(body)
            if body and chance.random() < 0.5:
                place = chance.randrange(len(body))
                body[place : place + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 9))
            return bytes(body)

        content = _with(change=spoil)
    else:
        content = bytearray(
            text(sheet_of(row()), encoding=chance.choice(["utf-8", "gb18030", "utf-16"]))
        )
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        book = open_book("台账.csv" if kind == 2 else "台账.xlsx", bytes(content))
    except UsageTrouble as trouble:
        said = str(trouble)
    else:
        said = "这个文件没有打开" if book.sheets is not None else ""

    assert said.startswith("这个文件没有打开")


@pytest.mark.parametrize("seed", range(30))
def test_strange_cells_never_bring_it_down(seed, loaded, monkeypatch):
    """Any text in any cell is read, asked about or refused."""
    from pipeline.intake.process import Wish, take_in
    from pipeline.store import Store

    monkeypatch.setattr("pipeline.intake.process.judge", lambda *_: None)
    chance = random.Random(seed)
    pool = "0123456789.年月日-/前底旬张三（）()、，\n 同上万E+=@|'\"<>&①㎥𠮷\u200b镇村长"
    lines = [
        [
            "南召县",
            *("".join(chance.choice(pool) for _ in range(chance.randint(0, 12))) for _ in range(9)),
        ]
        for _ in range(8)
    ]
    content = text(sheet_of(*lines))
    outcome, _ = take_in(
        "台账.csv",
        content,
        loaded,
        loaded.snapshot.campaign.as_of_on,
        Wish(answers=dict(ANSWERS)),
        Store(),
    )

    assert outcome.read <= 8
    assert RECIPES


@pytest.fixture(scope="module")
def loaded():
    """The example ledgers, read once."""
    from test_intake import EXAMPLE

    from pipeline.ledgers import load

    return load(EXAMPLE)
