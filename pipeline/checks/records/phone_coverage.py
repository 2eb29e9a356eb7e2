"""Record checks of who can be called where: managers, repair, supervision and service numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.checks.book import Book
from pipeline.checks.records.works import label
from pipeline.checks.rulebook import Breach, book_check
from pipeline.checks.sums import lacking
from pipeline.dates import in_force
from pipeline.rowtypes import PhoneRow, UnitRow

UNIT = {"unit_id": "jiaxian", "name": "甲县"}
MANAGER = {"role": "管理人员"}
REPAIR = {"role": "维修"}
AT_UNIT = {"place_type": "县", "place_id": "jiaxian"}


def _places(book: Book, role: str) -> set[str]:
    """Return the places that have a public number of a role on the day."""
    return {
        row.place_id
        for row in book.today.phones
        if row.role == role and row.is_public and in_force(row, book.as_of_on)
    }


@book_check(
    "T11",
    ledger=PhoneRow,
    severity="warning",
    sentence="每处工程都公示管理人员电话",
    remedy="登记这些工程的管理人员电话；已经停用的，把运行状态改为停用",
    source="三.3、G29",
    why="没有电话，村民停水了不知道找谁；细则按一次不通扣",
    passes=[
        {"units": [UNIT], "works": [{}], "phones": [MANAGER]},
        {"units": [UNIT], "works": [{"status": "停用"}]},
    ],
    fails=[
        {"units": [UNIT], "works": [{}]},
        {"units": [UNIT], "works": [{}], "phones": [MANAGER | {"valid_to": "2022-09-15"}]},
        {"units": [UNIT], "works": [{}], "phones": [MANAGER | {"is_public": "否"}]},
    ],
)
def every_works_has_a_manager_number(book: Book) -> Iterator[Breach]:
    """Whoever runs a works can be called (附件3 三.3)."""
    reached, works = _places(book, "管理人员"), book.group("works", "unit_id")

    def missing(unit: UnitRow) -> Iterable[str]:
        for row in works[unit.unit_id]:
            if row.status != "停用" and row.works_id not in reached:
                yield label(row)

    yield from lacking(book, missing, "处工程", "没有公示管理人员电话")


@book_check(
    "T12",
    ledger=PhoneRow,
    severity="warning",
    sentence="每处工程都有维修电话：工程自己的，或村、乡镇、县里的",
    remedy="登记维修电话；一个县可以只公示一个",
    source="五.4①",
    why="水管坏了，要找得到修的人",
    passes=[
        {"units": [UNIT], "works": [{}], "phones": [REPAIR]},
        {"units": [UNIT], "works": [{}], "phones": [REPAIR | AT_UNIT]},
        {
            "units": [UNIT],
            "works": [{}],
            "phones": [REPAIR | {"place_type": "村", "place_id": "890121103201"}],
        },
        {
            "units": [UNIT],
            "works": [{}],
            "phones": [REPAIR | {"place_type": "乡镇", "place_id": "890121103"}],
        },
    ],
    fails=[
        {"units": [UNIT], "works": [{}], "phones": [MANAGER]},
        {"units": [UNIT], "works": [{}], "phones": [REPAIR | {"place_id": "jiaxian-w0002"}]},
    ],
    skips=[{"units": [UNIT], "works": [{"status": "停用"}], "phones": [MANAGER]}],
)
def every_works_has_a_repair_number(book: Book) -> Iterator[Breach]:
    """Somewhere near, somebody mends it."""
    reached, works = _places(book, "维修"), book.group("works", "unit_id")

    def missing(unit: UnitRow) -> Iterable[str]:
        for row in works[unit.unit_id]:
            near = {row.works_id, row.town_code, row.unit_id, *row.village_codes}
            if row.status != "停用" and reached.isdisjoint(near):
                yield label(row)

    yield from lacking(book, missing, "处工程", "没有维修电话")


@book_check(
    "T13",
    ledger=PhoneRow,
    severity="warning",
    sentence="每个单位都公示县级监督电话和供水服务电话",
    remedy="登记这两种电话",
    source="五.5②",
    why="下面解决不了的，要有县里的电话可打",
    passes=[
        {
            "units": [UNIT],
            "phones": [AT_UNIT | {"role": "县级监督"}, AT_UNIT | {"role": "供水服务"}],
        }
    ],
    fails=[
        {"units": [UNIT], "phones": [AT_UNIT | {"role": "县级监督"}]},
        {"units": [UNIT], "works": [{}]},
    ],
    skips=[{"units": [UNIT]}],
)
def every_unit_can_be_called(book: Book) -> Iterator[Breach]:
    """Two numbers of the county answer (附件3 五.5②)."""
    there = {
        (row.unit_id, row.role)
        for row in book.today.phones
        if row.is_public and in_force(row, book.as_of_on)
    }

    def missing(unit: UnitRow) -> Iterable[str]:
        return (role for role in ("县级监督", "供水服务") if (unit.unit_id, role) not in there)

    yield from lacking(book, missing, "种电话", "没有公示")
