"""The pack of a supervision group: everything of its units, nothing of others, nothing made up."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2
import pytest
from story import EXAMPLE, qingyuan
from test_papers import open_fonts
from test_papers_pdf import inside, objects
from test_reports import DATES, DAY, NUMBERS, known_ids, snapshot_of

from pipeline import disclosure
from pipeline.papers.catalogue import KINDS
from pipeline.papers.rendering import sheets
from pipeline.papers.typesetter import Typesetter
from pipeline.reports import group_pack, pack_findings, pack_people
from pipeline.reports.paper import Heading, Report

VIEWS = ("story", "city")


@cache
def office(place: str) -> disclosure.View:
    """What the office may see of the story or the city."""
    if place == "story":
        return inside()
    return disclosure.view(snapshot_of(place), DAY, "0" * 64, "internal")


@cache
def packs_of(place: str) -> dict[str, Report]:
    """The pack of every group."""
    kind = KINDS[group_pack.KIND]
    return {key: kind.make(office(place), key) for key in kind.keys(office(place))}


def lines_of(report: Report, stem: str) -> dict[str, tuple[str, ...]]:
    """The lines of all tables of a report whose id begins so, by key."""
    return {
        line.key: line.cells
        for one in report.tables
        if one.id.startswith(f"{stem}-")
        for line in one.lines
    }


@pytest.mark.parametrize("place", VIEWS)
def test_every_unit_is_in_the_pack_of_its_group_and_in_no_other(place):
    """The parts of a pack are the units of the group, in the order of the roll."""
    view, seen = office(place), []
    for key, pack in packs_of(place).items():
        parts = [b.text for b in pack.blocks if isinstance(b, Heading) and b.level == 1]
        units = sorted((u for u in view.units if str(u.group_no) == key), key=lambda u: u.sort_no)
        assert parts == [unit.name for unit in units]
        seen += parts
    assert sorted(seen) == sorted(u.name for u in view.units if u.group_no is not None)


@pytest.mark.parametrize("place", VIEWS)
def test_every_open_issue_is_listed_once_and_every_overdue_one_too(place):
    """Nothing is left out of a pack, and nothing that is done is in it."""
    view = office(place)
    states = {i.id: view.states[i.id] for i in view.issues if i.id in known_ids(view)}
    listed = Counter(k for pack in packs_of(place).values() for k in lines_of(pack, "open"))
    overdue = Counter(k for pack in packs_of(place).values() for k in lines_of(pack, "overdue"))

    assert listed == Counter(key for key, one in states.items() if one.is_open)
    assert overdue == Counter(key for key, one in states.items() if one.is_overdue)


@pytest.mark.parametrize("place", VIEWS)
def test_every_number_in_prose_is_a_cell_of_the_packs_own_tables(place):
    """As of every report."""
    for pack in packs_of(place).values():
        tables = {one.id: one for one in pack.tables}
        assert len(tables) == len(pack.tables)
        for sentence in pack.sentences:
            for figure in sentence.figures:
                assert figure.text == tables[figure.table].figure(figure.row, figure.column).text
            told = Counter(n for figure in sentence.figures for n in NUMBERS.findall(figure.text))
            assert Counter(NUMBERS.findall(DATES.sub("", sentence.text))) == told, sentence.text


@pytest.mark.parametrize("place", VIEWS)
def test_only_published_numbers_are_in_a_pack(place):
    """Neither the numbers of the official form nor lines that are not public."""
    view = office(place)
    public = {row.number for row in view.phones if row.is_public}
    hidden = {row.number for row in view.phones} | {i.resp_phone for i in view.issues}
    told = "\n".join(
        cell
        for pack in packs_of(place).values()
        for one in pack.tables
        for line in one.lines
        for cell in line.cells
    )
    assert any(number in told for number in public)
    assert not [number for number in hidden - public if number and number in told]


def test_what_the_group_found_is_told_with_where_it_stands():
    """Each standing finding of the group's own visits; what is in no ledger of issues says so."""
    view = office("city")
    visits = {v.id: v for v in view.inspections if v.withdrawn_on is None}
    entered = {f: issue.id for issue in view.issues for f in issue.finding_ids}
    seen = 0
    for key, pack in packs_of("city").items():
        told = lines_of(pack, "findings")
        due = {
            f.id
            for f in view.findings
            if f.withdrawn_on is None
            and f.visit_id in visits
            and str(visits[f.visit_id].group_no) == key
            and str(view.index("units")[visits[f.visit_id].unit_id].group_no) == key
        }
        assert set(told) == due
        for finding, cells in told.items():
            state = view.states[entered[finding]].state if finding in entered else None
            assert cells[3].startswith(state or pack_findings.NOWHERE)
            visit = visits[view.index("findings")[finding].visit_id]
            assert ("还没有反馈" in cells[3]) == (visit.feedback_on is None)
            seen += 1
    assert seen > 20


def test_who_is_missing_is_to_be_named_and_never_a_blank():
    """Without people and numbers every seat and line of county and townships says so."""
    view = office("story")
    bare = replace(
        view, tables={**view.tables, "responsibilities": (), "phones": (), "supervision": ()}
    )
    pack = group_pack.group_pack(bare, "7")
    tables = {one.id: one for one in pack.tables}

    assert tables["members"].lines[0].cells[1] == pack_people.MISSING
    for unit in ("nanzhao", "yahe"):
        assert all(pack_people.MISSING in line.cells for line in tables[f"people-{unit}"].lines)
        for line in tables[f"town-people-{unit}"].lines:
            assert line.cells[1:] == (pack_people.MISSING,) * 4


def test_a_silent_unit_is_not_one_without_issues():
    """Who has not reported its ledger has dashes, not noughts, and the words say so."""
    view = office("city")
    quiet = {u.id for u in view.units if view.reporting[u.id]["issues"] == "未报告"}
    assert quiet
    for unit in quiet:
        pack = packs_of("city")[str(view.index("units")[unit].group_no)]
        stands = next(one for one in pack.tables if one.id == "stands")
        line = next(line for line in stands.lines if line.key == unit)
        assert set(line.cells[1:]) == {"—"}
        assert "没有报整改台账" in "".join(one.text for one in pack.sentences)


def test_the_contents_name_the_page_on_which_each_part_begins():
    """Read from the paper: the line of the contents, and the first page of the part."""
    pack = packs_of("city")["12"]
    paper = sheets(pack)
    pdf = Typesetter(paper.template, open_fonts()).pdf(paper.data)
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    parts = [b.text for b in pack.blocks if isinstance(b, Heading) and b.level == 1]
    numerals = "一二三四五"
    for number, name in enumerate(parts):
        title = f"{numerals[number]}、{name}"
        told = re.search(rf"{title}[\s.]*?([0-9]+)\r?\n", pages[0])
        assert told
        page = re.sub(r"\s", "", pages[int(told[1]) - 1])
        assert title in page[:80]
    outline = objects(pdf).open_outline()
    assert isinstance(outline, pikepdf.Outline)


def test_the_verb_prints_one_group_or_that_of_a_unit(tmp_path):
    """By number, by unit; a group without units is said so."""
    one = qingyuan("print", "group-pack", "--group", "7", "--data", EXAMPLE, "-o", tmp_path / "a")
    of_unit = qingyuan("print", "group-pack", "--unit", "鸭河", "--data", EXAMPLE, "-o", tmp_path)
    none = qingyuan("print", "group-pack", "--group", "12", "--data", EXAMPLE, "-o", tmp_path)

    assert one.returncode == of_unit.returncode == 0, one.stderr + of_unit.stderr
    assert [p.name for p in (tmp_path / "a").iterdir()] == [f"group-pack-07-{DAY}.pdf"]
    assert (tmp_path / f"group-pack-07-{DAY}.pdf").is_file()
    assert none.returncode == 2
    assert "第12组没有分包的单位；可用：1、7" in none.stderr
