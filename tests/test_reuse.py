"""A rebuild takes over what has not changed and is, byte for byte, a build from nothing."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from datetime import date

import pytest
from story import EXAMPLE, site_of

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.ledgers.fingerprints import parts_of
from pipeline.ledgers.schemas import PROJECT
from pipeline.publication.reuse import keys


def files(public) -> dict[str, bytes]:
    """Return every file by address."""
    root = public.resolve()
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def edit(path, **changes) -> None:
    """Change cells of the first row of a ledger."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= changes
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def text(path, old: str, new: str) -> None:
    """Change the first place of a text in a file."""
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8", newline="\n")


CHANGES = {
    "an issue of one county": lambda d: edit(
        d / "units/nanzhao/issues.csv", problem="换了一种说法的问题"
    ),
    "a works of one county": lambda d: edit(d / "units/nanzhao/works.csv", name="云阳镇新供水站"),
    "an event that the city saw": lambda d: edit(
        d / "city/checks/nanzhao/issue_events.csv", reason="又说了一句"
    ),
    "an assignment of the city": lambda d: edit(
        d / "city/assignments.csv", subject="换了说法的任务"
    ),
    "the campaign": lambda d: text(d / "campaign.yml", "（演示）", "（示范）"),
    "a day later": lambda d: text(
        d / "campaign.yml", "as_of_on: 2022-09-16", "as_of_on: 2022-09-17"
    ),
}


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """The story built once: its data and its build folder, to be copied."""
    root = tmp_path_factory.mktemp("start")
    shutil.copytree(EXAMPLE, root / "data")
    site_of(root / "data", root / "out")
    return root


@pytest.mark.parametrize("what", CHANGES)
def test_a_rebuild_is_what_a_build_from_nothing_makes(start, tmp_path, what):
    """Whatever changed: a county, the city, the campaign, the day."""
    shutil.copytree(start / "data", tmp_path / "data")
    shutil.copytree(start / "out", tmp_path / "out", symlinks=True)
    CHANGES[what](tmp_path / "data")

    warm = files(site_of(tmp_path / "data", tmp_path / "out"))
    cold = files(site_of(tmp_path / "data", tmp_path / "cold"))

    assert warm.keys() == cold.keys()
    assert [name for name in warm if warm[name] != cold[name]] == []


def test_only_the_changed_county_is_made_again(start, tmp_path):
    """Pages of the others are the very files of the release before."""
    shutil.copytree(start / "data", tmp_path / "data")
    before = site_of(tmp_path / "data", tmp_path / "out").resolve()
    edit(tmp_path / "data/units/nanzhao/issues.csv", problem="换了一种说法的问题")
    after = site_of(tmp_path / "data", tmp_path / "out").resolve()
    told = [json.loads((p / "manifest.json").read_text("utf-8"))["keys"] for p in (before, after)]

    changed = {name for name in told[0] if told[0][name] != told[1][name]}
    assert "unit/nanzhao" in changed
    assert "unit/wolong" not in changed
    assert "ledger/issues" in changed
    assert "ledger/issue_events" in changed  # what it shows may depend on the issue
    assert "ledger/phones" not in changed


def test_a_page_that_somebody_changed_is_not_taken_over(start, tmp_path):
    """The release before is only trusted as far as its manifest says what it holds."""
    shutil.copytree(start / "data", tmp_path / "data")
    public = site_of(tmp_path / "data", tmp_path / "out")
    page = next((public / "v").glob("*.html"))
    name = f"v/{page.name}"
    whole = page.read_bytes()
    page.unlink()
    page.write_bytes(whole + b"<!-- changed -->")
    edit(tmp_path / "data/units/yahe/phones.csv", service_hours="全天")

    again = site_of(tmp_path / "data", tmp_path / "out")
    cold = site_of(tmp_path / "data", tmp_path / "cold")

    assert files(again)[name] == files(cold)[name]
    assert b"changed" not in files(again)[name]


@pytest.mark.parametrize("lost", ["data/phones-demo.json", "data/phones-demo.csv", "v/*.html"])
def test_a_file_that_somebody_deleted_is_made_again(start, tmp_path, lost):
    """And nothing is written through a link into the release that still stands."""
    shutil.copytree(start / "data", tmp_path / "data")
    public = site_of(tmp_path / "data", tmp_path / "out").resolve()
    next(public.glob(lost)).unlink()
    stood = files(public)
    edit(tmp_path / "data/units/nanzhao/issues.csv", problem="换了一种说法的问题")

    warm = files(site_of(tmp_path / "data", tmp_path / "out"))
    cold = files(site_of(tmp_path / "data", tmp_path / "cold"))

    assert sorted(name for name in cold if warm.get(name) != cold[name]) == []
    assert files(public) == stood


def test_units_whose_rows_lead_to_one_another_stand_or_fall_together():
    """An issue at a works of another unit: a change of either makes both again."""
    loaded = load(EXAMPLE)
    parts = parts_of(loaded.raw, EXAMPLE / "campaign.yml", loaded.schemas)
    view = disclosure.view(loaded.snapshot, date(2022, 9, 16), "x", parts=parts)
    foreign = next(w for w in view.works if w.unit_id == "yahe")
    issues = tuple(
        row._replace(works_id=foreign.id) if row.unit_id == "nanzhao" else row
        for row in view.issues
    )
    crossed = replace(view, tables={**view.tables, "issues": issues})
    apart, together = keys(view, PROJECT), keys(crossed, PROJECT)

    assert apart["unit/nanzhao"] != apart["unit/yahe"]
    assert together["unit/nanzhao"] == together["unit/yahe"]
    assert together["unit/wolong"] == apart["unit/wolong"]
