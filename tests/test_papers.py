"""Papers: the measure, words in order, tags and fonts, the same bytes, what cannot be set."""

from __future__ import annotations

import ctypes
import json
import re
import shutil
from collections import Counter
from datetime import date
from functools import cache, partial
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw
from story import EXAMPLE, PROJECT, qingyuan
from test_reports import DAY, reports_of, view_of

from pipeline import disclosure, workers
from pipeline.ledgers import load
from pipeline.papers import typesetter
from pipeline.papers.catalogue import KINDS
from pipeline.papers.fonts import ROLES, SANS, SERIF, fonts, open_folder
from pipeline.papers.press import Press
from pipeline.papers.rendering import sheets
from pipeline.papers.typesetter import Typesetter, Unprintable
from pipeline.reports import archive, onepage
from pipeline.reports.forms import FORMS
from pipeline.store import Store
from pipeline.trouble import EnvironmentTrouble
from pipeline.verbs import wanted_edition

POINTS = 72 / 25.4


@cache
def open_fonts():
    """The open fonts, read once."""
    return fonts()


@pytest.fixture(scope="module")
def press() -> Press:
    """A press that keeps nothing."""
    return Press(view_of("story"), open_fonts(), Store())


@pytest.fixture(scope="module")
def inside():
    """What the office itself may see of the story."""
    found = load(EXAMPLE).snapshot
    return disclosure.view(found, DAY, "0" * 64, "internal")


def text_of(pdf: bytes) -> str:
    """The words of a paper in reading order, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    pages = (document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    return re.sub(r"\s", "", "".join(pages))


def origin(words: pypdfium2.PdfTextPage, number: int) -> float:
    """The height of a character's base line above the foot of the page, in points."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(words.raw, number, x, y)
    return y.value


def every_paper(press: Press) -> list:
    """One of each public kind, the first there is."""
    made = []
    for kind in KINDS.values():
        if not kind.is_internal:
            keys = list(kind.keys(view_of("story")))
            made.append(press.set(sheets(kind.make(view_of("story"), keys[-1]))))
    return made


def test_a_page_holds_22_lines_of_28_characters():
    """The measure of official papers, counted in the PDF itself."""
    body = "".join("一二三四五六七八九十甲乙丙丁"[n % 14] for n in range(28 * 50))
    report = reports_of(view_of("story"))[0]
    told = dict(sheets(report).data) | {"blocks": [{"kind": "paragraph", "text": body}]}
    document = pypdfium2.PdfDocument(Typesetter("report", open_fonts()).pdf(told))
    page = document[1]
    words = page.get_textpage()
    lines = Counter(
        round(origin(words, n))
        for n in range(words.count_chars())
        if words.get_text_range(n, 1).strip()
    )
    del lines[min(lines)]  # the number of the page

    assert page.get_size() == pytest.approx((210 * POINTS, 297 * POINTS), abs=1)
    assert list(lines.values()) == [28] * 22


def test_the_words_stand_in_order_and_nothing_is_lost(press):
    """Title, every sentence, every cell of every table: as in the report."""
    for report in reports_of(view_of("story"))[:4]:
        told = text_of(press.set(sheets(report)).pdf)
        at = 0
        for sentence in report.sentences:
            words = re.sub(r"\s", "", sentence.text)
            assert words in told[at:], report.id
            at = told.index(words, at)
        assert re.sub(r"\s", "", "".join(report.headline)) in told
        for table in report.tables:
            for line in table.lines:
                for cell in line.cells:
                    assert re.sub(r"\s", "", cell) in told, (report.id, cell)


def test_papers_are_tagged_made_to_last_and_carry_their_fonts(press):
    """PDF/A-2a and PDF/UA-1 as the file says of itself; language, title; every font inside."""
    for paper in every_paper(press):
        assert b"pdfaid:part>2<" in paper.pdf
        assert b"pdfaid:conformance>A<" in paper.pdf
        assert b"pdfuaid:part>1<" in paper.pdf
        assert b"/MarkInfo" in paper.pdf
        assert b"/Lang" in paper.pdf
        document = pypdfium2.PdfDocument(paper.pdf)
        assert document.get_metadata_dict()["Title"]
        assert len(document) == paper.pages
        for n in range(len(document)):
            for one in document[n].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(one.raw)
                assert raw.FPDFFont_GetIsEmbedded(font) == 1


def test_the_same_report_is_the_same_bytes(press):
    """Set twice, by two presses."""
    for report in reports_of(view_of("story"))[:3]:
        again = Press(view_of("story"), fonts(), Store())

        assert press.set(sheets(report)).pdf == again.set(sheets(report)).pdf


def test_a_paper_that_says_the_same_is_not_set_again(tmp_path, monkeypatch):
    """The second time it is taken from what is kept."""
    store = Store(tmp_path)
    report = reports_of(view_of("story"))[0]
    first = Press(view_of("story"), open_fonts(), store).set(sheets(report))
    monkeypatch.setattr(Typesetter, "pdf", lambda *_: pytest.fail("set again"))

    assert Press(view_of("story"), open_fonts(), store).set(sheets(report)) == first


def test_papers_are_set_whatever_was_set_here_before(tmp_path, press):
    """Typst's threads do not outlive a fork: nobody waits for them, whoever set a paper first."""
    papers = [sheets(report) for report in reports_of(view_of("story"))[:4]]
    first = press.set(papers[0])  # its threads begin in this process
    assert typesetter.has_begun()

    again = Press(view_of("story"), open_fonts(), Store(tmp_path))

    found = list(again.printed([partial(lambda paper: paper, one) for one in papers]))
    both = list(again.together((one, False) for one in papers))

    assert found[0] == first
    assert [paper for paper, _, _ in both] == found
    with workers.pool(1) as pool, pytest.raises(RuntimeError, match="forked"):
        pool.submit(_set_anew).result(timeout=60)


def _set_anew() -> bytes:
    report = reports_of(view_of("story"))[0]
    return Typesetter("report", open_fonts()).pdf(sheets(report).data)


def test_a_short_campaign_and_long_names_do_not_break_a_page(press):
    """Names of 60 characters and ten-digit numbers: no word leaves the paper."""
    report = reports_of(view_of("story"))[0]
    told = json.loads(json.dumps(sheets(report).data))
    for block in told["blocks"]:
        for line in block.get("lines", ()):
            line["cells"] = [
                "长" * 60 if n == 0 else "9,999,999,999" for n, _ in enumerate(line["cells"])
            ]
    document = pypdfium2.PdfDocument(Typesetter("report", open_fonts()).pdf(told))
    for n in range(len(document)):
        page = document[n]
        words = page.get_textpage()
        width, _ = page.get_size()
        for place in range(words.count_chars()):
            left, _, right, _ = words.get_charbox(place)
            assert left >= 0
            assert right <= width


@pytest.mark.parametrize("place", ["story", "city"])
def test_the_brief_of_one_page_is_one_page(press, place):
    """Exactly one A4 sheet: on both data sets, on every stage, and with whatever names and sums."""
    view = view_of(place)
    days = [*archive.stages(view), DAY] if place == "story" else [DAY]
    for day in days:
        told = dict(sheets(onepage.one_page(view, day)).data)
        for longest in (0, 20, 60):
            told["blocks"] = longer(told["blocks"], longest)
            told["correction"] = "更" * longest
            document = pypdfium2.PdfDocument(Typesetter("onepage", open_fonts()).pdf(told))

            assert len(document) == 1, (day, longest)
            assert document[0].get_size() == pytest.approx((210 * POINTS, 297 * POINTS), abs=1)
            words = document[0].get_textpage()
            for place_ in range(words.count_chars()):
                left, bottom, right, _ = words.get_charbox(place_)
                assert left >= 0
                assert right <= 210 * POINTS
                assert bottom >= 0


def longer(blocks: list[dict], much: int) -> list[dict]:
    """Return blocks whose words are longer and whose numbers have ten digits, if much is asked."""
    copy = json.loads(json.dumps(blocks))
    for block in copy if much else ():
        for line in block.get("lines", ()):
            line["cells"] = [
                "长" * much if column["form"] == "text" else "9,999,999,999"
                for column in block["columns"]
            ]
        if "text" in block and block["kind"] == "paragraph":
            block["text"] += "长" * much
    return copy


def test_markup_in_a_cell_is_printed_as_it_is():
    """Data is never taken for markup: # and $ and brackets are letters."""
    report = reports_of(view_of("story"))[0]
    nasty = '#panic("x") $x$ [a] *b* <script> \\ @c'
    told = dict(sheets(report).data) | {"blocks": [{"kind": "paragraph", "text": nasty}]}

    assert re.sub(r"\s", "", nasty) in text_of(Typesetter("report", open_fonts()).pdf(told))


def test_a_character_without_glyph_stops_the_job():
    """It is never printed as a box."""
    report = reports_of(view_of("story"))[0]
    told = dict(sheets(report).data) | {"blocks": [{"kind": "paragraph", "text": "好\ue123好"}]}
    with pytest.raises(Unprintable, match="\ue123"):
        Typesetter("report", open_fonts()).pdf(told)


def test_every_character_of_the_data_and_of_the_templates_can_be_printed():
    """Both open fonts show every character of every row and of the templates."""
    from fontTools.ttLib import TTFont

    shown = frozenset.intersection(
        *(frozenset(TTFont(path).getBestCmap()) for path in sorted(open_folder().rglob("*.otf")))
    )
    paths = [*PROJECT.glob("data/**/*.csv"), *PROJECT.glob("site/print/*.typ")]
    used = set().union(*(path.read_text(encoding="utf-8") for path in paths)) - set("\n\t")

    assert {one for one in used if ord(one) not in shown} == set()


def test_fonts_of_the_office_come_first(tmp_path):
    """A folder with a font of the name is used before the open ones; without one these stand in."""
    assert set(open_fonts().stands_in) == {"body", "title", "second", "first", "figures"}
    for role, wanted in ROLES.items():
        assert open_fonts().families[role] == wanted[-1:]
        assert wanted[-1] in (SERIF, SANS)
    with pytest.raises(EnvironmentTrouble, match="没有字体文件夹"):
        fonts([tmp_path / "nowhere"])


def test_the_ten_columns_are_those_of_the_official_form(inside):
    """Ten columns in the official order under a row of numbers, one line an issue of the unit."""
    form = FORMS["form-2-2"](inside, "nanzhao", None)
    titles = [column.title for column in form.table.columns]
    issues = [i for i in inside.issues if i.unit_id == "nanzhao"]

    assert titles == [
        "市、县", "序号", "问题描述（与表1表述一致）", "整改措施", "整改责任单位",
        "整改责任人", "联系电话", "整改时限", "整改结果（完成/正在）", "备注",
    ]  # fmt: skip
    assert form.has_numbers
    assert len(form.table.lines) == sum(inside.states[i.id].state != "已作废" for i in issues)
    assert set(form.table.column("result").values()) <= {"完成", "正在"}
    words = FORMS["form-1"](inside, "nanzhao", None).table.column("title")
    assert words == form.table.column("title")


def test_a_form_of_a_township_is_a_part_of_the_units(inside):
    """The parts of all townships are the whole."""
    whole = set(FORMS["form-2-2"](inside, "nanzhao", None).table.column("title"))
    towns = {i.town_code for i in inside.issues if i.unit_id == "nanzhao"}
    parts = [set(FORMS["form-2-2"](inside, "nanzhao", t).table.column("title")) for t in towns]

    assert set().union(*parts) == whole
    assert sum(map(len, parts)) == len(whole)


def test_public_papers_hold_nothing_that_only_the_office_may_know(inside):
    """No telephone number and no full name of the internal columns stands in any public paper."""
    public = json.dumps(
        [sheets(one).data for one in reports_of(view_of("story"))], ensure_ascii=False
    )
    phones = {i.resp_phone for i in inside.issues if i.resp_phone}
    assert phones
    assert not [number for number in phones if number in public]
    assert not [i.remark for i in inside.issues if i.remark and i.remark in public]


def test_print_writes_what_it_names(tmp_path):
    """All papers of a day by one command; internal ones are announced as such."""
    done = qingyuan("print", "all", "--data", EXAMPLE, "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in tmp_path.iterdir()}

    assert f"circular-{DAY}.pdf" in names
    assert "weekly-09.pdf" in names
    assert {"month-2022-08.pdf", "water-2022-q2.pdf", f"one-page-{DAY}.pdf"} <= names
    assert {f"screening-{unit}-{DAY}.pdf" for unit in ("city", "nanzhao", "wolong")} <= names
    assert {f"form-2-2-{unit}-{DAY}.pdf" for unit in ("nanzhao", "wolong", "yahe")} <= names
    assert f"✓ 印好 {len(names)} 份" in done.stdout
    assert "内部资料" in done.stdout


@pytest.mark.parametrize("place", ["story", "city"])
def test_every_edition_that_is_listed_can_be_printed(place):
    """By its name; those that are counted by their number too."""
    view = view_of(place)
    for name, edition in archive.editions(view).items():
        assert wanted_edition.is_name(name)
        assert wanted_edition.job(view, name, None)().name == name
        kind = edition.make().kind
        assert wanted_edition.job(view, kind, name.removeprefix(f"{kind}-"))().name == name
    for kind, number, name in (
        ("weekly", "3", "weekly-03"),
        ("water", "2", "water-2022-q2"),
        ("month", "7", "month-2022-07"),
    ):
        assert wanted_edition.job(view, kind, number)().name == name


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("weekly", "--number", "99"), 2, "没有第 99 期周报；最近一期是 weekly-09"),
        (("weekly", "--number", "7-c1"), 2, "没有第 7-c1 期周报"),
        (("weekly-04",), 0, "印好 1 份"),
        (("circular-2022-08-26",), 2, "没有 circular-2022-08-26 这一期；最近一期是"),
        (("month", "--number", "8"), 0, "印好 1 份"),
        (("card", "--number", "8"), 2, "--number 和报告的种类一起写"),
        (("notice", "--unit", "郑州"), 2, "没有“郑州”这个单位"),
        (("weekly", "--as-of", "2022-07-15"), 0, "没有要印的"),
        (("month", "--as-of", "2022-07-30"), 0, "没有要印的"),
        (("month", "--as-of", "2023-02-01"), 0, "印好 1 份"),
        (("weekly", "--font-path", "/nowhere"), 3, "没有字体文件夹 /nowhere"),
        (("novel",), 2, "novel"),
    ],
)
def test_print_says_what_is_wrong(tmp_path, arguments, code, said):
    """A wrong number, unit, folder or kind is said in Chinese with the way out."""
    done = qingyuan("print", *arguments, "--data", EXAMPLE, "-o", tmp_path)

    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_rare_character_is_named_with_its_row(tmp_path):
    """A character that no font has: which, in which file and line, and what to do."""
    copy = tmp_path / "data"
    shutil.copytree(EXAMPLE, copy)
    ledger = copy / "units" / "nanzhao" / "issues.csv"
    text = ledger.read_text(encoding="utf-8")
    rare = "\U0002a6d6"
    ledger.write_text(text.replace("浮球失灵", f"浮{rare}失灵", 1), encoding="utf-8")
    done = qingyuan("print", "weekly", "--data", copy, "-o", tmp_path / "out")

    assert done.returncode == 3, done.stdout + done.stderr
    assert "issues.csv 第" in done.stderr
    assert f"U+{ord(rare):04X}" in done.stderr


def test_every_date_a_paper_names_is_a_real_one(press):
    """No paper says 9月31日."""
    for report in reports_of(view_of("story")):
        for sentence in report.sentences:
            for year, month, day in re.findall(r"([0-9]{4})年([0-9]+)月([0-9]+)日", sentence.text):
                assert date(int(year), int(month), int(day))


def test_the_site_holds_every_edition_as_page_and_paper(example_site: Path):
    """Each edition of the archive has its page and its file, each linked from the list."""
    listed = (example_site / "reports.html").read_text(encoding="utf-8")
    ids = {path.stem for path in (example_site / "r").glob("*.html")}

    assert len(ids) == 19
    for name in ids:
        assert f'href="r/{name}.html"' in listed
        assert f'href="r/{name}.pdf"' in listed
        assert (example_site / "r" / f"{name}.pdf").read_bytes().startswith(b"%PDF-")


def test_page_and_paper_say_the_same(example_site: Path):
    """The sentences of the page are those of the paper."""
    page = (example_site / "r" / "weekly-09.html").read_text(encoding="utf-8")
    paper = text_of((example_site / "r" / "weekly-09.pdf").read_bytes())
    body = page.partition("<main")[2]
    for text in re.findall(r"<p>(.*?)</p>", body, re.S)[1:4]:
        words = re.sub(r"<[^>]+>|\s", "", text)
        if words.startswith(("到", "逾期", "本周")):
            assert words in paper
