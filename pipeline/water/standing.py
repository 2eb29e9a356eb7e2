"""What is known of the water of a place today: which of the five, and since when what fails.

A failure stands until a later sample makes it good; a later one that cannot be judged, or did not
look, takes nothing back. Raw water is not drinking water, so it does not speak for a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.rowtypes import WaterTestRow
from pipeline.water.judging import Judged
from pipeline.water.limits import RAW_WATER
from pipeline.water.outcomes import Outcome
from pipeline.water.verdicts import Verdict

Place = tuple[str, str]
"""place_type and place_id, as everywhere in the ledgers."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One indicator that fails at a place, as its last failing sample has it.

    `samples` are the failing samples in an unbroken row, the last first; `since_on` is the day of
    the first of them. `result` is None where a report states a failure without its values.
    """

    result: Judged | None
    samples: tuple[str, ...]
    since_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """The water of a place: `outcome`, the sample that it rests on, and what fails."""

    outcome: Outcome
    sample_id: str | None = None
    failures: tuple[Failure, ...] = ()


UNTESTED = Standing(Outcome.UNTESTED)


def standings(
    tests: Iterable[WaterTestRow], verdicts: Mapping[str, Verdict]
) -> dict[Place, Standing]:
    """Return the standing of every place that was sampled."""
    found: dict[Place, list[WaterTestRow]] = defaultdict(list)
    for test in sorted(tests, key=lambda t: (t.sampled_on, t.sample_id), reverse=True):
        if test.withdrawn_on is None:
            found[test.place_type, test.place_id].append(test)
    return {place: _standing(rows, verdicts) for place, rows in found.items()}


def _standing(tests: Sequence[WaterTestRow], verdicts: Mapping[str, Verdict]) -> Standing:
    """Judge a place by its samples, the newest first."""
    failing = [test for test in tests if verdicts[test.sample_id].is_failing]
    if failing:
        failures = tuple(_failures(failing, tests, verdicts))
        return Standing(Outcome.FAILED, failing[0].sample_id, failures)
    drunk = [test for test in tests if test.sampling_point != RAW_WATER]
    last = next((t for t in drunk if verdicts[t.sample_id].cured_by is None), None)
    if last is None:
        return Standing(Outcome.UNJUDGED, tests[0].sample_id)
    return Standing(verdicts[last.sample_id].outcome, last.sample_id)


def _failures(
    failing: Sequence[WaterTestRow], tests: Sequence[WaterTestRow], verdicts: Mapping[str, Verdict]
) -> Iterator[Failure]:
    """Yield what fails, each indicator once, by its last failing sample."""
    told: set[str] = set()
    for test in failing:
        results: tuple[Judged | None, ...] = verdicts[test.sample_id].failed or (None,)
        for result in results:
            name = result.indicator if result else ""
            if name not in told:
                told.add(name)
                row = list(_row(name, test, tests, verdicts))
                yield Failure(result, tuple(t.sample_id for t in row), row[-1].sampled_on)


def _row(
    indicator: str,
    last: WaterTestRow,
    tests: Sequence[WaterTestRow],
    verdicts: Mapping[str, Verdict],
) -> Iterator[WaterTestRow]:
    """Yield the failing samples of a point without a pass between them, from the last backwards."""
    for test in tests:
        is_before = (test.sampled_on, test.sample_id) <= (last.sampled_on, last.sample_id)
        if not is_before or test.sampling_point != last.sampling_point:
            continue
        match _said(indicator, verdicts[test.sample_id]):
            case Outcome.FAILED:
                yield test
            case Outcome.PASSED | Outcome.RELAXED:
                return


def _said(indicator: str, verdict: Verdict) -> Outcome | None:
    """Return what a sample says of an indicator ("" = of the water as a whole)."""
    if not indicator:
        return verdict.outcome
    return next((r.outcome for r in verdict.results if r.indicator == indicator), None)
