"""Findings are told once a kind, bounded, with their count; causes come before consequences."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from story import EXAMPLE, PROJECT, qingyuan

from pipeline import checks
from pipeline.checks import Report
from pipeline.findings import Finding, limited
from pipeline.ledgers import limits
from pipeline.verbs import told
from tests.shards_of import SCHEMAS, file_of

CONTRACT = json.loads((PROJECT / "schemas/contracts/check.json").read_text(encoding="utf-8"))
AROUND = [-1, 0, 1]


def finding(line: int | None = 2, **values: object) -> Finding:
    base: dict[str, object] = {
        "gate": "schema", "rule": "S06", "severity": "error", "message": "错", "remedy": "改",
        "file": "data/units/nanzhao/phones.csv", "field": "number_kind", "column": 7,
    }  # fmt: skip
    return Finding(line=line, **base | values)  # type: ignore[arg-type]


def report_of(*findings: Finding) -> Report:
    return Report(None, findings, 1, 1, None)  # type: ignore[arg-type]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The story, free to be spoiled."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


@pytest.mark.parametrize("over", AROUND)
def test_few_of_a_kind_are_said_one_by_one_and_many_once(over: int) -> None:
    """The limit of what is said one by one."""
    count = limits.MAX_ALIKE + over
    kinds = told.kinds([finding(line) for line in range(2, count + 2)])

    assert len(kinds) == (count if over <= 0 else 1)
    assert sum(kind.count for kind in kinds) == count


@pytest.mark.parametrize("over", AROUND)
def test_the_first_places_are_named(over: int) -> None:
    """The limit of lines named."""
    count = limits.MAX_PLACES + over
    (kind,) = told.kinds([finding(line) for line in range(2, count + 3)])
    where = told.said(kind).splitlines()[1]

    assert f"还有 {count} 处" in where
    assert f"{limits.MAX_PLACES + min(over, 0) + 2} 行" in where
    assert where.endswith("等") == (over > 0)


@pytest.mark.parametrize("over", AROUND)
def test_kinds_said_are_limited_errors_first(over: int) -> None:
    """The limit of kinds said; the last warning gives way to the error behind it."""
    count = limits.MAX_SAID + over
    many = [finding(column=n, severity="warning") for n in range(count - 1)]
    kinds, rest = told.errors_first([*many, finding(rule="S07")], limits.MAX_SAID)

    assert len(kinds) == min(count, limits.MAX_SAID)
    assert len(rest) == max(0, over)
    assert kinds[-1].first.rule == "S07"


@pytest.mark.parametrize("over", AROUND)
def test_the_json_is_limited_and_says_what_is_cut(over: int) -> None:
    """The limit of findings in the JSON; counts are of all."""
    count = limits.MAX_REPORTED + over
    answer = report_of(*[finding(n) for n in range(1, count + 1)]).to_json()

    assert len(answer["findings"]) == min(count, limits.MAX_REPORTED)
    assert answer["cut"] == max(0, over)
    assert answer["counts"] == {"error": count, "warning": 0}


@pytest.mark.parametrize("over", AROUND)
def test_findings_of_any_gate_are_limited_by_kind(over: int) -> None:
    """What a record rule says of ten thousand rows is listed so often, and the rest counted."""
    found = limited([finding(n) for n in range(1, 11 + over)], 10)

    assert len(found) == min(10 + over, 10) + (over > 0)
    assert sum(f.count for f in found) == 10 + over


def test_ten_thousand_wrong_rows_are_a_handful_of_lines(data: Path) -> None:
    """In text and beside a pull request they are one kind; the JSON lists a thousand of them."""
    path = data / "units" / "nanzhao" / "phones.csv"
    rows = [{"phone_id": f"nanzhao-t{n:05d}", "number_kind": "手机"} for n in range(1, 10_001)]
    path.write_text(file_of("phones", *rows), encoding="utf-8")

    for form in ("text", "github"):
        done = qingyuan("check", "--data", data, "--no-cache", "--format", form)
        assert done.returncode == 1
        assert len(done.stdout.splitlines()) < 120
        assert "同样的还有 9999 处：第 3、4、" in done.stdout.replace("%0A", "\n")
    done = qingyuan("check", "--data", data, "--no-cache", "--format", "json")
    answer = json.loads(done.stdout)
    listed = [f for f in answer["findings"] if f["rule"] == "S06"]

    jsonschema.validate(answer, CONTRACT)
    assert len(listed) == limits.MAX_FINDINGS + 1
    assert sum(f["count"] for f in listed) == 10_000
    assert answer["cut"] >= 9_000
    assert answer["counts"]["error"] >= 10_000


def test_the_check_of_a_county_never_answers_about_others(data: Path) -> None:
    """Also where everything is read, because one wrong id leads out of the county."""
    path = data / "units" / "nanzhao" / "phones.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",nanzhao-w0001,", ",nanzhao-w0999,", 1), encoding="utf-8")
    for chosen in (data / "units" / "nanzhao", path):
        report = checks.run(data, today=lambda: date(2022, 9, 16), paths=[chosen])

        assert [f.rule for f in report.errors] == ["K03"]
        assert {f.file or f.subject for f in report.findings} <= {
            "units/nanzhao",
            *(f"example/units/nanzhao/{name}.csv" for name in SCHEMAS),
        }
