"""Boards and cards: every works has one, what is missing says so, the code leads to its page."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import partial

import pypdfium2
import pytest
import zxingcpp
from story import EXAMPLE, PROJECT, qingyuan
from test_change_gate import rows_of, write
from test_papers import open_fonts, text_of
from test_reports import view_of

from pipeline.papers.press import Press
from pipeline.papers.typesetter import Typesetter
from pipeline.publication import poster_sizes, posters
from pipeline.publication.desk import Desk
from pipeline.store import Store
from pipeline.terms import IN_SUPPLY


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The desk of the story."""
    return Desk(view_of("story"), PROJECT / "site" / "templates")


def all_boards(desk: Desk, size: str = "a4") -> list:
    """The boards of every township that has works."""
    return [
        posters.boards(desk, works, town.id, name, size)
        for town, name in posters.towns(desk)
        if (works := posters.works_of(desk, town.id))
    ]


def set_(sheets) -> bytes:
    return Typesetter(sheets.template, open_fonts()).pdf(sheets.data)


def test_every_works_in_supply_has_one_board(desk):
    """No more, no fewer, each on a page of its own."""
    sheets = all_boards(desk)
    named = [one["name"] for sheet in sheets for one in sheet.data["boards"]]
    due = [works.name for works in desk.view.works if works.status in IN_SUPPLY]

    assert sorted(named) == sorted(due)
    for sheet in sheets:
        assert len(pypdfium2.PdfDocument(set_(sheet))) == len(sheet.data["boards"])


@pytest.mark.parametrize("size", posters.SIZES)
def test_a_board_has_its_size_and_all_its_words(desk, size):
    """Every size is the same board: its words, in millimetres as named."""
    sheet = all_boards(desk, size)[0]
    pdf = set_(sheet)
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    told = text_of(pdf)

    assert (width, height) == pytest.approx(
        [millimetres * 72 / 25.4 for millimetres in posters.SIZES[size]], abs=0.5
    )
    for one in sheet.data["boards"]:
        for duty in one["duties"]:
            assert duty["name"] in told
            assert all(person["name"] in told for person in duty["people"])
        assert all(rung["number"] in told for rung in one["rungs"])
        assert all(re.sub(r"\s", "", fact["text"]) in told for fact in one["facts"])


def test_the_code_on_a_board_leads_to_the_page_with_the_boards_own_code(desk):
    """Read from the page as a camera would; ?v= is what the page of the works compares."""
    sheet = all_boards(desk)[0]
    document = pypdfium2.PdfDocument(set_(sheet))
    for number, told in enumerate(sheet.data["boards"]):
        image = document[number].render(scale=3).to_numpy()
        (code,) = zxingcpp.read_barcodes(image)
        address, _, mark = code.text.partition("?v=")

        assert address == told["address"]
        assert mark == told["code"].replace("-", "")


def test_who_is_missing_is_printed_as_to_be_named(desk):
    """A duty without a person and a number that is not reported are never a blank."""
    view = view_of("story")
    bare = Desk(
        replace(view, tables={**view.tables, "responsibilities": (), "phones": ()}),
        PROJECT / "site" / "templates",
    )
    for sheet in all_boards(bare):
        for one in sheet.data["boards"]:
            for duty in one["duties"]:
                assert [person["name"] for person in duty["people"]] == [posters.MISSING]
            assert one["rungs"][0]["number"] == posters.MISSING
        assert posters.MISSING in text_of(set_(sheet))


def test_many_people_and_long_names_stay_on_the_board(desk):
    """Nine people in one duty, twelve villages, a name of forty characters: one page, no loss."""
    sheet = all_boards(desk)[0]
    one = dict(sheet.data["boards"][0])
    person = {
        "post": "某某镇人民政府分管副镇长",
        "name": "欧阳某某",
        "phone": "0300-1234567",
        "due": False,
    }
    one["name"] = "长" * 40
    one["duties"] = [duty | {"people": [person] * 9} for duty in one["duties"]]
    one["facts"] = [one["facts"][0] | {"text": "、".join(["某某村"] * 12)}, *one["facts"][1:]]
    sized = poster_sizes.board(one, 297)
    pdf = set_(replace(sheet, data={**sheet.data, "boards": [sized]}))

    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert text_of(pdf).count("0300-1234567") == 27


def test_a_card_for_every_village_four_to_a_sheet(desk):
    """Each village of a township has its sheet; its name and the keeper's number are on it."""
    for town, name in list(posters.towns(desk))[:6]:
        villages = desk.places.villages.get(town.id, [])
        if not villages:
            continue
        sheet = posters.cards(desk, villages, town.id, name)
        pdf = set_(sheet)
        assert len(pypdfium2.PdfDocument(pdf)) == len(villages)
        told = text_of(pdf)
        for one in sheet.data["cards"]:
            assert told.count(one["village"]) >= 4
            assert one["rungs"][0]["number"] in told


def test_the_verb_prints_one_works_and_says_what_it_does_not_know(tmp_path):
    """One board by its id; an id that is nobody's is said so."""
    done = qingyuan("print", "board", "--works", "nanzhao-w0001", "--data", EXAMPLE, "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["board-nanzhao-w0001-a4.pdf"]

    lost = qingyuan("print", "board", "--works", "nobody", "--data", EXAMPLE, "-o", tmp_path)
    assert lost.returncode == 2
    assert "没有“nobody”这处工程" in lost.stderr


def test_only_boards_that_changed_are_printed_again(tmp_path):
    """Since a day: a board is printed if a person or number on it changed since, and says what."""
    since = qingyuan("print", "board", "--since", "2022-07-14", "--data", EXAMPLE, "-o", tmp_path)
    assert since.returncode == 0, since.stderr
    lines = [line for line in since.stdout.splitlines() if "牌子上" in line]
    assert lines
    none = qingyuan("print", "board", "--since", "2022-09-16", "--data", EXAMPLE, "-o", tmp_path)
    assert "没有要印的" in none.stdout


def test_boards_that_say_the_same_are_not_set_again(desk, tmp_path, monkeypatch):
    """The second time they are taken from what is kept; one that changed is set anew."""
    jobs = [partial(posters.boards, desk, works, town.id, name, "a4")
            for town, name in posters.towns(desk)
            if (works := posters.works_of(desk, town.id))][:3]  # fmt: skip
    first = list(Press(desk.view, open_fonts(), Store(tmp_path)).printed(jobs))
    monkeypatch.setattr(Typesetter, "pdf", lambda *_: pytest.fail("set again"))
    again = Press(desk.view, open_fonts(), Store(tmp_path))

    assert list(again.printed(jobs)) == first
    sheet = jobs[0]()
    one = sheet.data["boards"][0] | {"name": "改了名的供水站"}
    with pytest.raises(pytest.fail.Exception):
        again.set(replace(sheet, data={**sheet.data, "boards": [one]}))


def test_printed_boards_are_linked_as_long_as_they_hold(tmp_path):
    """From works and township; what changed since is left out, and nothing leads nowhere."""
    data, out = tmp_path / "data", tmp_path / "out"
    shutil.copytree(EXAMPLE, data)
    for kind in ("board", "card"):
        done = qingyuan("print", kind, "--data", data, "-o", out / "print")
        assert done.returncode == 0, done.stderr
    built = qingyuan("build", "--data", data, "--out", out)
    assert built.returncode == 0, built.stdout + built.stderr
    site = out / "public"
    taken = {path.name for path in (site / "print").iterdir()}
    assert taken == {path.name for path in (out / "print").iterdir()}
    works = (site / "w" / "nanzhao-w0001.html").read_text(encoding="utf-8")
    name, page = re.search(r'href="\.\./print/(board-\d+-a4\.pdf)".*?第 (\d+) 页', works).groups()
    assert name in taken
    document = pypdfium2.PdfDocument((site / "print" / name).read_bytes())
    title = re.search("<h1>(.*?)</h1>", works)[1]
    assert title in document[int(page) - 1].get_textpage().get_text_bounded()
    town = name.split("-")[1]
    township = (site / "t" / f"{town}.html").read_text(encoding="utf-8")
    assert f'href="../print/{name}"' in township
    assert f'href="../print/card-{town}.pdf"' in township

    ledger = data / "units" / "nanzhao" / "works.csv"
    rows = rows_of(ledger)
    row = next(one for one in rows if one["works_id"] == "nanzhao-w0001")
    row["households"] = str(int(row["households"]) + 1)
    write(ledger, rows)
    built = qingyuan("build", "--data", data, "--out", out)
    assert built.returncode == 0, built.stdout + built.stderr
    assert name not in {path.name for path in (out / "public" / "print").iterdir()}
    works = (out / "public" / "w" / "nanzhao-w0001.html").read_text(encoding="utf-8")
    assert "print/" not in works.partition("<main")[2].partition("</main>")[0]
    assert (out / "public" / "print" / f"card-{town}.pdf").is_file()
