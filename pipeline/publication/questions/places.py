"""Where things are: the units, their townships and villages, by name and by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import ClassVar

from pipeline.dates import in_force
from pipeline.publication.questions.subject import Subject, by_key, single
from pipeline.rowtypes import DivisionRow, Row, UnitRow

Crumbs = tuple[tuple[str, str | None], ...]
Beside = tuple[tuple[str, str] | None, tuple[str, str] | None]
"""Address and name of the page before and of the page after one; None at the ends."""

PAGES = {"工程": "w", "村": "v", "乡镇": "t", "县": "u", "网站": "u"}
HOME: Crumbs = (("首页", "index.html"),)


class Places(Subject):
    """Units, townships and villages as of the day of the view."""

    NAME: ClassVar = "places"

    @single
    def units(self) -> tuple[UnitRow, ...]:
        """The units in official order."""
        return tuple(sorted(self.view.units, key=lambda u: u.sort_no))

    @by_key
    def townships(self) -> Mapping[str, list[DivisionRow]]:
        """Township-level units by managing unit, in order of code."""
        return self._divisions("乡级", "unit_id")

    @by_key
    def villages(self) -> Mapping[str, list[DivisionRow]]:
        """Village-level units by township, in order of code."""
        return self._divisions("村级", "parent_code")

    def _divisions(self, level: str, by: str) -> Mapping[str, list[DivisionRow]]:
        found: dict[str, list[DivisionRow]] = defaultdict(list)
        for row in sorted(self.view.divisions, key=lambda d: d.division_code):
            if row.division_level == level and in_force(row, self.view.as_of_on):
                found[getattr(row, by)].append(row)
        return found

    def unit(self, unit_id: str) -> UnitRow:
        """Return a unit's row."""
        return self.view.index("units")[unit_id]

    def division(self, code: str) -> DivisionRow:
        """Return the row of a township or village."""
        return self.view.index("divisions")[code]

    def town_of(self, village: DivisionRow) -> DivisionRow:
        """Return the row of the township that a village stands in."""
        return self.division(village.parent_code or "")

    def units_of_group(self, number: int) -> list[UnitRow]:
        """Return the units that a supervision group looks after."""
        return [u for u in self.units if u.group_no == number]

    @single
    def groups(self) -> list[int]:
        """The numbers of the supervision groups."""
        return sorted({row.group_no for row in self.view.supervision})

    @by_key
    def beside_village(self) -> Mapping[str, Beside]:
        """The villages before and after a village in its township."""
        return neighbours(self.villages, "short_name")

    @by_key
    def beside_township(self) -> Mapping[str, Beside]:
        """The townships before and after a township in its unit."""
        return neighbours(self.townships, "name")

    def named(self, place_type: str, place_id: str) -> tuple[str, str]:
        """Return the name of a place and the address of its page."""
        href = f"{PAGES[place_type]}/{place_id}.html"
        match place_type:
            case "工程":
                return self.view.index("works")[place_id].name, href
            case "县":
                return self.unit(place_id).name, href
            case "网站":
                return f"{self.unit(place_id).name}公示网站", href
            case "乡镇":
                return self.division(place_id).name, href
        village = self.division(place_id)
        return f"{self.town_of(village).name}{village.short_name}", href

    def said(self, cell: str) -> str:
        """Return the name of what a cell names by its code; any other cell as people write it."""
        division, works = self.view.index("divisions").get(cell), self.view.index("works").get(cell)
        unit = self.view.index("units").get(cell)
        return next(
            (row.name for row in (division, works, unit) if row is not None),
            cell.replace("|", "、"),
        )

    def crumbs(self, unit: UnitRow | None = None, town: DivisionRow | None = None) -> Crumbs:
        """Return the way from the home page through unit and township."""
        crumbs = list(HOME)
        if unit is not None:
            crumbs.append((unit.name, f"u/{unit.id}.html"))
        if town is not None:
            crumbs.append((town.name, f"t/{town.id}.html"))
        return tuple(crumbs)


def neighbours(groups: Mapping[str, Sequence[Row]], name: str) -> Mapping[str, Beside]:
    """Return for each row of each group the pages before and after it, named by a column."""
    found: dict[str, Beside] = {}
    for rows in groups.values():
        told = [(f"{row.id}.html", getattr(row, name)) for row in rows]
        for row, before, after in zip(rows, [None, *told], [*told[1:], None], strict=False):
            found[row.id] = (before, after)
    return found


def is_named_after(works: str, town: str) -> bool:
    """Whether a works begins with its township, as 西关街道水厂 in 某某区西关街道 does too."""
    return any(works.startswith(town[cut:]) for cut in range(len(town) - 2))


def short_town(name: str) -> str:
    """Write a township's name as short as a chart needs: without 镇, 乡, 街道 at its end."""
    for end in ("街道", "镇", "乡"):
        if name.endswith(end) and len(name) > len(end) + 1:
            return name.removesuffix(end)
    return name
