"""Every bad input is refused, or forgiven aloud, at its place, in Chinese, with a cure."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.checks import catalogue, privacy, run, schema
from pipeline.findings import Finding
from tests.bad_inputs import CASES, Case
from tests.shards_of import SCHEMAS, line_of, read_of

_CHINESE = re.compile("[\u4e00-\u9fff]")
_ENGLISH = re.compile(
    r"\b(?:constraint|error|type|field|row|cell|invalid|violat\w*|expected|label)\b", re.I
)


def findings_of(case: Case) -> list[Finding]:
    raw = read_of(case.ledger, case.content)
    return [
        *raw.findings,
        *schema.check([raw], SCHEMAS, None),
        *privacy.check([raw], SCHEMAS),
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_bad_input_is_named_at_its_place(case: Case) -> None:
    findings = findings_of(case)

    assert sorted((f.rule, f.line or 0, f.column or 0) for f in findings) == sorted(
        (rule, line or 0, column or 0) for rule, line, column in case.expected
    ), [f"{f.rule} {f.message}" for f in findings]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_what_is_said_is_chinese_and_says_the_cure(case: Case) -> None:
    for finding in findings_of(case):
        assert finding.file
        assert _CHINESE.search(finding.message)
        assert _CHINESE.search(finding.remedy)
        assert not _ENGLISH.search(finding.message.replace(finding.value or "\0", ""))
        assert (finding.value or "").isprintable()


def test_many_different_inputs_are_tried() -> None:
    assert len({(case.ledger, case.content) for case in CASES}) == len(CASES)
    assert len(CASES) >= 400


def test_every_rule_of_reading_and_checking_is_tried() -> None:
    limits = {"B10", "B28", "B29"}  # held by their own tests
    files = {"B01", "B02", "B03", "B04", "B05", "B06", "B90"}
    translated = {rule.id for rule in catalogue() if re.fullmatch("S5[0-9]", rule.id)}
    ours = (
        {rule.id for rule in catalogue() if rule.gate in ("bytes", "schema", "privacy")}
        - limits
        - files
        - translated
    )

    assert ours == {rule for case in CASES for rule, _, _ in case.expected} & ours


def spoil(data: Path, how: str) -> None:
    """Damage the works of one unit of a data folder as a clerk might."""
    path = data / "units" / "nanzhao" / "works.csv"
    text = path.read_text(encoding="utf-8")
    header, *rows = text.splitlines(keepends=True)
    spoilt = {
        "GBK": text.encode("gbk"),
        "两列对调": (
            header.replace("works_id,unit_id", "unit_id,works_id") + "".join(rows)
        ).encode(),
        "少一格": (header + "".join(row.replace(",", "", 1) for row in rows)).encode(),
    }
    path.write_bytes(spoilt[how])


@pytest.mark.parametrize("how", ["GBK", "两列对调", "少一格"])
def test_a_file_that_cannot_be_read_makes_no_errors_elsewhere(tmp_path: Path, how: str) -> None:
    shutil.copytree(Path(__file__).parent / "example", tmp_path / "data")
    spoil(tmp_path / "data", how)
    report = run(tmp_path / "data", today=lambda: date(2022, 9, 16))
    errors = [f for f in report.findings if f.severity == "error"]

    assert errors
    assert {f.file for f in errors} == {"data/units/nanzhao/works.csv"}


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("works_id", "NANZHAO-w0001", "S07"),
        ("due_on", "2022-02-30", "S02"),
        ("handling", "马上", "S06"),
        ("resp_person", "同上", "S12"),
        ("problem", "户主张三家无水", "PR04"),
        ("village_code", "411321103299", "K02"),
    ],
)
def test_one_fault_is_one_finding_whichever_gates_look(
    tmp_path: Path, field: str, value: str, rule: str
) -> None:
    shutil.copytree(Path(__file__).parent / "example", tmp_path / "data")
    path = tmp_path / "data" / "units" / "nanzhao" / "issues.csv"
    header, first, *rest = csv.reader(path.read_text(encoding="utf-8").splitlines())
    first[header.index(field)] = value
    path.write_text("".join(line_of(row) for row in (header, first, *rest)), encoding="utf-8")
    report = run(tmp_path / "data", today=lambda: date(2022, 9, 16))
    errors = [(f.rule, f.file, f.line, f.field) for f in report.findings if f.severity == "error"]

    assert errors == [(rule, "data/units/nanzhao/issues.csv", 2, field)]
