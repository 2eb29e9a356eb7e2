"""The desk pages are written at: the view, its facts, the templates, and what many pages share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.disclosure import View
from pipeline.publication.facts import Facts
from pipeline.publication.progress import Progress, progress
from pipeline.publication.shelves import Shelf
from pipeline.publication.templating import Templates
from pipeline.publication.water_lines import brief, relaxations, summary, water_lines
from pipeline.publication.waters import Waters
from pipeline.terms import OUTSIDE

Row = Any
Crumbs = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An issue as a card: the row, its state, where it is, what the last look from outside found.

    `outside` is blank where nobody from outside has looked again.
    """

    row: Row
    state: Any
    where: str
    outside: str = ""


TRUE, UNTRUE = "抽查属实的", "抽查没修好的"
LOOKS = {"现场核查通过": TRUE, "现场核查不通过": UNTRUE, "退回": UNTRUE}
"""Events by which somebody from outside says what he found at an issue, and what each comes to."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Issues looked at again from outside: how many, and at how many the last look passed."""

    looked: int
    passed: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: its svg element, and the sentence that says what it shows."""

    svg: str
    finding: str


class Desk:
    """What every page function is given."""

    def __init__(self, view: View, templates: Path, shelf: Shelf | None = None) -> None:
        """Take the view and the folder of templates.

        `shelf` is where the edition of the view's scores stands; `further` are the desks of the
        further editions.
        """
        self.view = view
        self.shelf = shelf or Shelf()
        self.further = tuple(
            Desk(one, templates, Shelf(one.assessment.edition.id)) for one in view.beside
        )
        self.facts = Facts(view)
        self.waters = Waters(view)
        self.drawings: Mapping[str, Drawing] = {}
        self._templates = Templates(
            templates,
            {
                "campaign": view.campaign,
                "as_of": view.as_of_on,
                "facts": self.facts,
                "at": self.shelf,
                "water_lines": water_lines,
                "water_summary": summary,
                "water_brief": brief,
                "relaxations": relaxations,
                "has_begun": view.campaign.screen_from_on <= view.as_of_on,
            },
        )

    def render(self, template: str, root: str = "../", **values: Any) -> str:
        """Render a page's body; `root` is the way from the page to the site's root."""
        return self._templates.render(template, root=root, desk=self, **values)

    @cached_property
    def sheets(self) -> tuple[Row, ...]:
        """Score sheets by place; those without a total last, in official order."""
        order = [u.id for u in self.facts.units]
        last = (len(order) + 1,)
        sheets = self.view.assessment.sheets.values()
        return tuple(sorted(sheets, key=lambda s: (s.places or last, order.index(s.unit_id))))

    def is_silent(self, unit_id: str) -> bool:
        """Whether a unit has not reported its issues, which is not the same as having none."""
        return self.view.reporting[unit_id]["issues"] == "未报告"

    def progress(self, unit_id: str = "") -> Progress:
        """Return the issues of a unit, or of the city (""), counted day by day."""
        if unit_id not in self._progress:
            start = self.view.campaign.screen_from_on
            issues = self.facts.issues_of_unit[unit_id] if unit_id else self.view.issues
            self._progress[unit_id] = progress(self.view, issues, start)
        return self._progress[unit_id]

    @cached_property
    def _progress(self) -> dict[str, Progress]:
        return {}

    home: Crumbs = (("首页", "index.html"),)

    def place_crumbs(self, unit: Row | None = None, town: Row | None = None) -> Crumbs:
        """Return the way from the home page through unit and township."""
        crumbs = list(self.home)
        if unit is not None:
            crumbs.append((unit.name, f"u/{unit.id}.html"))
        if town is not None:
            crumbs.append((town.name, f"t/{town.id}.html"))
        return tuple(crumbs)

    def where(self, issue: Row) -> str:
        """Say where an issue is: township, village, works, as far as registered."""
        facts, parts = self.facts, [self.facts.division(issue.town_code).name]
        if issue.village_code:
            parts.append(facts.division(issue.village_code).short_name)
        if issue.works_id:
            name = self.view.index("works")[issue.works_id].name
            parts = [name] if name.startswith(parts[0]) else [*parts, name]
        return "".join(parts)

    def title(self, issue: Row) -> str:
        """Write the official column ③: township, village, works, problem."""
        return f"{self.where(issue)}{issue.problem}"

    def card(self, issue: Row) -> Card:
        """Return one issue as a card."""
        state = self.view.states[issue.id]
        return Card(issue, state, self.where(issue), self._last_outside.get(issue.id, ""))

    def beside(self, rows: Sequence[Row], row: Row, name: str) -> tuple[Any, Any]:
        """Return the pages before and after a row among its like: address and name, or None."""
        at = self._places(rows)[row.id]
        pair = []
        for place in (at - 1, at + 1):
            other = rows[place] if 0 <= place < len(rows) else None
            pair.append(other and (f"{other.id}.html", getattr(other, name)))
        return pair[0], pair[1]

    def _places(self, rows: Sequence[Row]) -> Mapping[str, int]:
        key = id(rows)
        if key not in self._orders:
            self._orders[key] = (rows, {row.id: n for n, row in enumerate(rows)})
        return self._orders[key][1]

    @cached_property
    def _orders(self) -> dict[int, tuple[Sequence[Row], Mapping[str, int]]]:
        return {}

    def cards(self, issues: Iterable[Row]) -> list[Card]:
        """Return issues as cards: overdue first, then open by deadline, then closed."""
        cards = [self.card(i) for i in issues]
        return sorted(
            cards,
            key=lambda c: (
                c.state.state == "已销号",
                not c.state.is_overdue,
                c.state.limit_on,
                c.row.id,
            ),
        )

    def issues_near(self, village: str, works: Sequence[Row]) -> list[Row]:
        """Return the issues of a village and of the works that serve it, each once."""
        found = {i.id: i for i in self.facts.issues_by("village_code").get(village, ())}
        for one in works:
            found |= {i.id: i for i in self.facts.issues_by("works_id").get(one.id, ())}
        return list(found.values())

    @cached_property
    def _outages(self) -> Mapping[str, list[Row]]:
        """Outages by village and by works, newest first."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.view.outages, key=lambda o: o.started_on, reverse=True):
            for code in row.village_codes:
                found[code].append(row)
            if row.works_id:
                found[row.works_id].append(row)
        return found

    def outages(self, *places: str) -> list[Row]:
        """Return the outages of villages and works, each once, newest first."""
        found = {o.id: o for place in places for o in self._outages.get(place, ())}
        return sorted(found.values(), key=lambda o: o.started_on, reverse=True)

    def inspections(self, place_type: str, place_id: str) -> list[tuple[Row, list[Row]]]:
        """Return the visits to a place, newest first, each with what failed."""
        visits = [
            v
            for v in self.view.group("inspections", "place_id")[place_id]
            if v.place_type == place_type and v.withdrawn_on is None
        ]
        failed = self.view.group("findings", "visit_id")
        ordered = sorted(visits, key=lambda v: (v.visited_on, v.id), reverse=True)
        return [(v, [f for f in failed[v.id] if f.withdrawn_on is None]) for v in ordered]

    def classes(self, works: Iterable[Row]) -> list[tuple[str, int, int]]:
        """Count works and people by class, in the order of the schema."""
        order = self.view.schemas["works"].by_name["works_class"].enum
        rows = list(works)
        found = [(c, [w for w in rows if w.works_class == c]) for c in order]
        return [(c, len(ws), sum(w.population for w in ws)) for c, ws in found if ws]

    def standards(self, test: Row) -> str:
        """Name the standards whose limits a test was judged by; blank if none applied."""
        results = self.view.verdicts[test.id].results
        return "、".join(sorted({r.limit.standard for r in results if r.limit is not None}))

    @cached_property
    def _last_outside(self) -> Mapping[str, str]:
        """What the last look from outside came to, by issue; a refusal is a look as well."""
        events, last = self.view.index("issue_events"), {}
        for issue_id, steps in self.view.histories.items():
            for step in steps:
                if step.event in LOOKS and events[step.event_id].by_level in OUTSIDE:
                    last[issue_id] = LOOKS[step.event]
        return last

    def outside_looks(self, issues: Iterable[Row]) -> Outside:
        """Count the issues that somebody from outside looked at again, passed or not."""
        found = [self._last_outside[i.id] for i in issues if i.id in self._last_outside]
        return Outside(len(found), found.count(TRUE))
