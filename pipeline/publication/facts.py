"""What pages ask of the view: who answers for a place, whom to call, which works, tests, issues.

Every answer is made once from the view's rows and kept; pages only choose and show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.dates import in_force
from pipeline.disclosure import View
from pipeline.publication.progress import UNKNOWN

Row = Any

DUTIES = ("政府主体责任", "水利监管责任", "运行管理责任")
RANKS = {"主要领导": 0, "主管领导": 1, "直接负责人": 2, "管水员": 3}
OPEN_STATES = ("整改中", "已报完成", "待核查", "核查通过")
IN_SUPPLY = ("正常", "间歇", "作用不明显")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who answers for the water of a place, with the phone that may be called."""

    row: Row
    phone: Row | None


@dataclass(frozen=True, slots=True)
class Duty:
    """One of the three duties and the people who hold it for a place, nearest last."""

    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder of numbers: who, when to climb here, hours, number or None."""

    who: str
    when: str
    hours: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Issues counted honestly: all that was found, what is said, what was seen, what is late."""

    found: int
    reported: int
    verified: int
    struck: int
    overdue: int

    @property
    def open(self) -> int:
        """Issues not yet struck off."""
        return self.found - self.struck


class Facts:
    """Answers about places, made from one view."""

    def __init__(self, view: View) -> None:
        """Take the view; nothing is computed before it is asked for."""
        self.view = view
        self.day = view.as_of_on

    @cached_property
    def units(self) -> tuple[Row, ...]:
        """The 17 units in official order."""
        return tuple(sorted(self.view.units, key=lambda u: u.sort_no))

    @cached_property
    def townships(self) -> Mapping[str, list[Row]]:
        """Township-level units by managing unit, in order of code."""
        return self._divisions("乡级", "unit_id")

    @cached_property
    def villages(self) -> Mapping[str, list[Row]]:
        """Village-level units by township, in order of code."""
        return self._divisions("村级", "parent_code")

    def _divisions(self, level: str, by: str) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.view.divisions, key=lambda d: d.division_code):
            if row.division_level == level and in_force(row, self.day):
                found[getattr(row, by)].append(row)
        return found

    def unit(self, unit_id: str) -> Row:
        """Return a unit's row."""
        return self.view.index("units")[unit_id]

    def division(self, code: str) -> Row:
        """Return the row of a township or village."""
        return self.view.index("divisions")[code]

    @cached_property
    def works_of_village(self) -> Mapping[str, list[Row]]:
        """Works by the villages they serve: those in supply first, of these the whole village's."""
        order = {s: n for n, s in enumerate((*IN_SUPPLY, "闲置", "停用"))}
        found: dict[str, list[Row]] = defaultdict(list)
        for village, rows in self.view.group("works", "village_codes").items():
            found[village] = sorted(
                rows, key=lambda w: (order[w.status], village in w.partly_served_codes, w.id)
            )
        return found

    @cached_property
    def works_from_elsewhere(self) -> Mapping[str, list[Row]]:
        """Works by the townships that they serve without standing there, in order of their ids."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.view.works, key=lambda row: row.id):
            for town in self.towns_served(row)[1:]:
                found[town.id].append(row)
        return found

    def towns_served(self, works: Row) -> list[Row]:
        """Return the township a works stands in, then every other one it serves, by code."""
        others = {self.division(code).parent_code for code in works.village_codes}
        return [
            self.division(code) for code in (works.town_code, *sorted(others - {works.town_code}))
        ]

    @cached_property
    def works_of_unit(self) -> Mapping[str, list[Row]]:
        """Works by unit, in order of their ids."""
        return self._by_unit(self.view.works)

    @cached_property
    def issues_of_unit(self) -> Mapping[str, list[Row]]:
        """All issues by unit, void ones too, in order of their ids."""
        return self._by_unit(self.view.issues)

    def _by_unit(self, rows: Iterable[Row]) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.id):
            found[row.unit_id].append(row)
        return found

    @cached_property
    def _seats(self) -> Mapping[tuple[str, str], list[Person]]:
        phones = self.view.index("phones")
        seats: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for row in self.view.responsibilities:
            if in_force(row, self.day):
                phone = phones.get(row.phone_id) if row.phone_id else None
                if phone is not None and not in_force(phone, self.day):
                    phone = None
                seats[row.place_type, row.place_id].append(Person(row, phone))
        for people in seats.values():
            people.sort(key=lambda p: (RANKS[p.row.rank], p.row.id))
        return seats

    def duties(self, places: Sequence[tuple[str, str]]) -> tuple[Duty, ...]:
        """Return the three duties held at the places (county, township, village, works)."""
        people = [person for place in places for person in self._seats.get(place, ())]
        return tuple(Duty(name, tuple(p for p in people if p.row.duty == name)) for name in DUTIES)

    @cached_property
    def _phones(self) -> Mapping[tuple[str, str, str], list[Row]]:
        found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in sorted(self.view.phones, key=lambda p: p.id):
            if in_force(row, self.day):
                found[row.role, row.place_type, row.place_id].append(row)
        return found

    def phone(self, role: str, places: Iterable[tuple[str, str]]) -> Row | None:
        """Return the number of a role at the first of the places that has one."""
        for place in places:
            if rows := self._phones.get((role, *place)):
                return rows[0]
        return None

    def phones(self, role: str, place_type: str, place_id: str) -> list[Row]:
        """Return all numbers of a role at a place."""
        return self._phones.get((role, place_type, place_id), [])

    def ladder(
        self, unit_id: str, town: str | None, village: str | None, works: Sequence[Row]
    ) -> tuple[Rung, ...]:
        """Return the numbers to call, nearest first: keeper, station, county, city, ..., 12314."""
        near = [("工程", w.id) for w in works]
        near += [("村", village)] if village else []
        wide = [*near, *([("乡镇", town)] if town else []), ("县", unit_id)]
        unit = self.unit(unit_id)
        keeper = self.phone("管理人员", near)
        repair = self.phone("维修", wide) or self.phone("供水服务", wide)
        county = self.phone("县级监督", [("县", unit_id)])
        rungs = []
        if near:
            rungs.append(_rung("管水员或供水站管理人员", "停水、漏水、水浑，先打这里", keeper))
        rungs.append(_rung("供水维修", "打不通，或者半天没人来", repair))
        if town and (post := self.phone("乡镇监督", [("乡镇", town)])):
            rungs.append(_rung(f"{self.division(town).name}监督电话", "一天还没有修好", post))
        rungs.append(_rung(f"{unit.name}监督电话", "两天还没有修好", county))
        return (*rungs, *self.hotlines)

    @cached_property
    def hotlines(self) -> tuple[Rung, ...]:
        """The rungs above the county, from campaign.yml."""
        return tuple(
            Rung(h["name"], h["when"], h.get("hours"), h.get("number") or None)
            for h in self.view.campaign.hotlines
        )

    @cached_property
    def issues(self) -> tuple[Row, ...]:
        """All issues that stand (in the register and not void), newest first."""
        states = self.view.states
        standing = [i for i in self.view.issues if states[i.id].state not in UNKNOWN]
        return tuple(sorted(standing, key=lambda i: (i.found_on, i.id), reverse=True))

    def issues_by(self, field: str) -> Mapping[str, list[Row]]:
        """Group the standing issues by a column."""
        if field not in self._issue_groups:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self.issues:
                found[getattr(row, field)].append(row)
            self._issue_groups[field] = found
        return self._issue_groups[field]

    @cached_property
    def _issue_groups(self) -> dict[str, Mapping[str, list[Row]]]:
        return {}

    def tally(self, issues: Iterable[Row]) -> Tally:
        """Count issues by what is said and what was seen; open overdue ones stay in."""
        states = [self.view.states[i.id] for i in issues]
        return Tally(
            found=len(states),
            reported=sum(s.is_reported for s in states),
            verified=sum(s.is_verified for s in states),
            struck=sum(s.state == "已销号" for s in states),
            overdue=sum(s.is_overdue for s in states),
        )

    @cached_property
    def tests_of(self) -> Mapping[tuple[str, str], list[Row]]:
        """Water tests by place, newest first."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in sorted(self.view.water_tests, key=lambda t: (t.sampled_on, t.id), reverse=True):
            if row.withdrawn_on is None:
                found[row.place_type, row.place_id].append(row)
        return found

    def tests(self, places: Iterable[tuple[str, str]]) -> list[Row]:
        """Return the tests of several places, newest first."""
        rows = [row for place in places for row in self.tests_of.get(place, ())]
        return sorted(rows, key=lambda t: (t.sampled_on, t.id), reverse=True)


def _rung(who: str, when: str, phone: Row | None) -> Rung:
    return Rung(who, when, phone and phone.service_hours, phone and phone.number)
