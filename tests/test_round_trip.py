"""Out and home again, through a real office program; and a messy workbook until check is green."""

from __future__ import annotations

import csv
import io
import re
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
CITY = [s.name for s in load_schemas().values() if s.home in ("C", "R")]
OUTSIDE = load_schemas().outside
FILES = [
    "form-2-2-nanzhao",
    *(f"{n}-nanzhao-台账" for n in LEDGERS),
    *(f"{n}-city" for n in CITY),
    *(f"{n}-nanzhao-checks" for n in OUTSIDE),
]


def _files(data: Path) -> dict[str, bytes]:
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*.csv")}


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The forms and every filled ledger of a unit and of the city, saved by LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("没有 LibreOffice，请运行：apt-get install -y libreoffice-calc", pytrace=False)
    out, saved, profile = (tmp_path_factory.mktemp(name) for name in ("out", "saved", "profile"))
    common = ["--data", str(EXAMPLE), "-o", str(out)]
    assert command.main(["export", "nanzhao", "--form", "2-2", *common]) == 0
    for ledger in LEDGERS:
        assert command.main(["export", "nanzhao", "--ledger", ledger, *common]) == 0
    for ledger in OUTSIDE:
        assert command.main(["export", "nanzhao", "--outside", "--ledger", ledger, *common]) == 0
    for ledger in CITY:
        assert command.main(["export", "--ledger", ledger, *common]) == 0
    done = subprocess.run(
        [
            office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
            "xlsx", "--outdir", str(saved), *map(str, sorted(out.glob("*.xlsx"))),
        ],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return saved


@pytest.mark.parametrize("name", FILES)
def test_what_comes_back_unchanged_changes_nothing(returned, name, tmp_path, capsys):
    """Not a byte of the ledgers; every row is known again; raw values keep their noughts."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    before = _files(data)
    (path,) = returned.glob(f"{name}*.xlsx")

    code = command.main(["import", str(path), "--data", str(data), "--write"])

    said = capsys.readouterr().out
    assert code == 0, said
    assert "台账没有变化" in said
    assert _files(data) == before


def _column(book: openpyxl.Workbook, sheet: str, title: str) -> int:
    return next(cell.column for cell in book[sheet][2] if cell.value == title)


def test_a_template_of_the_city_comes_back_as_rows(tmp_path, capsys):
    """The unit is chosen by name; the id is the city's own; the file is the city's."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    words = ["--form", "template", "--ledger", "交办问题", "--data", str(data), "-o", str(tmp_path)]
    assert command.main(["export", *words]) == 0
    path = tmp_path / "assignments-city-空表.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["交办问题"]
    told = {
        "单位": "南召县", "来源渠道": "监督检查", "交办层级": "市", "交办日期": "2022-09-12",
        "整改期限": "2022-10-12", "问题": "供水站没有加药记录", "文号或单号": "宛水督〔2022〕9号",
        "可公开": "是",
    }  # fmt: skip
    for title, text in told.items():
        sheet.cell(3, _column(book, "交办问题", title), text)
    book.save(path)

    code = command.main(["import", str(path), "--data", str(data), "--write"])

    assert code == 0, capsys.readouterr().out
    last = (data / "city" / "assignments.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert last.startswith("city-u")
    assert ",nanzhao," in last


def test_what_hangs_on_another_row_gets_its_id_from_a_template(tmp_path, capsys):
    """A node of a project: its number goes on after those that the project has."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    words = ["--form", "template", "--ledger", "项目节点", "--data", str(data)]
    assert command.main(["export", "南召", *words, "-o", str(tmp_path)]) == 0
    path = tmp_path / "milestones-nanzhao-空表.xlsx"
    place = data / "units" / "nanzhao" / "milestones.csv"
    last = list(csv.DictReader(io.StringIO(place.read_text(encoding="utf-8"))))[-1]
    book, schema = openpyxl.load_workbook(path), load_schemas()["milestones"]
    for name in schema.names[1:]:
        column = _column(book, schema.title, schema.by_name[name].title)
        book[schema.title].cell(3, column, last[name])
    book.save(path)

    code = command.main(["import", str(path), "--data", str(data), "--write"])

    assert code == 0, capsys.readouterr().out
    ids = [line.split(",")[0] for line in place.read_text(encoding="utf-8").splitlines()]
    stem, _, number = last["milestone_id"].rpartition("-n")
    assert ids[-1] == f"{stem}-n{int(number) + 1:02d}"


def test_lists_of_places_are_written_by_name(returned):
    """Villages, works and where people went: names as people say them, never codes."""
    told = {"works": "供水村", "projects": "工程", "activities": "到访对象"}
    for ledger, title in told.items():
        (path,) = returned.glob(f"{ledger}-nanzhao-台账.xlsx")
        book = openpyxl.load_workbook(path)
        sheet = load_schemas()[ledger].title
        column = _column(book, sheet, title)
        cells = [book[sheet].cell(n, column).value for n in range(3, 40)]
        named = [cell for cell in cells if cell]
        assert named, ledger
        assert not any(re.search("[0-9]{9}|-w[0-9]", cell) for cell in named), named


def test_places_of_the_city_s_sheets_are_written_by_name(returned):
    """Where the city drew its samples, and whose a township is: names, in the row's own unit."""
    told = {"spot_checks-city": ("抽查样本", "对象"), "divisions-city": ("行政区划", "上级")}
    for name, (title, column) in told.items():
        (path,) = returned.glob(f"{name}*.xlsx")
        book = openpyxl.load_workbook(path)
        number = _column(book, title, column)
        named = [cell for n in range(3, 60) if (cell := book[title].cell(n, number).value)]
        assert named, name
        assert not any(re.search("[0-9]{9}|-w[0-9]", cell) for cell in named), named


def _filled(path: Path, schema, told: dict[str, str]) -> None:
    """Write one row into an empty workbook."""
    book = openpyxl.load_workbook(path)
    for title, text in told.items():
        book[schema.title].cell(3, _column(book, schema.title, title), text)
    book.save(path)


def test_what_the_city_found_about_a_unit_comes_in_from_a_template(tmp_path, capsys):
    """A visit of the city's: its number is the city's own, its file that of the unit's checks."""
    data, schema = tmp_path / "data", load_schemas()["inspections"]
    shutil.copytree(EXAMPLE, data)
    words = ["--outside", "--form", "template", "--ledger", schema.title, "--data", str(data)]
    assert command.main(["export", "南召", *words, "-o", str(tmp_path)]) == 0
    path = tmp_path / "inspections-nanzhao-checks-空表.xlsx"
    told = {
        "检查日期": "2022-09-13", "方式": "暗访", "对象类型": "工程", "对象": "下关供水站",
        "清单": "消毒", "检查层级": "市", "检查单位": "南阳市水利局", "督导组": "7",
    }  # fmt: skip
    _filled(path, schema, told)

    code = command.main(["import", str(path), "--data", str(data), "--write"])

    assert code == 0, capsys.readouterr().out
    new = (data / "city/checks/nanzhao/inspections.csv").read_text(encoding="utf-8").splitlines()
    ids = [line.split(",")[0] for line in new[1:]]
    old = (EXAMPLE / "city/checks/nanzhao/inspections.csv").read_text(encoding="utf-8")
    (added,) = (one for one in ids if one not in old)
    others = {
        p.parent.name: p.read_text(encoding="utf-8")
        for p in (data / "city/checks").glob("*/inspections.csv")
    }
    assert added.startswith("city-v")
    assert sum(added in text for text in others.values()) == 1


def test_a_ledger_without_an_outside_part_is_named(tmp_path, capsys):
    """Issues are the unit's own; so is the answer to whoever asks for the city's part of them."""
    words = ["--outside", "--ledger", "issues", "--data", str(EXAMPLE), "-o", str(tmp_path)]

    assert command.main(["export", "nanzhao", *words]) == 2
    assert "没有市以上查的一份" in capsys.readouterr().err


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
