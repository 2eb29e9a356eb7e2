"""The files themselves, every kind of paper: tags, metadata, fonts, the same bytes twice.

veraPDF cannot be had here without a network; these are the checks of its profiles that can be made
on the objects of a file: what PDF/A-2a and PDF/UA-1 ask of catalogue, metadata, fonts and tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from story import PROJECT
from test_papers import open_fonts
from test_reports import DAY, snapshot_of, view_of

from pipeline import disclosure, sampling
from pipeline.ledgers.writer import shard_bytes
from pipeline.papers.catalogue import KINDS
from pipeline.papers.fonts import fonts
from pipeline.papers.rendering import Sheets, sheets
from pipeline.papers.typesetter import Typesetter
from pipeline.publication import posters
from pipeline.publication.desk import Desk
from pipeline.verbs import visit_paper
from pipeline.verbs.drawn_sample import Sample

IDENTIFIERS = {
    "{http://www.aiim.org/pdfa/ns/id/}part": "2",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
}
SEED = "南召 3 号球 白河 1 号球 '引号' $x"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
POSTERS = (*(f"{posters.BOARD}-{size}" for size in posters.SIZES), posters.CARD)
DRAWN = {f"{visit_paper.OF[kind]}-{kind}": kind for kind in sampling.KINDS}
EVERY = (*KINDS, *POSTERS, *DRAWN)


@cache
def inside() -> disclosure.View:
    """What the office itself may see of the story."""
    return disclosure.view(snapshot_of("story"), DAY, "0" * 64, "internal")


def sample_of(kind: str, count: int = 4) -> Sample:
    """A draw for group 7 of the story."""
    rows = snapshot_of("story").as_of(DAY)
    frame = sampling.frame(rows, DAY, kind)
    drawn = sampling.draw(frame, ["nanzhao", "yahe"], count, SEED)
    version = sampling.version(frame, DAY)
    batch = sampling.Batch("city-k07101", kind, 7, DAY, SEED, version)
    content = shard_bytes(rows.schemas["spot_checks"], batch.rows(drawn))
    return Sample(batch, drawn, frame, count, sampling.promise(content))


@cache
def one_of(name: str) -> Sheets:
    """One paper of a kind of the catalogue, or a sheet of boards or cards, of the story."""
    if name in KINDS:
        kind = KINDS[name]
        view = inside() if kind.is_internal else view_of("story")
        return sheets(kind.make(view, list(kind.keys(view))[-1]))
    if name in DRAWN:
        return visit_paper.paper(snapshot_of("story"), sample_of(DRAWN[name]))
    desk = Desk(view_of("story"), PROJECT / "site" / "templates")
    for town, title in posters.towns(desk):
        works, villages = posters.works_of(desk, town.id), desk.places.villages.get(town.id, [])
        if name == posters.CARD and villages:
            return posters.cards(desk, villages, town.id, title)
        if name != posters.CARD and works:
            size = name.removeprefix(f"{posters.BOARD}-")
            return posters.boards(desk, works, town.id, title, size)
    raise AssertionError(name)


@cache
def pdf_of(name: str) -> bytes:
    """The same, set."""
    paper = one_of(name)
    return Typesetter(paper.template, open_fonts()).pdf(paper.data)


def objects(pdf: bytes) -> pikepdf.Pdf:
    """A paper as its objects."""
    return pikepdf.open(BytesIO(pdf))


def tags(node: Any) -> Iterator[pikepdf.Object]:
    """Every element of a tree of tags."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tags(kid)


@pytest.mark.parametrize("name", EVERY)
def test_the_catalogue_says_what_readers_and_archives_ask(name):
    """Tagged, in Chinese, with a title that the window shows, its colours defined in the file."""
    paper = objects(pdf_of(name))
    root = paper.Root

    assert root.MarkInfo.Marked
    assert not root.MarkInfo.get("/Suspects", False)
    assert str(root.Lang) == "zh-CN"
    assert root.ViewerPreferences.DisplayDocTitle
    (intent,) = root.OutputIntents
    assert pikepdf.Name("/GTS_PDFA1") == intent.S
    assert len(intent.DestOutputProfile.read_bytes()) > 128  # the head of a profile alone
    assert not paper.is_encrypted
    assert not {"/AcroForm", "/OpenAction", "/AA"} & set(root.keys())


PERIODS = ("weekly", "month", "water")
"""Kinds that are of the last day of their week, month or quarter."""


@pytest.mark.parametrize("name", EVERY)
def test_the_metadata_name_both_standards_and_the_title(name):
    """In XMP as in the older dictionary; dates are the day of the numbers and no clock's."""
    paper = objects(pdf_of(name))
    with paper.open_metadata() as told:
        assert {key: str(told[key]) for key in IDENTIFIERS} == IDENTIFIERS
        assert str(told[TITLE]) == str(paper.docinfo["/Title"]) != ""
    if name not in PERIODS:
        assert str(paper.docinfo["/CreationDate"]).startswith(f"D:{DAY:%Y%m%d}")


@pytest.mark.parametrize("name", EVERY)
def test_every_font_is_inside_and_only_the_glyphs_that_are_used(name):
    """Embedded, subset (six letters and a plus before the name), readable back as text."""
    paper = objects(pdf_of(name))
    found = [font for page in paper.pages for font in page.Resources.get("/Font", {}).values()]
    assert found
    for font in found:
        mark, plus, _ = str(font.BaseFont).removeprefix("/").partition("+")
        assert plus
        assert len(mark) == 6
        assert mark.isupper()
        assert "/ToUnicode" in font
        (inner,) = font.DescendantFonts
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())


@pytest.mark.parametrize("name", EVERY)
def test_the_tree_of_tags_has_headings_in_order_and_pictures_with_words(name):
    """One heading of the first level or one a board; none skips a level; no picture is mute."""
    paper = objects(pdf_of(name))
    found = list(tags(paper.Root.StructTreeRoot))
    levels = [int(str(one.S)[2:]) for one in found if str(one.S)[1:2] == "H" and str(one.S)[2:]]

    assert levels
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all("/Alt" in one for one in found if pikepdf.Name("/Figure") == one.S)
    for page in paper.pages:
        assert "/StructParents" in page.obj
        assert page.obj.get("/Tabs") == pikepdf.Name("/S") or "/Annots" not in page.obj


@pytest.mark.parametrize("name", EVERY)
def test_cells_of_a_table_have_their_head(name):
    """Every table has head cells, and rows of cells under them."""
    paper = objects(pdf_of(name))
    for one in tags(paper.Root.StructTreeRoot):
        if pikepdf.Name("/Table") == one.S:
            inside_table = [str(cell.S) for cell in tags(one)]
            assert "/TH" in inside_table
            assert "/TR" in inside_table


@pytest.mark.parametrize("name", EVERY)
def test_the_same_paper_is_the_same_bytes(name):
    """Set again in fonts read again."""
    paper = one_of(name)

    assert Typesetter(paper.template, fonts()).pdf(paper.data) == pdf_of(name)
