"""The frames that reports on water rest on: samples, works tested and outages of a period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.disclosure import View
from pipeline.reports.frames import Counted, by_unit, spread
from pipeline.rowtypes import ShownOutageRow, ShownWaterTestRow
from pipeline.terms import IN_SUPPLY
from pipeline.water.limits import RAW_WATER

FAILED, RELAXED = "不达标", "放宽达标"
"""Outcomes of a sample: something is over its limit; all keep limits, one of them a relaxed one."""
LAB = "化验"
"""The method whose result comes with a report; others are read on the spot."""

SAMPLED = ("samples", "kept", "relaxed", "bad", "open")
TESTED = ("works", "tested")


def told(view: View, first: date, last: date) -> Iterator[ShownWaterTestRow]:
    """Yield the tests of drinking water whose result came in a period, and stood at its end.

    Raw water is none that anybody drinks: it speaks for no works.
    """
    for on, test in view.once("tests told", ("water_tests",), lambda: list(_told(view))):
        is_kept = test.withdrawn_on is None or test.withdrawn_on > last
        if first <= on <= last and is_kept and test.id in view.verdicts:
            yield test


def _told(view: View) -> Iterator[tuple[date, ShownWaterTestRow]]:
    for test in view.water_tests:
        on = told_on(test)
        if on is not None and test.sampling_point != RAW_WATER:
            yield on, test


def told_on(test: ShownWaterTestRow) -> date | None:
    """Return the day on which a result came: that of the report, or that of a test on the spot."""
    return test.reported_on if test.method == LAB else test.sampled_on


def samples(view: View, first: date, last: date) -> Counted:
    """Return the water tests whose result came in a period: a row a unit and one for the city.

    Columns: samples with a result; of these, those that keep their limits, those of them that keep
    only a relaxed one, those in which something is over its limit, and those that cannot be judged.
    """
    rows = ((test.unit_id, (1, *judged(view, test))) for test in told(view, first, last))
    return by_unit(view, spread(rows, SAMPLED), SAMPLED)


def judged(view: View, test: ShownWaterTestRow) -> tuple[int, int, int, int]:
    """Return whether a sample keeps its limits, keeps a relaxed one, fails, cannot be judged."""
    outcome = view.verdicts[test.id].outcome
    return (
        int(outcome.is_passed),
        int(outcome == RELAXED),
        int(outcome == FAILED),
        int(not outcome.is_passed and outcome != FAILED),
    )


def tested(view: View, first: date, last: date) -> Counted:
    """Return the works in supply at the end of a period, and those with a result in it."""
    places = {t.place_id for t in told(view, first, last) if t.place_type == "工程"}
    rows = (
        (works.unit_id, (1, int(works.id in places)))
        for works in view.works
        if works.status in IN_SUPPLY or works.status_on is None or works.status_on > last
    )
    return by_unit(view, spread(rows, TESTED), TESTED)


def outages(view: View, first: date, last: date) -> list[ShownOutageRow]:
    """Return the outages that began in a period, or went on into it, the latest first."""
    found = [
        row
        for row in view.outages
        if row.started_on <= last and (row.ended_on is None or row.ended_on >= first)
    ]
    return sorted(found, key=lambda row: (row.started_on, row.id), reverse=True)
