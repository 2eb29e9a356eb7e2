"""What tables of a view hang on: nothing that was read is forgotten."""

import shutil
from dataclasses import fields
from datetime import date

import pytest
from story import EXAMPLE

from pipeline import disclosure
from pipeline.disclosure.hanging import Hanging
from pipeline.disclosure.totals import COMPUTED
from pipeline.ledgers import load
from pipeline.ledgers.fingerprints import parts_of
from pipeline.publication.contents import Contents

DAY = date(2022, 9, 16)
DERIVED = ("verdicts", "standings", "screening", "checked_on")
"""Tables derived from few of the ledgers."""


def seen(data):
    """Return the view of a data folder; None where its rows lead nowhere."""
    loaded = load(data)
    parts = parts_of(loaded.raw, data / "campaign.yml", loaded.schemas)
    try:
        return disclosure.view(loaded.snapshot, DAY, loaded.digest, parts=parts)
    except KeyError:
        return None


def told(view) -> dict[str, bytes]:
    """Return the digests of all that the view says what it hangs on."""
    contents = Contents()
    return {
        name: contents.digest(getattr(view, name) if name in DERIVED else view[name])
        for name in view.sources
    }


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """Return the sources and contents of the story, and those without the last row of each file."""
    data = tmp_path_factory.mktemp("hanging") / "data"
    shutil.copytree(EXAMPLE, data)
    before = seen(data)
    found = {}
    for path in sorted(data.rglob("*.csv")):
        text = path.read_text(encoding="utf-8")
        head, *rows = text.splitlines(keepends=True)
        if rows and '"' not in text:  # one line a row
            path.write_text("".join([head, *rows[:-1]]), encoding="utf-8")
            if (view := seen(data)) is not None:
                found[path.relative_to(data).as_posix()] = view.sources, told(view)
            path.write_text(text, encoding="utf-8")
    return (before.sources, told(before)), found


def test_what_hangs_on_the_same_is_the_same(changed):
    """A table whose sources have not changed has not changed, whichever file has."""
    (sources, contents), found = changed

    assert set(DERIVED) < set(sources)
    assert len(found) > 40
    for path, (now, then) in found.items():
        same = {name for name in now if now[name] == sources.get(name)}
        assert {name for name in same if then[name] != contents[name]} == set(), path
        assert same, path


@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_table_hangs_on_few_ledgers(changed, name):
    """What it is made from changes it; most files do not."""
    (sources, contents), found = changed
    moved = [path for path, (now, _) in found.items() if now[name] != sources[name]]

    assert any(then[name] != contents[name] for _, then in found.values())
    assert 0 < len(moved) < len(found)
    assert not any(path.endswith("/issues.csv") for path in moved)


def test_a_derived_table_is_never_taken_for_a_ledger():
    """Both are known by name alone."""
    ledgers = {*load(EXAMPLE).snapshot.schemas, *COMPUTED}

    assert ledgers.isdisjoint(field.name for field in fields(disclosure.View))


def test_what_is_read_is_noted_and_nothing_else():
    """Also that there is no ledger of a name, and what is read only after the table was made."""
    snapshot = load(EXAMPLE).snapshot
    hanging = Hanging(DAY, {f"ledger/{name}": name for name in snapshot.schemas})
    late = hanging.derived("late", snapshot, lambda rows: rows, "judgements")
    hanging.derived("looked up", snapshot, lambda rows: rows.index("works"))
    hanging.derived("all", snapshot, lambda rows: rows.of_units(["wolong"]))
    hanging.derived("unknown", snapshot, lambda rows: rows["no such ledger"])
    hanging.ledgers(["phones"])
    assert hanging.told()["late"] == f"{DAY} judgements"
    assert late["issues"] == snapshot["issues"]
    assert late.instead("works", ())["works"] == ()

    assert dict(hanging.told()) == {
        "all": f"{DAY} {' '.join(sorted(snapshot.schemas))}",
        "late": f"{DAY} issues judgements",
        "looked up": f"{DAY} units works",
        "phones": f"{DAY} phones",
    }
