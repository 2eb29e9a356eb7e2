"""Pages of single records: a works, an issue, a supervision group."""

from __future__ import annotations

from typing import Any

from pipeline.publication.chronicle import chronicle
from pipeline.publication.desk import Desk
from pipeline.publication.page import Page

Row = Any


def works_page(desk: Desk, works: Row) -> Page:
    """Make the page of one waterworks."""
    facts, view = desk.facts, desk.view
    unit, towns = facts.unit(works.unit_id), facts.towns_served(works)
    town, villages = towns[0], [facts.division(code) for code in works.village_codes]
    here = ("工程", works.id)
    ladder = facts.ladder(unit.id, town.id, None, [works])
    issues = facts.issues_by("works_id").get(works.id, [])
    tests = facts.tests([here])
    body = desk.render(
        "works.html",
        works=works,
        turn=desk.beside(facts.works_of_unit[unit.id], works, "name"),
        unit=unit,
        town=town,
        served=[(place, [v for v in villages if v.parent_code == place.id]) for place in towns],
        duties=facts.duties([("县", unit.id), ("乡镇", town.id), here]),
        ladder=ladder,
        slab=next((rung for rung in ladder if rung.number), None),
        tests=tests,
        answer=desk.waters.answer(*here),
        cards=desk.cards(issues),
        moments=chronicle(desk, works),
        replaced_by=view.index("works").get(works.replaced_by_id),
    )
    return Page(
        f"w/{works.id}.html",
        "works",
        works.name,
        f"{unit.name}{town.name}{works.name}：供水范围、责任人、电话、水质检测、检查和整改",
        (*desk.place_crumbs(unit, town), (works.name, None)),
        body,
        unit.id,
    )


def issue_page(desk: Desk, issue: Row) -> Page:
    """Make the page of one issue: where it stands, and everything that happened to it."""
    facts, view = desk.facts, desk.view
    unit, town = facts.unit(issue.unit_id), facts.division(issue.town_code)
    body = desk.render(
        "issue.html",
        issue=issue,
        turn=desk.beside(facts.issues_of_unit[unit.id], issue, "id"),
        card=desk.card(issue),
        title=desk.title(issue),
        unit=unit,
        town=town,
        village=issue.village_code and facts.division(issue.village_code),
        works=view.index("works").get(issue.works_id),
        steps=tuple(reversed(view.histories.get(issue.id, ()))),
        events=view.index("issue_events"),
        recurs_of=view.index("issues").get(issue.recurs_of_id),
        assignment=view.index("assignments").get(issue.assignment_id),
        findings=[
            view.index("findings")[f] for f in issue.finding_ids if f in view.index("findings")
        ],
        sample=view.index("water_tests").get(issue.sample_id),
    )
    return Page(
        f"i/{issue.id}.html",
        "issue",
        f"问题 {issue.id}：{issue.problem}",
        f"{unit.name}{desk.title(issue)}：整改状态、时限、责任人和经过",
        (*desk.place_crumbs(unit, town), (f"问题 {issue.id}", None)),
        body,
        unit.id,
    )


def group_page(desk: Desk, number: int) -> Page:
    """Make the page of one supervision group of Annex 1."""
    facts, view = desk.facts, desk.view
    units = [u for u in facts.units if u.group_no == number]
    issues = [i for u in units for i in facts.issues_by("unit_id").get(u.id, [])]
    cards = desk.cards(issues)
    body = desk.render(
        "group.html",
        number=number,
        people=[p for p in view.supervision if p.group_no == number],
        units=units,
        tallies={u.id: facts.tally(facts.issues_by("unit_id").get(u.id, [])) for u in units},
        overdue=[c for c in cards if c.state.is_overdue],
        due=[c for c in cards if not c.state.is_overdue and not c.state.is_reported],
        assignments=[a for u in units for a in view.group("assignments", "unit_id")[u.id]],
    )
    names = "、".join(u.name for u in units)
    return Page(
        f"g/{number}.html",
        "group",
        f"第{number}督导组",
        f"第{number}督导组：分包{names}，组长、联络人、逾期和到期的问题",
        (*desk.home, ("督导分工", "groups.html"), (f"第{number}督导组", None)),
        body,
        f"g{number}",
    )
