"""Word documents of reports: the words of the paper, the measure, real headings, the same bytes."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from functools import cache

import docx
import pytest
from docx.oxml.ns import qn
from story import EXAMPLE, qingyuan
from test_papers import open_fonts, text_of
from test_reports import DAY, reports_of, view_of

from pipeline.papers import word
from pipeline.papers.catalogue import EDITED
from pipeline.papers.press import WORD, Press
from pipeline.papers.rendering import sheets
from pipeline.papers.typesetter import Typesetter
from pipeline.reports.paper import Chart
from pipeline.store import Store

MILLIMETRE = 36_000
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


def told(place: str = "story") -> list:
    """Some reports of the kinds that offices edit."""
    reports = [one for one in reports_of(view_of(place)) if one.kind in EDITED]
    return [*reports[:3], *reports[-2:]]


@cache
def made(place: str = "story") -> tuple:
    """Reports of the kinds that offices edit, each as paper and as Word document."""
    press = Press(view_of(place), open_fonts(), Store())
    reports = told(place)
    return tuple(
        (one, press.set(sheets(one)).content, press.written(sheets(one)).content) for one in reports
    )


def words_of(content: bytes) -> str:
    """Everything that can be read in a document, margins first, without blanks."""
    document = docx.Document(io.BytesIO(content))
    parts = [document.sections[0].first_page_header._element, document.element.body]
    texts = ("".join(t.text or "" for t in part.iter(qn("w:t"))) for part in parts)
    return re.sub(r"\s", "", "".join(texts))


def drawing(_chart) -> bytes:
    """A chart that nobody looks at."""
    return PIXEL


def test_document_and_paper_say_the_same():
    """What the paper says, the document says in the same order, and nothing else.

    A paper repeats the heads of tables on each page and numbers its pages; a document is told to.
    The words of charts are pictures in a document: they are compared below.
    """
    for report in told():
        data = dict(sheets(report).data)
        data["blocks"] = [one for one in data["blocks"] if one["kind"] != "chart"]
        said = words_of(word.document(data, drawing))
        paper = text_of(Typesetter("report", open_fonts()).pdf(data))
        paper = re.sub("—[0-9]+—", "", paper)
        for table in report.tables:
            head = "".join(column.title for column in table.columns)
            if paper.count(head) > said.count(head):
                first = paper.index(head) + len(head)
                paper = paper[:first] + paper[first:].replace(head, "")

        assert said == paper, report.id


def test_charts_are_pictures_that_are_told_in_words():
    """As many as on paper, under their captions, each with what it shows."""
    drawn = 0
    for report, _, content in made():
        charts = [one for one in report.blocks if isinstance(one, Chart)]
        document = docx.Document(io.BytesIO(content))
        pictures = list(document.element.body.iter(qn("wp:docPr")))
        drawn += len(charts)

        assert [one.get("descr") for one in pictures] == [one.said for one in charts]
        assert all(one.caption in words_of(content) for one in charts)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            images = [parts.read(n) for n in parts.namelist() if n.startswith("word/media/")]
        assert len(images) == len(charts)
        assert all(image.startswith(PIXEL[:8]) for image in images)
    assert drawn > 2


def test_every_sentence_and_cell_stands_in_the_document():
    """In their order, under the headings of the page."""
    for report, _, content in made("city"):
        said, at = words_of(content), 0
        for sentence in report.sentences:
            at = said.index(re.sub(r"\s", "", sentence.text), at)
        for table in report.tables:
            at = said.index(re.sub(r"\s", "", table.caption))
            for line in table.lines:
                for cell in line.cells:
                    at = said.index(re.sub(r"\s", "", cell), at)


def test_headings_are_headings_and_heads_of_tables_repeat():
    """By the styles that Word builds its outline from; rows are not torn."""
    for report, _, content in made():
        document = docx.Document(io.BytesIO(content))
        styles = [p.style.name for p in document.paragraphs]
        levels = [b.level for b in report.blocks if hasattr(b, "level")]

        assert styles.count("Title") == 1
        assert styles.count("Heading 1") == levels.count(1)
        assert styles.count("Heading 2") == levels.count(2)
        assert len(document.tables) == len(report.tables)
        for table, told in zip(document.tables, report.tables, strict=True):
            assert [c.text for c in table.rows[0].cells] == [c.title for c in told.columns]
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert all(r._tr.trPr.find(qn("w:cantSplit")) is not None for r in table.rows)


def test_the_measure_and_the_fonts_are_those_of_official_papers():
    """A4 with the margins of GB/T 9704, 28 characters of 16 pt in 156 mm, fonts by name."""
    for report, _, content in made():
        document = docx.Document(io.BytesIO(content))
        first = document.sections[0]
        sides = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
        assert [round(one / MILLIMETRE) for one in sides] == [37, 35, 28, 26]
        assert round(first.page_width / MILLIMETRE) == 210
        turned = [s.page_width > s.page_height for s in document.sections[1:]]
        assert any(turned) == any(one.is_wide for one in report.attachments)
        normal = document.styles["Normal"]
        assert normal.font.size.pt == 16
        squeezed = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
        assert 28 * (16 + squeezed) <= 156 * 72 / 25.4 < 29 * (16 + squeezed)
        assert normal.paragraph_format.line_spacing.pt == pytest.approx(28.95)
        assert 22 * 28.95 <= 225 * 72 / 25.4 < 23 * 28.95
        named = {s.element.rPr.rFonts.get(qn("w:eastAsia")) for s in document.styles
                 if s.element.rPr is not None and s.element.rPr.rFonts is not None}  # fmt: skip
        assert {"方正小标宋简体", "黑体", "楷体_GB2312", "宋体"} <= named
        footers = (first.first_page_footer, first.footer, first.even_page_footer)
        assert all("PAGE" in f._element.xml for f in footers)


def test_the_same_report_is_the_same_bytes_and_tells_no_hour():
    """Written twice by two presses; every part carries one fixed day."""
    again = Press(view_of("story"), open_fonts(), Store())
    for report, _, content in made():
        assert again.written(sheets(report)).content == content
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert not [name for name in parts.namelist() if "thumbnail" in name]
        core = docx.Document(io.BytesIO(content)).core_properties
        assert core.modified.date() == report.to_on
        assert core.author == report.organiser


def test_text_that_looks_like_markup_stays_text():
    """Data is never taken for XML."""
    report, _, _ = made()[0]
    nasty = "<w:p>&amp; ]]> \"'"
    data = dict(sheets(report).data) | {"blocks": [{"kind": "paragraph", "text": nasty}]}

    assert re.sub(r"\s", "", nasty) in words_of(word.document(data, drawing))


def test_the_verb_writes_word_documents_and_says_what_has_none(tmp_path):
    """Of reports; forms and boards have none, and the way to a workbook is named."""
    done = qingyuan("print", "circular", "--format", WORD, "--data", EXAMPLE, "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [f"circular-{DAY}.docx"]
    assert not done.stdout.count("内部使用")

    for kind in ("form-2-2", "board"):
        none = qingyuan("print", kind, "--format", WORD, "--data", EXAMPLE, "-o", tmp_path)
        assert none.returncode == 2
        assert "没有 Word 版" in none.stderr


def test_the_site_offers_the_document_of_what_is_edited(example_site):
    """Beside the paper of every circular; briefs have none."""
    pages = sorted((example_site / "r").glob("*.html"))
    for page in pages:
        text, file = page.read_text(encoding="utf-8"), page.with_suffix(".docx")
        is_edited = page.name.partition("-")[0] in EDITED
        assert file.is_file() == is_edited
        assert (f'href="{file.name}"' in text) == is_edited
