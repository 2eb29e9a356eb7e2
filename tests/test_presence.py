"""What everything rests on is there: reference tables, settings, the results behind a verdict."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from story import EXAMPLE

from pipeline import checks
from pipeline.checks import presence
from pipeline.ledgers import load_schemas

REFERENCE = [schema.name for schema in load_schemas().values() if schema.home == "R"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The story, to be spoiled."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    return tmp_path / "data"


def errors(data: Path, *paths: str) -> list[tuple[str, str]]:
    """Return rule and file of every error."""
    report = checks.run(data, today=lambda: None, paths=[data / path for path in paths])
    return [(f.rule, f.file) for f in report.findings if f.severity == "error"]


def headed(path: Path) -> None:
    """Leave the header of a ledger."""
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")


SPOILED = {
    "gone": (lambda path: path.unlink(), presence.MISSING.id),
    "header only": (headed, presence.MISSING.id),
    "emptied": (lambda path: path.write_bytes(b""), "B13"),
    "a link": (lambda path: (path.unlink(), path.symlink_to(EXAMPLE / "README.md")), "B01"),
}


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize("ledger", REFERENCE)
def test_a_reference_table_that_is_not_there_is_one_error(data, ledger, how):
    """It names the file; what rests on it is not reported row by row."""
    spoil, rule = SPOILED[how]
    spoil(data / "reference" / f"{ledger}.csv")
    file = f"data/reference/{ledger}.csv"

    found = errors(data)

    assert {name for _, name in found} == {file}
    assert len(found) == 1
    assert found[0][0] == rule


@pytest.mark.parametrize("ledger", REFERENCE)
def test_the_error_names_what_rests_on_the_table(data, ledger):
    """In the words of its schema, whichever part of the data is looked at."""
    (data / "reference" / f"{ledger}.csv").unlink()
    report = checks.run(data, today=lambda: None, paths=[data / "units" / "nanzhao"])
    (found,) = [f for f in report.findings if f.severity == "error"]

    assert load_schemas()[ledger].needed_for in found.message
    assert not report.ok


@pytest.mark.parametrize("how", ["gone", "emptied"])
@pytest.mark.parametrize("paths", [(), ("units/nanzhao",)])
def test_without_settings_nothing_passes(data, how, paths):
    """campaign.yml gone or emptied is one error, also where a single county is looked at."""
    SPOILED[how][0](data / "campaign.yml")

    assert errors(data, *paths) == [("B90", "data/campaign.yml")]


@pytest.mark.parametrize("how", ["gone", "header only"])
def test_a_verdict_whose_results_are_gone_is_an_error(data, how):
    """Told once a file of samples, however many of them lost their results."""
    SPOILED[how][0](data / "units" / "nanzhao" / "water_results.csv")

    assert errors(data) == [("Q20", "data/units/nanzhao/water_tests.csv")]


def test_one_sample_that_lost_its_results_is_an_error_at_its_line(data):
    """The others keep theirs."""
    path = data / "units" / "nanzhao" / "water_results.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    sample = rows[0].split(",")[head.split(",").index("sample_id")]
    kept = [row for row in rows if f"{sample}," not in row]
    path.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    report = checks.run(data, today=lambda: None)
    (found,) = [f for f in report.findings if f.severity == "error"]

    assert found.rule == "Q20"
    assert found.subject == f"water_tests/{sample}"
