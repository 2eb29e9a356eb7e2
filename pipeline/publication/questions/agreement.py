"""Said, seen, checked (自报、现场看到、复核): how often the second look contradicts the first.

Three things that two parties looked at independently. Each counts pairs: what was said to be in
order and looked at again, and how many of these were not. The rate of contradiction is a sample of
what was said, and carries its interval.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from pipeline.publication.questions.issues import LOOKS, UNTRUE
from pipeline.publication.questions.places import Places
from pipeline.publication.questions.subject import Subject, by_key, single
from pipeline.publication.recording import Recorder
from pipeline.rowtypes import ShownInspectionRow, ShownWaterTestRow
from pipeline.terms import OUTSIDE

SEEN, CHECKED, PLANT, WATER = "县里核查", "市里复核", "厂站外查", "水质抽检"
FAILED = "不达标"


@dataclass(frozen=True, slots=True)
class Said:
    """How one thing is compared: its name, who says, who looks again, and how it is counted."""

    name: str
    says: str
    looks: str
    measure: str


THINGS = (
    Said(SEEN, "单位报完成的问题", "县里到现场核查", "件"),
    Said(CHECKED, "单位报完成的问题", "市以上再去看", "件"),
    Said(PLANT, "自查没有查出毛病的工程", "市以上查同样的项目", "处"),
    Said(WATER, "自己检测达标的工程", "市以上再采样", "处"),
)
"""What is compared, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """So many were looked at twice; of so many the second look contradicts the first."""

    looked: int = 0
    contradicted: int = 0


class Agreement(Subject):
    """What was said against what was seen, as of the day of the view."""

    NAME: ClassVar = "agreement"

    def __init__(self, recorder: Recorder, places: Places) -> None:
        """Take who notes what is asked, and the places."""
        super().__init__(recorder)
        self._places = places

    @by_key
    def of_unit(self) -> Mapping[str, Mapping[str, Pairs]]:
        """By unit, and for all of the city (""), what came of each of `THINGS`."""
        looked: Counter[tuple[str, str]] = Counter()
        wrong: Counter[tuple[str, str]] = Counter()
        for name, unit, is_contradicted in self._pairs:
            for key in (unit, ""):
                looked[key, name] += 1
                wrong[key, name] += is_contradicted
        return {
            key: {t.name: Pairs(looked[key, t.name], wrong[key, t.name]) for t in THINGS}
            for key in ("", *(unit.id for unit in self._places.units))
        }

    @single
    def _pairs(self) -> tuple[tuple[str, str, bool], ...]:
        """Every pair: what is compared, the unit, whether the second look contradicts."""
        return (*self._mending(), *self._plants(), *self._samples())

    def _mending(self) -> Iterator[tuple[str, str, bool]]:
        """Yield issues reported done that somebody then looked at: contradicted by any such look.

        Looks before the first report contradict nothing; one issue is one pair of each kind.
        """
        events, issues = self.view.index("issue_events"), self.view.index("issues")
        for issue_id, steps in self.view.histories.items():
            looks: dict[str, bool] = {}
            is_said = False
            for step in steps:
                is_said = is_said or step.event == "整改完成"
                if is_said and step.event in LOOKS:
                    level = events[step.event_id].by_level
                    name = CHECKED if level in OUTSIDE else SEEN
                    looks[name] = looks.get(name, False) or LOOKS[step.event] == UNTRUE
            for name, is_contradicted in looks.items():
                yield name, issues[issue_id].unit_id, is_contradicted

    def _plants(self) -> Iterator[tuple[str, str, bool]]:
        """Yield works the unit found in order before somebody from outside asked the same.

        Only questions of checklists that both went through, and that the unit found nothing wrong
        with in its last visit before.
        """
        failed: dict[str, set[str]] = defaultdict(set)
        for row in self.view.findings:
            if row.withdrawn_on is None:
                failed[row.visit_id].add(row.item_code)
        items = self.view.index("checklist_items")
        for visits in self._visits.values():
            own: ShownInspectionRow | None = None
            for visit in visits:
                if visit.checker_level not in OUTSIDE:
                    own = visit
                elif own is not None:
                    both = set(own.checklists) & set(visit.checklists)
                    asked = {code for code, item in items.items() if item.checklist in both}
                    asked -= {*own.items_skipped, *visit.items_skipped, *failed[own.id]}
                    if asked:
                        yield PLANT, visit.unit_id, bool(asked & failed[visit.id])

    @single
    def _visits(self) -> Mapping[str, list[ShownInspectionRow]]:
        """Visits to each works, in order of time; on one day the unit's own first."""
        found: dict[str, list[ShownInspectionRow]] = defaultdict(list)
        for row in self.view.inspections:
            if row.place_type == "工程" and row.withdrawn_on is None:
                found[row.place_id].append(row)
        for rows in found.values():
            rows.sort(key=lambda v: (v.visited_on, v.checker_level in OUTSIDE, v.id))
        return found

    def _samples(self) -> Iterator[tuple[str, str, bool]]:
        """Yield outside samples of works whose own last sample before them passed."""
        tests: dict[str, list[ShownWaterTestRow]] = defaultdict(list)
        for row in self.view.water_tests:
            if row.place_type == "工程" and row.withdrawn_on is None:
                tests[row.place_id].append(row)
        for rows in tests.values():
            rows.sort(key=lambda t: (t.sampled_on, t.checker_level in OUTSIDE, t.id))
            is_said = False
            for row in rows:
                outcome = self.view.verdicts[row.id].outcome
                if row.checker_level not in OUTSIDE:
                    is_said = outcome.is_passed
                elif is_said and (outcome.is_passed or outcome == FAILED):
                    yield WATER, row.unit_id, not outcome.is_passed
