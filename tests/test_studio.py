"""What is drawn and set beside the pages comes out the same wherever it is made."""

from datetime import date
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT, Folder

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication import studio
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import DRAWINGS, PAPERS
from pipeline.store import Store


@pytest.fixture(scope="module")
def view():
    """Return the story's view."""
    return disclosure.view(load(EXAMPLE).snapshot, date(2022, 9, 16), "0" * 64)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Return where papers are kept, so that they are set once."""
    return Store(tmp_path_factory.mktemp("kept"))


def made(view, root: Path, store: Store) -> tuple[studio.Made, dict[str, bytes]]:
    """Return what is laid on the desk, and the files."""
    desk = Desk(view, PROJECT / "site" / "templates")
    wait = studio.begin(desk, Folder(root), store)
    desk.expect(DRAWINGS, studio.PROGRESS, PAPERS, studio.REPORTS)
    told = wait()
    files = {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*.*")}
    return told, files


def test_beside_and_here_the_same_comes_out(view, tmp_path, store, monkeypatch):
    """Also where papers must be set in this process, because Typst's threads run in it already."""
    beside, files = made(view, tmp_path / "beside", store)
    monkeypatch.setattr(studio, "may_fork", lambda: False)
    here, same = made(view, tmp_path / "here", store)

    assert files == same
    assert {path.partition("/")[0] for path in files} == {"cards", "r"}
    assert beside == here
    assert set(here.sheets) == set(here.reports)
    assert "progress/" in here.drawings[0]


def test_pages_are_given_the_counts_that_the_charts_show(view, tmp_path, store):
    """Of the city and of every unit; nobody counts them once more."""
    told, _ = made(view, tmp_path, store)
    desk = Desk(view, PROJECT / "site" / "templates")

    assert told.progress == dict(desk.issues.progress)
    assert set(told.progress) == {"", *(unit.id for unit in desk.places.units)}
