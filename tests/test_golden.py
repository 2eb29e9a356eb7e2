"""The story's answers, frozen: a change shows as a diff and is read before `make golden`."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT, qingyuan

from pipeline import assessment, rectification, water
from pipeline.assessment.evidence import QUERIES
from pipeline.ledgers import load
from pipeline.readings import Readings

GOLDEN = Path(__file__).resolve().parent / "golden"


def _held(name: str, text: str) -> None:
    """Compare with the frozen text, or freeze it anew where GOLDEN is set."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_the_answer_of_check_is_as_it_was():
    """Every finding of the story, in order."""
    _held(
        "check.json", qingyuan("check", "--data", EXAMPLE, "--no-cache", "--format", "json").stdout
    )


@pytest.mark.parametrize("day", [date(2022, 8, 25), date(2022, 9, 16)])
def test_the_state_of_every_issue_is_as_it_was(day):
    """At the end of the campaign and at the data date."""
    snapshot = load(EXAMPLE).snapshot.as_of(day)
    states = rectification.states(snapshot, day)
    told = {
        key: [s.state, str(s.limit_on), s.days_overdue, s.is_verified, s.is_recurrent]
        for key, s in sorted(states.items())
    }
    _held(f"states-{day}.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def test_the_verdict_of_every_sample_is_as_it_was():
    """With the indicators that fail, are open or pass by a relaxed limit, and what cured it."""
    found = water.verdicts(load(EXAMPLE).snapshot)
    told = {
        key: [
            v.outcome,
            *([r.name for r in some] for some in (v.failed, v.open, v.relaxed)),
            v.cured_by,
        ]
        for key, v in sorted(found.items())
    }
    _held("verdicts.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("day", ["2022-08-25", "2022-09-16"])
def test_every_score_sheet_is_as_it_was(day):
    """Every clause with its arithmetic, rows and readings, at the end of the campaign and later."""
    _held(
        f"score-{day}.json",
        qingyuan("score", "--data", EXAMPLE, "--as-of", day, "--format", "json").stdout,
    )


def test_every_kind_of_evidence_is_as_it_was():
    """Which rows each query counts for each unit of the story, and what they add up to."""
    snapshot = load(EXAMPLE).snapshot
    readings = Readings.from_rows(snapshot["readings"])
    scorer = next(assessment.scorers(snapshot, [date(2022, 9, 16)]))
    told = {
        unit: {
            name: [str(found), list(found.rows)]
            for name in sorted(QUERIES)
            if (found := getattr(scorer.evidence(unit, readings), name))
        }
        for unit in scorer.units
    }
    _held("evidence.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def test_every_kind_of_evidence_of_the_city_is_as_it_was():
    """The totals of each query for each unit; the story is too small to hold every kind."""
    snapshot = load(PROJECT / "data").snapshot
    readings = Readings.from_rows(snapshot["readings"])
    scorer = next(assessment.scorers(snapshot, [date(2022, 9, 16)]))
    told = {
        name: {
            unit: str(total)
            for unit in scorer.units
            if (total := getattr(scorer.evidence(unit, readings), name).total)
        }
        for name in sorted(QUERIES)
    }
    _held("evidence-city.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")
