"""Laboratories' reports with indicators downwards: values, addresses, the way back to the clerk."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks.laboratory import BESIDE, BLOCKS, BY, HALVES, REPORT, SEVERAL, _changed, _decimals
from workbooks.made import text, xlsx

from pipeline.intake import judging
from pipeline.intake.annotated import annotated
from pipeline.intake.process import Wish, take_in
from pipeline.ledgers import load
from pipeline.store import Store

EXAMPLE = Path(__file__).resolve().parent / "example"


@pytest.fixture(scope="module")
def loaded():
    """The example ledgers, read once."""
    return load(EXAMPLE)


def take(loaded, content, name="水质.xlsx", ledger="water_tests"):
    """Read a report as the verb does."""
    day = loaded.snapshot.campaign.as_of_on
    return take_in(name, content, loaded, day, Wish("nanzhao", ledger, BY), Store())


def results(outcome):
    """Return the raw values by place, date and indicator."""
    samples = {row["sample_id"]: row for row in outcome.rows["water_tests"]}
    return {
        (samples[r["sample_id"]]["place_id"][-1], r["indicator"]): r["raw_value"]
        for r in outcome.rows["water_results"]
    }


def test_values_stay_as_the_laboratory_shows_them(loaded):
    """A number shown with two decimals is 0.40, and belongs to its own indicator."""
    outcome, _ = take(loaded, xlsx(REPORT, spoil=_decimals))

    assert outcome.ok, outcome.findings
    assert results(outcome) == {
        ("1", "colony-count"): "12",
        ("1", "total-coliforms"): "未检出",
        ("1", "turbidity"): "0.40",
        ("1", "ph"): "7.21",
        ("1", "fluoride"): "0.86",
    }


def test_a_report_is_known_without_its_ledger_and_as_text(loaded):
    """Nobody need say that it is a report of a laboratory; a CSV is read as well."""
    by_itself, _ = take(loaded, xlsx(REPORT), ledger="")
    as_text, _ = take(loaded, text(REPORT, "\t", "gb18030"), "水质.txt", ledger="")

    assert by_itself.counts()["新增"] == as_text.counts()["新增"] == 1


def test_each_sample_keeps_its_own_values(loaded):
    """Columns, halves, blocks one after another and blocks side by side."""
    blocks, beside, halves = (results(take(loaded, xlsx(s))[0]) for s in (BLOCKS, BESIDE, HALVES))

    assert blocks == beside | {("2", "manganese"): "0.02"}
    assert halves == {
        ("1", "iron"): "0.1",
        ("1", "manganese"): "0.02",
        ("1", "ph"): "7.1",
        ("1", "fluoride"): "0.5",
    }


def test_what_is_asked_is_asked_at_its_cell(loaded):
    """A fault of a turned sheet stands at the cell of the file, in the copy as well."""
    content = xlsx(_changed(SEVERAL, E9="合格", F6="8月32日"))
    outcome, _ = take(loaded, content)
    marked = openpyxl.load_workbook(io.BytesIO(annotated(content, outcome)))

    asked = {f.cell for f in outcome.findings if f.rule == "IM01"}
    assert asked == {"E9", "F6"}
    assert {c for c in ("E9", "F6") if marked["Sheet1"][c].comment} == asked
    assert {r.cell for r in outcome.repairs} >= {"D4", "D6"}


def test_a_report_that_was_written_changes_nothing_again(tmp_path, loaded):
    """The same report twice is one sample."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    outcome, standing = take(load(data), xlsx(REPORT))
    for path, written in judging.shards_after(standing, outcome).items():
        (data / path.relative_to(path.parents[2])).write_bytes(written)
    again, _ = take(load(data), xlsx(REPORT))

    assert again.counts()["相同"] == 1
    assert not again.rows


WORDS = st.sampled_from(
    "检测项目 结果 检测结果 单位 限值 采样地点 采样日期：2022.8.20 水样类型 出厂水 下关供水站 "
    "沙坪供水站末梢水 铁 锰 氟化物 砷 氟化勿 0.1 0.40 合格 mg/L 结论：合格 S1 样品编号 报告编号：1 "
    "2022.8.21 续表 /".split()
    + [""] * 3
)


@settings(max_examples=60, deadline=None)
@given(grid=st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=4, max_size=14))
def test_whatever_stands_in_a_report_it_is_read_or_asked_about(loaded, grid):
    """No heap of words brings it down, and no row of it is lost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.intake.process.judge", lambda *_: None)
        outcome, _ = take(loaded, text(grid), "水质.csv", ledger="")
    told = {line.row for line in outcome.lines}
    there = {n for n, row in enumerate(grid, 1) if any(cell.strip() for cell in row)}

    assert there <= told
