"""Record checks of screening (排查): what nobody has been to, or not the right tier.

One finding a unit: the number, the first names, and who must act. Nothing is said before the time
for screening is over. That screening found nothing anywhere is counted and named, never accused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline import screening
from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach
from pipeline.checks.sums import SHOWN, gathered, lacking, reporting, some
from pipeline.dates import in_words
from pipeline.rowtypes import HouseholdCheckRow, InspectionRow, UnitRow

UNIT = {"unit_id": "jiaxian", "name": "甲县"}
WORKS = {"works_class": "千人以上"}
VISIT = {
    "place_type": "工程",
    "place_id": "jiaxian-w0001",
    "mode": "自查",
    "checker_level": "乡镇",
    "checklists": "六有两确保",
}
BY_VILLAGE = VISIT | {"checker_level": "村"}
EARLY = {"visited_on": "2022-07-13"}
DOORS = {
    "household_kind": "边缘易致贫户",
    "mode": "自查",
    "checker_level": "村",
    "checked_households": "3",
}
VILLAGE = {
    "unstable_households": "0",
    "marginal_households": "3",
    "stricken_households": "0",
}


def _rounds(count: int) -> list[dict[str, str]]:
    """Return screening visits of one day, each to works of its own."""
    return [VISIT | {"place_id": f"jiaxian-w{n:04d}"} for n in range(1, count + 1)]


def _standings(book: Book, outcome: str) -> Iterator[screening.Standing]:
    """Yield the works with an outcome, once the time for screening is over."""
    if book.screened.is_over:
        yield from (one for one in book.screened.works.values() if one.outcome == outcome)


@book_check(
    "J05",
    ledger=InspectionRow,
    severity="warning",
    sentence="在供水的工程，排查期内都有人排查过",
    remedy="请该查的一级到现场补查，登记一次方式为自查的检查；查过没有登记的补登",
    source="O-2、O-10",
    why="没有人去看过的工程，有没有问题谁也不知道",
    passes=[
        {"units": [UNIT], "works": [WORKS], "inspections": [VISIT]},
        {"units": [UNIT], "works": [WORKS], "inspections": [VISIT | {"visited_on": "2022-09-01"}]},
        {"units": [UNIT], "works": [WORKS], "inspections": [BY_VILLAGE]},
    ],
    fails=[
        {"units": [UNIT], "works": [WORKS]},
        {"units": [UNIT], "works": [WORKS], "inspections": [VISIT | EARLY]},
        {"units": [UNIT], "works": [WORKS], "inspections": [VISIT | {"mode": "明查"}]},
        {
            "units": [UNIT],
            "works": [WORKS],
            "inspections@C": [VISIT | {"mode": "暗访", "checker_level": "市"}],
        },
    ],
    skips=[
        {"units": [UNIT], "works": [WORKS | {"status": "停用"}]},
        {"units": [UNIT], "works": [WORKS | {"status": "闲置"}]},
    ],
)
def every_works_is_screened(book: Book) -> Iterator[Breach]:
    """逐工程: every works in supply, each by its tier (O-2, O-10)."""
    never: dict[str, list[screening.Standing]] = defaultdict(list)
    for one in _standings(book, screening.NEVER):
        never[one.unit_id].append(one)
    names = book.index("works")
    for unit in reporting(book):
        if poor := never[unit.unit_id]:
            tiers = "、".join(
                f"该{tier}查的{count}处"
                for tier in ("县", "乡镇", "村")
                if (count := sum(one.tier == tier for one in poor))
            )
            listed = some([names[one.place_id].name for one in poor], "处工程")
            said = f"{unit.name}有{listed}没有排查记录，其中{tiers}"
            yield breach(message=said, subject=f"units/{unit.unit_id}")


@book_check(
    "J06",
    ledger=InspectionRow,
    severity="warning",
    sentence="工程由该查的一级或者上一级排查",
    remedy="千吨万人和城市管网延伸由县里查，千人以上由乡镇查：请该查的一级到现场补查，登记一次",
    source="O-10",
    why="大的工程要由更高一级去查，村里自己看代替不了",
    passes=[
        {"works": [WORKS], "inspections": [VISIT]},
        {"works": [WORKS], "inspections": [VISIT | {"checker_level": "县"}]},
        {"works": [WORKS], "inspections": [BY_VILLAGE, VISIT]},
        {"works": [{"works_class": "千人以下"}], "inspections": [BY_VILLAGE]},
    ],
    fails=[
        {"works": [WORKS], "inspections": [BY_VILLAGE]},
        {"works": [{"works_class": "千吨万人"}], "inspections": [BY_VILLAGE]},
        {"works": [{"works_class": "千吨万人"}], "inspections": [VISIT]},
        {"works": [{"works_class": "城市管网延伸"}], "inspections": [VISIT]},
    ],
    skips=[
        {"works": [WORKS]},
        {"works": [WORKS | {"status": "停用"}], "inspections": [BY_VILLAGE]},
    ],
)
def screened_by_the_right_tier(book: Book) -> Iterator[Breach]:
    """The document names who screens which works; a lower level does not take that off (O-10)."""
    visits, works = book.today.index("inspections"), book.index("works")

    def last(one: screening.Standing) -> InspectionRow:
        return visits[one.visits[-1].visit_id or ""]

    def named(row: InspectionRow) -> str:
        return f"{works[row.place_id].name}由{row.checker_level}查"

    rows = [last(one) for one in _standings(book, screening.LOWER)]
    yield from gathered(rows, "checker_level", named, "处工程", "，该查的一级没有查")


@book_check(
    "H08",
    ledger=HouseholdCheckRow,
    severity="warning",
    sentence="村里的三类户，排查期内每一户都走到",
    remedy="走到没有走到的户，按户类登记户数；走过没有登记的补登，概况里户数旧了的更新概况",
    source="O-11",
    why="三类户饮水最容易不安全，漏掉一户就可能漏掉一处问题",
    passes=[
        {"units": [UNIT], "villages": [VILLAGE], "household_checks": [DOORS]},
        {
            "units": [UNIT],
            "villages": [VILLAGE],
            "household_checks": [
                DOORS | {"checked_households": "2"},
                DOORS | {"checked_households": "1", "checked_on": "2022-09-02"},
            ],
        },
    ],
    fails=[
        {"units": [UNIT], "villages": [VILLAGE]},
        {
            "units": [UNIT],
            "villages": [VILLAGE],
            "household_checks": [DOORS | {"checked_households": "2"}],
        },
        {
            "units": [UNIT],
            "villages": [VILLAGE],
            "household_checks": [DOORS | {"household_kind": "其他脱贫户"}],
        },
        {
            "units": [UNIT],
            "villages": [VILLAGE],
            "household_checks@C": [DOORS | {"mode": "暗访", "checker_level": "市"}],
        },
    ],
    skips=[
        {"units": [UNIT], "villages": [VILLAGE | {"marginal_households": "0"}]},
    ],
)
def special_households_are_all_visited(book: Book) -> Iterator[Breach]:
    """逐户: the three kinds come first in what the document asks the villages (O-11)."""
    if not book.screened.is_over:
        return
    places = book.index("divisions")

    def missing(unit: UnitRow) -> Iterable[str]:
        for code in book.screened.unfinished.get(unit.unit_id, ()):
            yield f"{places[code].name} {code}" if code in places else code

    yield from lacking(book, missing, "个村", "的三类户没有走全")


@book_check(
    "J07",
    ledger=InspectionRow,
    severity="warning",
    sentence=f"同一家一天排查{screening.MANY}处以上工程、处处没有问题的，再看一眼",
    remedy="核对检查日期、检查单位；确是几个人分头查的、确实没有问题的，可不改",
    source="O-6",
    why="很多处一天看完又都没有问题，可能是走过场",
    passes=[
        {"inspections": _rounds(screening.MANY - 1)},
        {
            "inspections": [VISIT | {"visit_id": "jiaxian-v99999"}, *_rounds(screening.MANY)],
            "findings": [{"visit_id": "jiaxian-v99999"}],
        },
        {"inspections": [VISIT] * screening.MANY},
    ],
    fails=[{"inspections": _rounds(screening.MANY)}],
    skips=[
        {"inspections": [row | EARLY for row in _rounds(screening.MANY)]},
        {"inspections": [row | {"mode": "明查"} for row in _rounds(screening.MANY)]},
    ],
)
def screening_finds_something_somewhere(book: Book) -> Iterator[Breach]:
    """A screening without any finding may be form without substance; it is only counted (O-6)."""
    today = book.today
    visits = today.index("inspections")
    found: dict[str, list[screening.Alike]] = defaultdict(list)
    for one in screening.alike(today, today.campaign, book.as_of_on):
        found[one.unit_id].append(one)
    for unit, days in found.items():
        first = [
            f"{one.org}{in_words(one.on, year=False)}查{len(one.works_ids)}处"
            for one in days[:SHOWN]
        ]
        more = "等" if len(days) > SHOWN else ""
        said = f"{'、'.join(first)}{more}，处处没有问题，共{len(days)}次"
        row = visits[days[0].visit_ids[0]]
        yield breach("visited_on", said, row=row, subject=f"units/{unit}")
