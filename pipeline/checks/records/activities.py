"""Record checks of activities (工作活动): what each kind must say to be counted."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.records.documents import is_address
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import gathered
from pipeline.rowtypes import ActivityRow, DivisionRow

ABOVE_COUNTY = ("市", "省", "国家")

VISIT = {
    "kind": "领导督查",
    "leader_role": "政府主要领导",
    "place_ids": "jiaxian-w0001",
    "evidence_ref": "档2022-15",
}
TRAINING = {
    "kind": "培训",
    "audience": "管水员",
    "people_count": "40",
    "evidence_ref": "档2022-16",
}
REPORT = {"kind": "宣传", "org": "甲县融媒体中心", "evidence_ref": "档2022-17"}
SPEECH = {"kind": "典型发言", "host_level": "市", "org": "示例市水利局"}


@row_check(
    "A01",
    ledger=ActivityRow,
    severity="error",
    sentence="领导督查写明领导身份",
    remedy="填党委主要领导、政府主要领导或其他领导",
    source="一.1、G1",
    why="只有党委、政府主要领导的督查算次数，不写身份就没有办法算",
    where=lambda row: row.kind == "领导督查",
    passes=[{"activities": [VISIT]}],
    fails=[{"activities": [VISIT | {"leader_role": ""}]}],
    skips=[{"activities": [TRAINING]}],
)
def visit_says_who(row: ActivityRow, _book: Book) -> Breach | None:
    """Only the first persons of party and government count (附件3 一.1)."""
    return breach("leader_role") if row.leader_role is None else None


@row_check(
    "A02",
    ledger=ActivityRow,
    severity="error",
    sentence="培训写明参加对象和人次，人次不是0",
    remedy="照签到表填参加对象和人次",
    source="五.4⑤",
    why="没有对象和人次，看不出管水员真培训过",
    where=lambda row: row.kind == "培训",
    passes=[{"activities": [TRAINING]}],
    fails=[
        {"activities": [TRAINING | {"audience": ""}]},
        {"activities": [TRAINING | {"people_count": ""}]},
        {"activities": [TRAINING | {"people_count": "0"}]},
    ],
    skips=[{"activities": [VISIT]}],
)
def training_says_for_whom(row: ActivityRow, _book: Book) -> Iterator[Breach]:
    """A training without trainees is none (附件3 五.4⑤)."""
    if not row.audience:
        yield breach("audience", "没有写参加对象")
    if not row.people_count:
        yield breach("people_count", "没有写人次，或写成0")


@row_check(
    "A03",
    ledger=ActivityRow,
    severity="error",
    sentence="宣传写明媒体和媒体层级",
    remedy="填主办单位或媒体、主办或媒体层级；一篇稿子几家登的，各写一行，标题相同",
    source="六.2",
    why="加几分看媒体是哪一级，不写就没有办法加",
    where=lambda row: row.kind == "宣传",
    passes=[{"activities": [REPORT]}],
    fails=[{"activities": [REPORT | {"org": ""}]}],
    skips=[{"activities": [VISIT]}],
)
def report_says_where(row: ActivityRow, _book: Book) -> Breach | None:
    """A piece counts by its medium (附件3 六.2)."""
    return breach("org", "没有写媒体") if row.org is None else None


@row_check(
    "A04",
    ledger=ActivityRow,
    severity="error",
    sentence="典型发言、经验转发是市级以上的，写明主办或转发单位",
    remedy="核对主办或媒体层级；县里自己的会议不算，选别的类别",
    source="六.3",
    why="只有市级以上的发言和转发加分，要说得出是谁主办、谁转发",
    where=lambda row: row.kind in ("典型发言", "经验转发"),
    passes=[{"activities": [SPEECH]}, {"activities": [SPEECH | {"kind": "经验转发"}]}],
    fails=[
        {"activities": [SPEECH | {"host_level": "县"}]},
        {"activities": [SPEECH | {"org": ""}]},
    ],
    skips=[{"activities": [VISIT]}],
)
def example_is_set_above(row: ActivityRow, _book: Book) -> Iterator[Breach]:
    """An example is set before others, at the city's level or above (附件3 六.3)."""
    if row.host_level not in ABOVE_COUNTY:
        yield breach("host_level", "县级的不算典型带动")
    if row.org is None:
        yield breach("org", "没有写主办或转发单位")


@book_check(
    "A05",
    ledger=ActivityRow,
    severity="warning",
    sentence="领导督查写明到了哪些工程或村，领导督查和培训有佐证",
    remedy="补填到访对象和佐证的档案号；没有的不计分",
    source="一.1",
    why="没有去处、没有佐证的督查和培训，经不起核对",
    passes=[{"activities": [VISIT, TRAINING]}],
    fails=[
        {"activities": [VISIT | {"place_ids": ""}]},
        {"activities": [VISIT | {"evidence_ref": ""}]},
        {"activities": [TRAINING | {"evidence_ref": ""}]},
    ],
    skips=[{"activities": [{"kind": "安排部署"}]}],
)
def counted_acts_are_proved(book: Book) -> Iterator[Breach]:
    """Visits go to places; visits and trainings leave a paper behind (附件3 一.1, 五.4⑤)."""
    acts = [row for row in book.activities if row.kind in ("领导督查", "培训")]
    astray = [row for row in acts if row.kind == "领导督查" and not row.place_ids]
    yield from gathered(astray, "place_ids", _name, "次领导督查", "没有写到访对象")
    unproved = [row for row in acts if row.evidence_ref is None]
    yield from gathered(unproved, "evidence_ref", _name, "次活动", "没有佐证")


@book_check(
    "A06",
    ledger=ActivityRow,
    severity="warning",
    sentence="宣传有网址或佐证",
    remedy="补填网址，或剪报、截图的档案号",
    source="六.2",
    why="找不到原文，这篇宣传就没有办法核实",
    passes=[
        {"activities": [REPORT]},
        {"activities": [REPORT | {"evidence_ref": "", "url": "https://www.nyslj.gov.cn/a.html"}]},
    ],
    fails=[{"activities": [REPORT | {"evidence_ref": ""}]}],
    skips=[{"activities": [SPEECH]}],
)
def report_can_be_found(book: Book) -> Iterator[Breach]:
    """A piece that nobody can find is not counted."""
    poor = [
        row
        for row in book.activities
        if row.kind == "宣传" and row.url is None and row.evidence_ref is None
    ]
    yield from gathered(poor, "evidence_ref", _name, "篇宣传", "没有网址和佐证")


def _name(row: ActivityRow) -> str:
    return str(row.activity_id)


@row_check(
    "A07",
    ledger=ActivityRow,
    severity="error",
    sentence="到访对象是本单位的工程或村",
    remedy="核对到访对象的编号；乡镇不算，写到访的工程或村",
    source="一.1",
    why="去的是别的单位的工程，不能算在本单位的督查里",
    where=lambda row: row.place_ids,
    passes=[{"works": [{}], "activities": [VISIT]}],
    fails=[
        {
            "works@yixian": [{"works_id": "yixian-w0001", "unit_id": "yixian"}],
            "activities": [VISIT | {"place_ids": "yixian-w0001"}],
        },
        {"divisions": [{}], "activities": [VISIT | {"place_ids": "890121103"}]},
    ],
    skips=[{"activities": [TRAINING]}],
)
def visited_places_of_unit(row: ActivityRow, book: Book) -> Iterator[Breach]:
    """A leader visits works or villages, and his own."""
    works, divisions = book.index("works"), book.index("divisions")
    for code in row.place_ids:
        place = works.get(code) or divisions.get(code)
        if place is None:
            continue
        if isinstance(place, DivisionRow) and place.division_level != "村级":
            yield breach("place_ids", f"“{place.name}”是乡镇，要写到访的工程或村", value=code)
        elif place.unit_id != row.unit_id:
            yield breach("place_ids", f"“{place.name}”归别的单位", value=code)


@row_check(
    "A08",
    ledger=ActivityRow,
    severity="error",
    sentence="网址以 http:// 或 https:// 开头，中间没有空格",
    remedy="从浏览器地址栏复制完整的网址",
    source="格式约定",
    why="不是完整网址的，页面上点不开",
    where=lambda row: row.url is not None,
    passes=[{"activities": [REPORT | {"url": "https://www.nyslj.gov.cn/a.html"}]}],
    fails=[
        {"activities": [REPORT | {"url": "nyslj.gov.cn/a.html"}]},
        {"activities": [REPORT | {"url": "javascript:alert(1)"}]},
    ],
    skips=[{"activities": [VISIT]}],
)
def activity_address_opens(row: ActivityRow, _book: Book) -> Breach | None:
    """Only what a browser opens as a page becomes a link."""
    return breach("url") if row.url and not is_address(row.url) else None
