"""Papers for the office say so on every page, and none can get into the site."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
from story import EXAMPLE, qingyuan
from test_papers import open_fonts
from test_papers_pdf import DRAWN, EVERY, inside, one_of, pdf_of
from test_reports import view_of

from pipeline.papers.catalogue import KINDS
from pipeline.papers.rendering import sheets
from pipeline.papers.typesetter import Typesetter
from pipeline.reports import archive
from pipeline.terms import INTERNAL_MARK
from pipeline.verify import verify_site
from pipeline.verify.internal import is_internal

INSIDE = tuple(name for name, kind in KINDS.items() if kind.is_internal)
OPEN = tuple(name for name in EVERY if name not in (*INSIDE, *DRAWN))


def pages_of(pdf: bytes) -> list[str]:
    """The words of every page."""
    document = pypdfium2.PdfDocument(pdf)
    return [document[n].get_textpage().get_text_bounded() for n in range(len(document))]


@pytest.mark.parametrize("name", INSIDE)
def test_every_page_of_an_internal_paper_says_so(name):
    """All papers of all units and groups, every page, and the metadata."""
    kind, pages = KINDS[name], 0
    for key in kind.keys(inside()):
        paper = sheets(kind.make(inside(), key))
        pdf = Typesetter(paper.template, open_fonts()).pdf(paper.data)
        assert is_internal(pdf)
        for page in pages_of(pdf):
            assert INTERNAL_MARK in page
            pages += 1
    assert pages


@pytest.mark.parametrize("name", DRAWN)
def test_every_page_of_the_forms_of_a_draw_says_so(name):
    """Whom to visit is nobody's business until it was visited."""
    pages = pages_of(pdf_of(name))

    assert is_internal(pdf_of(name))
    assert pages
    assert all(INTERNAL_MARK in page for page in pages)


def test_a_long_internal_paper_says_so_on_its_last_page_too():
    """A form of 200 rows has many pages."""
    told = json.loads(json.dumps(dict(one_of("form-2-2").data)))
    told["table"]["lines"] = told["table"]["lines"][:1] * 200
    pages = pages_of(Typesetter("form", open_fonts()).pdf(told))

    assert len(pages) > 5
    assert all(INTERNAL_MARK in page for page in pages)


@pytest.mark.parametrize("name", OPEN)
def test_a_public_paper_does_not_say_so(name):
    """Else the mark would mean nothing."""
    assert not is_internal(pdf_of(name))
    assert not any(INTERNAL_MARK in page for page in pages_of(pdf_of(name)))


def test_no_edition_of_the_site_is_of_an_internal_kind():
    """What the archive publishes is made from the public view, and is none of them."""
    for edition in archive.editions(view_of("story")).values():
        made = edition.make()
        assert not made.is_internal
        assert made.kind not in INSIDE


def test_no_file_of_a_built_site_is_internal(example_site: Path):
    """Every PDF of the site of the story, page by page."""
    papers = sorted(example_site.rglob("*.pdf"))
    assert papers
    for path in papers:
        assert not is_internal(path.read_bytes())
        assert not any(INTERNAL_MARK in page for page in pages_of(path.read_bytes()))


def test_verification_refuses_a_site_with_an_internal_paper(example_site: Path, tmp_path):
    """Whoever copies one there by hand is told which."""
    site = tmp_path / "public"
    shutil.copytree(example_site, site)
    (site / "r" / "stray.pdf").write_bytes(pdf_of("form-2-2"))
    told = verify_site(site, full=False, manifest=False)

    assert [one.path for one in told] == ["r/stray.pdf"]
    assert INTERNAL_MARK in told[0].message


def test_print_does_not_put_internal_papers_into_a_site(tmp_path):
    """Neither into a release nor into a folder of it."""
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    for out in (tmp_path, tmp_path / "r"):
        done = qingyuan("print", "form-2-2", "--data", EXAMPLE, "-o", out)

        assert done.returncode == 2, done.stdout
        assert "不能放在那里" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
