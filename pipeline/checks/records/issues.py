"""Record checks of the rectification ledger (整改台账): place, deadlines, tiers, channels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.dates import in_words
from pipeline.rowtypes import IssueRow
from pipeline.screening import TIER_OF_CLASS
from pipeline.terms import INNER

PROMPT_DAYS = 3
"""Days within which what is mended at once (立行立改) must be done; reading G23 may say else."""
SELF_FOUND = ("自查", "大排查")
PUBLIC_VOICE = ("舆情", "信访", "行风热线", "12345", "12314")
SEGMENT_TIER = {"村管网": "村", "入户": "村", "干支管": "乡镇", "调蓄池": "乡镇"}

TOWN = {"division_code": "890121103", "parent_code": "890121", "unit_id": "jiaxian"}
VILLAGE = {
    "division_code": "890121103201",
    "division_level": "村级",
    "parent_code": "890121103",
    "unit_id": "jiaxian",
}


@row_check(
    "L01",
    ledger=IssueRow,
    severity="error",
    sentence="工程的问题写明供水工程，户、村的问题写明村",
    remedy="按台账层级补填③供水工程或③村的编号；查不到编号的，在工程台账或行政区划里找",
    source="O-22",
    why="台账要到村、到户、到工程，不写清楚就不知道去哪里整改",
    passes=[
        {"issues": [{"issue_level": "工程", "works_id": "jiaxian-w0001"}]},
        {"issues": [{"issue_level": "户", "village_code": "890121103201"}]},
    ],
    fails=[{"issues": [{"issue_level": "工程"}]}, {"issues": [{"issue_level": "村"}]}],
)
def place_by_level(row: IssueRow, _book: Book) -> Breach | None:
    """A works issue names its works, a household or village issue its village."""
    field = "works_id" if row.issue_level == "工程" else "village_code"
    return breach(field) if getattr(row, field) is None else None


@row_check(
    "L02",
    ledger=IssueRow,
    severity="error",
    sentence="③村属于③乡镇，③乡镇属于本单位",
    remedy="对照行政区划改正③乡镇或③村的代码；管理单位和所在县不一致的乡镇（如中工区）以管理单位为准",
    source="附表2-2",
    why="③问题描述由乡镇和村拼成，对不上就指错了地方",
    passes=[
        {
            "divisions": [TOWN, VILLAGE],
            "issues": [{"town_code": "890121103", "village_code": "890121103201"}],
        }
    ],
    fails=[
        {
            "divisions": [TOWN, VILLAGE | {"parent_code": "890121104"}],
            "issues": [{"town_code": "890121103", "village_code": "890121103201"}],
        },
        {
            "divisions": [TOWN | {"unit_id": "yixian"}],
            "issues": [{"town_code": "890121103"}],
        },
        {"divisions": [VILLAGE], "issues": [{"town_code": "890121103201"}]},
    ],
    skips=[{"issues": [{"town_code": "890121103"}]}],
)
def place_within_unit(row: IssueRow, book: Book) -> Iterator[Breach]:
    """The village lies in the township, the township is managed by the unit."""
    divisions = book.index("divisions")
    town, village = divisions.get(row.town_code), divisions.get(row.village_code)
    if town is not None and town.division_level != "乡级":
        yield breach("town_code", "③乡镇要填9位的乡镇代码")
    elif town is not None and town.unit_id != row.unit_id:
        yield breach("town_code", f"③乡镇“{town.name}”不归本单位管理")
    if village is not None and village.parent_code != row.town_code:
        yield breach("village_code", f"③村“{village.name}”不在所填的乡镇")


@row_check(
    "L03",
    ledger=IssueRow,
    severity="warning",
    sentence="③供水工程是本单位的工程",
    remedy="核对③供水工程的编号；工程确属邻县、只是供到本单位的村，可不改",
    source="附表2-2",
    why="工程写成别的单位的，问题就挂到别人名下",
    where=lambda row: row.works_id is not None,
    passes=[
        {
            "works": [{"works_id": "jiaxian-w0001", "unit_id": "jiaxian"}],
            "issues": [{"works_id": "jiaxian-w0001"}],
        }
    ],
    fails=[
        {
            "works@yixian": [{"works_id": "yixian-w0001", "unit_id": "yixian"}],
            "issues": [{"works_id": "yixian-w0001"}],
        }
    ],
    skips=[{"issues": [{"village_code": "890121103201"}]}],
)
def works_of_unit(row: IssueRow, book: Book) -> Breach | None:
    """The works belongs to the unit that keeps the ledger."""
    works = book.index("works").get(row.works_id)
    if works is not None and works.unit_id != row.unit_id:
        return breach("works_id", f"③供水工程“{works.name}”是别的单位的工程")
    return None


@row_check(
    "L04",
    ledger=IssueRow,
    severity="error",
    sentence="⑧整改时限不早于发现日期",
    remedy="核对⑧整改时限和发现日期，改正写错的一个",
    source="常理",
    why="时限比发现还早，这个问题一登记就是逾期",
    passes=[{"issues": [{"found_on": "2022-07-20", "due_on": "2022-07-20"}]}],
    fails=[{"issues": [{"found_on": "2022-07-20", "due_on": "2022-07-19"}]}],
)
def due_after_found(row: IssueRow, _book: Book) -> Breach | None:
    """A deadline does not lie before the finding."""
    return breach("due_on") if row.due_on < row.found_on else None


@row_check(
    "L05",
    ledger=IssueRow,
    severity="warning",
    sentence="立行立改的，⑧整改时限在发现之后3天以内",
    remedy="几天内能改好的写立行立改并改正⑧整改时限，否则整改方式写限期",
    source="O-15、G23",
    why="立行立改就是马上改，期限放长就成了普通整改",
    where=lambda row: row.handling == "立行立改",
    passes=[
        {"issues": [{"handling": "立行立改", "found_on": "2022-07-20", "due_on": "2022-07-23"}]}
    ],
    fails=[
        {"issues": [{"handling": "立行立改", "found_on": "2022-07-20", "due_on": "2022-07-24"}]}
    ],
    skips=[{"issues": [{"handling": "限期", "found_on": "2022-07-20", "due_on": "2022-08-20"}]}],
)
def prompt_means_days(row: IssueRow, book: Book) -> Breach | None:
    """What is mended at once is due within a few days (reading G23)."""
    days = timedelta(days=int(book.parameters.get("G23", PROMPT_DAYS)))
    return breach("due_on") if row.due_on > row.found_on + days else None


@row_check(
    "L06",
    ledger=IssueRow,
    severity="error",
    sentence="长期整改的，写明应急措施",
    remedy="补写整改好之前怎样保障用水（如拉水送水、临时水源），并保留⑧整改时限",
    source="O-15",
    why="改得慢的，先要让群众有水用",
    where=lambda row: row.handling == "长期",
    passes=[{"issues": [{"handling": "长期", "interim_measure": "每两天送水一次"}]}],
    fails=[{"issues": [{"handling": "长期"}]}],
    skips=[{"issues": [{"handling": "限期"}]}],
)
def interim_measure_given(row: IssueRow, _book: Book) -> Breach | None:
    """Whatever takes long needs an interim measure (O-15)."""
    return breach("interim_measure") if row.interim_measure is None else None


@book_check(
    "L07",
    ledger=IssueRow,
    severity="warning",
    sentence="同一乡镇的②序号不重复",
    remedy="同一乡镇的问题按先后编②序号；问题编号不要动",
    source="附表2-2",
    why="上报的表里序号重了，说到“第几号”就不知道是哪一个",
    passes=[{"issues": [{"seq_no": "1"}, {"seq_no": "2"}]}],
    fails=[{"issues": [{"seq_no": "1"}, {"seq_no": "1"}]}],
    skips=[
        {
            "issues": [
                {"seq_no": "1", "town_code": "890121103"},
                {"seq_no": "1", "town_code": "890121104"},
            ]
        }
    ],
)
def sequence_unique(book: Book) -> Iterator[Breach]:
    """A number is given once in a township."""
    seen: Counter[tuple[str, str, int]] = Counter()
    for row in book.issues:
        place = row.unit_id, row.town_code, row.seq_no
        seen[place] += 1
        if seen[place] > 1:
            yield breach("seq_no", f"②序号{row.seq_no}在这个乡镇已经用过", row=row)


@row_check(
    "L08",
    ledger=IssueRow,
    severity="warning",
    sentence="责任层级与问题环节相称：村管网、入户归村，干支管、调蓄池归乡镇，水源、水厂按工程类别",
    remedy="核对环节和责任层级；另有约定的，在⑩备注写明",
    source="O-14、G22",
    why="管到哪一段由哪一级改，派错了就没有人改",
    where=lambda row: row.segment in SEGMENT_TIER or row.segment in ("水源", "水厂"),
    passes=[
        {"issues": [{"segment": "入户", "resp_tier": "村"}]},
        {
            "works": [{"works_id": "jiaxian-w0001", "works_class": "千人以上"}],
            "issues": [{"segment": "水厂", "resp_tier": "乡镇", "works_id": "jiaxian-w0001"}],
        },
    ],
    fails=[
        {"issues": [{"segment": "干支管", "resp_tier": "村"}]},
        {
            "works": [{"works_id": "jiaxian-w0001", "works_class": "千吨万人"}],
            "issues": [{"segment": "水源", "resp_tier": "乡镇", "works_id": "jiaxian-w0001"}],
        },
    ],
    skips=[{"issues": [{"segment": "公示"}]}, {"issues": [{"segment": "水源"}]}],
)
def tier_by_segment(row: IssueRow, book: Book) -> Breach | None:
    """Who mends follows from where in the supply the fault is (O-14)."""
    tier = SEGMENT_TIER.get(row.segment)
    if tier is None:
        works = book.index("works").get(row.works_id)
        tier = TIER_OF_CLASS[works.works_class] if works is not None else None
    if tier is not None and tier != row.resp_tier:
        return breach("resp_tier", f"环节是“{row.segment}”，责任层级一般是“{tier}”")
    return None


@row_check(
    "L09",
    ledger=IssueRow,
    severity="error",
    sentence="发现层级与发现渠道一致：自查、大排查是村、乡镇、县，舆情、信访和各热线是社会",
    remedy="核对发现渠道和发现层级，改正写错的一个",
    source="G12",
    why="自查的不扣分，外面发现的要扣；渠道和层级写混了，分就算错",
    where=lambda row: row.channel in (*SELF_FOUND, *PUBLIC_VOICE),
    passes=[
        {"issues": [{"channel": "自查", "found_by_level": "乡镇"}]},
        {"issues": [{"channel": "12314", "found_by_level": "社会"}]},
    ],
    fails=[
        {"issues": [{"channel": "大排查", "found_by_level": "市"}]},
        {"issues": [{"channel": "信访", "found_by_level": "县"}]},
    ],
    skips=[{"issues": [{"channel": "监督检查", "found_by_level": "市"}]}],
)
def level_by_channel(row: IssueRow, _book: Book) -> Breach | None:
    """Own screening is found by the unit's levels, the public's voice by society."""
    allowed = INNER if row.channel in SELF_FOUND else ("社会",)
    if row.found_by_level in allowed:
        return None
    said = "、".join(allowed)
    return breach("found_by_level", f"发现渠道是“{row.channel}”，发现层级应当是{said}")


@row_check(
    "L10",
    ledger=IssueRow,
    severity="warning",
    sentence="问题在⑧整改时限内报完成",
    remedy="已经改好的，补报整改完成；确实改不完的，按程序报批延期；公布时显示为逾期",
    source="五.2",
    why="过了时限没有报完成，要扣分，群众也还在等",
    passes=[
        {
            "issues": [{"issue_id": "jiaxian-2022-0031", "due_on": "2022-08-10"}],
            "issue_events": [
                {"event": "登记", "event_on": "2022-08-10"},
                {"event": "整改完成", "event_on": "2022-08-12"},
            ],
        },
        {"issues": [{"due_on": "2022-09-16"}]},
    ],
    fails=[{"issues": [{"found_on": "2022-07-20", "due_on": "2022-08-10"}]}],
)
def not_overdue(row: IssueRow, book: Book) -> Breach | None:
    """Reality, not a fault of the row: an issue open past its first deadline."""
    state = book.states.get(row.issue_id)
    if state is None or not state.is_overdue or state.refused:
        return None  # where its flow contradicts itself, that is told instead
    until = in_words(row.due_on)
    return breach("due_on", f"⑧整改时限{until}已过{state.days_overdue}天，还没有报整改完成")
