"""What is known on a day, derived once for all units, clauses and readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar, cast

from pipeline import rectification, water
from pipeline.dates import Workdays, in_force
from pipeline.inspection import looked_at
from pipeline.ledgers import Snapshot
from pipeline.rowtypes import (
    AssignmentRow,
    ChecklistItemRow,
    DivisionRow,
    FindingRow,
    HouseholdCheckRow,
    InspectionRow,
    IssueRow,
    JudgementRow,
    PhoneCheckRow,
    ResponsibilityRow,
    Row,
    WaterTestRow,
    WorksRow,
)

R = TypeVar("R", bound=Row)
L = TypeVar("L", PhoneCheckRow, InspectionRow, HouseholdCheckRow)

OFFICES = ("市", "省", "国家")
"""Levels that check from outside; what media and citizens find comes in as issues (G11)."""

FINAL = "终评"
_DECIDES = {"核查": 1, FINAL: 2}

STRIKES = "judgements"
"""The ledger that may strike rows of every other one."""

Place = tuple[str, str]
"""place_type and place_id, as everywhere in the ledgers."""


@dataclass(frozen=True)
class Known:
    """A snapshot as of a day, and what follows from it. Pure: holds no reading and no points.

    `told` is everything known on the day; `snapshot` the same without the rows that a judgement has
    struck. `judged` are the samples by themselves, whatever came later.
    """

    told: Snapshot
    day: date
    judged: Mapping[str, water.Verdict]
    workdays: Workdays

    def of_rows(self, tables: Mapping[str, tuple[Row, ...]]) -> Known:
        """Return what would be known if only some rows were there."""
        return replace(self, told=self.told.having(tables))

    @cached_property
    def snapshot(self) -> Snapshot:
        """What stands: a row judged untrue is left out everywhere, its file is not touched."""
        if not self.struck:
            return self.told
        tables = {}
        for name, rows in self.told.tables.items():
            kept = tuple(row for row in rows if row.id not in self.struck)
            tables[name] = rows if len(kept) == len(rows) else kept
        return self.told.having(tables)

    @cached_property
    def verdicts(self) -> Mapping[str, water.Verdict]:
        """The verdicts as of the day; a sample that was struck cures nothing."""
        return water.cured(self.snapshot["water_tests"], self.judged)

    def of_unit(self, kind: type[R], unit_id: str) -> list[R]:
        """Return the rows of a unit, in both homes, of the ledger that a row class is of."""
        return cast("list[R]", self.snapshot.group(kind.table, "unit_id")[unit_id])

    def own(self, kind: type[R], unit_id: str) -> list[R]:
        """Return what a unit says of itself: its rows of home U."""
        if (kind, unit_id) not in self._own:
            rows = self.of_unit(kind, unit_id)
            self._own[kind, unit_id] = [row for row in rows if row.shard.home == "U"]
        return self._own[kind, unit_id]

    def outside(self, kind: type[L], unit_id: str) -> list[L]:
        """Return what city, province or nation found about a unit and has not taken back (OUT)."""
        if (kind, unit_id) not in self._outside:
            self._outside[kind, unit_id] = [
                row
                for row in self.of_unit(kind, unit_id)
                if row.checker_level in OFFICES and row.withdrawn_on is None
            ]
        return self._outside[kind, unit_id]

    @cached_property
    def answers(self) -> Mapping[tuple[str, str, str | None], JudgementRow]:
        """The judgement that decides each question of fact: unit, fact, judged row -> judgement.

        A final one outweighs a check; of two of a stage the later one holds.
        """
        found: dict[tuple[str, str, str | None], JudgementRow] = {}
        rows = [r for r in self.told["judgements"] if r.fact and r.stage in _DECIDES]
        for row in sorted(rows, key=lambda r: (_DECIDES[r.stage], r.judged_on, r.id)):
            if row.shard.home == "C" and row.fact:
                found[row.unit_id, row.fact, row.subject_id] = row
        return MappingProxyType(found)

    @cached_property
    def struck(self) -> frozenset[str]:
        """Ids of rows that a judgement found untrue (属实, 否): left out everywhere."""
        return frozenset(
            row.subject_id
            for (_, fact, _), row in self.answers.items()
            if fact == "属实" and row.answer == "否" and row.subject_id is not None
        )

    def finals_of(self, year: str) -> Mapping[tuple[str, str], JudgementRow]:
        """The signed final judgement of points, by unit and clause; the latest holds.

        Only by the edition of a year: another one's clause of the same number is another clause.
        """
        rows = [
            row
            for row in self.told["judgements"]
            if row.stage == FINAL
            and row.edition == year
            and row.shard.home == "C"
            and row.signed_on is not None
            and row.kind in ("分值", "不适用")
        ]
        ordered = sorted(rows, key=lambda r: (r.judged_on, r.id))
        return MappingProxyType({(row.unit_id, row.clause_id): row for row in ordered})

    @cached_property
    def states(self) -> Mapping[str, rectification.State]:
        """Where every issue stands at the end of the day."""
        return MappingProxyType(rectification.states(self.snapshot, self.day))

    @cached_property
    def inherited(self) -> Mapping[str, list[tuple[AssignmentRow, IssueRow]]]:
        """Assignments, with the issue voided as a duplicate, by the issue that took over (G41)."""
        found: dict[str, list[tuple[AssignmentRow, IssueRow]]] = defaultdict(list)
        assignments, issues = self.snapshot.index("assignments"), self.snapshot.index("issues")
        for void, heir in rectification.duplicates(self.snapshot, self.states).items():
            assignment = assignments.get(issues[void].assignment_id)
            if assignment is not None and assignment.withdrawn_on is None:
                found[heir].append((assignment, issues[void]))
        return MappingProxyType(found)

    @cached_property
    def in_supply(self) -> Mapping[str, list[WorksRow]]:
        """Works that give water, by unit."""
        found: dict[str, list[WorksRow]] = defaultdict(list)
        for row in self.snapshot["works"]:
            if row.status in ("正常", "间歇", "作用不明显"):
                found[row.unit_id].append(row)
        return found

    @cached_property
    def townships(self) -> Mapping[str, list[DivisionRow]]:
        """Township-level divisions in force, by managing unit."""
        found: dict[str, list[DivisionRow]] = defaultdict(list)
        for row in self.snapshot["divisions"]:
            if row.division_level == "乡级" and in_force(row, self.day):
                found[row.unit_id].append(row)
        return found

    @cached_property
    def seats(self) -> Mapping[tuple[str, str], list[ResponsibilityRow]]:
        """Those who answer for county and townships, by unit and kind of place."""
        found: dict[tuple[str, str], list[ResponsibilityRow]] = defaultdict(list)
        for row in self.snapshot["responsibilities"]:
            if row.place_type in ("县", "乡镇"):
                found[row.unit_id, row.place_type].append(row)
        return found

    @cached_property
    def visits(self) -> Mapping[str, list[tuple[InspectionRow, frozenset[str], list[FindingRow]]]]:
        """Outside visits by unit: the visit, the clauses it looked at, its findings that stand."""
        failed = self.snapshot.group("findings", "visit_id")
        found: dict[str, list[tuple[InspectionRow, frozenset[str], list[FindingRow]]]] = {}
        for unit in self.snapshot["units"]:
            found[unit.id] = [
                (
                    visit,
                    frozenset(item.item_code for item in looked_at(visit, self.snapshot)),
                    [row for row in failed[visit.id] if row.withdrawn_on is None],
                )
                for visit in self.outside(InspectionRow, unit.id)
            ]
        return found

    @cached_property
    def items(self) -> Mapping[str, ChecklistItemRow]:
        """Checklist items by code."""
        return self.snapshot.index("checklist_items")

    @cached_property
    def struck_off(self) -> frozenset[str]:
        """Findings whose issue is struck off by the day (销号), for reading G31."""
        return frozenset(
            finding
            for issue in self.snapshot["issues"]
            if issue.finding_ids and self.states[issue.id].is_struck
            for finding in issue.finding_ids
        )

    @cached_property
    def tests(self) -> Mapping[Place, list[WaterTestRow]]:
        """Water samples not taken back, by place, oldest first."""
        found: dict[Place, list[WaterTestRow]] = defaultdict(list)
        for row in self.snapshot["water_tests"]:
            if row.withdrawn_on is None:
                found[row.place_type, row.place_id].append(row)
        for rows in found.values():
            if len(rows) > 1:
                rows.sort(key=attrgetter("sampled_on", "id"))
        return found

    @cached_property
    def _tests_of_units(self) -> Mapping[Place, list[WaterTestRow]]:
        """Those that units took themselves."""
        return {
            place: [row for row in rows if row.shard.home == "U"]
            for place, rows in self.tests.items()
        }

    def own_tests(
        self, unit_id: str, start: date
    ) -> list[tuple[WorksRow, Place, list[WaterTestRow]]]:
        """Return the works in supply, with the unit's own tests from a day on, oldest first."""
        if (unit_id, start) not in self._own_tests:
            tests = self._tests_of_units
            self._own_tests[unit_id, start] = [
                (row, place, _since(start, tests.get(place, [])))
                for row in self.in_supply[unit_id]
                for place in [("工程", row.id)]
            ]
        return self._own_tests[unit_id, start]

    @cached_property
    def failing(self) -> Mapping[str, dict[Place, list[WaterTestRow]]]:
        """Places by unit where any sample fails and is not cured, with all their samples."""
        found: dict[str, dict[Place, list[WaterTestRow]]] = defaultdict(dict)
        for row in self.snapshot["water_tests"]:
            if row.withdrawn_on is None and self.verdicts[row.id].is_failing:
                place = (row.place_type, row.place_id)
                found[row.unit_id][place] = self.tests[place]
        return found

    def workdays_after(self, start: date, days: int) -> date:
        """Return the last day in time of what is due so many working days after a day."""
        key = (start, days)
        if key not in self._limits:
            self._limits[key] = self.workdays.after(start, days)
        return self._limits[key]

    @cached_property
    def _own(self) -> dict[tuple[type[Row], str], list[Any]]:
        return {}

    @cached_property
    def _outside(self) -> dict[tuple[type[Row], str], list[Any]]:
        return {}

    @cached_property
    def _own_tests(
        self,
    ) -> dict[tuple[str, date], list[tuple[WorksRow, Place, list[WaterTestRow]]]]:
        return {}

    @cached_property
    def _limits(self) -> dict[tuple[date, int], date]:
        return {}


def _since(start: date, tests: list[WaterTestRow]) -> list[WaterTestRow]:
    """Return the samples from a day on; of samples in order."""
    if not tests or tests[0].sampled_on >= start:
        return tests
    return [test for test in tests if test.sampled_on >= start]
