"""Out and home again, through a real office program; and a messy workbook until check is green."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment
from story import EXAMPLE, qingyuan

from pipeline import __main__ as command
from pipeline.ledgers import load_schemas

LEDGERS = [schema.name for schema in load_schemas().at_home("U")]


def _files(data: Path) -> dict[str, bytes]:
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*.csv")}


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The forms and every filled ledger of one unit, opened and saved by LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("没有 LibreOffice，请运行：apt-get install -y libreoffice-calc", pytrace=False)
    out, saved, profile = (tmp_path_factory.mktemp(name) for name in ("out", "saved", "profile"))
    common = ["--data", str(EXAMPLE), "-o", str(out)]
    assert command.main(["export", "nanzhao", "--form", "2-2", *common]) == 0
    for ledger in LEDGERS:
        assert command.main(["export", "nanzhao", "--ledger", ledger, *common]) == 0
    done = subprocess.run(
        [
            office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
            "xlsx", "--outdir", str(saved), *map(str, sorted(out.glob("*.xlsx"))),
        ],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return saved


@pytest.mark.parametrize("name", ["form-2-2", *LEDGERS])
def test_what_comes_back_unchanged_changes_nothing(returned, name, tmp_path, capsys):
    """Not a byte of the ledgers; every row is known again; raw values keep their noughts."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    before = _files(data)
    (path,) = returned.glob(f"{name}-nanzhao-*.xlsx")

    code = command.main(["import", str(path), "--data", str(data), "--write"])

    said = capsys.readouterr().out
    assert code == 0, said
    assert "台账没有变化" in said
    assert _files(data) == before


def test_an_outdated_template_is_named(tmp_path, capsys):
    """The hidden sheet says from which schema it was made."""
    out = ["--data", str(EXAMPLE), "-o", str(tmp_path)]
    assert command.main(["export", "nanzhao", "--form", "template", "--ledger", "works", *out]) == 0
    (path,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    book["_qingyuan"]["B2"] = "0123456789ab"
    book.save(path)

    command.main(["import", str(path), "--data", str(EXAMPLE)])

    assert "这份空表是旧的" in capsys.readouterr().out


HEAD = (
    "市、县", "序号", "问题描述", "整改措施", "整改责任单位", "整改责任人", "联系电话", "整改时限",
    "整改结果", "备注",
)  # fmt: skip
ROWS = (
    ["南召县", "21", "留山镇下关村入户水表冻裂", "换水表", "下关村民委员会", "尹宏（村委会主任）",
     "０３７７－１０２０００１５", "9月30日前", "正在", ""],
    [None, "22", "留山镇下关村水龙头漏水", "同上", "下关村民委员会", "尹 宏", "0377-10200015",
     "2022.9.28", "正在", ""],
)  # fmt: skip


def _messy(path: Path, wrong_phone: str) -> None:
    """Write a workbook as clerks keep it: title, stamp, numbers, a merged county, ditto, a sum."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "南召县农村饮水工程运行管护问题“回头看”整改台账"
    sheet.merge_cells("A1:J1")
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A2"] = "填报单位（盖章）："
    for column, label in enumerate(HEAD, 1):
        sheet.cell(3, column, label)
        sheet.cell(4, column, column)
    for number, row in enumerate(ROWS, 5):
        for column, text in enumerate(row, 1):
            sheet.cell(number, column, text)
    sheet.cell(6, 7, wrong_phone)
    sheet.merge_cells("A5:A6")
    sheet["A7"], sheet["C7"] = "合计", "2"
    sheet["A9"] = "填报人："
    book.save(path)


ANSWERS = (
    "--found-on", "2022-09-14", "--channel", "自查", "--set", "发现层级=村", "--set", "台账层级=村",
    "--set", "环节=入户", "--set", "问题类别=设备", "--set", "整改方式=限期", "--set",
    "责任层级=村",
)  # fmt: skip


def test_a_messy_workbook_until_check_is_green(tmp_path, capsys):
    """In it goes; the marked copy comes out; mended it is written, checks, and is exported."""
    data, path, marked = tmp_path / "data", tmp_path / "messy.xlsx", tmp_path / "marked.xlsx"
    shutil.copytree(EXAMPLE, data)
    before = _files(data)
    common = ["--data", str(data), *ANSWERS]

    _messy(path, "1.38E+10")
    code = command.main(["import", str(path), *common, "--write", "--annotate", str(marked)])
    said = capsys.readouterr().out
    assert code == 1, said
    assert "G6" in said
    assert _files(data) == before
    copy = openpyxl.load_workbook(marked)
    assert any(sheet["G6"].comment for sheet in copy.worksheets)

    _messy(path, "0377-10200015")
    code = command.main(["import", str(path), *common, "--write"])
    said = capsys.readouterr().out
    assert code == 0, said
    done = qingyuan("check", "--data", data, "--no-cache")
    assert done.returncode == 0, done.stdout
    added = _files(data)
    assert {name for name in before if before[name] != added[name]} == {
        "units/nanzhao/issues.csv", "units/nanzhao/issue_events.csv",
    }  # fmt: skip

    assert command.main(["import", str(path), *common, "--write"]) == 0
    assert _files(data) == added
    out = tmp_path / "out"
    where = ["--data", str(data), "-o", str(out)]
    assert command.main(["export", "nanzhao", "--form", "2-2", *where]) == 0
    (form,) = out.glob("*.xlsx")
    assert command.main(["import", str(form), "--data", str(data), "--write"]) == 0
    assert _files(data) == added
