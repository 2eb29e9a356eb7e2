"""The water of a place: one of five things, and what fails stands until it is seen to be good."""

from __future__ import annotations

from datetime import date

import pytest
from test_water import LIMITS, WORKS, result, sample

from pipeline import water
from pipeline.checks.examples import book_of

HERE = ("工程", "nanzhao-w0001")


def standing_of(*samples: tuple[str, str, dict[str, str]]) -> water.Standing:
    """Return the standing of a works by samples: day, value of fluoride, other cells."""
    tests, results = [], []
    for number, (day, raw, cells) in enumerate(samples, 1):
        tests.append(sample(number, sampled_on=day, **cells))
        if raw:
            indicator = "ph" if raw.startswith("pH") else "fluoride"
            results.append(result(number, indicator, raw.removeprefix("pH")))
    book = book_of(
        {"works": WORKS, "water_limits": LIMITS, "water_tests": tests, "water_results": results}
    )
    found = water.standings(book["water_tests"], book.verdicts)
    return found.get(HERE, water.UNTESTED)


TAP = {"sampling_point": "末梢水"}
RAW = {"sampling_point": "水源水"}
NONE: dict[str, str] = {}


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        ([], "未检测"),
        ([("2022-03-01", "0.5", NONE)], "达标"),
        ([("2022-03-01", "1.1", NONE)], "放宽达标"),
        ([("2022-03-01", "1.5", NONE)], "不达标"),
        ([("2022-03-01", "<1.5", NONE)], "判不了"),
        ([("2022-03-01", "0.5", NONE), ("2022-08-01", "<1.5", NONE)], "判不了"),
        ([("2022-03-01", "<1.5", NONE), ("2022-08-01", "0.5", NONE)], "达标"),
        ([("2022-03-01", "1.5", NONE), ("2022-08-01", "<1.5", NONE)], "不达标"),
        ([("2022-03-01", "1.5", NONE), ("2022-08-01", "pH7", NONE)], "不达标"),
        ([("2022-03-01", "1.5", TAP), ("2022-08-01", "0.5", NONE)], "不达标"),
        ([("2022-03-01", "1.5", NONE), ("2022-08-01", "0.5", NONE)], "达标"),
        ([("2022-03-01", "0.5", NONE), ("2022-08-01", "0.5", RAW)], "达标"),
        ([("2022-08-01", "0.5", RAW)], "判不了"),
        ([("2022-03-01", "", {"conclusion": "不达标"})], "不达标"),
    ],
)
def test_a_place_is_one_of_five_things(samples, expected):
    """A later sample that proves nothing, or looked elsewhere, takes no failure back."""
    assert standing_of(*samples).outcome == expected


@pytest.mark.parametrize(
    ("values", "since", "times"),
    [
        (("1.5",), "2022-01-01", 1),
        (("1.5", "1.6"), "2022-01-01", 2),
        (("1.5", "0.5", "1.6"), "2022-03-01", 1),
        (("1.5", "<1.5", "1.6"), "2022-01-01", 2),
        (("1.5", "pH7", "1.6"), "2022-01-01", 2),
        (("0.5", "1.5", "1.6"), "2022-02-01", 2),
    ],
)
def test_a_failure_counts_from_the_first_of_an_unbroken_row(values, since, times):
    """Only a pass breaks the row; what cannot be judged or did not look does not."""
    samples = [(f"2022-0{n}-01", raw, NONE) for n, raw in enumerate(values, 1)]

    (failure,) = standing_of(*samples).failures

    assert failure.since_on == date.fromisoformat(since)
    assert len(failure.samples) == times


def test_a_withdrawn_sample_says_nothing():
    """What the city took back does not stand."""
    gone = {"withdrawn_on": "2022-08-30", "withdrawn_reason": "样品混淆"}

    assert standing_of(("2022-08-01", "1.5", gone)) == water.UNTESTED
