"""What may be seen is computed while the gates judge: a refusal is told whatever became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bad_inputs import CASES
from effort import ends
from story import EXAMPLE

from pipeline import checks, disclosure, ledgers
from pipeline.ledgers import Loaded, load
from pipeline.verbs.build import _unless_refused

DAY = date(2022, 9, 16)
FAULT = checks.rulebook.BROKEN.at("坏了", file="data/units/nanzhao/works.csv")
VIEW = object()


@pytest.fixture(scope="module")
def story() -> Loaded:
    """The story as read."""
    return load(EXAMPLE)


def begun(story: Loaded, *found, doubtful=()) -> checks.Begun:
    """Return a check under way that will find this."""
    loaded = replace(story, findings=tuple(doubtful))
    return checks.Begun(loaded, DAY, lambda: checks.Report(loaded, (*doubtful, *found), 1, 1, DAY))


def fails():
    raise KeyError("nanzhao-w0001")


def test_what_passes_is_shown(story):
    report, view = _unless_refused(begun(story), lambda: VIEW)

    assert report.ok
    assert view is VIEW


@pytest.mark.parametrize("see", [lambda: VIEW, fails])
def test_what_is_refused_is_not_shown_whatever_became_of_it(story, see):
    report, view = _unless_refused(begun(story, FAULT), see)

    assert report.errors == [FAULT]
    assert view is None


def test_a_fault_of_our_own_is_told_where_nothing_is_refused(story):
    with pytest.raises(KeyError, match="nanzhao-w0001"):
        _unless_refused(begun(story), fails)


def test_nothing_is_computed_of_what_cannot_be_counted_on_to_be_rows(story):
    asked = []
    report, view = _unless_refused(begun(story, doubtful=[FAULT]), lambda: asked.append(1))

    assert report.errors == [FAULT]
    assert view is None
    assert asked == []


def test_a_check_under_way_finds_what_a_check_finds():
    whole = checks.run(EXAMPLE, today=lambda: DAY)
    under_way = checks.begin(EXAMPLE, today=lambda: DAY).report()

    assert under_way.findings == whole.findings
    assert (under_way.files, under_way.rows) == (whole.files, whole.rows)
    assert under_way.as_of_on == whole.as_of_on


def test_of_bad_rows_the_computation_ends(story):
    """It may fail, but nobody waits for ever for what is going to be refused."""
    seen = 0
    for case in CASES[::10]:
        home = next(raw.shard.path for raw in story.raw if raw.shard.ledger == case.ledger)
        loaded = ledgers.instead(story, EXAMPLE, {home: case.content})
        if checks.Begun(loaded, DAY, fails).is_doubtful:
            continue
        seen += 1
        with ends():
            try:
                disclosure.view(loaded.snapshot, DAY, loaded.digest)
            except AssertionError:
                raise
            except Exception:  # noqa: BLE001, S112 - the gates tell what is wrong
                continue

    assert seen > 10
