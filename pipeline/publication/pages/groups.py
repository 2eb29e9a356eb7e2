"""Pages of the supervision groups of Annex 1: all groups, and each with its units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.publication.desk import Desk
from pipeline.publication.kinds import page, pages
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME


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
    )
    return Content(
        "督导分工", "13个督导组的组长、联络人和分包单位（附件1）", (*HOME, ("督导分工", None)), body
    )


@pages("group", at="g/{}.html", keys=_groups, scope=_scope)
def group_page(desk: Desk, key: str) -> Content:
    """Make the page of one supervision group of Annex 1."""
    view, number = desk.view, int(key)
    units = desk.places.units_of_group(number)
    issues = [i for u in units for i in desk.issues.of_unit.get(u.id, [])]
    cards = desk.issues.cards(issues)
    body = desk.render(
        "group.html",
        number=number,
        people=[p for p in view.supervision if p.group_no == number],
        units=units,
        tallies={u.id: desk.issues.tally(desk.issues.of_unit.get(u.id, [])) for u in units},
        overdue=[c for c in cards if c.state.is_overdue],
        due=[c for c in cards if not c.state.is_overdue and not c.state.is_reported],
        assignments=[a for u in units for a in view.group("assignments", "unit_id")[u.id]],
    )
    names = "、".join(u.name for u in units)
    return Content(
        f"第{number}督导组",
        f"第{number}督导组：分包{names}，组长、联络人、逾期和到期的问题",
        (*HOME, ("督导分工", "groups.html"), (f"第{number}督导组", None)),
        body,
    )
