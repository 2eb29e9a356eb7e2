"""How reports name what they tell of: units, places, issues as in the official column ③."""

from __future__ import annotations

from pipeline.disclosure import View
from pipeline.rowtypes import IssueRow, ShownIssueRow

COUNTERS = {"工程": "处", "村": "个", "户": "户"}
"""What works, villages and households are counted by."""


def units(view: View) -> dict[str, str]:
    """Return the short names of the units by id, in the order of the roll."""
    return {unit.id: unit.short_name for unit in sorted(view.units, key=lambda u: u.sort_no)}


def where(view: View, issue: IssueRow | ShownIssueRow) -> str:
    """Say where an issue is: township, village, works, none of them twice.

    The name of a works mostly carries the township and often the village; what it carries is not
    said again before it.
    """
    divisions = view.index("divisions")
    town = divisions[issue.town_code]
    village = divisions[issue.village_code].short_name if issue.village_code else ""
    if not issue.works_id:
        return f"{town.name}{village}"
    works: str = view.index("works")[issue.works_id].name
    for name in (town.name, town.short_name):
        works = works.removeprefix(name)
    if village.removesuffix("村") in works:
        village = ""
    return f"{town.name}{village}{works}"


def title(view: View, issue: IssueRow | ShownIssueRow) -> str:
    """Write an issue as the official column ③: township, village, works, problem."""
    return f"{where(view, issue)}{issue.problem}"


def place(view: View, works_id: str) -> str:
    """Name a works."""
    return str(view.index("works")[works_id].name)


def at(view: View, place_type: str, place_id: str) -> str:
    """Name the place of a visit; a code that is gone names itself."""
    if place_type == "工程":
        works = view.index("works").get(place_id)
        return works.name if works is not None else place_id
    if place_type in ("县", "网站"):
        unit = view.index("units")[place_id].name
        return f"{unit}公示网站" if place_type == "网站" else unit
    division = view.index("divisions").get(place_id)
    if division is None:
        return place_id
    town = view.index("divisions").get(division.parent_code or "")
    is_village = division.division_level != "乡级" and town is not None
    return f"{town.name}{division.short_name}" if is_village and town else division.name


def screened(grain: str, kind: str) -> str:
    """Name what is to be screened: 千人以上工程, 集中供水村, 脱贫不稳定户."""
    return kind if grain == "户" else f"{kind}{'' if kind.endswith(grain) else grain}"


def counter(row: str) -> str:
    """Return what is counted in a row of a table of screening, whose key begins with the grain."""
    return COUNTERS[row.partition("-")[0]]
