"""Record checks of villages (行政村概况): counts within counts, and a row for every village."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import gathered, lacking
from pipeline.dates import in_force
from pipeline.rowtypes import UnitRow, VillageRow
from pipeline.screening import KIND_COLUMNS

UNIT = {"unit_id": "jiaxian", "name": "甲县"}
CODE = "890121103201"
PLACE = {
    "division_code": CODE,
    "division_level": "村级",
    "division_kind": "村委会",
    "parent_code": "890121103",
}
NONE_DISPERSED = {"dispersed_households": "0", "dispersed_people": "0"}


def counted(row: VillageRow, kind: str) -> int:
    """Return how many households of a kind a village has."""
    if kind in KIND_COLUMNS:
        return int(getattr(row, KIND_COLUMNS[kind]))
    return int(row.households - sum(getattr(row, name) for name in KIND_COLUMNS.values()))


@row_check(
    "V01",
    ledger=VillageRow,
    severity="error",
    sentence="五类户数加起来不超过总户数",
    remedy="核对总户数和各类户数；一户只算一类，排在前面的优先",
    source="常理",
    why="几类户加起来比全村还多，一定有一个数错了",
    passes=[{"villages": [{"households": "15"}]}],
    fails=[{"villages": [{"households": "14"}]}],
)
def kinds_within_households(row: VillageRow, _book: Book) -> Breach | None:
    """The kinds are exclusive, so their sum cannot exceed the village."""
    total = row.households - counted(row, "一般户")
    said = f"五类户数合计{total}户，总户数只有{row.households}户"
    return breach("households", said) if total > row.households else None


@row_check(
    "V02",
    ledger=VillageRow,
    severity="error",
    sentence="分散供水的户数、人数不超过全村",
    remedy="核对分散供水户数、人数和总户数、总人口",
    source="常理",
    why="一部分不会比全村还多",
    passes=[{"villages": [{"dispersed_households": "312", "dispersed_people": "1286"}]}],
    fails=[
        {"villages": [{"dispersed_households": "313"}]},
        {"villages": [{"dispersed_people": "1287"}]},
    ],
)
def dispersed_within_village(row: VillageRow, _book: Book) -> Iterator[Breach]:
    """Who has no centralised supply is still of the village."""
    if row.dispersed_households > row.households:
        yield breach("dispersed_households", "分散供水户数多于总户数")
    if row.dispersed_people > row.population:
        yield breach("dispersed_people", "分散供水人数多于总人口")


@row_check(
    "V03",
    ledger=VillageRow,
    severity="error",
    sentence="村代码是本单位管理的12位村级代码",
    remedy="在行政区划里查到这个村，照抄12位代码；归别的单位管理的村由那个单位登记",
    source="台账约定",
    why="村代码错了，这个村的户数会算到别的单位",
    passes=[{"divisions": [PLACE], "villages": [{}]}],
    fails=[
        {"divisions": [PLACE | {"unit_id": "zhongqu"}], "villages": [{}]},
        {"divisions": [{}], "villages": [{"village_code": "890121103"}]},
    ],
    skips=[{"villages": [{}]}],
)
def village_of_unit(row: VillageRow, book: Book) -> Breach | None:
    """The managing unit keeps the row, whatever the prefix of the code says."""
    place = book.index("divisions").get(row.village_code)
    if place is None:
        return None
    if place.division_level != "村级":
        return breach("village_code", f"“{place.name}”是乡级，这里要填12位的村代码")
    if place.unit_id != row.unit_id:
        return breach("village_code", f"“{place.name}”不归本单位管理")
    return None


@book_check(
    "V04",
    ledger=VillageRow,
    severity="warning",
    sentence="每个村委会在行政村概况里都有一行",
    remedy="补登这些村；没有农村供水的村也要登记，分散供水写0",
    source="O-2",
    why="逐村排查要有全部的村，少一行就少了一个村的底数",
    passes=[{"units": [UNIT], "divisions": [PLACE], "villages": [{}]}],
    fails=[{"units": [UNIT], "divisions": [PLACE], "works": [{}]}],
    skips=[
        {"units": [UNIT], "divisions": [PLACE]},
        {"units": [UNIT], "divisions": [PLACE | {"division_kind": "居委会"}], "works": [{}]},
        {"units": [UNIT], "divisions": [PLACE | {"valid_to": "2022-06-30"}], "works": [{}]},
    ],
)
def every_village_has_a_row(book: Book) -> Iterator[Breach]:
    """The denominators of 逐户逐村 must cover every village."""
    registered = book.today.index("villages")
    places = book.group("divisions", "unit_id")

    def missing(unit: UnitRow) -> Iterable[str]:
        for place in places[unit.unit_id]:
            is_due = place.division_kind == "村委会" and in_force(place, book.as_of_on)
            if is_due and place.division_code not in registered:
                yield f"{place.name} {place.division_code}"

    yield from lacking(book, missing, "个村", "没有登记行政村概况")


@row_check(
    "V05",
    ledger=VillageRow,
    severity="warning",
    sentence="有分散供水户的村，写明人数和水源；没有的都写0、水源空着",
    remedy="核对分散供水户数、人数、水源",
    source="五.3、G40",
    why="分散供水也要看水质，不写人数和水源就不知道该看谁",
    passes=[
        {"villages": [{"dispersed_source": "井水"}]},
        {"villages": [NONE_DISPERSED]},
    ],
    fails=[
        {"villages": [{}]},
        {"villages": [{"dispersed_people": "0", "dispersed_source": "井水"}]},
        {"villages": [NONE_DISPERSED | {"dispersed_source": "井水"}]},
    ],
)
def dispersed_in_full(row: VillageRow, _book: Book) -> Breach | None:
    """Households, people and source of dispersed supply go together."""
    has = row.dispersed_households > 0
    if (row.dispersed_people > 0) != has:
        return breach("dispersed_people")
    return breach("dispersed_source") if (row.dispersed_source is not None) != has else None


@book_check(
    "V06",
    ledger=VillageRow,
    severity="warning",
    sentence="总户数不多于总人口",
    remedy="核对总户数和总人口，看两列是不是填反了",
    source="常理",
    why="一户至少一个人，户数不会比人多",
    passes=[{"villages": [{"households": "1286"}]}],
    fails=[{"villages": [{"households": "1287"}]}],
)
def households_within_people(book: Book) -> Iterator[Breach]:
    """A household has somebody in it."""
    poor = [row for row in book.villages if row.households > row.population]
    yield from gathered(poor, "households", lambda row: row.village_code, "个村", "户数多于人口")
