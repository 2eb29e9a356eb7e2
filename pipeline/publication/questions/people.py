"""Who answers for the water of a place, and whom to call, nearest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.dates import in_force
from pipeline.publication.questions.places import Places
from pipeline.publication.questions.subject import Subject, by_key, single
from pipeline.publication.recording import Recorder
from pipeline.rowtypes import PhoneRow, ResponsibilityRow, WorksRow

DUTIES = ("政府主体责任", "水利监管责任", "运行管理责任")
RANKS = {"主要领导": 0, "主管领导": 1, "直接负责人": 2, "管水员": 3}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who answers for the water of a place, with the phone that may be called."""

    row: ResponsibilityRow
    phone: PhoneRow | None


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


class People(Subject):
    """Duties and phones as of the day of the view."""

    NAME: ClassVar = "people"

    def __init__(self, recorder: Recorder, places: Places) -> None:
        """Take who notes what is asked, and the places."""
        super().__init__(recorder)
        self._places = places

    @by_key
    def seats(self) -> Mapping[tuple[str, str], list[Person]]:
        """People in office by place, the highest first, each with the number that may be called."""
        phones = self.view.index("phones")
        seats: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for row in self.view.responsibilities:
            if in_force(row, self.view.as_of_on):
                phone = phones.get(row.phone_id) if row.phone_id else None
                if phone is not None and not in_force(phone, self.view.as_of_on):
                    phone = None
                seats[row.place_type, row.place_id].append(Person(row, phone))
        for people in seats.values():
            people.sort(key=lambda p: (RANKS[p.row.rank], p.row.id))
        return seats

    @by_key
    def tenures(self) -> Mapping[tuple[str, str], list[Person]]:
        """Everybody who holds or held a duty by place, in or out of office, with the phone named.

        Whether the phone may be called on a day, its own row says.
        """
        phones = self.view.index("phones")
        found: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for row in self.view.responsibilities:
            phone = phones.get(row.phone_id) if row.phone_id else None
            found[row.place_type, row.place_id].append(Person(row, phone))
        return found

    def duties(self, places: Sequence[tuple[str, str]]) -> tuple[Duty, ...]:
        """Return the three duties held at the places (county, township, village, works)."""
        people = [person for place in places for person in self.seats.get(place, ())]
        return tuple(Duty(name, tuple(p for p in people if p.row.duty == name)) for name in DUTIES)

    @by_key
    def numbers(self) -> Mapping[tuple[str, str, str], list[PhoneRow]]:
        """Numbers in force by role and place."""
        found: dict[tuple[str, str, str], list[PhoneRow]] = defaultdict(list)
        for row in sorted(self.view.phones, key=lambda p: p.id):
            if in_force(row, self.view.as_of_on):
                found[row.role, row.place_type, row.place_id].append(row)
        return found

    @by_key
    def lines(self) -> Mapping[tuple[str, str, str], list[PhoneRow]]:
        """Numbers by role and place, those that are out of use too."""
        found: dict[tuple[str, str, str], list[PhoneRow]] = defaultdict(list)
        for row in sorted(self.view.phones, key=lambda p: p.id):
            found[row.role, row.place_type, row.place_id].append(row)
        return found

    def phone(
        self, role: str, places: Iterable[tuple[str, str]], day: date | None = None
    ) -> PhoneRow | None:
        """Return the number of a role at the first of the places that has one, now or on a day."""
        for place in places:
            if day is None:
                rows = self.numbers.get((role, *place), [])
            else:
                rows = [r for r in self.lines.get((role, *place), []) if in_force(r, day)]
            if rows:
                return rows[0]
        return None

    def phones(self, role: str, place_type: str, place_id: str) -> list[PhoneRow]:
        """Return all numbers of a role at a place."""
        return self.numbers.get((role, place_type, place_id), [])

    def ladder(
        self,
        unit_id: str,
        town: str | None,
        village: str | None,
        works: Sequence[WorksRow],
        day: date | None = None,
    ) -> tuple[Rung, ...]:
        """Return the numbers to call, nearest first: keeper, station, county, city, ..., 12314.

        They are those in use now, or on an earlier day.
        """
        near = [("工程", w.id) for w in works]
        near += [("村", village)] if village else []
        wide = [*near, *([("乡镇", town)] if town else []), ("县", unit_id)]
        unit = self._places.unit(unit_id)
        keeper = self.phone("管理人员", near, day)
        repair = self.phone("维修", wide, day) or self.phone("供水服务", wide, day)
        county = self.phone("县级监督", [("县", unit_id)], day)
        rungs = []
        if near:
            rungs.append(_rung("管水员或供水站管理人员", "停水、漏水、水浑，先打这里", keeper))
        rungs.append(_rung("供水维修", "打不通，或者半天没人来", repair))
        if town and (post := self.phone("乡镇监督", [("乡镇", town)], day)):
            rungs.append(
                _rung(f"{self._places.division(town).name}监督电话", "一天还没有修好", post)
            )
        rungs.append(_rung(f"{unit.name}监督电话", "两天还没有修好", county))
        return (*rungs, *self.hotlines)

    @single
    def hotlines(self) -> tuple[Rung, ...]:
        """The rungs above the county, from campaign.yml."""
        return tuple(
            Rung(h["name"], h["when"], h.get("hours"), h.get("number") or None)
            for h in self.view.campaign.hotlines
        )


def _rung(who: str, when: str, phone: PhoneRow | None) -> Rung:
    return Rung(who, when, phone.service_hours if phone else None, phone.number if phone else None)
