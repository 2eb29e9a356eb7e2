"""Waterworks: whom they serve, what is posted of them, when they stood still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

from pipeline.publication.questions.people import People
from pipeline.publication.questions.places import Beside, Places, neighbours
from pipeline.publication.questions.subject import Subject, by_key
from pipeline.publication.questions.water import Water
from pipeline.publication.recording import Recorder
from pipeline.rowtypes import DivisionRow, ShownOutageRow, WorksRow
from pipeline.terms import IN_SUPPLY


@dataclass(frozen=True, slots=True)
class Posted:
    """What is posted of one works: its keeper, a number to call, a water report."""

    keeper: bool
    number: bool
    report: bool


@dataclass(frozen=True, slots=True)
class Posting:
    """How far one township's works in supply are posted: works, with manager, number, report.

    None where the unit has not reported the ledger that would say so, which is not none posted.
    """

    town: DivisionRow
    works: int
    managed: int | None
    numbered: int | None
    reported: int | None


class Supply(Subject):
    """Works and outages as of the day of the view."""

    NAME: ClassVar = "supply"

    def __init__(self, recorder: Recorder, places: Places, people: People, water: Water) -> None:
        """Take who notes what is asked, and the subjects that works have to do with."""
        super().__init__(recorder)
        self._places, self._people, self._water = places, people, water

    @by_key
    def of_village(self) -> Mapping[str, list[WorksRow]]:
        """Works by the villages they serve: those in supply first, of these the whole village's."""
        order = {s: n for n, s in enumerate((*IN_SUPPLY, "闲置", "停用"))}
        found: dict[str, list[WorksRow]] = defaultdict(list)
        for village, rows in self.view.group("works", "village_codes").items():
            found[village] = sorted(
                rows, key=lambda w: (order[w.status], village in w.partly_served_codes, w.id)
            )
        return found

    @by_key
    def from_elsewhere(self) -> Mapping[str, list[WorksRow]]:
        """Works by the townships that they serve without standing there, in order of their ids."""
        found: dict[str, list[WorksRow]] = defaultdict(list)
        for row in sorted(self.view.works, key=lambda row: row.id):
            for town in self.towns_served(row)[1:]:
                found[town.id].append(row)
        return found

    def towns_served(self, works: WorksRow) -> list[DivisionRow]:
        """Return the township a works stands in, then every other one it serves, by code."""
        others = {self._places.division(code).parent_code or "" for code in works.village_codes}
        return [
            self._places.division(code)
            for code in (works.town_code, *sorted(others - {works.town_code}))
        ]

    @by_key
    def of_unit(self) -> Mapping[str, list[WorksRow]]:
        """Works by unit, in order of their ids."""
        return by_unit(self.view.works)

    @by_key
    def beside(self) -> Mapping[str, Beside]:
        """The works before and after one in its unit."""
        return neighbours(self.of_unit, "name")

    def classes(self, works: Iterable[WorksRow]) -> list[tuple[str, int, int]]:
        """Count works and people by class, in the order of the schema."""
        order = self.view.schemas["works"].by_name["works_class"].enum
        rows = list(works)
        found = [(c, [w for w in rows if w.works_class == c]) for c in order]
        return [(c, len(ws), sum(w.population for w in ws)) for c, ws in found if ws]

    @by_key
    def outages_at(self) -> Mapping[str, list[ShownOutageRow]]:
        """Outages by village and by works, newest first."""
        found: dict[str, list[ShownOutageRow]] = defaultdict(list)
        for row in sorted(self.view.outages, key=lambda o: o.started_on, reverse=True):
            for code in row.village_codes:
                found[code].append(row)
            if row.works_id:
                found[row.works_id].append(row)
        return found

    def outages(self, *places: str) -> list[ShownOutageRow]:
        """Return the outages of villages and works, each once, newest first."""
        found = {o.id: o for place in places for o in self.outages_at.get(place, ())}
        return sorted(found.values(), key=lambda o: o.started_on, reverse=True)

    def posted(self, works: WorksRow) -> Posted:
        """Return what is posted of a works, as far as it is registered."""
        place = ("工程", works.id)
        return Posted(
            bool(self._people.duties([place])[2].people),
            bool(self._people.phones("管理人员", *place)),
            any(test.posted_on for test in self._water.tests([place])),
        )

    def postings(self, towns: Sequence[DivisionRow]) -> list[Posting]:
        """Count, by township, works in supply whose keeper, number and water report are posted."""
        found = []
        for town in towns:
            works = [
                w for w in self.view.group("works", "town_code")[town.id] if w.status in IN_SUPPLY
            ]
            of = [self.posted(w) for w in works]
            counts = {
                "responsibilities": sum(p.keeper for p in of),
                "phones": sum(p.number for p in of),
                "water_tests": sum(p.report for p in of),
            }
            told = self.view.reporting[town.unit_id]
            said = (None if told[name] == "未报告" else count for name, count in counts.items())
            found.append(Posting(town, len(works), *said))
        return found


class OfUnit(Protocol):
    """A row that belongs to a unit."""

    @property
    def id(self) -> str:
        """The primary key as text."""

    @property
    def unit_id(self) -> str:
        """The unit."""


U = TypeVar("U", bound=OfUnit)


def by_unit(rows: Iterable[U]) -> Mapping[str, list[U]]:
    """Group rows by unit, in order of their ids."""
    found: dict[str, list[U]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.id):
        found[row.unit_id].append(row)
    return found
