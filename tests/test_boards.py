"""A board's code is a digest of what is printed on it; an older board is told in words apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication.desk import Desk
from pipeline.publication.pages import KINDS
from pipeline.seats import seat

DAY = date(2022, 9, 16)
WITH_BOARDS = ("unit", "township", "village", "works")


def desk_of(snapshot, day: date) -> Desk:
    view = disclosure.view(snapshot, day, "0" * 64)
    return Desk(view, PROJECT / "site" / "templates")


@cache
def story(day: date = DAY) -> Desk:
    return desk_of(load(EXAMPLE).snapshot, day)


def boards(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """Yield address, code and body of every page that has a board."""
    for name in WITH_BOARDS:
        kind = KINDS[name]
        for key in kind.keys(desk):
            content = kind.page(desk, key).content
            yield kind.path(key), content.board, content.body


def codes(desk: Desk) -> dict[str, str]:
    return {path: code for path, code, _ in boards(desk)}


def changed(ledger: str, key: str, **cells) -> dict[str, str]:
    """Return the codes after cells of one row were changed."""
    snapshot = load(EXAMPLE).snapshot
    rows = tuple(row._replace(**cells) if row.id == key else row for row in snapshot[ledger])
    assert rows != snapshot[ledger]
    return codes(desk_of(replace(snapshot, tables={**snapshot.tables, ledger: rows}), DAY))


def parts(code: str) -> tuple[str, str, str]:
    return code[:5], code[5:10], code[10:]


def test_another_day_makes_no_board_old():
    """The day after, from the same ledgers: every code is what it was."""
    assert codes(story()) == codes(story(date(2022, 9, 17)))


@pytest.mark.parametrize("ledger", ["water_tests", "water_results", "inspections", "issue_events"])
def test_tests_visits_and_repairs_are_not_on_the_board(ledger):
    """Ledgers that grow every week do not touch any code."""
    less = load(EXAMPLE).snapshot.without(ledger)

    assert codes(desk_of(less, DAY)) == codes(story())


@pytest.mark.parametrize(
    ("ledger", "key", "cells", "part"),
    [
        ("responsibilities", "nanzhao-r00013", {"name": "魏新"}, 0),
        ("responsibilities", "nanzhao-r00013", {"post": "水管员"}, 0),
        ("works", "nanzhao-w0001", {"village_codes": ()}, 1),
        ("phones", "nanzhao-t00003", {"number": "0377-10299999"}, 2),
    ],
)
def test_each_part_of_a_board_has_its_own_mark(ledger, key, cells, part):
    """A name, a post, a village, a number: the mark of that part changes, the others stand."""
    before, after = codes(story())["w/nanzhao-w0001.html"], changed(ledger, key, **cells)

    marks = zip(parts(before), parts(after["w/nanzhao-w0001.html"]), strict=True)
    assert [n for n, (old, new) in enumerate(marks) if old != new] == [part]
    assert after["w/wolong-w0001.html"] == codes(story())["w/wolong-w0001.html"]


@pytest.mark.parametrize("day", [date(2022, 7, 15), date(2022, 8, 10), date(2022, 9, 1)])
def test_a_page_knows_every_board_that_hung_at_its_place(day):
    """Whatever was printed on a day of the campaign is now current, or its difference is told."""
    then = codes(story(day))

    for path, code, body in boards(story()):
        if path not in then:
            continue
        duties, _, numbers = parts(then[path])
        assert duties == code[:5] or f'data-duties="{duties}"' in body
        assert numbers == code[10:] or f'data-numbers="{numbers}"' in body


def test_what_differs_is_said_in_words():
    """Who stands on the old board, who holds the duty now, and since when."""
    body = {path: body for path, _, body in boards(story())}["u/yahe.html"]

    (said,) = re.findall(r'<li data-of="duties">(.*?)</li>', body)
    assert said == "牌子上的管委会主任是杜树，现在是梁才，2022年7月19日换的"


def test_an_organisation_and_a_post_are_not_glued_together():
    """Where two posts are called alike, the organisation tells them apart, said once."""
    assert seat("鸭河工区管委会", "管委会主任") == "鸭河工区管委会主任"
    assert seat("留山镇供水站", "管水员") == "留山镇供水站管水员"
    assert seat("留山镇供水站承包户", "管水员") == "留山镇供水站管水员"
    assert seat("东村村民委员会", "村委会主任") == "东村村委会主任"
