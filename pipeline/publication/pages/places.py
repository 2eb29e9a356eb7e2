"""Pages of places: unit, township, village. Who answers for the water here, whom to call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.publication.desk import Desk
from pipeline.publication.kinds import DRAWINGS, page, pages
from pipeline.publication.long_lists import long_list
from pipeline.publication.page import Content
from pipeline.publication.questions import changes
from pipeline.publication.questions.boards import Site, board
from pipeline.publication.questions.places import HOME
from pipeline.publication.questions.water import Answer, Place
from pipeline.rowtypes import DivisionRow, ShownVillageRow, WorksRow
from pipeline.terms import IN_SUPPLY

TESTS_SHOWN = 6
"""Tests listed on a place's page; the works' own pages have them all."""
HELD, LATE = 60, 20
"""Issues that a unit's page holds itself, in its table and as cards: as light with a thousand."""


def _units(desk: Desk) -> Iterator[str]:
    yield from (unit.id for unit in desk.places.units)


def _townships(desk: Desk) -> Iterator[str]:
    yield from (town.id for towns in desk.places.townships.values() for town in towns)


def _villages(desk: Desk) -> Iterator[str]:
    for town in _townships(desk):
        yield from (village.id for village in desk.places.villages.get(town) or ())


@page("units")
def units_page(desk: Desk) -> Content:
    """Make the list of the units: who answers, whom to call, how the mending stands."""
    body = desk.render(
        "units.html",
        root="",
        units=desk.places.units,
        leaders={u.id: desk.people.duties([("县", u.id)]) for u in desk.places.units},
        numbers={u.id: desk.people.phones("县级监督", "县", u.id) for u in desk.places.units},
        tallies={
            u.id: desk.issues.tally(desk.issues.of_unit.get(u.id, [])) for u in desk.places.units
        },
        towns=desk.places.townships,
    )
    return Content(
        "三个责任：各单位谁负责",
        f"{len(desk.places.units)}个单位的政府、水利责任人和监督电话",
        (*HOME, ("三个责任", None)),
        body,
    )


@pages("unit", at="u/{}.html", keys=_units, row="units", after=DRAWINGS)
def unit_page(desk: Desk, unit_id: str) -> Content:
    """Make the page of one of the units."""
    view, unit = desk.view, desk.places.unit(unit_id)
    issues = desk.issues.of_unit.get(unit.id, [])
    works = view.group("works", "unit_id")[unit.id]
    sign = board(desk.people, Site(unit.id, (("县", unit.id),)), view.campaign.screen_from_on)
    cards = desk.issues.cards(issues)
    rows = long_list(desk, f"{unit_id}-issues", "unit_rows.html", cards, root="../", first=HELD)
    body = desk.render(
        "unit.html",
        unit=unit,
        list=rows,
        late=[card for card in cards if card.state.is_overdue][:LATE],
        board=sign,
        towns=desk.places.townships.get(unit.id, []),
        postings=desk.supply.postings(desk.places.townships.get(unit.id, [])),
        town_tally={
            town.id: desk.issues.tally(desk.issues.of_township.get(town.id, []))
            for town in desk.places.townships.get(unit.id, [])
        },
        works=works,
        classes=desk.supply.classes(works),
        in_window=desk.issues.in_window.get(unit.id, ()),
        numbers=desk.people.phones("县级监督", "县", unit.id),
        proofs=view.proofs[unit.id],
        duties=desk.people.duties([("县", unit.id)]),
        ladder=desk.people.ladder(unit.id, None, None, ()),
        tally=desk.issues.tally(issues),
        outside=desk.issues.outside_looks(issues),
        water=desk.water.counted(works),
        sheet=view.assessment.sheets.get(unit.id),
        reporting=view.reporting[unit.id],
        sums=view.sums.get(unit.id, {}),
        roster=view.roster_coverage.get(unit.id),
        screened=desk.screened.works_of[unit.id],
        missing=len(desk.screened.missing[unit.id]),
        unseen=desk.screened.is_silent(unit.id),
        table=desk.issues.progress[unit.id],
        returns=desk.followed.tally[unit.id],
        fund=desk.followed.fund[unit.id],
        twins=desk.issues.twins_of_unit.get(unit.id, ()),
        documents=view.group("documents", "unit_id")[unit.id],
    )
    return Content(
        f"{unit.name}农村供水：谁负责，修得怎样",
        f"{unit.name}：三个责任人、监督电话、整改进度、水质、乡镇和供水工程",
        (*HOME, ("三个责任", "units.html"), (unit.name, None)),
        body,
        sign.code,
        beside=rows.beside,
    )


@pages("township", at="t/{}.html", keys=_townships, row="divisions")
def township_page(desk: Desk, code: str) -> Content:
    """Make the page of one township-level unit."""
    town = desk.places.division(code)
    unit = desk.places.unit(town.unit_id)
    works = desk.view.group("works", "town_code")[town.id]
    ladder = desk.people.ladder(unit.id, town.id, None, ())
    places = (("县", unit.id), ("乡镇", town.id))
    sign = board(desk.people, Site(unit.id, places, town.id), desk.view.campaign.screen_from_on)
    body = desk.render(
        "township.html",
        town=town,
        board=sign,
        turn=desk.places.beside_township[code],
        unit=unit,
        villages=desk.places.villages.get(town.id, []),
        works=sorted(works, key=lambda w: w.id),
        arriving=desk.supply.from_elsewhere[town.id],
        duties=desk.people.duties(places),
        ladder=ladder,
        tally=desk.issues.tally(desk.issues.of_township.get(town.id, [])),
        cards=desk.issues.cards(desk.issues.of_township.get(town.id, [])),
        screened=desk.screened.town.get(code),
        unseen=desk.screened.is_silent(unit.id),
    )
    return Content(
        f"{town.name}的水，归谁管",
        f"{unit.name}{town.name}：供水责任人、电话、各村和供水工程、整改情况",
        (*desk.places.crumbs(unit), (town.name, None)),
        body,
        sign.code,
        town=town.id,
    )


@pages("village", at="v/{}.html", keys=_villages, row="divisions")
def village_page(desk: Desk, code: str) -> Content:
    """Make the page of one village-level unit."""
    village = desk.places.division(code)
    town, unit = desk.places.town_of(village), desk.places.unit(village.unit_id)
    works = desk.supply.of_village[code]
    served = [("工程", w.id) for w in works]
    register = desk.view.index("villages").get(code)
    ladder = desk.people.ladder(unit.id, town.id, code, works)
    places = (("县", unit.id), ("乡镇", town.id), *served, ("村", code))
    sign = board(
        desk.people,
        Site(unit.id, places, town.id, code, tuple(works), tuple(w.name for w in works)),
        desk.view.campaign.screen_from_on,
    )
    body = desk.render(
        "village.html",
        village=village,
        board=sign,
        turn=desk.places.beside_village[code],
        register=register,
        town=town,
        unit=unit,
        works=works,
        duties=desk.people.duties(places),
        ladder=ladder,
        slab=next((rung for rung in ladder if rung.number), None),
        tests=desk.water.tests([("村", code), *served])[:TESTS_SHOWN],
        answers=desk.water.answers(_drunk(desk, village, register, works)),
        source=lambda answer: _source(desk, answer),
        cards=desk.issues.cards(desk.issues.near(code, works)),
        outages=desk.supply.outages(code, *(w.id for w in works)),
        lately=changes.lately(desk, desk.issues.near(code, works), [*served, ("村", code)]),
        checked_on=desk.view.checked_on.get(code),
        visits=desk.screened.at_village.get(code, ()),
        lacking=desk.screened.lacking.get(code),
        unseen=desk.screened.is_silent(unit.id),
    )
    return Content(
        f"{village.short_name}的水，归谁管",
        f"{unit.name}{town.name}{village.name}：供水责任人、电话、水质、正在修的问题",
        (*desk.places.crumbs(unit, town), (village.name, None)),
        body,
        sign.code,
        town=town.id,
    )


def _drunk(
    desk: Desk, village: DivisionRow, register: ShownVillageRow | None, works: Sequence[WorksRow]
) -> list[Place]:
    """Return where the village drinks from: works in supply, and its own wells and springs."""
    places = [("工程", w.id) for w in works if w.status in IN_SUPPLY]
    own = ("村", village.id)
    is_dispersed = register is not None and register.dispersed_source is not None
    return [*places, own] if is_dispersed or desk.water.tests([own]) else places


def _source(desk: Desk, answer: Answer) -> tuple[str, str]:
    """Name where water comes from, as a villager knows it, and its page."""
    kind, key = answer.place
    if kind == "村":
        return "本村分散供水", f"v/{key}.html"
    return desk.view.index("works")[key].name, f"w/{key}.html"
