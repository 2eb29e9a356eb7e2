"""The water of a place in words: how it stands, what fails and since when, what to do, who mends.

Everything is read from the standings of the view; a place that was never tested is a standing too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from pipeline.dates import in_force
from pipeline.disclosure.shown import Bound, Failure, Judged
from pipeline.figures import shown
from pipeline.publication.questions.subject import Subject, by_key
from pipeline.publication.questions.water_words import limit_words
from pipeline.rowtypes import ShownIssueRow, ShownWaterTestRow, WorksRow
from pipeline.terms import IN_SUPPLY, STRUCK, VOID

Place = tuple[str, str]
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counted:
    """Works in supply by what is known of their water; the five parts make up the whole."""

    passed: int = 0
    relaxed: int = 0
    failed: int = 0
    unjudged: int = 0
    untested: int = 0

    @property
    def works(self) -> int:
        """All works in supply."""
        return self.kept + self.failed + self.unjudged + self.untested

    @property
    def kept(self) -> int:
        """Works whose water keeps its limits, relaxed ones included."""
        return self.passed + self.relaxed


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that fails at a place: by how much, since when, how often, and what to do."""

    what: str
    measured: str
    since_on: date
    times: int
    advice: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be said of the water of a place.

    `test` is the sample that the standing rests on, None if there is none; `issues` are those that
    mend what fails, `struck` those that were struck off although it still fails.
    """

    place: Place
    outcome: str
    test: ShownWaterTestRow | None
    faults: tuple[Fault, ...] = ()
    issues: tuple[ShownIssueRow, ...] = ()
    struck: tuple[ShownIssueRow, ...] = ()

    @property
    def is_works(self) -> bool:
        """Whether the place is a works, not a village with springs and wells of its own."""
        return self.place[0] == "工程"

    @property
    def failing(self) -> str:
        """Name what fails: 氟化物超标、浑浊度超标."""
        return "、".join(fault.what for fault in self.faults)

    @property
    def when(self) -> tuple[date, str]:
        """Day and id of the sample, to put answers in order of time; before all days if none."""
        return (self.test.sampled_on, self.test.id) if self.test is not None else (date.min, "")


class Water(Subject):
    """Tests and standings as of the day of the view."""

    NAME: ClassVar = "water"

    def outcome(self, place_type: str, place_id: str) -> str:
        """Say which of the five a place is."""
        standing = self.view.standings.get((place_type, place_id))
        return str(standing.outcome) if standing else "未检测"

    def counted(self, works: Iterable[WorksRow]) -> Counted:
        """Count the works in supply by what is known of their water."""
        found = Counter(self.outcome("工程", w.id) for w in works if w.status in IN_SUPPLY)
        return Counted(
            found["达标"], found["放宽达标"], found["不达标"], found["判不了"], found["未检测"]
        )

    def answer(self, place_type: str, place_id: str) -> Answer:
        """Return what is to be said of the water of a place."""
        place = place_type, place_id
        standing = self.view.standings.get(place)
        if standing is None or standing.sample_id is None:
            return Answer(place, "未检测", None)
        test = self.view.index("water_tests")[standing.sample_id]
        faults = tuple(self._fault(failure) for failure in standing.failures)
        issues = list(self._issues({s for f in standing.failures for s in f.samples}))
        states = self.view.states
        return Answer(
            place,
            str(standing.outcome),
            test,
            faults,
            tuple(i for i in issues if states[i.id].state not in (VOID, STRUCK)),
            tuple(i for i in issues if states[i.id].state == STRUCK),
        )

    def answers(self, places: Sequence[Place]) -> list[Answer]:
        """Return the answers of several places, what fails first, then what is not known."""
        order = ("不达标", "判不了", "未检测", "放宽达标", "达标")
        return sorted((self.answer(*p) for p in places), key=lambda a: order.index(a.outcome))

    @by_key
    def tests_of(self) -> Mapping[tuple[str, str], list[ShownWaterTestRow]]:
        """Water tests by place, newest first."""
        found: dict[tuple[str, str], list[ShownWaterTestRow]] = defaultdict(list)
        for row in sorted(self.view.water_tests, key=lambda t: (t.sampled_on, t.id), reverse=True):
            if row.withdrawn_on is None:
                found[row.place_type, row.place_id].append(row)
        return found

    def tests(self, places: Iterable[tuple[str, str]]) -> list[ShownWaterTestRow]:
        """Return the tests of several places, newest first."""
        rows = [row for place in places for row in self.tests_of.get(place, ())]
        return sorted(rows, key=lambda t: (t.sampled_on, t.id), reverse=True)

    def standards(self, test: ShownWaterTestRow) -> str:
        """Name the standards whose limits a test was judged by; blank if none applied."""
        results = self.view.verdicts[test.id].results
        return "、".join(sorted({r.limit.standard for r in results if r.limit is not None}))

    def _issues(self, samples: set[str]) -> Iterator[ShownIssueRow]:
        """Yield the issues registered for the samples, the earliest first."""
        found = (i for s in samples for i in self.view.group("issues", "sample_id")[s])
        yield from sorted(found, key=lambda i: (i.found_on, i.id))

    def _fault(self, failure: Failure) -> Fault:
        test = self.view.index("water_tests")[failure.samples[0]]
        where = f"{test.sampled_on.month}月{test.sampled_on.day}日{test.sampling_point}"
        result = failure.result
        side = "偏低" if result and result.is_short else "偏高"
        return Fault(
            _what(result),
            f"{where}{_measured(result)}" if result else f"{where}，报告没有写是哪一项",
            failure.since_on,
            len(failure.samples),
            self.advice.get((result.indicator if result else "", side))
            or self.advice.get(("", side), ""),
        )

    @by_key
    def advice(self) -> Mapping[tuple[str, str], str]:
        """The advice in force, by indicator ("" = not stated) and side."""
        return {
            (name, side): row.advice
            for row in self.view.water_advice
            if in_force(row, self.view.as_of_on)
            for name in row.indicators or ("",)
            for side in (("偏高", "偏低") if row.side == "都用" else (row.side,))
        }


def _what(result: Judged | None) -> str:
    """Say what fails: 氟化物超标, 检出总大肠菌群, 游离氯偏低."""
    return result.fault if result is not None and result.limit is not None else "水质不达标"


def _measured(result: Judged) -> str:
    """Say by how much: 测得 1.42 mg/L，应不超过 1，是限值的 1.42 倍."""
    limit, raw = result.limit, result.raw_value
    if limit is None or limit.kind == "无异常":
        return f"报告写“{raw}”"
    unit = f" {result.unit_of_measure}" if result.unit_of_measure and raw[-1:].isdigit() else ""
    should = (
        limit_words(limit) if limit.kind == "不得检出" else f"应{_in(limit)}{limit_words(limit)}"
    )
    said = f"测得 {raw}{unit}，{should}{'（放宽限值）' if limit.is_relaxed else ''}"
    if limit.kind == "上限" and result.value and limit.high:
        times = (result.value / limit.high).quantize(_CENT, ROUND_HALF_UP)
        said += f"，是限值的 {shown(times)} 倍"
    return said


def _in(limit: Bound) -> str:
    return "在 " if limit.kind == "区间" else ""
