"""Nobody needs to trust a point: all of them follow from the public files, by plain SQL."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.disclosure import View
from pipeline.ledgers import Snapshot, load
from pipeline.publication import downloads
from tests import second_opinion

CITY = PROJECT / "data"


def downloads_of(view: View, folder: Path) -> Path:
    """Write what a site offers for download of each table, and the package that describes it."""
    sizes = {}
    for ledger in downloads.published(view):
        address, content = next(downloads.files(view, ledger, folder))
        (folder / Path(address).name).write_bytes(content)
        sizes[address] = downloads.digest(content)
    (folder / "datapackage.json").write_bytes(downloads.package(view, sizes))
    return folder


def disagreements(view: View, folder: Path) -> list[tuple]:
    """Return every clause whose published points do not follow from the public files."""
    theirs = second_opinion.published(folder)
    assert set(theirs) == set(view.assessment.sheets)
    return [
        (unit, line.clause, line.points, line.status, line.because, theirs[unit][line.clause])
        for unit, sheet in view.assessment.sheets.items()
        for line in sheet.lines
        if (line.points, line.status) != theirs[unit][line.clause]
    ]


@pytest.mark.parametrize("day", ["2022-08-25", "2022-09-16"])
def test_all_points_of_the_city_follow_from_its_public_files(tmp_path, day):
    """17 units, 23 clauses: 391 points, at the end of the screening and on the data date."""
    view = disclosure.view(load(CITY).snapshot, date.fromisoformat(day), "0" * 64)

    assert disagreements(view, downloads_of(view, tmp_path)) == []


def test_the_points_on_a_site_follow_from_its_downloads(example_site):
    """The files as they lie in the folder of the story's site, the scores as they are offered."""
    folder = example_site / "data"
    found = {
        (unit, clause): points
        for unit, clauses in second_opinion.published(folder).items()
        for clause, (points, _) in clauses.items()
    }

    with (folder / "scores-demo.csv").open(encoding="utf-8", newline="") as stream:
        offered = {
            (row["单位"], row["条款"]): Decimal(row["得分"]) if row["得分"] else None
            for row in csv.DictReader(stream)
        }
    assert found == offered


def closed(snapshot: Snapshot, every: int) -> Snapshot:
    """Close some rows of each ledger that may keep rows to itself."""
    tables = dict(snapshot.tables)
    for name, rows in snapshot.tables.items():
        if rows and snapshot.schemas[name].row_gate == "is_public":
            tables[name] = tuple(
                row if number % every else row._replace(is_public=False)
                for number, row in enumerate(rows)
            )
    return replace(snapshot, tables=MappingProxyType(tables))


@pytest.mark.parametrize(("data", "every"), [(EXAMPLE, 2), (EXAMPLE, 3), (CITY, 2)])
def test_closed_rows_hide_no_point(tmp_path, data, every):
    """Papers, acts, numbers, incidents and assignments that are not public count in sums."""
    view = disclosure.view(closed(load(data).snapshot, every), date(2022, 9, 16), "0" * 64)

    assert view["withheld_sums"]
    assert disagreements(view, downloads_of(view, tmp_path)) == []


@pytest.mark.parametrize("seed", range(12))
def test_closed_exposures_of_a_problem_hide_no_point(tmp_path, seed):
    """One problem may be told by open and closed rows: where it is charged can be recomputed."""
    snapshot, dice = load(EXAMPLE).snapshot, random.Random(seed)
    like, known = snapshot["incidents"][0], range(seed % 2 * 5)  # what names a problem, or nothing
    incidents = tuple(
        like._replace(
            incident_id=f"city-b{number:04}",
            problem_no=f"city-b{dice.randrange(3):04}",
            unit_id="nanzhao",
            kind=dice.choice(("媒体披露",) * 4 + ("行风热线反映", "市通报", "水污染事件")),
            is_severe=dice.random() < 0.3,
            is_public=number in known or dice.random() < 0.3,
            occurred_on=date(2022, 8, 1),
        )
        for number in range(dice.randrange(2, 15))
    )
    tables = MappingProxyType(dict(snapshot.tables) | {"incidents": incidents})
    view = disclosure.view(replace(snapshot, tables=tables), date(2022, 9, 16), "0" * 64)

    assert disagreements(view, downloads_of(view, tmp_path)) == []
