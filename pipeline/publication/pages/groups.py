"""Pages of the supervision groups of Annex 1: all groups, and each with its units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.publication import deadlines
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import page, pages
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME

SHOWN = 10
"""Overdue issues and deadlines shown at once; the others are folded."""
LISTED = 20
"""Visits shown of a unit; the page of all visits has the rest."""


def _groups(desk: Desk) -> Iterator[str]:
    yield from (str(number) for number in desk.places.groups)


def _scope(_desk: Desk, key: str) -> str:
    return f"g{key}"


@page("groups")
def groups_page(desk: Desk) -> Content:
    """Make the list of the 13 supervision groups."""
    people = defaultdict(list)
    for person in desk.view.supervision:
        people[person.group_no].append(person)
    body = desk.render(
        "groups.html",
        root="",
        numbers=sorted(people),
        people=people,
        units={n: desk.places.units_of_group(n) for n in people},
        tallies={
            u.id: desk.issues.tally(desk.issues.of_unit.get(u.id, [])) for u in desk.places.units
        },
        tours=desk.visits.tours,
    )
    return Content(
        "督导分工", "13个督导组的组长、联络人和分包单位（附件1）", (*HOME, ("督导分工", None)), body
    )


@pages("group", at="g/{}.html", keys=_groups, scope=_scope)
def group_page(desk: Desk, key: str) -> Content:
    """Make the page of a supervision group: what is open, late and next, what was looked at."""
    view, number = desk.view, int(key)
    units = desk.places.units_of_group(number)
    issues = [i for u in units for i in desk.issues.of_unit.get(u.id, [])]
    overdue = [c for c in desk.issues.cards(issues) if c.state.is_overdue]
    ahead = [one for u in units for one in desk.deadlines.of_unit.get(u.id, [])]
    visits = {u.id: desk.visits.of_unit.get(u.id, []) for u in units}
    body = desk.render(
        "group.html",
        number=number,
        people=[p for p in view.supervision if p.group_no == number],
        units=units,
        tallies={u.id: desk.issues.tally(desk.issues.of_unit.get(u.id, [])) for u in units},
        overdue=overdue,
        shown=SHOWN,
        ahead=sorted(ahead, key=lambda one: (one.on, one.kind, one.row_id)),
        calendar=deadlines.address(f"g{number}"),
        tours={u.id: desk.visits.tours[u.id] for u in units},
        feedback={u.id: view.feedback.get(u.id) for u in units},
        visits={unit: some[:LISTED] for unit, some in visits.items()},
        draws=[draw for u in units for draw in desk.visits.draws.get(u.id, [])],
        assignments=[a for u in units for a in view.group("assignments", "unit_id")[u.id]],
    )
    names = "、".join(u.name for u in units)
    return Content(
        f"第{number}督导组",
        f"第{number}督导组：分包{names}，逾期的问题、接下来的期限、检查和抽样",
        (*HOME, ("督导分工", "groups.html"), (f"第{number}督导组", None)),
        body,
    )
