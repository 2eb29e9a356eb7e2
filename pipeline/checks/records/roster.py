"""Record checks of the patrol roster (排查网络名录): five roles in every village, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.checks.book import Book
from pipeline.checks.repeats import repeated
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import lacking
from pipeline.dates import in_force
from pipeline.rowtypes import PatrolRosterRow, UnitRow

ROLES = ("乡镇", "村委", "驻村干部", "管水员", "群众监督员")
"""Who makes up the network of a village (O-19)."""

UNIT = {"unit_id": "jiaxian", "name": "甲县"}
PLACE = {
    "division_code": "890121103201",
    "division_level": "村级",
    "division_kind": "村委会",
    "parent_code": "890121103",
}
ALL_FIVE = [{"role": role} for role in ROLES]


@book_check(
    "N01",
    ledger=PatrolRosterRow,
    severity="warning",
    sentence="每个村的排查网络五种角色都有人",
    remedy="补齐这些村的名录：乡镇、村委、驻村干部、管水员、群众监督员",
    source="O-19",
    why="五种人各看一面，缺了哪一种，问题就少一个被发现的机会",
    passes=[{"units": [UNIT], "villages": [{}], "patrol_roster": ALL_FIVE}],
    fails=[
        {"units": [UNIT], "villages": [{}], "patrol_roster": ALL_FIVE[:4]},
        {
            "units": [UNIT],
            "villages": [{}],
            "patrol_roster": [*ALL_FIVE[:4], ALL_FIVE[4] | {"valid_to": "2022-09-15"}],
        },
        {"units": [UNIT], "villages": [{}]},
    ],
    skips=[{"units": [UNIT], "patrol_roster": ALL_FIVE[:4]}],
)
def five_roles_in_every_village(book: Book) -> Iterator[Breach]:
    """The network reaches every village (O-19); only its coverage is published."""
    roles: dict[str, set[str]] = defaultdict(set)
    for row in book.today.patrol_roster:
        if in_force(row, book.as_of_on):
            roles[row.village_code].add(row.role)
    villages, divisions = book.today.group("villages", "unit_id"), book.index("divisions")

    def missing(unit: UnitRow) -> Iterable[str]:
        for row in villages[unit.unit_id]:
            if len(roles[row.village_code]) < len(ROLES):
                place = divisions.get(row.village_code)
                yield f"{place.name} {row.village_code}" if place else row.village_code

    yield from lacking(book, missing, "个村", "的排查网络缺角色")


@row_check(
    "N02",
    ledger=PatrolRosterRow,
    severity="error",
    sentence="名录里的村是本单位管理的村",
    remedy="在行政区划里查到这个村，照抄12位代码",
    source="台账约定",
    why="写成别的单位的村，这个村的网络就看着是空的",
    passes=[{"divisions": [PLACE], "patrol_roster": [{}]}],
    fails=[
        {"divisions": [PLACE | {"unit_id": "zhongqu"}], "patrol_roster": [{}]},
        {"divisions": [{}], "patrol_roster": [{"village_code": "890121103"}]},
    ],
    skips=[{"patrol_roster": [{}]}],
)
def roster_village_of_unit(row: PatrolRosterRow, book: Book) -> Breach | None:
    """A unit lists the networks of its own villages."""
    place = book.index("divisions").get(row.village_code)
    if place is None or (place.division_level == "村级" and place.unit_id == row.unit_id):
        return None
    return breach("village_code")


@book_check(
    "N03",
    ledger=PatrolRosterRow,
    severity="error",
    sentence="同一村、角色、姓名、起始日期只登记一次",
    remedy="删掉重复的一行",
    source="O-19",
    why="登记两次，人数会多算",
    passes=[{"patrol_roster": ALL_FIVE}],
    fails=[{"patrol_roster": [{}, {}]}],
    skips=[{"patrol_roster": [{"valid_to": "2022-06-30"}, {"valid_from": "2022-07-01"}]}],
)
def roster_registered_once(book: Book) -> Iterator[Breach]:
    """One person in one role is one row at a time."""
    for row, first in repeated(book.patrol_roster, _membership):
        yield breach("name", f"和 {first.roster_id} 重复", row=row)


def _membership(row: PatrolRosterRow) -> tuple[object, ...]:
    return row.village_code, row.role, row.name, row.valid_from
