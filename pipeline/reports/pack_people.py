"""Whom a supervision group asks: its own members, and who answers at a unit, with phones.

Names and numbers are those that are published; who is missing is 待公布, never a blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.dates import in_force
from pipeline.disclosure import View
from pipeline.reports.paper import Column, Table, Value, table
from pipeline.rowtypes import DivisionRow, IssueRow, ResponsibilityRow, ShownIssueRow
from pipeline.seats import seat

MISSING = "待公布"
"""Stands where a person or a number is due and not reported."""

DUTIES = ("政府主体责任", "水利监管责任", "运行管理责任")
RANKS = ("主要领导", "主管领导", "直接负责人", "管水员")
LINES = ("县级监督", "供水服务", "维修")
"""Numbers of a county that a group may need on the way."""

MEMBERS = (
    Column("role", "身份", "text", 20),
    Column("name", "姓名", "text", 30),
    Column("office", "科室、单位", "text", 50),
)
PEOPLE = (
    Column("place", "哪里", "text", 26),
    Column("duty", "责任", "text", 17),
    Column("name", "姓名", "text", 12),
    Column("seat", "单位和职务", "text", 26),
    Column("phone", "电话", "text", 19),
)
TOWNS = (
    Column("town", "乡镇", "text", 22),
    Column("name", "政府负责人", "text", 16),
    Column("seat", "单位和职务", "text", 24),
    Column("phone", "电话", "text", 19),
    Column("line", "乡镇监督电话", "text", 19),
)


def members(view: View, number: int) -> Table:
    """List who is in a group on the day of the view, leaders first."""
    rows: dict[str, list[Value]] = {
        f"{one.role}-{one.sort_no}": [one.role, one.name, one.office]
        for one in sorted(view.supervision, key=lambda one: (one.role != "组长", one.sort_no))
        if one.group_no == number and in_force(one, view.as_of_on)
    }
    return table("members", "督导组成员", MEMBERS, rows or {"": ["组长", MISSING, None]})


def people(view: View, unit: str, issues: Sequence[IssueRow | ShownIssueRow]) -> Iterator[Table]:
    """Yield who answers for the water of a unit, its townships, and the works with open issues."""
    divisions, works = view.index("divisions"), view.index("works")
    name = view.index("units")[unit].name
    found: list[tuple[str, list[Value]]] = []
    for duty in DUTIES[:2]:
        found += _seats(view, name, "县", unit, duty)
    for role in LINES:
        found += _line(view, name, role, "县", unit)
    yield table(f"people-{unit}", f"{name}的责任人和电话", PEOPLE, dict(found))
    towns = [
        row for row in divisions.values() if row.unit_id == unit and row.division_level == "乡级"
    ]
    if towns:
        rows = dict(_town(view, town) for town in sorted(towns, key=lambda one: one.id))
        yield table(f"town-people-{unit}", "各乡镇的责任人和监督电话", TOWNS, rows)
    found = []
    for key in sorted({issue.works_id for issue in issues if issue.works_id}):
        found += _seats(view, works[key].name, "工程", key, DUTIES[2])
    if found:
        yield table(f"keepers-{unit}", "有问题没改完的工程，谁在管", PEOPLE, dict(found))


def _town(view: View, town: DivisionRow) -> tuple[str, list[Value]]:
    """Return who answers for a township and the number to complain at; several stand in lines."""
    seats = [row for _, row in _seats(view, town.name, "乡镇", town.id, DUTIES[0])]
    lines = [row for _, row in _line(view, town.name, "乡镇监督", "乡镇", town.id)]
    people = ("\n".join(map(str, cells)) for cells in zip(*(row[2:] for row in seats), strict=True))
    return town.id, [town.name, *people, "\n".join(str(row[-1]) for row in lines)]


def _seats(
    view: View, where: str, place_type: str, place_id: str, duty: str
) -> list[tuple[str, list[Value]]]:
    """Return who holds a duty at a place, the highest first, or that somebody is missing."""
    rows = [
        row
        for row in view.group("responsibilities", "place_id")[place_id]
        if row.place_type == place_type and row.duty == duty and in_force(row, view.as_of_on)
    ]
    rows.sort(key=lambda row: (RANKS.index(row.rank), row.id))
    if not rows:
        return [(f"{place_id}-{duty}", [where, duty, MISSING, MISSING, MISSING])]
    return [
        (row.id, [where, duty, row.name, seat(row.org, row.post), _number(view, row)])
        for row in rows
    ]


def _number(view: View, row: ResponsibilityRow) -> str:
    """Return the published number of a person in office."""
    phone = view.index("phones").get(row.phone_id) if row.phone_id else None
    is_told = phone is not None and phone.is_public and in_force(phone, view.as_of_on)
    return phone.number if phone is not None and is_told else MISSING


def _line(
    view: View, where: str, role: str, place_type: str, place_id: str
) -> list[tuple[str, list[Value]]]:
    """Return the published numbers of a role at a place, or that one is missing."""
    rows = [
        row
        for row in view.group("phones", "place_id")[place_id]
        if row.place_type == place_type
        and row.role == role
        and row.is_public
        and in_force(row, view.as_of_on)
    ]
    if not rows:
        return [(f"{place_id}-{role}", [where, f"{role}电话", None, None, MISSING])]
    return [
        (row.id, [where, f"{role}电话", None, row.service_hours, row.number])
        for row in sorted(rows, key=lambda row: row.id)
    ]
