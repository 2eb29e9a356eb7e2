"""六有两确保 (O-12): eight items at every works, township and unit; idle or weak works (O-18).

An item is 落实 or 没有落实 as the latest visit found that looked at it, whoever the visitor was,
since the screening began; 没有查 if none did. Looked at means that the visit used the checklist
六有两确保 and did not skip the item (`pipeline.inspection`). A later visit that skips an item
leaves what the earlier one found. What was mended since shows once somebody looks again.
Works in supply are counted, nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from pipeline.dates import in_force
from pipeline.inspection import fits
from pipeline.ledgers.campaign import Campaign
from pipeline.rowtypes import ChecklistItemRow, Ledgers
from pipeline.terms import IN_SUPPLY

CHECKLIST = "六有两确保"
MET, FAILED, UNSEEN = "落实", "没有落实", "没有查"
ANSWERS = (MET, FAILED, UNSEEN)
WEAK = ("作用不明显", "闲置")
"""States of a works that call for control of its risk (二（四）二)."""

Key = TypeVar("Key")
Tally = Mapping[str, tuple[int, int, int]]
"""Works by item: met, not met, not looked at."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The eight items at one works: an answer for each item, in the order of the matrix."""

    works_id: str
    unit_id: str
    town_code: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """Items (code and label, in the order of the document), and what was found at each works."""

    items: tuple[tuple[str, str], ...]
    works: Mapping[str, Looked]

    def tally(self, works: Iterable[Looked]) -> Tally:
        """Count answers by item over some works: those of a township, a unit, the city."""
        columns = list(zip(*(one.answers for one in works), strict=True))
        counts = [tuple(map(column.count, ANSWERS)) for column in columns] or [(0, 0, 0)] * len(
            self.items
        )
        return {
            code: (met, failed, unseen)
            for (code, _), (met, failed, unseen) in zip(self.items, counts, strict=True)
        }

    def by_town(self) -> Mapping[tuple[str, str], Tally]:
        """Count by unit and township."""
        return self._by(lambda one: (one.unit_id, one.town_code))

    def by_unit(self) -> Mapping[str, Tally]:
        """Count by unit."""
        return self._by(lambda one: one.unit_id)

    def failed(self, code: str) -> list[str]:
        """Return the works where an item is not met."""
        n = [known for known, _ in self.items].index(code)
        return [one.works_id for one in self.works.values() if one.answers[n] == FAILED]

    def _by(self, key: Callable[[Looked], Key]) -> Mapping[Key, Tally]:
        groups: dict[Key, list[Looked]] = defaultdict(list)
        for one in self.works.values():
            groups[key(one)].append(one)
        return {place: self.tally(some) for place, some in groups.items()}


def guarantees(tables: Ledgers, campaign: Campaign, day: date) -> Matrix:
    """Return the eight items at every works in supply, as of the end of a day."""
    items = [
        item
        for item in tables.group("checklist_items", "checklist")[CHECKLIST]
        if in_force(item, day)
    ]
    items.sort(key=lambda item: item.item_code)
    found = _found(tables, campaign, day, items)
    nothing: dict[str, str] = {}
    works = {}
    for row in tables["works"]:
        if row.status in IN_SUPPLY:
            seen = found.get(row.works_id, nothing)
            answers = tuple(seen.get(item.item_code, UNSEEN) for item in items)
            works[row.works_id] = Looked(row.works_id, row.unit_id, row.town_code, answers)
    return Matrix(tuple((item.item_code, item.label) for item in items), MappingProxyType(works))


def _found(
    tables: Ledgers, campaign: Campaign, day: date, items: list[ChecklistItemRow]
) -> Mapping[str, dict[str, str]]:
    """Return the latest answer to every item by works."""
    failed = defaultdict(set)
    for row in tables["findings"]:
        if row.withdrawn_on is None or row.withdrawn_on > day:
            failed[row.visit_id].add(row.item_code)
    visits = [
        row
        for row in tables["inspections"]
        if row.place_type == "工程"
        and CHECKLIST in row.checklists
        and campaign.screen_from_on <= row.visited_on <= day
        and (row.withdrawn_on is None or row.withdrawn_on > day)
    ]
    works, fitting = tables.index("works"), dict[str | None, list[str]]()
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for visit in sorted(visits, key=lambda row: (row.visited_on, row.visit_id)):
        place = works.get(visit.place_id)
        kind = place.works_class if place else None
        if kind not in fitting:  # all works of a class are asked the same
            fitting[kind] = [item.item_code for item in items if fits(item, visit, tables)]
        wrong, answers = failed[visit.visit_id], found[visit.place_id]
        for code in fitting[kind]:
            if code not in visit.items_skipped:
                answers[code] = FAILED if code in wrong else MET
    return found


@dataclass(frozen=True, slots=True)
class Weak:
    """A works that is idle or of little effect, and who must act.

    `owner` and `post` are those of its open risk point, else whoever runs the works; `is_listed`
    says whether there is such a risk point (None: withheld).
    """

    works_id: str
    unit_id: str
    town_code: str
    status: str
    since_on: date | None
    owner: str
    post: str | None
    is_listed: bool | None


def weak(tables: Ledgers, day: date) -> list[Weak]:
    """Return the idle and weak works as of a day, in the order of the ledger."""
    risks = {
        row.place_id: row
        for row in tables["risk_points"]
        if row.place_type == "工程" and (row.closed_on is None or row.closed_on > day)
    }
    found = []
    for row in tables["works"]:
        if row.status in WEAK:
            risk = risks.get(row.works_id)
            found.append(
                Weak(
                    row.works_id,
                    row.unit_id,
                    row.town_code,
                    row.status,
                    row.status_on,
                    row.operator_name if risk is None else risk.owner_org,
                    None if risk is None else risk.owner_post,
                    risk is not None,
                )
            )
    return found
