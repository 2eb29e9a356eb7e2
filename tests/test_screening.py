"""Screening: who was due, who was there in time, by which tier, and what the public is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from effort import calls
from story import EXAMPLE, PROJECT

from pipeline import disclosure, screening
from pipeline.checks.book import Book
from pipeline.checks.collected import collected
from pipeline.checks.examples import AS_OF, book_of
from pipeline.checks.rulebook import run_records
from pipeline.ledgers import Row, Snapshot, load
from pipeline.terms import IN_SUPPLY
from tests.second_opinion.screening import coverage as computed_again

CITY = PROJECT / "data"
DAY = date(2022, 9, 16)
WORKS = {"works_id": "jiaxian-w0001", "works_class": "千人以上"}
VISIT = {
    "place_type": "工程",
    "place_id": "jiaxian-w0001",
    "mode": "自查",
    "checker_level": "乡镇",
    "visited_on": "2022-08-25",
}
DOORS = {"mode": "自查", "checker_level": "村", "household_kind": "边缘易致贫户"}
HIDDEN = "龙潭沟村民委员会三组"


@cache
def rows_of(data: Path) -> Snapshot:
    """The rows of a data folder."""
    found = load(data).snapshot
    assert found is not None
    return found


def only(ledger: str, keeps: Callable[[Row], bool]) -> Snapshot:
    """Return the city with some rows of one ledger alone."""
    city = rows_of(CITY)
    kept = tuple(row for row in city[ledger] if keeps(row))
    return replace(city, tables=MappingProxyType(dict(city.tables) | {ledger: kept}))


def told(snapshot: Snapshot) -> dict[tuple[str, str], str]:
    """Return what the rules of screening say, by rule and unit."""
    rules = {"J05", "J06", "J07", "H08"}
    asked = run_records(Book(snapshot, DAY), collected().checks.values())
    found = [f for f in asked if f.rule in rules]
    return {(f.rule, (f.subject or "").removeprefix("units/")): f.message for f in found}


def of_works(*visits: dict[str, str], day: date = AS_OF, **works: str) -> str:
    """Return how far the one works of a made-up book is screened."""
    book = book_of({"works": [WORKS | works], "inspections": list(visits)})
    return (
        screening.screened(book.snapshot, book.snapshot.campaign, day)
        .works["jiaxian-w0001"]
        .outcome
    )


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, screening.IN_TIME),
        ({"visited_on": "2022-08-26"}, screening.LATE),
        ({"visited_on": "2022-07-14"}, screening.IN_TIME),
        ({"visited_on": "2022-07-13"}, screening.NEVER),
        ({"checker_level": "县"}, screening.IN_TIME),
        ({"checker_level": "村"}, screening.LOWER),
        ({"mode": "明查"}, screening.NEVER),
        ({"place_id": "jiaxian-w0002"}, screening.NEVER),
    ],
)
def test_a_visit_counts_by_day_tier_and_mode(change, outcome):
    """The last day is in time, the day before the first is not yet, higher tiers count."""
    assert of_works(VISIT | change) == outcome


def test_the_first_visit_of_the_right_tier_decides():
    """A lower tier before, or the right one again later, changes nothing."""
    lower = VISIT | {"checker_level": "村", "visited_on": "2022-08-01"}
    late = VISIT | {"visited_on": "2022-09-01"}

    assert of_works(lower, late) == screening.LATE
    assert of_works(lower, late, VISIT) == screening.IN_TIME
    assert of_works(lower, late, day=date(2022, 8, 31)) == screening.LOWER


def test_what_the_city_visited_is_no_screening():
    """Supervision takes no duty off a unit."""
    book = book_of({"works": [WORKS], "inspections@C": [VISIT | {"checker_level": "市"}]})
    found = screening.screened(book.snapshot, book.snapshot.campaign, AS_OF)

    assert found.works["jiaxian-w0001"].outcome == screening.NEVER


def test_households_are_added_up_and_never_exceed_the_village():
    """Two counts of three households of whom there are three: three, not six."""
    village = {"unstable_households": "0", "marginal_households": "4", "stricken_households": "0"}
    counts = [
        DOORS | {"checked_on": "2022-08-01", "checked_households": "3"},
        DOORS | {"checked_on": "2022-09-01", "checked_households": "3"},
    ]
    book = book_of({"villages": [village], "household_checks": counts})
    found = screening.screened(book.snapshot, book.snapshot.campaign, AS_OF).households
    walked = next(one for one in found if one.kind == "边缘易致贫户")

    assert (walked.due, walked.in_time, walked.late, walked.left) == (4, 3, 1, 0)


@pytest.mark.parametrize("day", [date(2022, 8, 10), date(2022, 8, 25), DAY])
@pytest.mark.parametrize("data", [EXAMPLE, CITY], ids=["story", "city"])
def test_a_second_computation_agrees(data, day):
    """Plain SQL over the files gives the same coverage, on any day."""
    city = rows_of(data)
    found = screening.screened(city, city.campaign, day)
    rows = screening.coverage(found, [unit.unit_id for unit in city.units])
    made = {
        (r.unit_id, r.grain, r.kind): (r.due, r.in_time, r.late, r.lower, r.never)
        for r in rows
        if r.due
    }

    assert made == computed_again(data, day)
    as_of = screening.screened(city.as_of(day), city.campaign, day)
    assert screening.coverage(as_of, [unit.unit_id for unit in city.units]) == rows


def test_a_county_without_its_visits_is_told_and_counted():
    """西峡 with one of its screening visits left: a finding, the figures, the list."""
    own = [r for r in rows_of(CITY).inspections if r.unit_id == "xixia" and r.shard.home == "U"]
    kept = own[0].visit_id
    left = only(
        "inspections",
        lambda r: r.unit_id != "xixia" or r.shard.home == "C" or r.visit_id == kept,
    )
    seen = disclosure.view(left, DAY, "").screening
    works = [r for r in seen.coverage if r.unit_id == "xixia" and r.grain == "工程"]
    due = sum(r.due for r in works)

    assert f"有{due - 1}处工程" in told(left)["J05", "xixia"]
    assert sum(r.never for r in works) == due - 1
    assert sum(one.place_type == "工程" for one in seen.missing["xixia"]) == due - 1
    assert f"有{due - 1}处工程" not in told(rows_of(CITY)).get(("J05", "xixia"), "")


def test_a_village_that_screens_a_plant_is_told_and_counted():
    """千吨万人 is the county's."""
    city = rows_of(CITY)
    plants = {w.works_id for w in city.works if w.works_class == "千吨万人"}
    one = next(r for r in city.inspections if r.place_id in plants and r.mode == "自查")
    spoilt = tuple(
        r._replace(checker_level="村") if r.place_id == one.place_id and r.mode == "自查" else r
        for r in city.inspections
    )
    made = replace(city, tables=MappingProxyType(dict(city.tables) | {"inspections": spoilt}))
    seen = disclosure.view(made, DAY, "").screening
    row = next(r for r in seen.coverage if (r.unit_id, r.kind) == (one.unit_id, "千吨万人"))

    assert city.index("works")[one.place_id].name in told(made)["J06", one.unit_id]
    assert row.lower == 1
    assert one.place_id in [s.place_id for s in seen.missing[one.unit_id]]


def test_the_public_is_not_told_who_went_from_door_to_door():
    """Of a household check the day alone passes; idle works do not show their risk point."""
    book = {
        "units": [{"unit_id": "jiaxian"}],
        "villages": [{}],
        "household_checks": [DOORS | {"checked_on": "2022-08-01", "checker_org": HIDDEN}],
        "works": [WORKS | {"status": "闲置"}],
        "risk_points": [{"place_id": "jiaxian-w0001", "owner_post": HIDDEN}],
    }
    snapshot = book_of(book).snapshot
    public = disclosure.view(snapshot, AS_OF, "").screening
    inside = disclosure.view(snapshot, AS_OF, "", "internal").screening

    assert HIDDEN not in repr(public)
    assert [one.is_listed for one in public.weak] == [None]
    assert repr(inside).count(HIDDEN) >= 2
    (visit,) = [v for some in public.visits.values() for _, _, v in some]
    assert visit.on == date(2022, 8, 1)


def test_the_eight_items_count_every_works_once():
    """Met, not met and not looked at are all works in supply, in every township."""
    view = disclosure.view(rows_of(EXAMPLE), DAY, "")
    supply = sum(row.status in IN_SUPPLY for row in view.works)

    for row in view["guarantee_coverage"]:
        assert row.works == row.met + row.failed + row.unseen
    for counts in view.screening.guarantees.tally(
        view.screening.guarantees.works.values()
    ).values():
        assert sum(counts) == supply


def test_the_whole_city_is_little_work():
    """A few dozen calls a place, so that a page a day and a chart of weeks cost little."""
    city = rows_of(CITY).as_of(DAY)

    def work() -> None:
        found = screening.screened(city, city.campaign, DAY)
        screening.coverage(found, [unit.unit_id for unit in city.units])
        screening.guarantees(city, city.campaign, DAY)
        screening.alike(city, city.campaign, DAY)

    assert calls(work) < 100 * (len(city.works) + len(city.divisions))
