"""Where papers break: no page is only to sign, and what belongs together stands on one page."""

from __future__ import annotations

import re
from functools import cache

import pypdfium2
import pytest
from test_papers import open_fonts
from test_reports import reports_of, view_of

from pipeline.papers.press import Press
from pipeline.papers.rendering import sheets
from pipeline.reports.paper import Report
from pipeline.store import Store

LETTERS = ("circular", "summary", "month", "notice", "water", "weekly")
SIGNED, COPIES, IMPRINT = "年月日", "抄送：", "由台账生成"


@cache
def letters() -> list[tuple[Report, list[str]]]:
    """The letters of the city with the text of each page, without blanks."""
    press, found = Press(view_of("city"), open_fonts(), Store()), []
    for report in {one.id: one for one in reports_of(view_of("city"))}.values():
        if report.kind in LETTERS:
            document = pypdfium2.PdfDocument(press.set(sheets(report)).content)
            pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
            found.append((report, pages))
    return found


def one_with(pages: list[str], words: str) -> str:
    """The page on which words stand."""
    return next(page for page in pages if words in page)


@pytest.mark.parametrize("kind", LETTERS)
def test_no_page_is_only_to_sign(kind):
    """Where the date is to be written there is text, and who gets a copy, and the imprint."""
    looked = 0
    for report, pages in letters():
        if report.kind != kind:
            continue
        signed = one_with(pages, SIGNED)
        assert "。" in signed.partition(IMPRINT)[0], report.id
        assert IMPRINT in signed, report.id
        if report.copies:
            assert COPIES in signed, report.id
        looked += 1
    assert looked


def test_a_note_of_one_line_stands_on_the_page_of_the_last_line():
    """Never at the head of the next page."""
    looked = 0
    for report, pages in letters():
        for one in report.tables:
            if 0 < len(one.note) < 45 and one.lines and not one.caption.startswith("超标水样"):
                last = re.sub(r"\s", "", "".join(one.lines[-1].cells))[:12]
                assert any(
                    re.sub(r"\s", "", one.note) in page and last in page for page in pages
                ), (report.id, one.id)
                looked += 1
    assert looked > 10
