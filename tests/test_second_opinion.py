"""The second computation stands on its own: it runs, keeps its bounds, knows every reading."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.second_opinion import CLAUSES, score

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "example"
BOUNDS = {"六.1": (-10, 0), "六.2": (-5, 5), "六.3": (0, 10)}


@pytest.mark.parametrize(("data", "count"), [(EXAMPLE, 3), (ROOT / "data", 17)])
@pytest.mark.parametrize("as_of", [None, "2022-08-25", "2024-02-29"])
def test_every_unit_has_every_clause_within_bounds(data, count, as_of):
    scores = score(data, as_of)
    assert len(scores) == count
    for clauses in scores.values():
        assert list(clauses) == list(CLAUSES)
        assert len(clauses) == 23
        for clause_id, (points, status) in clauses.items():
            assert status in {"scored", "not_applicable", "not_reported", "judged"}
            assert (points is None) == (status == "not_reported")
            low, high = BOUNDS.get(clause_id, (0, Decimal(CLAUSES[clause_id].full)))
            assert points is None or low <= points <= high, clause_id


def test_full_points_make_one_hundred():
    assert sum(Decimal(clause.full) for clause in CLAUSES.values()) == 100


def test_another_choice_is_followed_and_an_unknown_option_refused(tmp_path):
    data = _copy(tmp_path)
    readings = data / "reference" / "readings.csv"
    text = readings.read_text("utf-8")
    # Swap the two answers of G9: 是 and 否.
    swap = str.maketrans("是否", "否是")
    lines = [line.translate(swap) if line.startswith("G9,") else line for line in text.splitlines()]
    asked = score(data, G9="literal")
    readings.write_text("\n".join(lines) + "\n", "utf-8")

    assert score(data) == asked
    readings.write_text(text.replace("G9,literal", "G9,loosely"), "utf-8")
    with pytest.raises(ValueError, match="G9"):
        score(data)
    with pytest.raises(ValueError, match="G40"):
        score(_copy(tmp_path / "again"), G40="perhaps")


def test_a_signed_final_judgement_is_the_last_word(tmp_path):
    data = _copy(tmp_path)
    before = score(data)["nanzhao"]["一.1"]
    row = "city-j9998,2022,nanzhao,一.1,终评,分值,,,,4,理由,南阳市水利局,2022-09-14,{},\n"
    judgements = data / "city" / "judgements.csv"
    text = judgements.read_text("utf-8")
    judgements.write_text(text + row.format(""), "utf-8")
    assert score(data)["nanzhao"]["一.1"] == before
    judgements.write_text(text + row.format("2022-09-15"), "utf-8")
    assert score(data)["nanzhao"]["一.1"] == (Decimal(4), "judged")


def test_a_struck_row_leaves_the_evidence(tmp_path):
    data = _copy(tmp_path)
    assert score(data)["nanzhao"]["一.2"][0] == 5
    row = "city-j9999,2022,nanzhao,一.2,核查,事实,属实,否,nanzhao-d0001,,理由,市局,"
    row += "2022-09-14,2022-09-15,\n"
    with (data / "city" / "judgements.csv").open("a", encoding="utf-8") as stream:
        stream.write(row)
    assert score(data)["nanzhao"]["一.2"] == (Decimal(0), "scored")


def _copy(tmp_path: Path) -> Path:
    """The example in a folder of its own."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))
