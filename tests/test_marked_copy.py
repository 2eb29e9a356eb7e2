"""The clerk's own workbook comes back as his: only colours, comments and one sheet are added."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from workbooks.furnished import furnished
from workbooks.made import ANSWERS, row, sheet_of, xlsx
from workbooks.recipes import RECIPES

from pipeline.intake.annotated import SUMMARY, annotated
from pipeline.intake.process import Wish, take_in
from pipeline.ledgers import load
from pipeline.store import Store
from pipeline.trouble import UsageTrouble

EXAMPLE = Path(__file__).resolve().parent / "example"
TOUCHED = {
    "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml",
    "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded():
    """The example ledgers, read once."""
    return load(EXAMPLE)


def marked(loaded, content, name="台账.xlsx", wish=None):
    """Return the outcome of a workbook and its marked copy."""
    wish, day = wish or Wish(answers=dict(ANSWERS)), loaded.snapshot.campaign.as_of_on
    outcome, _ = take_in(name, content, loaded, day, wish, Store())
    return outcome, annotated(content, outcome)


def parts(content):
    """Return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_pictures_charts_lists_and_print_settings_stay_byte_for_byte(loaded):
    """Every part but those that hold our marks; of these, every element that is not a mark."""
    content = furnished()
    _, copy = marked(loaded, content)
    before, after = parts(content), parts(copy)

    assert {name for name in before if after.get(name) != before[name]} == TOUCHED
    assert set(after) - set(before) == {"xl/worksheets/qingyuan.xml"}
    old, new = (etree.fromstring(p["xl/worksheets/sheet1.xml"]) for p in (before, after))
    for tree in (old, new):
        for one in tree.iter():
            if etree.QName(one).localname == "c":
                one.attrib.pop("s", None)
            if etree.QName(one).localname == "sheetView":
                one.attrib.pop("tabSelected", None)
    assert etree.tostring(old, method="c14n") == etree.tostring(new, method="c14n")
    assert before["xl/comments1.xml"].count(b"<comment ") < after["xl/comments1.xml"].count(
        b"<comment "
    )


def test_a_mark_keeps_the_looks_of_its_cell_and_what_stood_in_its_comment(loaded):
    """Border, size and the clerk's own comment; names and print areas are of the same sheets."""
    _, copy = marked(loaded, furnished())
    book = openpyxl.load_workbook(io.BytesIO(copy), rich_text=True)
    sheet = book["留山镇"]

    assert book.sheetnames == [SUMMARY, "留山镇", "名单"]
    assert book.active.title == SUMMARY
    assert sheet["G6"].border.left.style == "thin"
    assert sheet["G6"].fill.start_color.rgb == "FFF4B6B6"
    assert sheet["G5"].fill.fill_type is None
    assert sheet["C5"].comment.text.startswith("局里：请核实")
    assert "怎么改" in sheet["C5"].comment.text
    assert sheet.print_area == "'留山镇'!$A$1:$J$20"
    assert sheet.print_title_rows == "$3:$4"
    assert book[SUMMARY].print_title_rows
    assert book.defined_names["结果"].attr_text == "名单!$A$1:$A$2"


def _values(sheet):
    return {c.coordinate: c.value for r in sheet.iter_rows() for c in r if c.value is not None}


OWN = [r for r in RECIPES if r.file.endswith("xlsx") and r.content[:2] == b"PK"]


@pytest.mark.parametrize("recipe", OWN, ids=lambda r: r.name)
def test_every_workbook_of_the_tests_comes_back_marked(recipe, loaded, monkeypatch):
    """Every cell that is named is coloured and, if not too many, says why; values stay."""
    monkeypatch.setattr("pipeline.intake.process.judge", lambda *_: None)
    wish = Wish(recipe.unit, recipe.ledger if recipe.unit else "", recipe.answers)
    try:
        outcome, copy = marked(loaded, recipe.content, recipe.file, wish)
    except UsageTrouble:
        return
    book, own = (openpyxl.load_workbook(io.BytesIO(c)) for c in (copy, recipe.content))
    for sheet in own.worksheets:
        assert _values(book[sheet.title]) == _values(sheet)
    merged = {str(a) for sheet in own.worksheets for a in sheet.merged_cells.ranges}
    for finding in outcome.findings:
        file = finding.file or ""
        named = next((s for s in own.sheetnames if file.endswith(s)), own.sheetnames[0])
        is_of_the_file = finding.rule == "IM02" and finding.title in outcome.asked
        if finding.cell and not merged and not is_of_the_file:
            assert book[named][finding.cell].comment, finding


def test_the_copy_opens_in_an_office_program(loaded, tmp_path):
    """LibreOffice reads it, with the summary, the marks, and the picture."""
    _, copy = marked(loaded, furnished())
    saved = _through_an_office(copy, tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(saved))

    assert book.sheetnames[0] == SUMMARY
    assert "科学记数法" in book["留山镇"]["G6"].comment.text
    assert any(name.startswith("xl/media/") for name in parts(saved))
    assert any(name.startswith("xl/charts/chart") for name in parts(saved))


def test_a_workbook_of_strange_build_is_answered_in_plain_cells(loaded):
    """Where the parts do not hang together the cells come back; the summary says what is lost."""
    content = xlsx(sheet_of(row(101, phone="1.38E+10")))
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            for name in old.namelist():
                body = old.read(name)
                new.writestr(
                    name, body.replace(b"</styleSheet>", b"") if name == "xl/styles.xml" else body
                )
    outcome, _ = marked(loaded, content)
    copy = annotated(made.getvalue(), outcome)
    book = openpyxl.load_workbook(io.BytesIO(copy))

    said = " ".join(str(c.value) for r in book[SUMMARY].iter_rows(max_row=12) for c in r)
    assert "没有带过来" in said
    assert "科学记数法" in book["Sheet1"]["G6"].comment.text


LACKING = (
    "发现日期",
    "发现渠道",
    "台账层级",
    "环节",
    "问题类别",
    "发现层级",
    "责任层级",
    "整改方式",
)
SAID = dict(
    zip(LACKING, ("8月18日", "自查", "工程", "水厂", "设备", "县", "乡镇", "限期"), strict=True)
)


def _through_an_office(content, folder):
    """Return a workbook as LibreOffice saves it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("没有 LibreOffice，请运行：apt-get install -y libreoffice-calc", pytrace=False)
    (folder / "in.xlsx").write_bytes(content)
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'p').as_uri()}", "--headless", "--convert-to",
         "xlsx", "--outdir", str(folder / "o"), str(folder / "in.xlsx")],
        capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    return (folder / "o" / "in.xlsx").read_bytes()


@pytest.mark.parametrize("is_saved_elsewhere", [False, True])
def test_the_clerk_mends_the_copy_itself_and_sends_it_back(loaded, tmp_path, is_saved_elsewhere):
    """He answers in 补充信息, mends the red cell; our marks are no remarks of his, and go."""
    content = furnished()
    outcome, copy = marked(loaded, content, wish=Wish())
    book = openpyxl.load_workbook(io.BytesIO(copy))
    answers = book["补充信息"]
    asked = {answers.cell(n, 1).value: n for n in range(2, answers.max_row + 1)}

    assert not outcome.ok
    assert set(asked) == set(LACKING)
    assert answers.data_validations.dataValidation
    for title, number in asked.items():
        answers.cell(number, 2, SAID[title])
    book["留山镇"]["G6"] = "0377-10200099"
    saved = io.BytesIO()
    book.save(saved)
    back = saved.getvalue()
    back = _through_an_office(back, tmp_path) if is_saved_elsewhere else back
    again, twice = marked(loaded, back, wish=Wish())

    assert again.ok, [f.message for f in again.findings if f.severity == "error"]
    assert again.counts()["新增"] == 3
    said = [f.message for f in again.findings if f.rule == "IM03"]
    assert not any("怎么改" in one or SUMMARY in one for one in said), said
    assert sum("局里：请核实" in one for one in said) == 1
    last = openpyxl.load_workbook(io.BytesIO(twice))
    assert last.sheetnames.count(SUMMARY) == 1
    assert not any(name.startswith(SUMMARY) and name != SUMMARY for name in last.sheetnames)
    assert last["留山镇"]["G6"].comment is None or "科学" not in last["留山镇"]["G6"].comment.text
    assert last["留山镇"]["G6"].fill.fgColor.rgb != "FFF4B6B6"
    assert "没有错误" in str(last[SUMMARY]["B1"].value)


def _spoilt(parts_of, chance):
    """Return the parts with one gone, or one mark-up, attribute or value of one part changed."""
    left = dict(parts_of)
    name = chance.choice([n for n in left if n.endswith((".xml", ".rels", ".vml"))])
    pattern = chance.choice([rb"<[^>]+>", rb' [\w:]+="[^"]*"', rb'"[^"]*"', b""])
    found = list(re.finditer(pattern, left[name])) if pattern else []
    if not found:
        del left[name]
        return left
    at, new = chance.choice(found), b'"-1"' if pattern == rb'"[^"]*"' else b""
    left[name] = left[name][: at.start()] + new + left[name][at.end() :]
    return left


def test_parts_that_do_not_hang_together_are_answered_all_the_same(loaded):
    """Whatever is wrong in the parts of a workbook, a workbook comes back."""
    outcome, _ = marked(loaded, furnished())
    whole, chance = parts(furnished()), random.Random(16)
    for _ in range(80):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as packed:
            for name, body in _spoilt(whole, chance).items():
                packed.writestr(name, body)
        assert parts(annotated(made.getvalue(), outcome))
