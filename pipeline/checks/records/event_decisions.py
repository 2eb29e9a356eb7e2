"""Record checks of who decided what about an issue: checks on site, extensions, reasons."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.dates import in_words
from pipeline.rectification import at_least, extending_level, history, is_self_check
from pipeline.rectification.lifecycle import EXTEND, PASS, REFUSE, REGISTER
from pipeline.rowtypes import IssueEventRow, IssueRow

ON_SITE = (PASS, REFUSE)
NEEDS_REASON = (EXTEND, REFUSE, "退回", "作废")

ISSUE = {"found_on": "2022-07-20", "due_on": "2022-08-10"}
REGISTERED = {"event": REGISTER, "event_on": "2022-07-20"}


@row_check(
    "E04",
    ledger=IssueEventRow,
    severity="error",
    sentence="现场核查由县级以上办理，并写明用水户满意度",
    remedy="办理层级填县或以上；补填用水户满意度，没有走访的填未访",
    source="O-14",
    why="销号要县里到现场逐个看，并问过用水户满意不满意",
    where=lambda row: row.event in ON_SITE,
    passes=[{"issue_events": [{"event": PASS, "by_level": "县", "satisfaction": "满意"}]}],
    fails=[
        {"issue_events": [{"event": PASS, "by_level": "乡镇", "satisfaction": "满意"}]},
        {"issue_events": [{"event": REFUSE, "by_level": "县"}]},
    ],
    skips=[{"issue_events": [{"event": "整改完成", "by_level": "村"}]}],
)
def checked_by_county(row: IssueEventRow, _book: Book) -> Iterator[Breach]:
    """The county looks on site, one by one, and asks the users (O-14)."""
    if not at_least(row.by_level, "县"):
        yield breach("by_level", "现场核查要由县级以上办理")
    if row.satisfaction is None:
        yield breach("satisfaction", "现场核查没有写用水户满意度")


@row_check(
    "E05",
    ledger=IssueEventRow,
    severity="warning",
    sentence="现场核查由整改责任单位以外的单位办理",
    remedy="请另一个单位或上一级再核查一次；在此之前公布时标为自核，不算核查通过",
    source="O-14、G22",
    why="自己改、自己核查，等于没有核查",
    where=lambda row: row.event == PASS,
    passes=[
        {
            "issues": [{"resp_tier": "乡镇", "resp_org": "南河店镇人民政府"}],
            "issue_events": [{"event": PASS, "by_level": "县", "by_org": "甲县水利局"}],
        }
    ],
    fails=[
        {
            "issues": [{"resp_tier": "乡镇", "resp_org": "甲县水利局"}],
            "issue_events": [{"event": PASS, "by_level": "县", "by_org": "甲县水利局"}],
        },
        {
            "issues": [{"resp_tier": "县", "resp_org": "甲县供水中心"}],
            "issue_events": [{"event": PASS, "by_level": "县", "by_org": "甲县水利局"}],
        },
    ],
    skips=[{"issue_events": [{"event": PASS}]}],
)
def checked_by_another(row: IssueEventRow, book: Book) -> Breach | None:
    """A body's word on its own work is flagged and does not count as verified (G22)."""
    issue = book.index("issues").get(row.issue_id)
    if issue is not None and at_least(row.by_level, "县") and is_self_check(row, issue):
        return breach("by_org", "自核：核查单位就是整改责任单位，或同是县级")
    return None


@row_check(
    "E06",
    ledger=IssueEventRow,
    severity="error",
    sentence="延期批准写明延期至哪天，晚于原来的⑧整改时限；其他事项不填延期至",
    remedy="补填或改正延期至；不是延期批准的，把延期至留空",
    source="G32",
    why="延期不写到哪天，或比原来还早，逾期就没有办法算",
    passes=[
        {
            "issues": [ISSUE],
            "issue_events": [{"event": EXTEND, "new_due_on": "2022-08-20"}],
        }
    ],
    fails=[
        {"issues": [ISSUE], "issue_events": [{"event": EXTEND}]},
        {"issues": [ISSUE], "issue_events": [{"event": EXTEND, "new_due_on": "2022-08-10"}]},
        {"issues": [ISSUE], "issue_events": [{"event": "交办", "new_due_on": "2022-08-20"}]},
    ],
    skips=[{"issues": [ISSUE], "issue_events": [REGISTERED]}],
)
def extension_has_date(row: IssueEventRow, book: Book) -> Breach | None:
    """An extension says until when, and lies after the first deadline."""
    if row.event != EXTEND:
        return None if row.new_due_on is None else breach("new_due_on", "只有延期批准才填延期至")
    if row.new_due_on is None:
        return breach("new_due_on", "延期批准没有写延期至哪天")
    issue = book.index("issues").get(row.issue_id)
    if issue is not None and row.new_due_on <= issue.due_on:
        return breach("new_due_on", f"延期至不晚于原来的⑧整改时限（{in_words(issue.due_on)}）")
    return None


@row_check(
    "E07",
    ledger=IssueEventRow,
    severity="error",
    sentence="延期由交办的一级或更高一级批准，没有交办的由县级以上批准",
    remedy="报有权批准的一级办理后再登记延期批准",
    source="G32",
    why="交办的那一级才能放宽期限，下级批的不算数",
    where=lambda row: row.event == EXTEND,
    passes=[{"issues": [ISSUE], "issue_events": [{"event": EXTEND, "by_level": "县"}]}],
    fails=[
        {"issues": [ISSUE], "issue_events": [{"event": EXTEND, "by_level": "乡镇"}]},
        {
            "assignments": [{"assignment_id": "city-u0001", "from_level": "省"}],
            "issues": [ISSUE | {"assignment_id": "city-u0001"}],
            "issue_events@C": [{"event": EXTEND, "by_level": "市"}],
        },
    ],
    skips=[{"issue_events": [{"event": EXTEND, "by_level": "村"}]}],
)
def extension_has_authority(row: IssueEventRow, book: Book) -> Breach | None:
    """Who handed a problem over decides about more time."""
    issue = book.index("issues").get(row.issue_id)
    if issue is None:
        return None
    level = extending_level(issue, book.index("assignments"))
    if at_least(row.by_level, level):
        return None
    return breach("by_level", f"这个问题的延期要由{level}级或更高一级批准")


@book_check(
    "E08",
    ledger=IssueEventRow,
    severity="warning",
    sentence="延期在时限届满之前批准",
    remedy="过期以后补批的延期不改变考核用的时限；今后在时限之前报批",
    source="G32",
    why="过了期再批延期，是补手续，不能当作没有逾期",
    passes=[
        {
            "issues": [ISSUE],
            "issue_events": [
                REGISTERED,
                {"event": EXTEND, "event_on": "2022-08-10", "new_due_on": "2022-08-20"},
            ],
        }
    ],
    fails=[
        {
            "issues": [ISSUE],
            "issue_events": [
                REGISTERED,
                {"event": EXTEND, "event_on": "2022-08-11", "new_due_on": "2022-08-20"},
            ],
        }
    ],
    over=lambda book: book.issues,
)
def extension_in_time(issue: IssueRow, book: Book) -> Iterator[Breach]:
    """An extension after the limit in force moves nothing (G32)."""
    limit, events = issue.due_on, book.index("issue_events")
    level = extending_level(issue, book.index("assignments"))
    for step in history(issue, book.events[issue.issue_id], level):
        if step.event == EXTEND and step.is_applied and step.on > limit:
            message = f"批准时已过时限（{in_words(limit)}），这次延期不改变考核用的时限"
            yield breach("event_on", message, row=events[step.event_id])
        limit = step.limit_on


@row_check(
    "E09",
    ledger=IssueEventRow,
    severity="error",
    sentence="延期批准、现场核查不通过、退回、作废写明原因",
    remedy="补写原因；作废的写明重复的是哪个问题编号，或错在哪里",
    source="改动有据",
    why="退回、作废、不通过都会改变结果，要让人看到为什么",
    where=lambda row: row.event in NEEDS_REASON,
    passes=[{"issue_events": [{"event": "退回", "reason": "阀门井仍渗水"}]}],
    fails=[{"issue_events": [{"event": "作废"}]}, {"issue_events": [{"event": EXTEND}]}],
    skips=[{"issue_events": [{"event": "销号"}]}],
)
def reason_given(row: IssueEventRow, _book: Book) -> Breach | None:
    """What goes against the usual course says why."""
    return breach("reason", f"{row.event}没有写原因") if row.reason is None else None
