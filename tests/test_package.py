"""The computed data package: Frictionless reads it whole, and comes to the verdict of our gates."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from frictionless import validate

from pipeline.checks import run
from pipeline.ledgers import load
from pipeline.ledgers.package import write_package
from tests.shards_of import SCHEMAS, line_of


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the example campaign that may be spoilt."""
    shutil.copytree(Path(__file__).parent / "example", tmp_path / "data")
    return tmp_path / "data"


def plant(data: Path, field: str, value: str) -> None:
    """Write a value into the first row of the issues of one unit."""
    path = data / "units" / "nanzhao" / "issues.csv"
    header, first, *rest = csv.reader(path.read_text(encoding="utf-8").splitlines())
    first[header.index(field)] = value
    path.write_text("".join(line_of(row) for row in (header, first, *rest)), encoding="utf-8")


def verdicts(data: Path) -> tuple[bool, bool]:
    """Return what our gates and what Frictionless say of a data folder."""
    package = data.parent / "build" / "datapackage.json"
    write_package(load(data, SCHEMAS).raw, SCHEMAS, data, package)
    ours = run(data, today=lambda: date(2022, 9, 16)).ok
    return ours, validate(str(package)).valid


def test_the_story_is_valid_both_ways(data: Path) -> None:
    assert verdicts(data) == (True, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("handling", "马上"),
        ("problem", ""),
        ("due_on", "8月20日前"),
        ("seq_no", "三"),
        ("works_id", "nanzhao-w9999"),
        ("village_code", "4.11321E+11"),
    ],
)
def test_a_fault_that_both_know_is_refused_by_both(data: Path, field: str, value: str) -> None:
    plant(data, field, value)

    assert verdicts(data) == (False, False)


@pytest.mark.parametrize(("field", "value"), [("seq_no", "１２"), ("resp_person", "同上")])
def test_ours_is_the_stricter_of_the_two(data: Path, field: str, value: str) -> None:
    plant(data, field, value)

    assert verdicts(data) == (False, True)


def test_what_is_published_is_a_valid_package_with_true_checksums(example_site: Path) -> None:
    """Anybody can check the open data with a tool that is not ours."""
    report = validate(str(example_site / "data" / "datapackage.json"))

    assert report.flatten(["name", "type", "note"]) == []
    assert report.valid
