"""Screening (排查): what was due and done, what is missing, who was where last.

The view decides what may be known of a visit: of a household check only its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from pipeline.disclosure.shown import Alike, Coverage, Looked, ScreeningStanding, Visit, Weak
from pipeline.publication.questions.places import Places
from pipeline.publication.questions.subject import Subject, by_key, single
from pipeline.publication.recording import Recorder

W = TypeVar("W", Weak, Alike)

CITY = ""
"""The key of the sums over all units."""

Tally = Mapping[str, tuple[int, int, int]]
"""Works by code of an item of 六有两确保: met, not met, not looked at."""

COLUMNS: tuple[tuple[str, str, Callable[[Coverage], bool]], ...] = (
    ("县查工程", "处", lambda row: (row.grain, row.tier) == ("工程", "县")),
    ("乡镇查工程", "处", lambda row: (row.grain, row.tier) == ("工程", "乡镇")),
    ("村查工程", "处", lambda row: (row.grain, row.tier) == ("工程", "村")),
    ("村", "个", lambda row: row.grain == "村"),
    ("三类户", "户", lambda row: row.grain == "户" and not row.kind.startswith("其他")),
    ("其他脱贫户", "户", lambda row: row.kind == "其他脱贫户"),
    ("其他重点人群", "户", lambda row: row.kind == "其他重点人群"),
)
"""Columns of the matrix: what is to be screened, how it is counted, which duties it adds up."""


@dataclass(frozen=True, slots=True)
class Count:
    """How much was due and what became of it; `due` is the sum of the other four."""

    name: str
    counter: str
    due: int
    in_time: int
    late: int
    lower: int
    never: int

    @property
    def done(self) -> int:
        """What the right tier has visited, in time or late."""
        return self.in_time + self.late


@dataclass(frozen=True, slots=True)
class Town:
    """A township: works in supply, villages registered, those missing, the eight items."""

    works: int
    villages: int
    missing: tuple[ScreeningStanding, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Gaps:
    """A works where not all eight items are met: labels of those not met and not looked at."""

    works_id: str
    failed: tuple[str, ...]
    unseen: tuple[str, ...]
    is_untouched: bool


class Screened(Subject):
    """Screening as of the day of the view."""

    NAME: ClassVar = "screened"

    def __init__(self, recorder: Recorder, places: Places) -> None:
        """Take who notes what is asked, and the places."""
        super().__init__(recorder)
        self._places = places

    @single
    def is_over(self) -> bool:
        """Whether the time for screening is over."""
        return bool(self.view.screening.is_over)

    @single
    def items(self) -> tuple[tuple[str, str], ...]:
        """Code and label of the eight items of 六有两确保, in the order of the document."""
        return tuple(self.view.screening.guarantees.items)

    @by_key
    def duties(self) -> Mapping[str, list[Coverage]]:
        """Every duty of a unit, and of the city, under which anything is due."""
        seen = self.view.screening
        found: dict[str, list[Coverage]] = defaultdict(list)
        for row in (*seen.city, *seen.coverage):
            if row.due:
                found[row.unit_id].append(row)
        return found

    @by_key
    def columns(self) -> Mapping[str, list[Count]]:
        """The row of a unit, and of the city, in the matrix."""
        return {
            key: [
                _count(name, counter, filter(belongs, self.duties[key]))
                for name, counter, belongs in COLUMNS
            ]
            for key in (CITY, *(unit.id for unit in self._places.units))
        }

    @by_key
    def works_of(self) -> Mapping[str, Count]:
        """The works of a unit, and of the city, whoever has to screen them."""
        return {
            key: _count("工程", "处", [row for row in self.duties[key] if row.grain == "工程"])
            for key in (CITY, *(unit.id for unit in self._places.units))
        }

    @by_key
    def missing(self) -> Mapping[str, tuple[ScreeningStanding, ...]]:
        """Works and villages of a unit where the right tier has not been."""
        return self.view.screening.missing

    @by_key
    def unfinished(self) -> Mapping[str, int]:
        """How many villages of a unit have 三类户 that nobody visited; which, is not told."""
        return self.view.screening.unfinished

    @by_key
    def tally(self) -> Mapping[str, Tally]:
        """The eight items by unit, and for the city."""
        matrix = self.view.screening.guarantees
        return {CITY: matrix.tally(matrix.works.values()), **matrix.by_unit()}

    @by_key
    def gaps(self) -> Mapping[str, list[Gaps]]:
        """Works by unit where an item is not met or was not looked at, the former first."""
        matrix = self.view.screening.guarantees
        labels = [label for _, label in matrix.items]
        found: dict[str, list[Gaps]] = defaultdict(list)
        for one in matrix.works.values():
            told = list(zip(labels, one.answers, strict=True))
            failed = tuple(label for label, answer in told if answer == "没有落实")
            unseen = tuple(label for label, answer in told if answer == "没有查")
            if failed or unseen:
                gap = Gaps(one.works_id, failed, unseen, len(unseen) == len(labels))
                found[one.unit_id].append(gap)
        for gaps in found.values():
            gaps.sort(key=lambda gap: (-len(gap.failed), gap.works_id))
        return found

    @by_key
    def weak(self) -> Mapping[str, list[Weak]]:
        """Idle works and works of little effect by unit, as far as they may be known."""
        return _by_unit(self.view.screening.weak)

    @by_key
    def alike(self) -> Mapping[str, list[Alike]]:
        """Days by unit on which one body screened many works and found nothing at any."""
        return _by_unit(self.view.screening.alike)

    @by_key
    def at_village(self) -> Mapping[str, tuple[tuple[str, str, Visit], ...]]:
        """By village the last visit to it and to each works that serves it."""
        return self.view.screening.visits

    @by_key
    def at_works(self) -> Mapping[str, Visit]:
        """The last visit to a works."""
        return {
            place_id: visit
            for visits in self.view.screening.visits.values()
            for place_type, place_id, visit in visits
            if place_type == "工程"
        }

    @by_key
    def lacking(self) -> Mapping[str, ScreeningStanding]:
        """What is missing, by id of the works or code of the village."""
        return {
            one.place_id: one for missing in self.view.screening.missing.values() for one in missing
        }

    @by_key
    def town(self) -> Mapping[str, Town]:
        """Screening by township."""
        matrix = self.view.screening.guarantees
        works: dict[str, list[Looked]] = defaultdict(list)
        for looked in matrix.works.values():
            works[looked.town_code].append(looked)
        villages: dict[str, int] = defaultdict(int)
        for code in self.view.screening.visits:
            villages[self._places.division(code).parent_code or ""] += 1
        missing: dict[str, list[ScreeningStanding]] = defaultdict(list)
        rows = self.view.index("works")
        for one in self.lacking.values():
            place = (
                rows[one.place_id].town_code
                if one.place_type == "工程"
                else self._places.division(one.place_id).parent_code
            )
            missing[place or ""].append(one)
        return {
            code: Town(
                len(works[code]), villages[code], tuple(missing[code]), matrix.tally(works[code])
            )
            for code in sorted({*works, *villages})
        }

    def is_silent(self, unit_id: str) -> bool:
        """Whether a unit has not reported the ledger of visits, which is not 'nobody went'."""
        return self.view.reporting[unit_id].get("inspections") == "未报告"

    def actors(self, one: ScreeningStanding) -> list[tuple[str, str]]:
        """Name who must act, and the addresses of their pages."""
        return [
            self._places.named(one.actor.place_type, place_id) for place_id in one.actor.place_ids
        ]


def _count(name: str, counter: str, rows: Iterable[Coverage]) -> Count:
    rows = list(rows)
    sums = (
        sum(getattr(row, part) for row in rows)
        for part in ("due", "in_time", "late", "lower", "never")
    )
    return Count(name, counter, *sums)


def _by_unit(rows: Iterable[W]) -> Mapping[str, list[W]]:
    found: dict[str, list[W]] = defaultdict(list)
    for row in rows:
        found[row.unit_id].append(row)
    return found
