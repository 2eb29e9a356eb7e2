"""Files that mean harm, or are broken: refused in Chinese, never opened, no traceback."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from workbooks.made import ANSWERS, row, sheet_of, text, xlsx
from workbooks.old import xls
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


def _bare(parts, level=zipfile.ZIP_DEFLATED):
    """Return a zip file of nothing but these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", level) as packed:
        for name, body in parts:
            packed.writestr(name, body)
    return made.getvalue()


def _repeated_text():
    """One long text, kept once, in a hundred thousand cells: gigabytes when read."""
    cells = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABCDEFGHIJ")
        + "</row>"
        for n in range(1, 10_001)
    )
    sheet = f"<worksheet xmlns='{MAIN}'><sheetData>{cells}</sheetData></worksheet>"
    texts = f"<sst xmlns='{MAIN}'><si><t>{'水' * 30_000}</t></si></sst>"
    rels = SHEET_RELS.replace(
        b"</Relationships>",
        b'<Relationship Id="rS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    return _with(
        ("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", texts), ("xl/_rels/workbook.xml.rels", rels),
        drop=("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"),
    )  # fmt: skip


def _lying():
    """A sheet of 40 MB whose directory says 1,000 bytes."""
    body = b"<worksheet>" + b" " * 40_000_000
    made = bytearray(_with(("xl/worksheets/sheet1.xml", body), drop=("xl/worksheets/sheet1.xml",)))
    size = len(body).to_bytes(4, "little")
    return bytes(made.replace(size, (1000).to_bytes(4, "little")))


def _locked_part():
    """A part that is marked as encrypted."""
    made = bytearray(_bare([("xl/workbook.xml", b"<x/>")]))
    made[made.find(b"PK\1\2") + 8] |= 1
    return bytes(made)


def _ods(body, more=(), head=""):
    """Return an .ods with one table."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    content = f'<office:document-content {names}>{head}<office:body><office:spreadsheet><table:table table:name="x">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    return _bare(
        [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content),
            *more,
        ]
    )


def _merges(count):
    """Return a sheet with many merged ranges, each over all its rows."""
    ranges = "".join(f'<mergeCell ref="A1:A{9000 + n}"/>' for n in range(count)).encode()
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 9001))
    sheet = (
        b"<worksheet xmlns='%s'><sheetData>%s</sheetData><mergeCells>%s</mergeCells></worksheet>"
        % (MAIN.encode(), rows, ranges)
    )
    return _with(("xl/worksheets/sheet1.xml", sheet), drop=("xl/worksheets/sheet1.xml",))


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_RELS = zipfile.ZipFile(io.BytesIO(GOOD)).read("xl/_rels/workbook.xml.rels")
CELL = '<table:table-cell{} office:value-type="string"><text:p>x</text:p></table:table-cell>'
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
ENDINGS = dict.fromkeys(
    (
        "csv without end",
        "csv wide row",
        "csv long cell",
        "csv many rows",
        "csv many cells",
        "csv zeros",
        "csv odd encoding",
    ),
    "csv",
)


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
    "long directory": (_bare(((f"x/{n}", b"") for n in range(40_000)), zipfile.ZIP_STORED), "太多"),
    "many small bombs": (_with(*((f"xl/media/{n}.bin", b"\0" * 900_000) for n in range(100))), "太大"),
    "lying directory": (_lying(), "坏了"),
    "repeated text": (_repeated_text(), "重复得太多"),
    "huge texts": (_with(("xl/sharedStrings.xml", b"<sst>" + b"<si><t>%s</t></si>" % random.Random(2).randbytes(40).hex().encode() * 700_000 + b"</sst>"), drop=("xl/sharedStrings.xml",)), "太大"),
    "entities": (_with(("xl/sharedStrings.xml", ENTITIES + b"<sst><si><t>&j;</t></si></sst>"), drop=("xl/sharedStrings.xml",)), "DTD"),
    "sheet elsewhere": (_with(("xl/_rels/workbook.xml.rels", SHEET_RELS.replace(b"sheet1.xml", b"sheet1.bin")), drop=("xl/_rels/workbook.xml.rels",)), "不在该在的地方"),
    "wide row": (_with(change=lambda n, b: _sheet(n, b, b'r="A2"', b'r="BZZ2"')), "最远"),
    "merged without end": (_merges(20_000), "合并"),
    "no sheet": (_with(drop=("xl/worksheets/sheet1.xml",)), "坏了"),
    "locked part": (_locked_part(), "密码"),
    "twins": (_with(("xl/workbook.xml", b"<x/>")), "重名"),
    "nested": (_bare([("台账.xlsx", GOOD)]), "先解开"),
    "macro sheet": (_with(("xl/macrosheets/sheet1.xml", b"<x/>")), "宏"),
    "outside data": (_with(("xl/connections.xml", b"<x/>")), "断开链接"),
    "ods repeated": (_ods("<table:table-row table:number-rows-repeated='1048576'>" + CELL.format(" table:number-columns-repeated='16384'") + "</table:table-row>"), "最远"),
    "ods far": (_ods("<table:table-row table:number-rows-repeated='900000'><table:table-cell/></table:table-row><table:table-row>" + CELL.format("") + "</table:table-row>"), "最远"),
    "ods macros": (_ods("", [("Basic/Standard/script.xml", b"<x/>")]), "宏"),
    "ods locked": (_ods("", [("META-INF/manifest.xml", b"<m><encryption-data/></m>")]), "密码"),
    "ods other": (_bare([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]), "不是表格"),
    "old far cell": (xls({(0, 0): 1, (65535, 255): 2}), "内存或时间"),
    "old locked": (xls({(0, 0): 1}, locked=True), "密码"),
    "old broken": (xls({(0, 0): 1})[:1600], "坏了"),
    "rar": (b"Rar!\x1a\x07\x01\0" + b"x" * 500, "认不出"),
    "csv without end": (b'"' + b"x" * 200_000, "引号或格子"),
    "csv wide row": (b"," * 1_000_000 + b"\n", "太多"),
    "csv long cell": (b"a,b\n" + b"x" * 19_000_000, "引号或格子"),
    "csv many rows": ("甲,乙\n".encode() * 30_000, "最多 25000 行"),
    "csv many cells": ((b"1," * 100 + b"\n") * 30_000, "太多"),
    "csv zeros": (b"a,b\0c\n", "空字符"),
    "csv odd encoding": (b"a,\x81\x00\xff\xff\n", "编码"),
    "too large": (b"PK" + b"\0" * (21 * 1024 * 1024), "MB"),
}  # fmt: skip


SECONDS, MEGABYTES = 2, 300
"""What the refusal of a hostile file may take: processor time, and the largest process."""


@pytest.fixture(scope="module")
def refusals(tmp_path_factory):
    """What is said of each hostile file, and what saying it took, each in a process of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, (content, _) in enumerate(HOSTILE.values()):
        (folder / f"{number}.{ENDINGS.get(list(HOSTILE)[number], 'xls')}").write_bytes(content)
    files = sorted(map(str, folder.iterdir()), key=lambda f: int(Path(f).stem))
    script = Path(__file__).parent / "workbooks" / "watched.py"
    done = subprocess.run(
        [sys.executable, str(script), *files],
        cwd=script.parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return dict(zip(HOSTILE, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_time(name, refusals):
    """In Chinese, within two seconds and 300 MB, whatever it claims to be."""
    told = refusals[name]

    assert HOSTILE[name][1] in told["said"]
    assert told["seconds"] < SECONDS
    assert told["megabytes"] < MEGABYTES


@pytest.mark.parametrize("name", ["bomb", "old far cell", "dtd"])
def test_the_verb_refuses_without_a_traceback(name, tmp_path):
    """Exit 2, one sentence, nothing on the other channel that is not ours."""
    file = tmp_path / "台账.xls"
    file.write_bytes(HOSTILE[name][0])
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "import", str(file), "--data", "tests/example"],
        cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stderr.startswith("这个文件没有打开：")
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.splitlines()) == 1


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
