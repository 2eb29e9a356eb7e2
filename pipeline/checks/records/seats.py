"""Record checks of seats (三个责任): posts that must be filled on any day, and are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.checks.book import Book
from pipeline.checks.records.works import label
from pipeline.checks.rulebook import Breach, Example, book_check
from pipeline.checks.sums import lacking
from pipeline.dates import in_force
from pipeline.rowtypes import ResponsibilityRow, UnitRow
from pipeline.terms import IN_SUPPLY

UNIT = {"unit_id": "jiaxian", "name": "甲县"}
HEAD = {"place_type": "县", "place_id": "jiaxian", "rank": "主要领导"}
TOWN = {"division_code": "890121103", "name": "柳河镇"}
TOWN_HEAD = {"place_type": "乡镇", "place_id": "890121103", "duty": "政府主体责任"}
KEEPER = {"duty": "运行管理责任", "rank": "管水员"}
VILLAGE: Example = {"villages": [{}], "works": [{"status": "停用"}]}


def _filled(book: Book, duty: str, place_type: str, rank: str | None = None) -> set[str]:
    """Return the places where somebody answers for a duty on the day."""
    return {
        row.place_id
        for row in book.today.responsibilities
        if row.duty == duty
        and row.place_type == place_type
        and (rank is None or row.rank == rank)
        and in_force(row, book.as_of_on)
    }


@book_check(
    "D11",
    ledger=ResponsibilityRow,
    severity="warning",
    sentence="县级政府主体责任、水利监管责任都有在任的主要领导",
    remedy="登记接任的主要领导；还没有任命的，按空缺公示",
    source="三.1、三.2",
    why="县里由谁负总责、由谁监管，空着就没有人负责，也要扣分",
    passes=[
        {
            "units": [UNIT],
            "responsibilities": [HEAD | {"duty": d} for d in ("政府主体责任", "水利监管责任")],
        }
    ],
    fails=[
        {"units": [UNIT], "responsibilities": [HEAD | {"duty": "政府主体责任"}]},
        {
            "units": [UNIT],
            "responsibilities": [
                HEAD | {"duty": "政府主体责任"},
                HEAD | {"duty": "水利监管责任", "valid_to": "2022-09-15"},
            ],
        },
    ],
    skips=[{"units": [UNIT]}],
)
def county_seats_filled(book: Book) -> Iterator[Breach]:
    """Government and water authority each answer through their first person."""
    duties = ("政府主体责任", "水利监管责任")
    filled = {duty: _filled(book, duty, "县", "主要领导") for duty in duties}

    def missing(unit: UnitRow) -> Iterable[str]:
        return (duty for duty in duties if unit.unit_id not in filled[duty])

    yield from lacking(book, missing, "项责任", "没有在任的主要领导")


@book_check(
    "D12",
    ledger=ResponsibilityRow,
    severity="warning",
    sentence="每个乡镇都有在任的政府主体责任人",
    remedy="登记这些乡镇的责任人",
    source="三.1",
    why="主体责任要延伸到乡镇，空一个扣一处",
    passes=[{"units": [UNIT], "divisions": [TOWN], "responsibilities": [TOWN_HEAD]}],
    fails=[
        {"units": [UNIT], "divisions": [TOWN], "responsibilities": [HEAD]},
        {
            "units": [UNIT],
            "divisions": [TOWN],
            "responsibilities": [TOWN_HEAD | {"valid_to": "2022-09-15"}],
        },
    ],
    skips=[{"units": [UNIT], "divisions": [TOWN]}],
)
def town_seats_filled(book: Book) -> Iterator[Breach]:
    """The duty of government reaches every township (附件3 三.1)."""
    filled = _filled(book, "政府主体责任", "乡镇")
    places = book.group("divisions", "unit_id")

    def missing(unit: UnitRow) -> Iterable[str]:
        for place in places[unit.unit_id]:
            is_town = place.division_level == "乡级" and in_force(place, book.as_of_on)
            if is_town and place.division_code not in filled:
                yield place.name

    yield from lacking(book, missing, "个乡镇", "没有政府主体责任人")


@book_check(
    "D13",
    ledger=ResponsibilityRow,
    severity="warning",
    sentence="每个有供水的村都有在任的运行管理责任人",
    remedy="登记这些村的运行管理责任人",
    source="O-16",
    why="有水的村要有人管水，村民才找得到人",
    passes=[
        {
            "units": [UNIT],
            **VILLAGE,
            "responsibilities": [KEEPER | {"place_type": "村", "place_id": "890121103201"}],
        },
        {
            "units": [UNIT],
            "villages": [{"dispersed_households": "0"}],
            "works": [{"status": "停用"}],
        },
    ],
    fails=[
        {"units": [UNIT], **VILLAGE},
        {
            "units": [UNIT],
            "villages": [{"dispersed_households": "0"}],
            "works": [{}],
            "responsibilities": [KEEPER],
        },
    ],
)
def village_seats_filled(book: Book) -> Iterator[Breach]:
    """Where water is drunk, somebody of the village answers for it (O-16)."""
    filled = _filled(book, "运行管理责任", "村")
    served = {c for row in book.works if row.status in IN_SUPPLY for c in row.village_codes}
    villages, divisions = book.today.group("villages", "unit_id"), book.index("divisions")

    def missing(unit: UnitRow) -> Iterable[str]:
        for row in villages[unit.unit_id]:
            has_supply = row.dispersed_households > 0 or row.village_code in served
            if has_supply and row.village_code not in filled:
                place = divisions.get(row.village_code)
                yield f"{place.name} {row.village_code}" if place else row.village_code

    yield from lacking(book, missing, "个有供水的村", "没有运行管理责任人")


@book_check(
    "D14",
    ledger=ResponsibilityRow,
    severity="warning",
    sentence="每处工程都有在任的运行管理责任人",
    remedy="登记这些工程的管水员或负责人；已经停用的，把运行状态改为停用",
    source="O-16",
    why="没有人管的工程，坏了没有人知道",
    passes=[
        {"units": [UNIT], "works": [{}], "responsibilities": [KEEPER]},
        {"units": [UNIT], "works": [{"status": "停用"}]},
    ],
    fails=[
        {"units": [UNIT], "works": [{}]},
        {"units": [UNIT], "works": [{}], "responsibilities": [KEEPER | {"valid_to": "2022-01-31"}]},
    ],
)
def works_seats_filled(book: Book) -> Iterator[Breach]:
    """Every works that is not given up has somebody who runs it (O-16)."""
    filled = _filled(book, "运行管理责任", "工程")
    works = book.group("works", "unit_id")

    def missing(unit: UnitRow) -> Iterable[str]:
        for row in works[unit.unit_id]:
            if row.status != "停用" and row.works_id not in filled:
                yield label(row)

    yield from lacking(book, missing, "处工程", "没有运行管理责任人")
