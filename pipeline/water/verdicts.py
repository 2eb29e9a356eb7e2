"""Whether a sample passes, indicator by indicator, and which later sample made good a failing one.

The conclusion computed from the values and the limits wins over the one a report states. A sample
passes only if every indicator that has a limit is known to keep it: one that cannot be judged
leaves the whole sample open, whatever the report states of it. A stated failure is believed where
the values do not decide; a stated pass only where no values came with it (`is_computed` says so).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.ledgers import Snapshot
from pipeline.rowtypes import Index, WaterResultRow, WaterTestRow, WorksRow
from pipeline.water.judging import Judge, Judged
from pipeline.water.limits import Limits, is_small_supply
from pipeline.water.outcomes import Outcome

FULL_REPORT = 8
"""Indicators a laboratory report must hold to count as a full one."""
LABORATORY = "化验"
_STATED = {"达标": Outcome.PASSED, "不达标": Outcome.FAILED, "未评价": Outcome.UNJUDGED}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one sample shows.

    `limit_sets` are the sets that apply to such a sample, so that a report's own may be compared;
    `cured_by` is the earliest later sample that made good a failing one.
    """

    sample_id: str
    outcome: Outcome
    is_computed: bool
    is_full_report: bool
    results: tuple[Judged, ...] = ()
    limit_sets: frozenset[str] = frozenset()
    cured_by: str | None = None

    @property
    def is_failing(self) -> bool:
        """Whether it fails, and nothing later made it good."""
        return self.outcome is Outcome.FAILED and self.cured_by is None

    @property
    def passed(self) -> tuple[Judged, ...]:
        """The results that pass, relaxed limits included."""
        return tuple(result for result in self.results if result.outcome.is_passed)

    @property
    def relaxed(self) -> tuple[Judged, ...]:
        """The results that pass only by a relaxed limit."""
        return tuple(result for result in self.results if result.outcome is Outcome.RELAXED)

    @property
    def failed(self) -> tuple[Judged, ...]:
        """The results that fail."""
        return tuple(result for result in self.results if result.outcome is Outcome.FAILED)

    @property
    def open(self) -> tuple[Judged, ...]:
        """The results that have a limit and cannot be judged by it."""
        return tuple(result for result in self.results if result.is_open)

    @property
    def unlimited(self) -> tuple[Judged, ...]:
        """The results for which no limit applies; they decide nothing."""
        return tuple(result for result in self.results if not result.is_required)


def verdicts(snapshot: Snapshot) -> dict[str, Verdict]:
    """Return the verdict on every sample of a snapshot, by sample."""
    return cured(snapshot["water_tests"], judged(snapshot))


def judged(snapshot: Snapshot) -> dict[str, Verdict]:
    """Return the verdict on every sample by itself: what it shows never changes with the day."""
    return snapshot.once("verdicts", JUDGED_BY, lambda: _judged(snapshot))


JUDGED_BY = ("water_tests", "water_results", "water_limits", "works")
"""The ledgers that a verdict follows from."""


def _judged(snapshot: Snapshot) -> dict[str, Verdict]:
    limits, judge = Limits(snapshot["water_limits"]), Judge()
    works = snapshot.index("works")
    results = snapshot.group("water_results", "sample_id")
    return {
        test.sample_id: _verdict(test, results[test.sample_id], limits, judge, works)
        for test in snapshot["water_tests"]
    }


def cured(tests: Sequence[WaterTestRow], found: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Return the verdicts on these samples, with the later sample that made good a failing one."""
    cures = dict(_cures(tests, found))
    return {
        test.sample_id: replace(found[test.sample_id], cured_by=cures[test.sample_id])
        if test.sample_id in cures
        else found[test.sample_id]
        for test in tests
    }


def _verdict(
    test: WaterTestRow,
    results: Iterable[WaterResultRow],
    limits: Limits,
    judge: Judge,
    works: Index[WorksRow],
) -> Verdict:
    place = works.get(test.place_id) if test.place_type == "工程" else None
    choice = limits.choose(
        test.sampled_on,
        is_small=is_small_supply(test.place_type, place),
        is_limited=place is not None and place.has_limited_source is True,
        point=test.sampling_point,
    )
    rows, names = choice.rows, choice.names
    judged = tuple(
        judge.judged(one, rows.get(one.indicator, ()), names.get(one.indicator, "其他"))
        for one in results
    )
    outcome, is_computed = _outcome(judged, test.conclusion)
    return Verdict(
        sample_id=test.sample_id,
        outcome=outcome,
        is_computed=is_computed,
        is_full_report=test.method == LABORATORY and len(judged) >= FULL_REPORT,
        results=judged,
        limit_sets=choice.sets,
    )


def _outcome(results: Sequence[Judged], stated: str) -> tuple[Outcome, bool]:
    """Return what a sample shows as a whole, and whether its values decided that."""
    found = {result.outcome for result in results if result.is_required}
    if Outcome.FAILED in found:
        return Outcome.FAILED, True
    if results and (not found or Outcome.UNJUDGED in found):
        is_failed = _STATED[stated] is Outcome.FAILED
        return (Outcome.FAILED, False) if is_failed else (Outcome.UNJUDGED, True)
    if not found:
        return _STATED[stated], False
    return (Outcome.RELAXED if Outcome.RELAXED in found else Outcome.PASSED), True


def _cures(
    tests: Iterable[WaterTestRow], found: Mapping[str, Verdict]
) -> Iterator[tuple[str, str]]:
    """Yield each failing sample that was made good, with the earliest sample that did so."""
    standing = [test for test in tests if test.withdrawn_on is None]
    failing = [test for test in standing if found[test.sample_id].outcome is Outcome.FAILED]
    wanted = {_point(test) for test in failing}
    at_point: dict[tuple[str, str, str], list[WaterTestRow]] = defaultdict(list)
    retests: dict[str, list[WaterTestRow]] = defaultdict(list)
    for test in standing:
        if _point(test) in wanted:
            at_point[_point(test)].append(test)
        if test.retest_of_id is not None:
            retests[test.retest_of_id].append(test)
    for test in failing:
        verdict = found[test.sample_id]
        cures = [
            t
            for t in at_point[_point(test)]
            if t.sampled_on > test.sampled_on and _shows_cure(verdict, found[t.sample_id])
        ]
        cures += [
            t
            for t in retests[test.sample_id]
            if t.sampled_on >= test.sampled_on and found[t.sample_id].outcome.is_passed
        ]
        if cures:
            yield test.sample_id, min(cures, key=lambda t: (t.sampled_on, t.sample_id)).sample_id


def _point(test: WaterTestRow) -> tuple[str, str, str]:
    return test.place_type, test.place_id, test.sampling_point


def _shows_cure(failing: Verdict, later: Verdict) -> bool:
    """Whether every indicator that failed passes in a later sample."""
    if not failing.failed:
        return later.outcome.is_passed
    passed = {result.indicator for result in later.passed}
    return all(result.indicator in passed for result in failing.failed)
