"""Pages of places: unit, township, village. Who answers for the water here, whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.publication import tallies
from pipeline.publication.desk import Desk
from pipeline.publication.facts import IN_SUPPLY
from pipeline.publication.page import Page
from pipeline.publication.waters import Answer, Place

Row = Any

TESTS_SHOWN = 6
"""Tests listed on a place's page; the works' own pages have them all."""


def village_page(desk: Desk, village: Row) -> Page:
    """Make the page of one village-level unit."""
    facts, code = desk.facts, village.id
    town, unit = facts.division(village.parent_code), facts.unit(village.unit_id)
    works = facts.works_of_village[code]
    served = [("工程", w.id) for w in works]
    register = desk.view.index("villages").get(code)
    ladder = facts.ladder(unit.id, town.id, code, works)
    body = desk.render(
        "village.html",
        village=village,
        turn=desk.beside(facts.villages[town.id], village, "short_name"),
        register=register,
        town=town,
        unit=unit,
        works=works,
        duties=facts.duties([("县", unit.id), ("乡镇", town.id), *served, ("村", code)]),
        ladder=ladder,
        slab=next((rung for rung in ladder if rung.number), None),
        tests=facts.tests([("村", code), *served])[:TESTS_SHOWN],
        answers=desk.waters.answers(_drunk(desk, village, register, works)),
        source=lambda answer: _source(desk, answer),
        cards=desk.cards(desk.issues_near(code, works)),
        outages=desk.outages(code, *(w.id for w in works)),
        checked_on=desk.view.checked_on.get(code),
    )
    return Page(
        f"v/{code}.html",
        "village",
        f"{village.short_name}的水，归谁管",
        f"{unit.name}{town.name}{village.name}：供水责任人、电话、水质、正在修的问题",
        (*desk.place_crumbs(unit, town), (village.name, None)),
        body,
        unit.id,
    )


def _drunk(desk: Desk, village: Row, register: Row | None, works: Sequence[Row]) -> list[Place]:
    """Return where the village drinks from: works in supply, and its own wells and springs."""
    places = [("工程", w.id) for w in works if w.status in IN_SUPPLY]
    own = ("村", village.id)
    is_dispersed = register is not None and register.dispersed_source is not None
    return [*places, own] if is_dispersed or desk.facts.tests([own]) else places


def _source(desk: Desk, answer: Answer) -> tuple[str, str]:
    """Name where water comes from, as a villager knows it, and its page."""
    kind, key = answer.place
    if kind == "村":
        return "本村分散供水", f"v/{key}.html"
    return desk.view.index("works")[key].name, f"w/{key}.html"


def township_page(desk: Desk, town: Row) -> Page:
    """Make the page of one township-level unit."""
    facts, unit = desk.facts, desk.facts.unit(town.unit_id)
    works = desk.view.group("works", "town_code")[town.id]
    ladder = facts.ladder(unit.id, town.id, None, ())
    body = desk.render(
        "township.html",
        town=town,
        turn=desk.beside(facts.townships[unit.id], town, "name"),
        unit=unit,
        villages=facts.villages.get(town.id, []),
        works=sorted(works, key=lambda w: w.id),
        arriving=facts.works_from_elsewhere[town.id],
        duties=facts.duties([("县", unit.id), ("乡镇", town.id)]),
        ladder=ladder,
        tally=facts.tally(facts.issues_by("town_code").get(town.id, [])),
        cards=desk.cards(facts.issues_by("town_code").get(town.id, [])),
    )
    return Page(
        f"t/{town.id}.html",
        "township",
        f"{town.name}的水，归谁管",
        f"{unit.name}{town.name}：供水责任人、电话、各村和供水工程、整改情况",
        (*desk.place_crumbs(unit), (town.name, None)),
        body,
        unit.id,
    )


def unit_page(desk: Desk, unit: Row) -> Page:
    """Make the page of one of the 17 units."""
    facts, view = desk.facts, desk.view
    issues = facts.issues_by("unit_id").get(unit.id, [])
    works = view.group("works", "unit_id")[unit.id]
    body = desk.render(
        "unit.html",
        unit=unit,
        towns=facts.townships.get(unit.id, []),
        postings=tallies.postings(desk, facts.townships.get(unit.id, [])),
        town_tally={
            town.id: facts.tally(facts.issues_by("town_code").get(town.id, []))
            for town in facts.townships.get(unit.id, [])
        },
        works=works,
        classes=desk.classes(works),
        duties=facts.duties([("县", unit.id)]),
        ladder=facts.ladder(unit.id, None, None, ()),
        tally=facts.tally(issues),
        outside=desk.outside_looks(issues),
        cards=desk.cards(issues),
        water=desk.waters.counted(works),
        sheet=view.assessment.sheets.get(unit.id),
        reporting=view.reporting[unit.id],
        sums=view.sums.get(unit.id, {}),
        roster=view.roster_coverage.get(unit.id),
        table=desk.progress(unit.id),
        documents=view.group("documents", "unit_id")[unit.id],
    )
    return Page(
        f"u/{unit.id}.html",
        "unit",
        f"{unit.name}农村供水：谁负责，修得怎样",
        f"{unit.name}：三个责任人、监督电话、整改进度、水质、乡镇和供水工程",
        (*desk.home, ("三个责任", "units.html"), (unit.name, None)),
        body,
        unit.id,
    )
