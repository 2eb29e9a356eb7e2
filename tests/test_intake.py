"""`qingyuan import`: workbooks as clerks keep them, and what must come out of each."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import openpyxl
import pikepdf
import pytest
from frictionless import Report
from workbooks.made import ANSWERS, TEN, row, sheet_of, text, xlsx
from workbooks.recipes import RECIPES

from pipeline import __main__ as command
from pipeline.checks import catalogue
from pipeline.intake import judging
from pipeline.intake.annotated import SUMMARY, annotated
from pipeline.intake.error_list import error_list, paper_of
from pipeline.intake.frictionless_shape import report_of
from pipeline.intake.process import Wish, take_in
from pipeline.ledgers import load
from pipeline.papers.fonts import fonts
from pipeline.papers.handed import set_anyway
from pipeline.papers.rendering import internal
from pipeline.papers.typesetter import Typesetter, Unprintable
from pipeline.store import Store

PROJECT = Path(__file__).resolve().parents[1]
EXAMPLE = PROJECT / "tests" / "example"


@pytest.fixture(scope="module")
def loaded():
    """The example ledgers, read once."""
    return load(EXAMPLE)


def take(loaded, content, name="台账.xlsx", wish=None):
    """Read a workbook as the verb does."""
    wish = wish or Wish(answers=dict(ANSWERS))
    return take_in(name, content, loaded, loaded.snapshot.campaign.as_of_on, wish, Store())


def test_there_are_enough_workbooks():
    """Every habit of the note has one."""
    names = [recipe.name for recipe in RECIPES]

    assert len(names) == len(set(names)) >= 160
    assert {recipe.ledger for recipe in RECIPES} >= {
        "issues", "responsibilities", "phones", "works", "villages", "water_tests",
        "household_checks", "patrol_roster", "funds",
    }  # fmt: skip


def test_every_rule_of_workbooks_fires(loaded, monkeypatch):
    """Each rule of the catalogue is broken by one of the workbooks, and no other rule is spoken."""
    monkeypatch.setattr("pipeline.intake.process.judge", lambda *_: None)
    spoken = set()
    for recipe in RECIPES:
        wish = Wish(recipe.unit, recipe.ledger if recipe.unit else "", recipe.answers)
        outcome, _ = take(loaded, recipe.content, recipe.file, wish)
        spoken |= {finding.rule for finding in outcome.findings}

    assert spoken == {rule.id for rule in catalogue() if rule.gate == "workbook"}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
def test_a_workbook_gives_what_it_must(recipe, loaded, monkeypatch):
    """New rows, refused rows, cells, events and what is said, for each habit."""
    monkeypatch.setattr("pipeline.intake.process.judge", lambda *_: None)
    wish = Wish(recipe.unit, recipe.ledger if recipe.unit else "", recipe.answers)
    outcome, _ = take(loaded, recipe.content, recipe.file, wish)
    counts = outcome.counts()
    said = "\n".join(finding.message for finding in outcome.findings)
    rows = outcome.rows.get(recipe.ledger, [])

    assert (counts["新增"], counts["未导入"]) == (recipe.new, recipe.refused), said
    for words in recipe.says:
        assert words in said
    if recipe.first:
        assert recipe.first.items() <= rows[0].items()
    if recipe.events:
        assert [event["event"] for event in outcome.rows["issue_events"]] == list(recipe.events)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
def test_every_row_with_a_word_in_it_is_accounted_for(recipe, loaded, monkeypatch):
    """No row goes missing between the file and the report; a file that is not read is refused."""
    monkeypatch.setattr("pipeline.intake.process.judge", lambda *_: None)
    wish = Wish(recipe.unit, recipe.ledger if recipe.unit else "", recipe.answers)
    outcome, standing = take(loaded, recipe.content, recipe.file, wish)
    if standing is None:
        assert not outcome.ok
        assert not outcome.rows
        return
    told = {(line.sheet, line.row) for line in outcome.lines}
    there = {
        (sheet.name, number)
        for sheet in outcome.book.sheets
        if sheet.name != "补充信息"
        for number, cells in sheet.numbered()
        if any(not cell.is_blank and not cell.is_filled for cell in cells)
    }

    assert there <= told


def test_what_comes_in_cleanly_passes_the_gates(loaded):
    """The same rules as `check`: the outcome is judged as ledgers are."""
    outcome, _ = take(loaded, xlsx(sheet_of(row(101), row(102))))
    bad, _ = take(loaded, xlsx(sheet_of(row(101, due="2022-08-01"))))

    assert outcome.ok
    assert outcome.counts()["新增"] == 2
    assert not bad.ok
    assert {f.cell for f in bad.findings if f.severity == "error"} == {"H6"}


def test_importing_again_changes_nothing(tmp_path, loaded):
    """What was written is found again by place and wording."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    content = xlsx(
        sheet_of(row(101, person="张三、李四（站长）", due="8月底前"), row(102, result="完成"))
    )
    wish = Wish(answers=ANSWERS | {"done_on": "2022-08-20"})
    outcome, standing = take(load(data), content, wish=wish)
    for path, written in judging.shards_after(standing, outcome).items():
        (data / path.relative_to(path.parents[2])).write_bytes(written)
    again, _ = take(load(data), content, wish=wish)

    assert outcome.counts()["新增"] == 2
    assert again.counts()["相同"] == 2
    assert not again.rows


def test_the_marked_copy_is_the_clerks_own_workbook(loaded):
    """Cells and layout stay; wrong cells are coloured and say why; the summary leads to them."""
    content = xlsx(sheet_of(row(101, phone="1.38E+10"), row(102, result="正在整改")))
    outcome, _ = take(loaded, content)
    made = annotated(content, outcome)
    copy = openpyxl.load_workbook(io.BytesIO(made))
    mine = openpyxl.load_workbook(io.BytesIO(content)).active
    sheet = copy["Sheet1"]

    assert copy.sheetnames[0] == SUMMARY
    assert [[c.value for c in r] for r in sheet] == [[c.value for c in r] for r in mine]
    assert "科学记数法" in sheet["G6"].comment.text
    assert sheet["G6"].fill.start_color.rgb == "FFF4B6B6"
    assert sheet["I7"].fill.start_color.rgb == "FFD8EFD3"
    assert any(c.hyperlink for r in copy[SUMMARY] for c in r)
    assert annotated(content, outcome) == made


def test_the_answer_has_three_more_shapes(loaded):
    """JSON as design 7 says, a Frictionless-shaped report, a page to print."""
    outcome, _ = take(loaded, xlsx(sheet_of(row(101, phone="1.38E+10"), row(102))))
    told = json.loads(json.dumps(outcome.to_json(), ensure_ascii=False))
    report, page = report_of(outcome), error_list(outcome)

    assert {"ok", "checked", "findings", "repairs", "rows"} <= told.keys()
    assert told["findings"][0]["cell"] == "G6"
    assert report["valid"] is False
    assert report["tasks"][0]["errors"][0]["rowNumber"] == 6
    assert "科学记数法" in page
    assert "size: A4" in page


def test_the_list_of_errors_is_a_paper_too(tmp_path, capsys):
    """A PDF by the project's own typesetter, whatever signs a clerk pastes; else HTML."""
    path, pdf = tmp_path / "台账.xlsx", tmp_path / "清单.pdf"
    path.write_bytes(xlsx(sheet_of(row(101, phone="1.38E+10", due="🜁日"))))
    words = ["import", str(path), "--data", str(EXAMPLE), "--list"]

    assert command.main([*words, str(pdf)]) == 1
    capsys.readouterr()
    with pikepdf.open(pdf) as paper:
        assert str(paper.docinfo["/Title"]) == "导入问题清单"
        width, height = (float(x) for x in list(paper.pages[0].mediabox)[2:])
        assert (round(width), round(height)) == (595, 842)
    once = pdf.read_bytes()
    assert command.main([*words, str(pdf)]) == 1
    assert pdf.read_bytes() == once
    assert command.main([*words, str(tmp_path / "清单.doc")]) == 2
    assert ".pdf 或 .html" in capsys.readouterr().err


def test_a_long_list_says_what_it_leaves_out(loaded):
    """A thousand lines are enough for paper; how many more there are is said."""
    outcome, _ = take(loaded, xlsx(sheet_of(*(row(n, phone="1") for n in range(1, 1102)))))
    paper = paper_of(outcome, loaded.snapshot.campaign.as_of_on, "市水利局")
    table = paper["tables"][0]

    assert len(table["lines"]) == 1000
    assert table["note"].startswith("还有 101 处")
    assert table["note"] in error_list(outcome)


def test_a_sign_without_a_glyph_is_written_as_its_number():
    """Nothing goes missing silently, and nothing stops the list."""
    data = {
        "title": "单", "organiser": "局", "on": [2022, 9, 16], "about": "甲🜁",
        "internal": "", "keywords": [],
        "tables": [{"caption": "要改的", "lines": [["A1", "乙𐎀", "丙"]], "note": ""}],
    }  # fmt: skip
    with pytest.raises(Unprintable):
        Typesetter("errors", fonts()).pdf({**internal(), **data})

    assert set_anyway("errors", data, fonts()).startswith(b"%PDF")


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.name)
def test_frictionless_loads_the_report_of_every_workbook(recipe, loaded, monkeypatch):
    """Whatever a workbook is, its report is one that frictionless' own class accepts."""
    monkeypatch.setattr("pipeline.intake.process.judge", lambda *_: None)
    wish = Wish(recipe.unit, recipe.ledger if recipe.unit else "", recipe.answers)
    outcome, _ = take(loaded, recipe.content, recipe.file, wish)
    told = json.loads(json.dumps(report_of(outcome)))
    report = Report.from_descriptor(told)

    assert report.valid is outcome.ok
    assert report.stats["errors"] == len(report.flatten())
    assert {e.note for t in report.tasks for e in t.errors} == {
        e["note"] for t in told["tasks"] for e in t["errors"]
    }


@pytest.mark.parametrize("phone", ["1.38E+10", "0377-10200015"])
def test_frictionless_itself_loads_the_report(loaded, phone):
    """Its own class reads it back, valid, with every error at its row and column, words and all."""
    outcome, _ = take(loaded, xlsx(sheet_of(row(101, phone=phone), row(102))))
    told = report_of(outcome)
    report = Report.from_descriptor(json.loads(json.dumps(told)))

    assert not list(Report.metadata_validate(told))
    assert report.valid is outcome.ok
    assert report.stats["errors"] == sum(f.severity == "error" for f in outcome.findings)
    task = report.tasks[0]
    assert (task.name, task.title, task.tabular) == ("sheet-1", "台账.xlsx", True)
    assert task.stats["rows"] == 2
    for error in task.errors:
        assert "怎么改：" in error.note
    if phone.startswith("1.38"):
        assert report.flatten(["rowNumber", "fieldNumber", "type"]) == [[6, 7, "cell-error"]]
        assert "G6" in task.errors[0].note
    assert json.loads(report.to_json())["valid"] is report.valid


def test_a_row_missing_from_the_file_stays(loaded):
    """Nothing is ever deleted by leaving it out; it is told."""
    outcome, standing = take(loaded, xlsx(sheet_of(row(101))))
    made = judging.shards_after(standing, outcome)
    written = next(c for p, c in made.items() if p.stem == "issues").decode()

    assert "nanzhao-2022-0001" in written
    assert any("nanzhao-2022-0001" in f.message for f in outcome.findings if f.rule == "IM08")


@pytest.mark.parametrize("unit", ["nanzhao", "wolong", "yahe"])
def test_the_exported_form_changes_nothing(loaded, unit):
    """import(export(rows)) == rows: our own ten columns, with and without the hidden ids."""
    from pipeline.intake.issues import exported
    from pipeline.intake.standing import Standing

    day = loaded.snapshot.campaign.as_of_on
    standing = Standing(loaded, loaded.snapshot, unit, day)
    names = (
        "seq_no",
        "title",
        "measures",
        "resp_org",
        "resp_person",
        "resp_phone",
        "due",
        "result",
        "remark",
    )
    lines = [
        [unit, *(exported(issue, standing)[n] for n in names), issue.issue_id]
        for issue in loaded.snapshot["issues"]
        if issue.unit_id == unit
    ]

    content = xlsx([[*TEN, "编号（勿改）"], *lines])
    outcome, _ = take(loaded, content, wish=Wish())

    assert not outcome.rows
    assert outcome.counts()["相同"] == len(lines)
    assert not [f for f in outcome.findings if f.severity == "error" and f.gate == "workbook"]


def test_the_verb_writes_and_says_what_to_commit(tmp_path):
    """A dry run by default; --write puts rows in, the marked copy beside."""
    data, file = tmp_path / "data", tmp_path / "it's 台账.xlsx"
    shutil.copytree(EXAMPLE, data)
    file.write_bytes(xlsx(sheet_of(row(101), row(102))))
    sets = [part for name, value in ANSWERS.items() for part in ("--set", f"{name}={value}")]
    command = [sys.executable, "-m", "pipeline", "import", str(file), "--data", str(data), *sets]
    before = (data / "units/nanzhao/issues.csv").read_bytes()
    dry = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    same = (data / "units/nanzhao/issues.csv").read_bytes()
    copy = tmp_path / "copy.xlsx"
    wet = subprocess.run(
        [*command, "--write", "--annotate", str(copy)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert dry.returncode == wet.returncode == 0, dry.stdout + dry.stderr + wet.stderr
    assert same == before
    assert b"nanzhao-2022-0012" in (data / "units/nanzhao/issues.csv").read_bytes()
    assert "git commit -m" in wet.stdout
    assert copy.read_bytes().startswith(b"PK")


def test_the_json_keeps_its_contract(loaded):
    """schemas/contracts/import.json says what other programs may rely on."""
    contract = json.loads((PROJECT / "schemas/contracts/import.json").read_text(encoding="utf-8"))
    outcome, _ = take(loaded, xlsx(sheet_of(row(101, phone="1.38E+10"), row(102, due="8月底前"))))

    jsonschema.validate(outcome.to_json(), contract)


@pytest.mark.parametrize(
    "ledger", ["", "works", "water_results", "water_tests", "villages", "phones"]
)
def test_what_export_writes_comes_back_as_it_is(ledger, tmp_path, loaded):
    """The real export, official form and ledgers, 0.40 of a laboratory included."""
    out = tmp_path / "out.xlsx"
    wanted = ["--ledger", ledger] if ledger else ["--form", "2-2"]
    command = [sys.executable, "-m", "pipeline", "export", "nanzhao", *wanted]
    done = subprocess.run(
        [*command, "--data", str(EXAMPLE), "-o", str(out)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    outcome, _ = take(loaded, out.read_bytes(), wish=Wish())

    assert done.returncode == 0, done.stderr
    assert not outcome.rows
    assert outcome.ok
    assert set(outcome.counts()) <= {"相同", "留下", "并入"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_the_real_office_changes_nothing(ending, tmp_path, loaded):
    """Export, open and save in LibreOffice, import: every row is the same."""
    commands = (("--form", "2-2"), ("--ledger", "water_results"))
    for number, wanted in enumerate(commands):
        out = tmp_path / f"{number}.xlsx"
        subprocess.run(
            [sys.executable, "-m", "pipeline", "export", "nanzhao", *wanted, "--data", str(EXAMPLE), "-o", str(out)],
            cwd=PROJECT, capture_output=True, check=True,
        )  # fmt: skip
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        subprocess.run(
            ["soffice", "--headless", profile, "--convert-to", ending, "--outdir", str(tmp_path / "o"), str(out)],
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        saved = (tmp_path / "o" / f"{number}.{ending}").read_bytes()
        outcome, _ = take(loaded, saved, f"{number}.{ending}", Wish())

        assert outcome.ok
        assert not outcome.rows
        assert outcome.counts()["相同"] > 0


def test_a_csv_comes_back_as_a_marked_workbook(loaded):
    """What was no .xlsx is answered in one, every text as text."""
    content = text(sheet_of(row(101, phone="1.38E+10", remark="=1+1")), encoding="gb18030")
    outcome, _ = take(loaded, content, "台账.csv")
    sheet = openpyxl.load_workbook(io.BytesIO(annotated(content, outcome))).worksheets[1]

    assert "科学记数法" in sheet["G6"].comment.text
    assert (sheet["J6"].value, sheet["J6"].data_type) == ("=1+1", "s")
