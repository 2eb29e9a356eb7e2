"""Record checks of household checks (入户核查): counts within counts, and nothing but counts."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.records.villages import counted
from pipeline.checks.repeats import repeated
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.rowtypes import HouseholdCheckRow

INDICATORS = (
    "unsafe_quantity_households",
    "unsafe_quality_households",
    "unsafe_access_households",
    "unsafe_assurance_households",
)
SAFETY = ("unsafe_households", *INDICATORS, "listed_households", "repeat_unsafe_households")
LACKS = ("without_card_households", "without_report_households")
PAPERS = (*LACKS, "lacking_households", "repeat_lacking_households")
"""The two groups of counts; blank means not looked at, never zero."""

SAFE = dict.fromkeys(SAFETY, "0") | {"checker_level": "县"}
PAPERED = dict.fromkeys(PAPERS, "0") | {"checker_level": "县"}
PLACE = {
    "division_code": "890121103201",
    "division_level": "村级",
    "division_kind": "村委会",
    "parent_code": "890121103",
}


def _whole(row: HouseholdCheckRow, group: tuple[str, ...]) -> bool:
    return all(getattr(row, name) is not None for name in group)


@row_check(
    "H01",
    ledger=HouseholdCheckRow,
    severity="error",
    sentence="饮水安全、明白卡和水质报告两组数，每组全填或全空，至少填一组",
    remedy="查了的一组全部填数，没有的写0；没查的一组全部留空",
    source="五.1、五.4④",
    why="填一半的分不清是没有问题，还是没有看",
    passes=[
        {"household_checks": [SAFE]},
        {"household_checks": [PAPERED]},
        {"household_checks": [SAFE | PAPERED]},
    ],
    fails=[
        {"household_checks": [{"checker_level": "县"}]},
        {"household_checks": [SAFE | {"listed_households": ""}]},
        {"household_checks": [SAFE | {"lacking_households": "0"}]},
    ],
)
def groups_whole(row: HouseholdCheckRow, book: Book) -> Iterator[Breach]:
    """A count left out would read as none found."""
    fields, filled = book.schemas["household_checks"].by_name, 0
    for group in (SAFETY, PAPERS):
        blank = [name for name in group if getattr(row, name) is None]
        filled += len(blank) < len(group)
        if 0 < len(blank) < len(group):
            said = "、".join(fields[name].title for name in blank)
            yield breach(blank[0], f"同一组填了别的，{said}空着")
    if not filled:
        yield breach("unsafe_households", "两组数都空着，等于没有查")


@row_check(
    "H02",
    ledger=HouseholdCheckRow,
    severity="error",
    sentence="各项不达标户数不超过饮水不安全户数，饮水不安全户数不超过核查户数和各项之和",
    remedy="核对核查户数、饮水不安全户数和四项指标的户数",
    source="常理",
    why="不达标的户比查过的户还多，一定有一个数错了",
    where=lambda row: _whole(row, SAFETY),
    passes=[
        {
            "household_checks": [
                SAFE
                | {
                    "unsafe_households": "3",
                    "unsafe_quantity_households": "2",
                    "unsafe_quality_households": "1",
                }
            ]
        }
    ],
    fails=[
        {"household_checks": [SAFE | {"unsafe_households": "4", "unsafe_quality_households": "4"}]},
        {"household_checks": [SAFE | {"unsafe_households": "1", "unsafe_quality_households": "2"}]},
        {"household_checks": [SAFE | {"unsafe_households": "2", "unsafe_quality_households": "1"}]},
    ],
    skips=[{"household_checks": [PAPERED]}],
)
def unsafe_within_checked(row: HouseholdCheckRow, book: Book) -> Iterator[Breach]:
    """Unsafe is who fails at least one of the four indicators."""
    fields = book.schemas["household_checks"].by_name
    unsafe = row.unsafe_households or 0
    if unsafe > row.checked_households:
        yield breach("unsafe_households", "饮水不安全户数多于核查户数")
    counts = {name: getattr(row, name) for name in INDICATORS}
    for name, count in counts.items():
        if count > unsafe:
            yield breach(name, f"{fields[name].title}的户数多于饮水不安全户数")
    if unsafe > sum(counts.values()):
        yield breach("unsafe_households", "饮水不安全户数多于四项不达标户数之和")


@row_check(
    "H03",
    ledger=HouseholdCheckRow,
    severity="error",
    sentence="已入台账的和此前已计的加起来，不超过饮水不安全户数",
    remedy="核对这两个“其中”数；一户只算在一处",
    source="G11",
    why="已入台账和已算过的户不再扣，写多了就该扣的没有扣",
    where=lambda row: _whole(row, SAFETY),
    passes=[
        {
            "household_checks": [
                SAFE
                | {
                    "unsafe_households": "2",
                    "unsafe_quality_households": "2",
                    "listed_households": "1",
                    "repeat_unsafe_households": "1",
                }
            ]
        }
    ],
    fails=[
        {
            "household_checks": [
                SAFE
                | {
                    "unsafe_households": "1",
                    "unsafe_quality_households": "1",
                    "listed_households": "1",
                    "repeat_unsafe_households": "1",
                }
            ]
        }
    ],
    skips=[{"household_checks": [PAPERED]}],
)
def known_within_unsafe(row: HouseholdCheckRow, _book: Book) -> Breach | None:
    """What is already listed or counted is part of what was found (reading G11)."""
    known = (row.listed_households or 0) + (row.repeat_unsafe_households or 0)
    return breach("listed_households") if known > (row.unsafe_households or 0) else None


@row_check(
    "H04",
    ledger=HouseholdCheckRow,
    severity="error",
    sentence="缺其一或全缺的户数，不少于缺任何一样的，不多于两样之和，也不多于核查户数",
    remedy="核对缺明白卡、缺水质报告、缺其一或全缺、此前已计这四个数",
    source="五.4④",
    why="明白卡和水质报告缺一样就算，户数对不上就扣错",
    where=lambda row: _whole(row, PAPERS),
    passes=[
        {
            "household_checks": [
                PAPERED
                | {
                    "without_card_households": "1",
                    "without_report_households": "2",
                    "lacking_households": "3",
                    "repeat_lacking_households": "1",
                }
            ]
        }
    ],
    fails=[
        {
            "household_checks": [
                PAPERED | {"without_card_households": "2", "lacking_households": "1"}
            ]
        },
        {
            "household_checks": [
                PAPERED | {"without_card_households": "1", "lacking_households": "2"}
            ]
        },
        {
            "household_checks": [
                PAPERED | {"without_card_households": "4", "lacking_households": "4"}
            ]
        },
        {"household_checks": [PAPERED | {"repeat_lacking_households": "1"}]},
    ],
    skips=[{"household_checks": [SAFE]}],
)
def lacking_within_checked(row: HouseholdCheckRow, _book: Book) -> Iterator[Breach]:
    """Lacking is who lacks the card, the report or both."""
    counts = [getattr(row, name) for name in LACKS]
    lacking = row.lacking_households or 0
    if not max(counts) <= lacking <= sum(counts):
        said = f"应当在{max(counts)}户和{sum(counts)}户之间"
        yield breach("lacking_households", said)
    if lacking > row.checked_households:
        yield breach("lacking_households", "缺其一或全缺的户数多于核查户数")
    if (row.repeat_lacking_households or 0) > lacking:
        yield breach("repeat_lacking_households", "此前已计的户数多于缺其一或全缺的户数")


@row_check(
    "H05",
    ledger=HouseholdCheckRow,
    severity="warning",
    sentence="核查户数不超过这个村这一类的户数",
    remedy="核对户类和核查户数；行政村概况旧了的，更新概况",
    source="常理",
    why="查的户比这个村这一类的户还多，底数或核查数有错",
    passes=[{"villages": [{}], "household_checks": [SAFE]}],
    fails=[
        {"villages": [{}], "household_checks": [SAFE | {"checked_households": "4"}]},
        {
            "villages": [{"households": "17"}],
            "household_checks": [SAFE | {"household_kind": "一般户"}],
        },
    ],
    skips=[{"household_checks": [SAFE]}],
)
def checked_within_village(row: HouseholdCheckRow, book: Book) -> Breach | None:
    """Nobody checks more households of a kind than the village has."""
    village = book.index("villages").get(row.village_code)
    if village is None:
        return None
    has = counted(village, row.household_kind)
    said = f"核查了{row.checked_households}户，概况里这一类只有{has}户"
    return breach("checked_households", said) if row.checked_households > has else None


@row_check(
    "H06",
    ledger=HouseholdCheckRow,
    severity="error",
    sentence="核查的村是这个单位管理的村",
    remedy="在行政区划里查到这个村，照抄12位代码",
    source="台账约定",
    why="查的是别的单位的村，分就扣错了单位",
    passes=[{"divisions": [PLACE], "household_checks": [SAFE]}],
    fails=[
        {"divisions": [PLACE | {"unit_id": "zhongqu"}], "household_checks": [SAFE]},
        {"divisions": [{}], "household_checks": [SAFE | {"village_code": "890121103"}]},
    ],
    skips=[{"household_checks": [SAFE]}],
)
def checked_village_of_unit(row: HouseholdCheckRow, book: Book) -> Breach | None:
    """A check stands with the unit that manages the village."""
    place = book.index("divisions").get(row.village_code)
    if place is None or (place.division_level == "村级" and place.unit_id == row.unit_id):
        return None
    return breach("village_code")


@book_check(
    "H07",
    ledger=HouseholdCheckRow,
    severity="error",
    sentence="同一村、同一天、同一户类、同一检查单位的核查合成一行",
    remedy="把户数加起来写在一行，删掉另一行",
    source="G11",
    why="拆成几行，同一户就可能算两次",
    passes=[{"household_checks": [SAFE, SAFE | {"household_kind": "一般户"}]}],
    fails=[{"household_checks": [SAFE, SAFE]}],
    skips=[{"household_checks": [SAFE, SAFE | {"checked_on": "2022-08-11"}]}],
)
def one_row_per_day_and_kind(book: Book) -> Iterator[Breach]:
    """Village, day, kind and checker make one row, so that nothing is counted twice."""
    standing = [row for row in book.household_checks if row.withdrawn_on is None]
    for row, first in repeated(standing, _occasion):
        yield breach("village_code", f"和 {first.household_check_id} 重复", row=row)


def _occasion(row: HouseholdCheckRow) -> tuple[object, ...]:
    return row.village_code, row.checked_on, row.household_kind, row.checker_org
