"""Layout at its limits: the longest texts that the schemas allow, every seat filled or none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from sheets_of_paper import SMALL, faults
from test_papers import open_fonts, text_of
from test_papers_internal import pages_of
from test_papers_pdf import inside, one_of

from pipeline.ledgers import load_schemas
from pipeline.papers.catalogue import KINDS
from pipeline.papers.typesetter import Typesetter
from pipeline.publication import poster_sizes, posters

WORDS = "南阳市水利局农村饮水工程运行管护问题回头看排查整改"
HUGE = "9,999,999,999.99"
BOARD = {"left": 10, "right": 10, "top": 4, "bottom": 4}
CARD = {"left": 3, "right": 3, "top": 2, "bottom": 2}
FORM = {"left": 20, "right": 20, "top": 10, "bottom": 10}
REPORT = {"left": 28, "right": 26, "top": 10, "bottom": 10}
PACK = {"left": 20, "right": 18, "top": 8, "bottom": 8}
VISIT = {"left": 16, "right": 16, "top": 8, "bottom": 6}

Spoiler = Callable[[Any], None]


def longest(ledger: str, field: str) -> int:
    """The most characters that a column may have."""
    found = next(f for f in load_schemas()[ledger].fields if f.name == field)
    assert found.max_length is not None
    return found.max_length


def words(count: int) -> str:
    """So many characters of running Chinese."""
    return (WORDS * (count // len(WORDS) + 1))[:count]


def spoilt(name: str, spoil: Spoiler) -> tuple[Any, bytes]:
    """A paper whose data was changed, and what is printed of it."""
    paper = one_of(name)
    told = json.loads(json.dumps(dict(paper.data)))
    spoil(told)
    if "boards" in told:
        height = told["height"] * 210 / told["width"]
        told["boards"] = [poster_sizes.board(one, height) for one in told["boards"]]
    if "cards" in told:
        told["cards"] = [poster_sizes.card(one, is_demo=True) for one in told["cards"]]
    return told, Typesetter(paper.template, open_fonts()).pdf(told)


def count(pdf: bytes) -> int:
    """How many pages a paper has."""
    return len(pypdfium2.PdfDocument(pdf))


def bare(text: str) -> str:
    """A text without blanks."""
    return re.sub(r"\s", "", text)


def person(length: int) -> dict[str, Any]:
    """Somebody with a long seat and the longest number."""
    return {"post": words(length), "name": "欧阳某某", "phone": "0377-10000001-8888", "due": False}


def villages(length: int) -> str:
    """Twelve villages, some served in part."""
    return "、".join(f"{words(length - 5)}村（部分）" for _ in range(12))


def board(told: Any, *, people: int, seat: int, name: int, village: int, fact: int) -> None:
    """One board: so many people a duty, so long a name, twelve villages, huge numbers."""
    one = told["boards"][0]
    one["name"], one["unit"] = words(name), words(min(name, 40))
    one["duties"] = [duty | {"people": [person(seat)] * people} for duty in one["duties"]]
    for place in one["facts"]:
        place["text"] = {
            "供水范围": villages(village),
            "受益": f"{HUGE}户，{HUGE}人",
            "设计规模": f"每天{HUGE}立方米",
        }.get(place["name"], words(fact))
    for rung in one["rungs"]:
        rung["who"] = words(fact) + "监督电话"
    told["boards"] = [one]


BOARDS: dict[str, dict[str, int]] = {
    "long": {"people": 4, "seat": 16, "name": 30, "village": 11, "fact": 16},
    "many": {"people": 9, "seat": 14, "name": 24, "village": 16, "fact": 18},
    "longest": {"people": 9, "seat": 40, "name": 100, "village": 24, "fact": 40},
}
LEAST = {"long": 6.0, "many": 4.4, "longest": 2.0}
"""The smallest type on a board of A4, in points; it grows with the board."""


@pytest.mark.parametrize("size", posters.SIZES)
@pytest.mark.parametrize("case", BOARDS)
def test_a_board_holds_what_is_long(size, case):
    """One page, nothing outside, covered or cut off; every word is there; type does not vanish."""
    told, pdf = spoilt(f"board-{size}", lambda told: board(told, **BOARDS[case]))
    scale = posters.SIZES[size][0] / posters.SIZES["a4"][0]
    margins = {side: room * scale for side, room in BOARD.items()}

    assert count(pdf) == 1
    assert faults(pdf, margins, smallest=LEAST[case] * scale) == []
    printed = text_of(pdf)
    one = told["boards"][0]
    assert printed.count("0377-10000001-8888") == 3 * BOARDS[case]["people"]
    assert printed.count(bare(one["duties"][0]["people"][0]["post"])) >= 3 * BOARDS[case]["people"]
    assert all(bare(fact["text"]) in printed for fact in one["facts"])
    assert all(bare(rung["number"]) in printed for rung in one["rungs"])


@pytest.mark.parametrize("size", posters.SIZES)
def test_a_board_of_nobody_says_so_everywhere(size):
    """Three duties without people, no number known: 待公布, and the page is as full as another."""

    def empty(told: Any) -> None:
        one = told["boards"][0]
        nobody = {"post": "", "name": posters.MISSING, "phone": "", "due": False}
        one["duties"] = [duty | {"people": [nobody]} for duty in one["duties"]]
        for rung in one["rungs"]:
            rung["number"] = posters.MISSING
        told["boards"] = [one]

    told, pdf = spoilt(f"board-{size}", empty)
    scale = posters.SIZES[size][0] / posters.SIZES["a4"][0]

    assert count(pdf) == 1
    assert faults(pdf, {side: room * scale for side, room in BOARD.items()}) == []
    assert text_of(pdf).count(posters.MISSING) == 3 + len(told["boards"][0]["rungs"])


def test_a_person_without_a_number_is_said_to_have_none_yet():
    """A name without a number is not left without a word."""

    def mute(told: Any) -> None:
        one = told["boards"][0]
        silent = {"post": "某镇镇长", "name": "某某", "phone": "", "due": True}
        one["duties"] = [duty | {"people": [silent]} for duty in one["duties"]]
        told["boards"] = [one]

    assert text_of(spoilt("board-a4", mute)[1]).count("电话待公布") == 3


CARDS: dict[str, tuple[int, int, int]] = {
    "long": (13, 2, 18), "many": (16, 6, 18), "longest": (60, 12, 40),
}  # fmt: skip


@pytest.mark.parametrize("case", CARDS)
def test_a_card_stays_a_card(case):
    """Four to a sheet: a long village, several works, two keepers, all numbers of the ladder."""
    name, works, length = CARDS[case]

    def stretch(told: Any) -> None:
        one = told["cards"][0]
        one["village"], one["town"] = words(name), words(min(name, 30))
        one["works"] = "、".join(words(length) for _ in range(works))
        one["water"] = "不达标（2022年12月31日取样，" + words(length) + "超标）"
        one["price"] = "、".join(f"每立方米{n}.55元" for n in range(works))
        one["duties"] = [{"name": "运行管理责任", "people": [person(length)] * 3}]
        for rung in one["rungs"]:
            rung["who"] = words(length)
        told["cards"] = [one]

    told, pdf = spoilt("card", stretch)
    printed = text_of(pdf)

    assert count(pdf) == 1
    assert faults(pdf, CARD, smallest=2.0 if case == "longest" else SMALL) == []
    one = told["cards"][0]
    assert all(printed.count(bare(one[key])) >= 4 for key in ("village", "works", "price"))
    assert all(printed.count(bare(rung["number"])) >= 4 for rung in one["rungs"])


def test_a_card_without_anybody_says_who_is_to_be_named():
    """No keeper, no price, no number."""

    def empty(told: Any) -> None:
        one = told["cards"][0]
        nobody = {"post": "", "name": posters.MISSING, "phone": "", "due": False}
        one["duties"] = [{"name": "运行管理责任", "people": [nobody]}]
        one["price"] = posters.MISSING
        told["cards"] = [one]

    printed = text_of(spoilt("card", empty)[1])
    assert printed.count(f"谁管水{posters.MISSING}") == 4


LENGTHS = {
    "form-2-2": {
        "title": longest("issues", "problem"), "measures": longest("issues", "measures"),
        "org": longest("issues", "resp_org"), "person": longest("issues", "resp_person"),
        "remark": longest("issues", "remark"),
    },
    "form-1": {
        "title": longest("issues", "problem"), "town": 30, "village": 40,
        "works": longest("works", "name"),
    },
}  # fmt: skip


SHEETS = {
    ("form-2-2", 1): 11, ("form-2-2", 12): 18, ("form-2-2", 200): 61,
    ("form-1", 1): 2, ("form-1", 12): 3, ("form-1", 200): 15,
}  # fmt: skip
"""Pages by kind and rows; looked at as pictures."""


@pytest.mark.parametrize("name", LENGTHS)
@pytest.mark.parametrize(("rows", "share"), [(1, 1.0), (12, 0.2), (200, 0.03)])
def test_a_form_breaks_its_rows_and_repeats_its_head(name, rows, share):
    """A problem of 1,000 characters, or 200 rows: nothing is lost, every page has its head."""
    kind = KINDS[name]
    form = kind.make(inside(), next(iter(kind.keys(inside()))))
    keys = [column.key for column in form.table.columns]

    def stretch(told: Any) -> None:
        cells = list(told["table"]["lines"][0]["cells"])
        for key, length in LENGTHS[name].items():
            cells[keys.index(key)] = words(max(int(length * share), 4))
        if "phone" in keys:
            cells[keys.index("phone")] = "9" * longest("issues", "resp_phone")
        cells[keys.index("no")] = "99,999"
        told["table"]["lines"] = [{"cells": cells, "total": False}] * rows

    told, pdf = spoilt(name, stretch)
    pages = pages_of(pdf)
    heads = [bare(column["title"]) for column in told["table"]["columns"]]

    assert faults(pdf, FORM) == []
    assert count(pdf) == SHEETS[name, rows]
    for page in pages:
        assert all(head in bare(page) for head in heads) or "填报人" in page
    assert "填报人：" in bare(pages[-1])
    assert bare("".join(pages)).count("99,999") == rows


def stretched_tables(told: Any) -> None:
    """Every word cell of every table as long as a name may be, every number huge."""
    tables = [block for block in told["blocks"] if block["kind"] == "table"]
    tables += [one["table"] for one in told["attachments"]]
    for table in tables:
        for line in table["lines"]:
            line["cells"] = [
                words(100) if column["form"] == "text" and column["width"] > 10 else cell
                for column, cell in zip(table["columns"], line["cells"], strict=True)
            ]


@pytest.mark.parametrize("name", ["score-sheet", "notice", "group-pack", "summary", "circular"])
def test_a_report_with_long_words_keeps_to_its_page(name):
    """Names of 100 characters in every cell of words: rows grow, nothing leaves the page."""
    _, pdf = spoilt(name, stretched_tables)

    assert faults(pdf, PACK if name == "group-pack" else REPORT) == []


@pytest.mark.parametrize("name", ["score-sheet", "notice", "group-pack", "weekly"])
def test_a_report_with_extreme_numbers_keeps_to_its_page(name):
    """Seven digits in every figure, and a unit with a long name."""

    def stretch(told: Any) -> None:
        tables = [block for block in told["blocks"] if block["kind"] == "table"]
        for table in tables:
            for line in table["lines"]:
                line["cells"] = [
                    cell if column["form"] == "text" else "1,234,567"
                    for column, cell in zip(table["columns"], line["cells"], strict=True)
                ]

    _, pdf = spoilt(name, stretch)
    assert faults(pdf, PACK if name == "group-pack" else REPORT) == []


def test_a_problem_as_long_as_it_may_be_is_broken_over_pages_in_a_notice():
    """1,000 characters in one cell: all of them are printed."""
    text = words(longest("issues", "problem"))

    def stretch(told: Any) -> None:
        table = next(b for b in told["blocks"] if b["kind"] == "table" and len(b["columns"]) > 3)
        line = table["lines"][0]
        place = next(n for n, c in enumerate(table["columns"]) if c["form"] == "text" and n > 0)
        line["cells"][place] = text

    _, pdf = spoilt("notice", stretch)
    assert faults(pdf, REPORT) == []
    assert text_of(pdf).count("阳") >= text.count("阳")


@pytest.mark.parametrize("name", ["spot-check-works", "spot-check-households", "call-list-phones"])
def test_a_form_of_a_draw_with_long_names_keeps_to_its_page(name):
    """A works of 100 characters with twelve villages and a problem of 1,000 in the ledger."""

    def stretch(told: Any) -> None:
        stop = told["stops"][0]
        stop["name"] = words(longest("works", "name"))
        stop["facts"].append({"name": "供哪些村", "text": villages(20)})
        if name != "call-list-phones":
            stop["facts"].append({"name": "台账里的问题", "text": words(1000)})
        told["stops"] = [stop]

    _, pdf = spoilt(name, stretch)
    assert faults(pdf, VISIT) == []
    assert count(pdf) <= 4
