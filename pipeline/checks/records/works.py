"""Record checks of works (供水工程): class, place, people, what is idle and what was merged."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import gathered
from pipeline.rowtypes import WorksRow
from pipeline.terms import IN_SUPPLY

LARGE_M3D, LARGE_PEOPLE, MIDDLE_PEOPLE, LEAST_PEOPLE = 1000, 10_000, 1000, 20
"""Bounds of the classes (千吨万人, 千人以上, 千人以下); each number belongs to the upper class."""

SMALL = {"works_class": "千人以下", "population": "500", "households": "120"}
TOWN = {"division_code": "890121103", "parent_code": ""}
VILLAGE = {
    "division_code": "890121103201",
    "division_level": "村级",
    "division_kind": "村委会",
    "parent_code": "890121103",
}


def class_of(row: WorksRow) -> str | None:
    """Return the class that follows from source, capacity and people; None below 20 people."""
    if row.source_type == "城市管网":
        return "城市管网延伸"
    if row.capacity_m3d >= LARGE_M3D or row.population >= LARGE_PEOPLE:
        return "千吨万人"
    if row.population >= MIDDLE_PEOPLE:
        return "千人以上"
    return "千人以下" if row.population >= LEAST_PEOPLE else None


def label(row: WorksRow) -> str:
    """Say a works by name and number."""
    return f"{row.name} {row.works_id}"


@row_check(
    "W01",
    ledger=WorksRow,
    severity="error",
    sentence="工程类别与水源、规模、人口相符，不符的写明理由",
    remedy="改正工程类别、设计规模或受益人口；确有理由按另一类管理的，填类别说明",
    source="O-10、G21",
    why="哪一级排查、执行哪套限值都看工程类别，类别错了全错",
    where=lambda row: row.class_reason is None and row.status in IN_SUPPLY,
    passes=[
        {"works": [{"works_class": "千吨万人", "population": "10000"}]},
        {"works": [{"works_class": "千吨万人", "population": "900", "capacity_m3d": "1000"}]},
        {"works": [{"works_class": "千人以上", "population": "1000"}]},
        {"works": [{"works_class": "千人以下", "population": "20"}]},
        {"works": [{"works_class": "城市管网延伸", "source_type": "城市管网"}]},
    ],
    fails=[
        {"works": [{"works_class": "千吨万人", "population": "9999"}]},
        {"works": [{"works_class": "千人以上", "population": "999"}]},
        {"works": [{"works_class": "千人以下", "source_type": "城市管网"}]},
    ],
    skips=[
        {"works": [{"population": "9999", "class_reason": "设计为万人工程，二期在建"}]},
        {"works": [{"population": "0", "status": "停用"}]},
    ],
)
def class_follows(row: WorksRow, _book: Book) -> Breach | None:
    """The class decides who screens (O-10), so a deviation needs its reason."""
    due = class_of(row)
    if due is None or due == row.works_class:
        return None
    said = f"按水源、规模和人口应是“{due}”，写的是“{row.works_class}”，又没有类别说明"
    return breach("works_class", said)


@row_check(
    "W02",
    ledger=WorksRow,
    severity="error",
    sentence="供水不足20人的不算集中供水工程",
    remedy="核对受益人口；确实不足20人的，从这里撤下，记入行政村概况的分散供水",
    source="O-10",
    why="不足20人的是分散供水，排查和水质的要求都不一样",
    where=lambda row: row.status in IN_SUPPLY,
    passes=[{"works": [SMALL | {"population": "20"}]}],
    fails=[{"works": [SMALL | {"population": "19"}]}],
    skips=[{"works": [SMALL | {"population": "0", "status": "停用"}]}],
)
def works_serves_twenty(row: WorksRow, _book: Book) -> Breach | None:
    """Below 20 people supply is dispersed; there is no works then."""
    return breach("population") if class_of(row) is None else None


@row_check(
    "W03",
    ledger=WorksRow,
    severity="error",
    sentence="所在乡镇是本单位管理的乡镇，供水村写12位村代码",
    remedy="对照行政区划改正代码；管理单位和所在县不一致的乡镇（如中工区）以管理单位为准",
    source="台账约定",
    why="工程挂错乡镇和村，村民就查不到自己的水",
    passes=[{"divisions": [TOWN, VILLAGE], "works": [{}]}],
    fails=[
        {"divisions": [TOWN | {"unit_id": "zhongqu"}, VILLAGE], "works": [{}]},
        {"divisions": [TOWN, VILLAGE], "works": [{"town_code": "890121103201"}]},
        {"divisions": [TOWN, VILLAGE], "works": [{"village_codes": "890121103"}]},
    ],
    skips=[{"works": [{}]}],
)
def works_within_unit(row: WorksRow, book: Book) -> Iterator[Breach]:
    """A works stands in a township that its unit manages."""
    divisions = book.index("divisions")
    town = divisions.get(row.town_code)
    if town is not None and town.division_level != "乡级":
        yield breach("town_code", "所在乡镇要填9位的乡镇代码")
    elif town is not None and town.unit_id != row.unit_id:
        yield breach("town_code", f"所在乡镇“{town.name}”不归本单位管理")
    for code in row.village_codes:
        if code in divisions and divisions[code].division_level != "村级":
            yield breach("village_codes", f"“{divisions[code].name}”是乡级，供水村要填12位的村代码")


@row_check(
    "W04",
    ledger=WorksRow,
    severity="warning",
    sentence="供水村是本单位的村",
    remedy="核对供水村代码；确实跨单位供水的，可不改，两边各自登记责任人和电话",
    source="台账约定",
    why="供到别的单位的村，要核对是不是填错了代码",
    passes=[{"divisions": [TOWN, VILLAGE], "works": [{}]}],
    fails=[{"divisions": [TOWN, VILLAGE | {"unit_id": "zhongqu"}], "works": [{}]}],
    skips=[{"works": [{}]}],
)
def villages_of_unit(row: WorksRow, book: Book) -> Breach | None:
    """Supply across the border is possible, but worth a second look."""
    divisions = book.index("divisions")
    strange = [
        divisions[code].name
        for code in row.village_codes
        if code in divisions and divisions[code].unit_id != row.unit_id
    ]
    if not strange:
        return None
    return breach("village_codes", f"供水村“{'、'.join(strange[:3])}”归别的单位管理")


@book_check(
    "W05",
    ledger=WorksRow,
    severity="warning",
    sentence="受益人口不多于供水村的总人口",
    remedy="核对受益人口和供水村；漏写的村补上",
    source="常理",
    why="喝这个工程水的人，一般不会比供水村的人还多",
    passes=[{"villages": [{"population": "1286"}], "works": [{"population": "1286"}]}],
    fails=[{"villages": [{"population": "1285"}], "works": [{"population": "1286"}]}],
    skips=[{"works": [{"population": "1286"}]}],
)
def people_within_villages(book: Book) -> Iterator[Breach]:
    """A works cannot serve more people than its villages have; only where all are registered."""
    villages = book.index("villages")
    poor = []
    for row in book.works:
        people = [villages[code].population for code in row.village_codes if code in villages]
        if len(people) == len(row.village_codes) and row.population > sum(people):
            poor.append(row)
    yield from gathered(poor, "population", label, "处工程", "受益人口多于供水村总人口")


@row_check(
    "W06",
    ledger=WorksRow,
    severity="warning",
    sentence="作用不明显、闲置的工程列入风险点",
    remedy="在风险点台账登记这处工程，写明管控单位；已经停用的把运行状态改为停用",
    source="O-18",
    why="建了不管用的工程，要有人盯着，防着又没有水",
    where=lambda row: row.status in ("作用不明显", "闲置"),
    passes=[{"works": [{"status": "闲置"}], "risk_points": [{}]}],
    fails=[
        {"works": [{"status": "闲置"}]},
        {"works": [{"status": "作用不明显"}], "risk_points": [{"closed_on": "2022-09-01"}]},
    ],
    skips=[{"works": [{}]}],
)
def idle_is_a_risk(row: WorksRow, book: Book) -> Breach | None:
    """Idle works need somebody who controls the risk (O-18)."""
    risks = book.today.group("risk_points", "place_id")[row.works_id]
    if any(risk.place_type == "工程" and risk.closed_on is None for risk in risks):
        return None
    return breach("status", f"“{row.name}”{row.status}，风险点台账里没有它")


@row_check(
    "W07",
    ledger=WorksRow,
    severity="error",
    sentence="并入的是另一处工程，并入以后不再供水",
    remedy="核对并入工程的编号；已经并入的，运行状态写停用，没有并入的留空",
    source="常理",
    why="并给了自己，或并了还在供水，不可能",
    where=lambda row: row.replaced_by_id is not None,
    passes=[
        {
            "works": [
                {"works_id": "jiaxian-w0001"},
                {"works_id": "jiaxian-w0002", "status": "停用", "replaced_by_id": "jiaxian-w0001"},
            ]
        }
    ],
    fails=[
        {"works": [{"status": "停用", "replaced_by_id": "jiaxian-w0001"}]},
        {
            "works": [
                {
                    "works_id": f"jiaxian-w000{n}",
                    "status": "停用",
                    "replaced_by_id": f"jiaxian-w000{3 - n}",
                }
                for n in (1, 2)
            ]
        },
        {"works": [{}, {"works_id": "jiaxian-w0002", "replaced_by_id": "jiaxian-w0001"}]},
    ],
    skips=[{"works": [{"status": "停用"}]}],
)
def merged_into_another(row: WorksRow, book: Book) -> Breach | None:
    """A works is merged into one that is not merged, in the end, into it."""
    works, seen, there = book.index("works"), {row.works_id}, row.replaced_by_id
    while there is not None and there in works:
        if there in seen:
            return breach("replaced_by_id", "并入来并入去，回到了这处工程自己")
        seen.add(there)
        there = works[there].replaced_by_id
    if row.status in IN_SUPPLY:
        return breach("status", f"已经并入别的工程，运行状态却是“{row.status}”")
    return None


@book_check(
    "W08",
    ledger=WorksRow,
    severity="warning",
    sentence="不是正常运行的工程，写明从哪天起",
    remedy="补填状态日期",
    source="数字可追溯",
    why="不写从哪天起，就不知道这个工程哪段时间该检测、该检查",
    passes=[{"works": [{"status": "停用", "status_on": "2021-05-01"}]}],
    fails=[{"works": [{"status": "停用"}]}],
    skips=[{"works": [{"status": "正常"}]}],
)
def status_has_date(book: Book) -> Iterator[Breach]:
    """Since when a works stands idle decides what it owes."""
    poor = [row for row in book.works if row.status != "正常" and row.status_on is None]
    yield from gathered(poor, "status_on", label, "处工程", "没有写状态日期")


@book_check(
    "W09",
    ledger=WorksRow,
    severity="warning",
    sentence="受益户数不多于受益人口",
    remedy="核对受益户数和受益人口，看两列是不是填反了",
    source="常理",
    why="一户至少一个人，户数不会比人多",
    passes=[{"works": [{"households": "1286", "population": "1286"}]}],
    fails=[{"works": [{"households": "1287", "population": "1286"}]}],
)
def works_households_within_people(book: Book) -> Iterator[Breach]:
    """A household has somebody in it."""
    poor = [row for row in book.works if row.households > row.population]
    yield from gathered(poor, "households", label, "处工程", "受益户数多于受益人口")
