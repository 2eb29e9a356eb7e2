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
from pipeline.publication.templating import Templates

Row = Any
Crumbs = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An issue as a card: the row, its state, and where it is."""

    row: Row
    state: Any
    where: str


class Desk:
    """What every page function is given."""

    def __init__(self, view: View, templates: Path) -> None:
        """Take the view and the folder of templates."""
        self.view = view
        self.facts = Facts(view)
        self._templates = Templates(
            templates, {"campaign": view.campaign, "as_of": view.as_of_on, "facts": self.facts}
        )

    def render(self, template: str, root: str = "../", **values: Any) -> str:
        """Render a page's body; `root` is the way from the page to the site's root."""
        return self._templates.render(template, root=root, desk=self, **values)

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
        return Card(issue, self.view.states[issue.id], self.where(issue))

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
