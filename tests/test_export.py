"""Workbooks that go out: what stands in them, and that a real office program leaves it so."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from story import EXAMPLE

from pipeline import __main__ as command
from pipeline.ledgers import load, load_schemas
from pipeline.publication.spreadsheet import guard
from pipeline.workbooks import HIDDEN_ID, OWN_SHEET, Origin, ledger_workbook
from pipeline.workbooks.choices import places_of
from pipeline.workbooks.template import FIRST, shown_columns

TEN = [
    "市、县", "序号", "问题描述（与表1表述一致）", "整改措施", "整改责任单位", "整改责任人",
    "联系电话", "整改时限",
    "整改结果（完成/正在）", "备注",
]  # fmt: skip
LEDGERS = [schema.name for schema in load_schemas().at_home("U")]
OTHERS = [schema.name for schema in load_schemas().values() if schema.home in ("C", "R")]
FILLED = ("issues", "issue_events", "responsibilities", "water_tests", "water_results", "works")


def _export(out: Path, *words: str) -> list[Path]:
    """Run the verb; returns what it wrote."""
    before = set(out.glob("*.xlsx")) if out.is_dir() else set()
    code = command.main(["export", *words, "--data", str(EXAMPLE), "-o", str(out)])
    assert code == 0
    return sorted(set(out.glob("*.xlsx")) - before)


def _grid(sheet: Worksheet) -> list[list[str | None]]:
    """Return the cells of a sheet, blanks as None, without empty rows at the end."""
    rows = [[cell.value or None for cell in row] for row in sheet.iter_rows()]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forms, templates and filled ledgers of one unit."""
    out = tmp_path_factory.mktemp("export")
    for form in ("2-2", "1", "template"):
        _export(out, "nanzhao", "--form", form)
    for ledger in FILLED:
        _export(out, "nanzhao", "--ledger", ledger)
    for ledger in OTHERS:
        _export(out, "--form", "template", "--ledger", ledger)
    return out


@pytest.fixture(scope="module")
def saved_again(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, opened and saved by LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("没有 LibreOffice，请运行：apt-get install -y libreoffice-calc", pytrace=False)
    out, profile = tmp_path_factory.mktemp("saved"), tmp_path_factory.mktemp("profile")
    done = subprocess.run(
        [
            office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
            "xlsx", "--outdir", str(out), *map(str, sorted(exported.glob("*.xlsx"))),
        ],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out


def test_the_form_has_ten_columns_and_the_way_home(exported):
    """Mark, title, stamp, head, numbers, rows, signatures; the id hidden outside the print area."""
    (path,) = exported.glob("form-2-2-nanzhao-*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = _grid(sheet)

    assert rows[0][0] == "附表2-2"
    assert "整改台账" in str(rows[1][0])
    assert str(rows[2][0]).startswith("填报单位（盖章）：南召县")
    assert [label.replace("\n", "") for label in rows[3]] == [*TEN, HIDDEN_ID]
    assert rows[4][:10] == [str(n + 1) for n in range(10)]
    assert all(str(row[-1]).startswith("nanzhao-2022-") for row in rows[5:-1])
    assert [cell for cell in rows[-1] if cell] == ["填报人：", "审核人：", "日期："]
    assert sheet.column_dimensions["K"].hidden
    assert sheet.print_area == f"'{sheet.title}'!$A$1:$J${len(rows)}"
    assert sheet.print_title_rows == "$4:$5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert "内部使用" in str(sheet.oddFooter.left.text)
    phones = [sheet.cell(row, 7) for row in range(6, len(rows))]
    assert all(cell.data_type == "s" and cell.number_format == "@" for cell in phones)


def test_both_forms_say_the_same(exported):
    """表1 has the problems of 附表2-2 word by word."""
    ledger, listed = (
        _grid(openpyxl.load_workbook(next(exported.glob(f"form-{n}-*.xlsx"))).worksheets[0])
        for n in ("2-2", "1")
    )

    assert [row[2] for row in ledger[5:-1]] == [row[5] for row in listed[5:-1]]


def test_a_township_and_a_group(tmp_path):
    """Of a township its own issues; of a group a sheet for each unit."""
    (path,) = _export(tmp_path, "南召县", "--form", "2-2", "--town", "留山镇")
    rows = _grid(openpyxl.load_workbook(path).worksheets[0])
    assert {str(row[2])[:3] for row in rows[5:-1]} == {"留山镇"}

    units = load(EXAMPLE).snapshot["units"]
    group = next(unit.group_no for unit in units if unit.unit_id == "nanzhao")
    (path,) = _export(tmp_path, "--group", str(group), "--form", "1")
    names = openpyxl.load_workbook(path).sheetnames
    assert len(names) == 1 + sum(unit.group_no == group for unit in units)


@pytest.mark.parametrize("ledger", [*LEDGERS, *OTHERS])
def test_every_ledger_has_a_template(exported, ledger):
    """Heads are the schema's titles; choices drop down; the hidden sheet names the schema."""
    schema = load_schemas()[ledger]
    whose = "nanzhao" if ledger in LEDGERS else "city"
    book = openpyxl.load_workbook(exported / f"{ledger}-{whose}-空表.xlsx")
    sheet = book[schema.title]
    columns = shown_columns(schema, is_city=whose == "city")

    assert [cell.value for cell in sheet[FIRST]] == [*(f.title for f in columns), HIDDEN_ID]
    told = {row[0].value: row[1].value for row in book[OWN_SHEET].iter_rows(max_row=4)}
    assert told == {
        "ledger": ledger, "schema_version": schema.version, "unit": whose,
        "made_as_of": "2022-09-16",
    }  # fmt: skip
    assert book[OWN_SHEET].sheet_state == "veryHidden"
    assert book["填写说明"].max_row > len(columns)
    listed = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
    for number, field in enumerate(columns, 1):
        rule = listed[f"{openpyxl.utils.get_column_letter(number)}{FIRST + 1}"]
        assert (rule.type == "list") >= bool(field.enum), field.name
        if rule.type == "list" and "INDIRECT" not in rule.formula1:
            name = rule.formula1.lstrip("=")
            assert name in book.defined_names, field.name
    assert any(f.required for f in columns) <= bool(len(sheet.conditional_formatting))


def test_villages_depend_on_the_township(exported):
    """The list of a township's villages is named after it."""
    book = openpyxl.load_workbook(exported / "issues-nanzhao-空表.xlsx")
    rules = [v.formula1 for v in book["整改台账"].data_validations.dataValidation]

    assert any("INDIRECT" in str(rule) for rule in rules)
    assert "村_留山镇" in book.defined_names


def test_lists_and_colours_outlive_libreoffice(saved_again):
    """Villages still depend on their township; what is missing or there twice is still coloured."""
    book = openpyxl.load_workbook(saved_again / "issues-nanzhao-空表.xlsx")
    sheet = book["整改台账"]
    rules = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    villages = book.defined_names["村_留山镇"].attr_text

    assert rules["D3"].replace(" ", "") == 'INDIRECT("村_"&$C3)'
    assert OWN_SHEET in villages
    coloured = [rule for found in sheet.conditional_formatting for rule in found.rules]
    assert any("SUMPRODUCT" in rule.formula[0] for rule in coloured)
    assert any("COUNTA" in rule.formula[0] for rule in coloured)


def test_rows_filled_in_later_are_printed(exported):
    """No area is set on a sheet to be filled in; heads are repeated, on the how-to sheet too."""
    book = openpyxl.load_workbook(exported / "issues-nanzhao-空表.xlsx")

    assert not book["整改台账"].print_area
    assert book["整改台账"].print_title_rows == "$2:$2"
    assert book["填写说明"].print_title_rows


def test_a_new_schema_is_a_new_version():
    """A template says which schema it was made from."""
    schemas = load_schemas()

    assert len({schema.version for schema in schemas.values()}) == len(schemas)


def test_the_same_rows_give_the_same_bytes(tmp_path):
    """No clock, no chance."""
    for form in ("2-2", "template"):
        first = _export(tmp_path / f"a{form}", "nanzhao", "--form", form)
        second = _export(tmp_path / f"b{form}", "nanzhao", "--form", form)
        assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def _of(ledger: str, rows: list[dict[str, str]]) -> Worksheet:
    schema, snapshot = load_schemas()[ledger], load(EXAMPLE).snapshot
    origin = Origin(ledger, schema.version, "nanzhao", "2022-09-16")
    content = ledger_workbook(schema, "南召县", places_of(snapshot, "nanzhao"), origin, rows)
    return openpyxl.load_workbook(io.BytesIO(content))[schema.title]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠a"])
def test_what_looks_like_a_formula_stays_a_text(text):
    """The cell is the true one, quoted; nothing runs. A file of text gets a sign before it."""
    row = dict.fromkeys(load_schemas()["works"].names, "") | {"works_id": "nanzhao-w0001"}
    cell = _of("works", [row | {"name": text}]).cell(FIRST + 1, 1)

    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix
    assert guard(text) == "'" + text


@pytest.mark.parametrize("pattern", ["form-*", "*-台账", "*-空表"])
def test_libreoffice_changes_nothing(exported, saved_again, pattern):
    """Every sheet reads back as it was, hidden ids and the hidden sheet too."""
    paths = sorted(exported.glob(f"{pattern}.xlsx"))
    assert paths
    for path in paths:
        ours = openpyxl.load_workbook(path)
        theirs = openpyxl.load_workbook(saved_again / path.name)
        assert ours.sheetnames == theirs.sheetnames
        for name in ours.sheetnames:
            assert _grid(theirs[name]) == _grid(ours[name]), f"{path.name} {name}"
        assert theirs[OWN_SHEET].sheet_state != "visible"


def test_values_of_a_laboratory_keep_their_noughts(saved_again):
    """0.40 is not 0.4: what the report says comes back as text, through LibreOffice too."""
    sheet = openpyxl.load_workbook(saved_again / "water_results-nanzhao-台账.xlsx")["检测结果"]
    schema = load_schemas()["water_results"]
    place = [f.name for f in shown_columns(schema)].index("raw_value") + 1
    loaded = load(EXAMPLE)
    (raw,) = [
        r.cells
        for r in loaded.raw
        if r.shard.ledger == "water_results" and (r.shard.home, r.shard.unit) == ("U", "nanzhao")
    ]
    told = [sheet.cell(n, place).value for n in range(FIRST + 1, FIRST + 1 + len(raw))]

    assert told == [cells[schema.names.index("raw_value")] for cells in raw]
    assert any(value.endswith("0") and "." in value for value in told)


WRONG: dict[str, tuple[str, ...]] = {
    "督导组": ("--form", "1"),
    "写一个单位": ("市", "--form", "2-2"),
    "不写 --ledger": ("nanzhao", "--form", "1", "--ledger", "works"),
    "没有“火星镇”": ("nanzhao", "--form", "2-2", "--town", "火星镇"),
    "没有“天书”": ("nanzhao", "--form", "template", "--ledger", "天书"),
    "不写单位": ("nanzhao", "--form", "template", "--ledger", "assignments"),
    "写是哪个单位的": ("--form", "template", "--ledger", "works"),
    "没有“火星县”": ("火星县", "--form", "1"),
    "--form 2-2": ("nanzhao",),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_does_not_go_together_is_said(said, tmp_path, capsys: pytest.CaptureFixture[str]):
    """Usage, in Chinese, and nothing is written."""
    code = command.main(["export", *WRONG[said], "--data", str(EXAMPLE), "-o", str(tmp_path)])

    assert code == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_refused_data_is_not_exported(tmp_path):
    """A form is stamped: it is made of what passed the gates only."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    path = data / "units" / "nanzhao" / "issues.csv"
    path.write_text(path.read_text("utf-8").replace(",公示,公示,", ",公示,公示栏,", 1), "utf-8")
    out = tmp_path / "out"

    code = command.main(["export", "nanzhao", "--form", "1", "--data", str(data), "-o", str(out)])

    assert code == 1
    assert not out.exists()
