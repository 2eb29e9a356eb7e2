"""Record checks of outages (停水断水)."""

from __future__ import annotations

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.rowtypes import OutageRow
from pipeline.terms import INNER

RED_LINE = ("整村连片", "整村")
LONG_DAYS = 1
"""Days of an unplanned outage beyond which it belongs into the ledger of issues."""

OUTAGE = {"works_id": "jiaxian-w0001", "found_by_level": "县", "scale": "局部", "is_planned": "否"}


@row_check(
    "O01",
    ledger=OutageRow,
    severity="error",
    sentence="停水写明是哪个工程或影响哪些村",
    remedy="补填工程编号或影响村的代码",
    source="O-5",
    why="不知道停在哪里，就不知道多少人没有水用",
    passes=[{"outages": [OUTAGE]}, {"outages": [{"village_codes": "890121103201"}]}],
    fails=[{"outages": [{}]}],
)
def outage_has_place(row: OutageRow, _book: Book) -> Breach | None:
    """An outage hits a works or villages."""
    return breach("works_id") if row.works_id is None and not row.village_codes else None


@row_check(
    "O02",
    ledger=OutageRow,
    severity="error",
    sentence="恢复日期不早于停水开始日期",
    remedy="核对开始和恢复日期，改正写错的一个；还没有恢复的留空",
    source="常理",
    why="还没有停就恢复，日期一定有错",
    where=lambda row: row.ended_on is not None,
    passes=[{"outages": [OUTAGE | {"started_on": "2022-08-10", "ended_on": "2022-08-10"}]}],
    fails=[{"outages": [OUTAGE | {"started_on": "2022-08-10", "ended_on": "2022-08-09"}]}],
    skips=[{"outages": [OUTAGE]}],
)
def outage_ends_after_start(row: OutageRow, _book: Book) -> Breach | None:
    """Water comes back after it went."""
    is_before = row.ended_on is not None and row.ended_on < row.started_on
    return breach("ended_on") if is_before else None


@row_check(
    "O03",
    ledger=OutageRow,
    severity="warning",
    sentence="没有发生整村或整村连片的非计划停水（底线）",
    remedy="尽快恢复供水，写明保障措施，并记入整改台账；公布时单独列出",
    source="O-5",
    why="不发生整村连片停水是底线，发生了要让人看到",
    where=lambda row: row.scale in RED_LINE,
    passes=[{"outages": [OUTAGE | {"scale": "整村", "is_planned": "是"}]}],
    fails=[
        {"outages": [OUTAGE | {"scale": "整村连片"}]},
        {"outages": [OUTAGE | {"scale": "整村"}]},
    ],
    skips=[{"outages": [OUTAGE]}],
)
def no_whole_village_dry(row: OutageRow, _book: Book) -> Breach | None:
    """The red line of O-5: no whole village without water."""
    return breach("scale", f"发生{row.scale}非计划停水") if not row.is_planned else None


@row_check(
    "O04",
    ledger=OutageRow,
    severity="warning",
    sentence="超过1天的非计划停水记入整改台账",
    remedy="在整改台账登记这个问题，并把问题编号填到台账编号一列",
    source="O-13",
    why="停了一天以上就是问题，要有人负责改",
    where=lambda row: not row.is_planned and row.issue_id is None,
    passes=[{"outages": [OUTAGE | {"started_on": "2022-08-10", "ended_on": "2022-08-11"}]}],
    fails=[
        {"outages": [OUTAGE | {"started_on": "2022-08-10", "ended_on": "2022-08-12"}]},
        {"outages": [OUTAGE | {"started_on": "2022-08-10"}]},
    ],
    skips=[
        {
            "outages": [
                OUTAGE
                | {
                    "started_on": "2022-08-10",
                    "ended_on": "2022-08-15",
                    "issue_id": "jiaxian-2022-0031",
                }
            ]
        }
    ],
)
def long_outage_is_an_issue(row: OutageRow, book: Book) -> Breach | None:
    """Whatever lasts is to be mended, and to be seen mended."""
    end = min(row.ended_on or book.as_of_on, book.as_of_on)
    days = (end - row.started_on).days
    return breach("issue_id", f"停水{days}天，整改台账里没有") if days > LONG_DAYS else None


@row_check(
    "O05",
    ledger=OutageRow,
    severity="error",
    sentence="村、乡镇、县发现的停水记在单位目录，市以上和社会发现的由市里登记",
    remedy="核对发现层级；填对了的，把这一行移到该在的文件",
    source="各记各的",
    why="外面发现的停水由市里记，单位不能改没了",
    passes=[
        {"outages": [OUTAGE]},
        {"outages@C": [OUTAGE | {"found_by_level": "社会"}]},
    ],
    fails=[
        {"outages": [OUTAGE | {"found_by_level": "社会"}]},
        {"outages@C": [OUTAGE]},
    ],
)
def outage_home_by_level(row: OutageRow, _book: Book) -> Breach | None:
    """What others found stands with the city."""
    home = "U" if row.found_by_level in INNER else "C"
    return breach("found_by_level") if row.shard.home != home else None


@row_check(
    "O06",
    ledger=OutageRow,
    severity="error",
    sentence="停水对应的整改问题是本单位的",
    remedy="核对台账编号",
    source="台账约定",
    why="指到别的单位的问题，停水的经过就断了",
    where=lambda row: row.issue_id is not None,
    passes=[{"issues": [{}], "outages": [OUTAGE | {"issue_id": "jiaxian-2022-0031"}]}],
    fails=[
        {
            "issues@yixian": [{"issue_id": "yixian-2022-0001", "unit_id": "yixian"}],
            "outages": [OUTAGE | {"issue_id": "yixian-2022-0001"}],
        }
    ],
    skips=[{"outages": [OUTAGE]}],
)
def outage_issue_of_unit(row: OutageRow, book: Book) -> Breach | None:
    """The issue an outage led to is the unit's own."""
    issue = book.index("issues").get(row.issue_id)
    return breach("issue_id") if issue is not None and issue.unit_id != row.unit_id else None


@row_check(
    "O07",
    ledger=OutageRow,
    severity="warning",
    sentence="停水的工程是本单位的工程",
    remedy="核对工程编号；工程确属邻县、只是供到本单位的村，可不改",
    source="台账约定",
    why="写成别的单位的工程，停水就算错了地方",
    where=lambda row: row.works_id is not None,
    passes=[{"works": [{"works_id": "jiaxian-w0001"}], "outages": [OUTAGE]}],
    fails=[
        {
            "works@yixian": [{"works_id": "yixian-w0001", "unit_id": "yixian"}],
            "outages": [OUTAGE | {"works_id": "yixian-w0001"}],
        }
    ],
    skips=[{"outages": [OUTAGE]}],
)
def outage_works_of_unit(row: OutageRow, book: Book) -> Breach | None:
    """The works belongs to the unit that reports the outage."""
    works = book.index("works").get(row.works_id)
    return breach("works_id") if works is not None and works.unit_id != row.unit_id else None
