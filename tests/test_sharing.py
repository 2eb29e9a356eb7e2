"""Pictures for sharing are drawn once, wherever that is, and taken from what is kept."""

from datetime import date

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication import sharing
from pipeline.publication.desk import Desk
from pipeline.store import Store


@pytest.fixture(scope="module")
def desk():
    """Return the desk of the story's view."""
    view = disclosure.view(load(EXAMPLE).snapshot, date(2022, 9, 16), "0" * 64)
    return Desk(view, PROJECT / "site" / "templates")


@pytest.fixture(scope="module")
def drawn(desk):
    """Return the pictures, kept nowhere."""
    return dict(sharing.pictures(desk, Store()))


def test_city_units_and_townships_have_a_picture_each(desk, drawn):
    """The address is the one that pages name."""
    towns = [town.id for told in desk.places.townships.values() for town in told]
    scopes = ["", *(unit.id for unit in desk.places.units), *towns]

    assert set(drawn) == {sharing.picture_of(scope) for scope in scopes}
    assert all(one.startswith(b"\x89PNG") for one in drawn.values())


def test_what_is_kept_is_not_drawn_again(desk, drawn, tmp_path, monkeypatch):
    """One entry for a unit and its townships; where one is damaged, only those are drawn again."""
    dict(sharing.pictures(desk, Store(tmp_path)))
    kept = sorted((tmp_path / "pictures").iterdir())
    assert len(kept) == len(desk.places.units) + 1

    asked = []
    draw = sharing.picture
    monkeypatch.setattr(sharing, "picture", lambda *told: asked.append(told) or draw(*told))
    assert dict(sharing.pictures(desk, Store(tmp_path))) == drawn
    assert asked == []

    kept[0].write_bytes(kept[0].read_bytes()[:-1])
    assert dict(sharing.pictures(desk, Store(tmp_path))) == drawn
    assert 0 < len(asked) < len(drawn)
