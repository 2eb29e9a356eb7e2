"""Whether a sample passes, indicator by indicator, and which later sample made good a failing one.

The conclusion computed from the values and the limits wins over the one a report states; where no
value can be judged the stated one is all there is, and `is_computed` says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.ledgers import Row, Snapshot
from pipeline.water.judging import FAIL, PASS, UNJUDGED, Judged, judge
from pipeline.water.limits import Limits, is_small_supply

FULL_REPORT = 8
"""Indicators a laboratory report must hold to count as a full one."""
LABORATORY = "化验"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one sample shows.

    `limit_sets` are the sets that apply to such a sample, so that a report's own may be compared;
    `cured_by` is the earliest later sample that made good a failing one.
    """

    sample_id: str
    conclusion: str
    is_computed: bool
    is_full_report: bool
    results: tuple[Judged, ...] = ()
    limit_sets: frozenset[str] = frozenset()
    cured_by: str | None = None

    @property
    def is_relaxed(self) -> bool:
        """Whether it passes, and some indicator only by a relaxed limit."""
        return self.conclusion == PASS and any(result.is_relaxed for result in self.results)

    @property
    def failed(self) -> tuple[Judged, ...]:
        """The results that fail."""
        return tuple(result for result in self.results if result.outcome == FAIL)

    @property
    def judged(self) -> tuple[Judged, ...]:
        """The results that could be judged."""
        return tuple(result for result in self.results if result.outcome != UNJUDGED)


def verdicts(snapshot: Snapshot) -> dict[str, Verdict]:
    """Return the verdict on every sample of a snapshot, by sample."""
    return cured(snapshot["water_tests"], judged(snapshot))


def judged(snapshot: Snapshot) -> dict[str, Verdict]:
    """Return the verdict on every sample by itself: what it shows never changes with the day."""
    limits = Limits(snapshot["water_limits"])
    works = snapshot.index("works")
    results = snapshot.group("water_results", "sample_id")
    return {
        test.sample_id: _verdict(test, results[test.sample_id], limits, works)
        for test in snapshot["water_tests"]
    }


def cured(tests: Sequence[Row], found: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Return the verdicts on these samples, with the later sample that made good a failing one."""
    cures = dict(_cures(tests, found))
    return {
        test.sample_id: replace(found[test.sample_id], cured_by=cures[test.sample_id])
        if test.sample_id in cures
        else found[test.sample_id]
        for test in tests
    }


def _verdict(
    test: Row, results: Iterable[Row], limits: Limits, works: Mapping[str, Row]
) -> Verdict:
    place = works.get(test.place_id) if test.place_type == "工程" else None
    choice = limits.choose(
        test.sampled_on,
        is_small=is_small_supply(test.place_type, place),
        is_limited=place is not None and place.has_limited_source is True,
        point=test.sampling_point,
    )
    judged = tuple(
        judge(result, choice.get(result.indicator, ()), limits.names.get(result.indicator, "其他"))
        for result in results
    )
    outcomes = {result.outcome for result in judged}
    computed = FAIL if FAIL in outcomes else PASS if PASS in outcomes else None
    return Verdict(
        sample_id=test.sample_id,
        conclusion=computed or test.conclusion,
        is_computed=computed is not None,
        is_full_report=test.method == LABORATORY and len(judged) >= FULL_REPORT,
        results=judged,
        limit_sets=frozenset(row.limit_set for rows in choice.values() for row in rows),
    )


def _cures(tests: Iterable[Row], found: Mapping[str, Verdict]) -> Iterator[tuple[str, str]]:
    """Yield each failing sample that was made good, with the earliest sample that did so."""
    standing = [test for test in tests if test.withdrawn_on is None]
    failing = [test for test in standing if found[test.sample_id].conclusion == FAIL]
    wanted = {_point(test) for test in failing}
    at_point: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    retests: dict[str, list[Row]] = defaultdict(list)
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
            if t.sampled_on >= test.sampled_on and found[t.sample_id].conclusion == PASS
        ]
        if cures:
            yield test.sample_id, min(cures, key=lambda t: (t.sampled_on, t.sample_id)).sample_id


def _point(test: Row) -> tuple[str, str, str]:
    return test.place_type, test.place_id, test.sampling_point


def _shows_cure(failing: Verdict, later: Verdict) -> bool:
    """Whether every indicator that failed passes in a later sample."""
    if not failing.is_computed:
        return later.conclusion == PASS
    passed = {result.indicator for result in later.results if result.outcome == PASS}
    return all(result.indicator in passed for result in failing.failed)
