"""A unit's score rests on its own rows and the shared ones, never on another unit's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline import assessment
from pipeline.ledgers import load
from pipeline.ledgers.fingerprints import parts_of
from pipeline.store import Store
from pipeline.verbs import kept_scores
from tests.mutations import mutate

ROOT = Path(__file__).parent.parent
CITY, STORY = ROOT / "data", ROOT / "tests" / "example"
DAY = date(2022, 9, 16)
UNITS = ("nanzhao", "wolong", "yahe")


def both(data: Path, units) -> tuple[dict, dict]:
    """Compute some units from all rows, and each from no more than it rests on."""
    snapshot = load(data).snapshot
    days = assessment.milestones(snapshot.campaign, DAY)
    every = [unit.id for unit in snapshot["units"]]
    together = assessment.computed(snapshot, DAY, days, every)
    apart = {u: assessment.computed(snapshot, DAY, days, [u])[u] for u in units}
    return {u: together[u] for u in units}, apart


def test_each_unit_of_the_city_is_the_same_computed_apart():
    """Sheet, band, wins, past and what every option would move, for all 17."""
    units = [unit.id for unit in load(CITY).snapshot["units"]]
    together, apart = both(CITY, units)

    assert apart == together


@pytest.mark.parametrize("seed", range(12))
def test_each_unit_of_random_ledgers_is_the_same_computed_apart(tmp_path, seed):
    """Rows lost, moved, changed, added and struck."""
    together, apart = both(mutate(STORY, tmp_path / "data", seed), UNITS)

    assert apart == together


def test_what_is_kept_is_what_was_computed(tmp_path, monkeypatch):
    """Written and read again it is the same; nothing is computed where nothing changed."""
    loaded = load(STORY)
    parts = parts_of(loaded.raw, STORY / "campaign.yml", loaded.schemas)
    fresh = kept_scores.begin(loaded.snapshot, DAY, parts, Store(tmp_path))()
    monkeypatch.setattr(assessment, "computed", lambda *_: {})
    again = kept_scores.begin(loaded.snapshot, DAY, parts, Store(tmp_path))()

    assert again == fresh
