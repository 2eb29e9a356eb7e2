"""A page kind is one registration: declared twice, unknown or without a frame it is an error."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import Kinds, page, pages
from pipeline.publication.page import Content
from pipeline.publication.pages import KINDS
from pipeline.publication.shells import Shell
from pipeline.publication.shelves import Shelf


@cache
def desk() -> Desk:
    view = disclosure.view(load(EXAMPLE).snapshot, date(2022, 9, 16), "0" * 64)
    return Desk(view, PROJECT / "site" / "templates")


def nothing(_desk: Desk, _key: str = "") -> Content:
    return Content("", "", (), "")


ONE = page("one")(nothing)


def test_two_kinds_of_one_name_are_refused():
    """The later never takes the place of the earlier in silence."""
    with pytest.raises(ValueError, match="one is declared twice"):
        Kinds([ONE, page("one", at="other.html")(nothing)])


def test_two_kinds_at_one_address_are_refused():
    """Nor does its page."""
    with pytest.raises(ValueError, match=r"both stand at one\.html"):
        Kinds([ONE, page("two", at="one.html")(nothing)])


def test_an_unknown_kind_is_an_error():
    """It never becomes some other page."""
    with pytest.raises(KeyError):
        KINDS["no such kind"]
    with pytest.raises(KeyError):
        KINDS.at("nowhere/x.html")


def test_a_kind_needs_its_frame_and_a_frame_its_kind():
    """Both are seen before anything is written."""
    frames = {"one": Shell("one", "one.html", ("", ""), ("body",))}
    Kinds([ONE]).require(frames)

    with pytest.raises(ValueError, match="no frame in site/pages for two"):
        Kinds([ONE, page("two")(nothing)]).require(frames)
    with pytest.raises(ValueError, match="no page goes into the frames two"):
        Kinds([ONE]).require({**frames, "two": Shell("two", "two.html", ("", ""), ("body",))})


def test_every_page_has_an_address_of_its_own_that_leads_back_to_its_kind():
    """Unit and its works, sheet and its rows: who sees the address knows the kind."""
    addresses = {}
    for task in KINDS.tasks(desk()):
        path = KINDS[task.kind].path(task.key)
        assert addresses.setdefault(path, task) == task
        assert KINDS.at(path).name == task.kind, path


def test_a_further_edition_keeps_its_pages_in_its_folder():
    """Of the kinds that are made again for it."""
    shelf = Shelf("2023")

    assert KINDS["sheet"].path("nanzhao", shelf) == "2023/s-nanzhao.html" == shelf.sheet("nanzhao")
    assert KINDS["rows"].path("nanzhao 五.4①", shelf) == shelf.rows("nanzhao", "五.4①")
    assert KINDS["clause"].path("五.4①", shelf) == shelf.clause("五.4①")
    assert KINDS["scores"].path("", shelf) == shelf.ranking
    assert KINDS["readings"].path("", shelf) == shelf.readings


def test_a_page_belongs_to_the_unit_of_its_row():
    """Unless its registration says otherwise."""
    works = desk().view.works[0]

    assert KINDS["works"].page(desk(), works.id).scope == works.unit_id
    assert KINDS["group"].page(desk(), str(desk().places.groups[0])).scope.startswith("g")
    assert KINDS["index"].page(desk(), "").scope == ""
    assert f"{works.file} 第{works.line}行" in KINDS["works"].named(desk(), works.id)


def test_a_kind_with_a_page_for_each_key():
    """Two words of a key may stand apart in the address."""
    kind = pages("pair", at="p/{}-{}.html", keys=lambda _: ["a b"], spell=str.upper)(nothing)

    assert [kind.path(key) for key in kind.keys(desk())] == ["p/A-B.html"]
    assert replace(kind, name="other").holds("p/x-y.html")
    assert not kind.holds("q/x-y.html")
