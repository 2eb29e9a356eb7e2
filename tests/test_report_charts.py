"""Charts of reports: every bar is a number of the table, told in words, and legible in grey."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from test_papers import open_fonts, text_of
from test_reports import reports_of, view_of

from pipeline.papers.press import DOTS, PICTURE, Press
from pipeline.papers.rendering import chart as as_told
from pipeline.papers.rendering import sheets
from pipeline.papers.typesetter import Typesetter
from pipeline.publication.charts import bars
from pipeline.reports import charts
from pipeline.reports.paper import ABSENT, Chart, Report, table
from pipeline.store import Store


def charts_of(place: str) -> list[tuple[Report, Chart]]:
    """Every chart, with the report it stands in."""
    return [
        (report, one)
        for report in reports_of(view_of(place))
        for one in report.blocks
        if isinstance(one, Chart)
    ]


def count(cell: str) -> int:
    return 0 if cell == ABSENT else int(cell.replace(",", ""))


@pytest.mark.parametrize("place", ["story", "city"])
def test_every_bar_is_made_of_cells_of_a_table_of_the_report(place):
    """Drawn again from the table; no bar is shorter than nothing; sums stand in the words."""
    found = charts_of(place)
    drawn = {one.id for _, one in found}
    assert drawn >= {"chart-overall", "chart-progress", "chart-weeks", "chart-units"}
    for report, one in found:
        source = next(t for t in report.tables if t.id == one.table)
        for part in one.parts:
            for row, value in zip(one.rows, part.values, strict=True):
                cells = [(c.lstrip("-"), -1 if c[0] == "-" else 1) for c in part.columns]
                told = sum(sign * count(source.figure(row, c).text) for c, sign in cells)
                assert value == told >= 0, (report.id, row, part.name)
            assert f"{part.name}{sum(part.values):,}{one.counter}" in one.said
        for place_, row in enumerate(one.rows):
            if "found" in {c.key for c in source.columns}:
                is_silent = source.figure(row, "found").text == ABSENT
                assert (place_ in one.silent) == is_silent


def test_which_reports_have_a_chart():
    """The brief from its second week on, every other edition, the summaries of units too."""
    drawn = {(r.kind, bool(r.unit_id), r.number == 1) for r, _ in charts_of("city")}

    assert ("weekly", False, False) in drawn
    assert ("weekly", False, True) not in drawn
    assert {
        ("circular", False, False),
        ("month", False, False),
        ("water", False, False),
        ("screening", False, False),
        ("one-page", False, False),
        ("summary", False, False),
        ("summary", True, False),
    } <= drawn


def test_the_last_week_of_a_chart_is_the_week_of_the_brief():
    """Its bars are the figures of the table of the week."""
    for report, one in charts_of("city"):
        if report.kind == "weekly":
            flow = next(t for t in report.tables if t.id == "flow")
            last = {part.columns[0]: part.values[-1] for part in one.parts}
            assert last == {key: count(flow.figure(key, "now").text) for key in ("new", "done")}
            assert len(one.names) == report.number


def test_a_chart_on_paper_carries_its_words_and_an_alternative():
    """Names, numbers and legend are text; the tags tell what it shows."""
    press = Press(view_of("city"), open_fonts(), Store())
    for report, one in (charts_of("city")[0], charts_of("city")[-1]):
        pdf = press.set(sheets(report)).content
        told = text_of(pdf)
        assert all(name in told for name in one.names)
        assert re.sub(r"\s", "", one.caption) in told
        assert one.said.encode("utf-16-be") in pdf or one.said.encode() in pdf or alt_in(pdf, one)


def alt_in(pdf: bytes, one: Chart) -> bool:
    """Whether the tags of a paper hold the words of a chart."""
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return any(
            str(thing.get("/Alt")) == one.said
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        )


def test_parts_differ_in_grey():
    """Copied without colour, no two parts have the same darkness and the same pattern."""
    some = next(one for _, one in charts_of("city") if one.form == "rows")
    parts = tuple(replace(part, values=(10,)) for part in some.parts)
    even = replace(some, rows=("a",), names=("甲",), parts=parts, silent=())
    png = Typesetter(PICTURE, open_fonts()).png(as_told(even), DOTS)
    grey = np.asarray(Image.open(io.BytesIO(png)).convert("L")).astype(int)
    millimetre = DOTS / 25.4
    middle = round(grey.shape[0] - (2 + 2.6) * millimetre)
    band = grey[middle - 8 : middle + 8]
    looks = []
    for n in range(len(parts)):
        start = round((2 + 26 + 110 / len(parts) * n + 3) * millimetre)
        patch = band[:, start : start + round(20 * millimetre)]
        looks.append((float(patch.mean()), float(patch.std())))

    for n, one in enumerate(looks):
        for other in looks[n + 1 :]:
            assert abs(one[0] - other[0]) > 25 or abs(one[1] - other[1]) > 25, looks


def test_a_chart_on_a_page_is_named_described_and_within_its_frame():
    """Every bar within the drawing; title and description; the numbers of the rows as text."""
    for _, one in charts_of("city"):
        root = ElementTree.fromstring(bars.drawn(one))
        _, _, width, height = map(float, root.get("viewBox").split())
        texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
        assert "style" not in bars.drawn(one)
        assert root.find("{http://www.w3.org/2000/svg}title").text == one.caption
        assert root.find("{http://www.w3.org/2000/svg}desc").text == one.said
        for rect in root.iter("{http://www.w3.org/2000/svg}rect"):
            x, y, w, h = (float(rect.get(n)) for n in ("x", "y", "width", "height"))
            assert 0 <= x <= x + w <= width + 0.2
            assert 0 <= y <= y + h <= height
        if one.form == "rows":
            assert set(one.names) <= set(texts)
            assert texts.count("未报告") == len(one.silent)


@pytest.mark.parametrize("weeks", [2, 13, 26, 60])
def test_many_weeks_and_large_numbers_stay_in_the_frame(weeks):
    """On paper and on the page: half a year, and numbers of six digits."""
    rows = {str(n): [f"第{n}周", "某日", 123456, n, 0, 0] for n in range(1, weeks + 1)}
    one = charts.flows(table("weeks", "", charts.WEEKS, rows))
    assert one is not None
    png = Typesetter(PICTURE, open_fonts()).png(as_told(one), 60)
    grey = np.asarray(Image.open(io.BytesIO(png)).convert("L"))

    assert grey.shape[1] == pytest.approx(154 / 25.4 * 60, abs=2)
    assert (grey[:, :2] > 200).all()
    assert (grey[:, -2:] > 200).all()
    assert bars.drawn(one).count("<rect") >= 2 * weeks


def test_nothing_is_drawn_of_nothing():
    """A single week, and units without issues."""
    rows = {"1": ["第1周", "某日", 3, 1, 0, 0]}
    assert charts.flows(table("weeks", "", charts.WEEKS, rows)) is None
    view = view_of("story")
    empty = next(one for one in reports_of(view) if one.kind == "weekly" and one.number == 1)
    assert not [one for one in empty.blocks if isinstance(one, Chart)]


def test_charts_of_papers_are_not_cut():
    """No text of a page with a chart leaves the paper."""
    press = Press(view_of("city"), open_fonts(), Store())
    report, _ = charts_of("city")[-1]
    document = pypdfium2.PdfDocument(press.set(sheets(report)).content)
    for n in range(len(document)):
        words = document[n].get_textpage()
        width, _ = document[n].get_size()
        for place in range(words.count_chars()):
            left, _, right, _ = words.get_charbox(place)
            assert 0 <= left <= right <= width
