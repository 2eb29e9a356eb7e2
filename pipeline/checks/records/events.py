"""Record checks of the flow of an issue (整改流转): its order, its numbers, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.rectification import history
from pipeline.rectification.lifecycle import REGISTER
from pipeline.rowtypes import IssueEventRow, IssueRow
from pipeline.terms import INNER, UNREGISTERED

_CHILD = re.compile(r"-e[0-9]{2,9}\Z")

ISSUE = {"found_on": "2022-07-20", "due_on": "2022-08-10"}
REGISTERED = {"event": REGISTER, "event_on": "2022-07-20"}


@book_check(
    "E01",
    ledger=IssueEventRow,
    severity="error",
    sentence="每个问题先登记，而且只登记一次",
    remedy="补上登记这一条，或去掉多余的登记；登记日期按第一次记入台账的日期填",
    source="O-13",
    why="没有登记的不在台账里，登记两次会算成两个问题",
    passes=[{"issues": [ISSUE], "issue_events": [REGISTERED]}],
    fails=[
        {"issues": [ISSUE]},
        {"issues": [ISSUE], "issue_events": [REGISTERED, REGISTERED | {"event_on": "2022-07-22"}]},
        {
            "issues": [ISSUE],
            "issue_events": [
                {"event": "交办", "event_on": "2022-07-20"},
                REGISTERED | {"event_on": "2022-07-22"},
            ],
        },
    ],
    over=lambda book: book.issues,
)
def registered_once(issue: IssueRow, book: Book) -> Iterator[Breach]:
    """The first event of an issue is its registration, and there is no second."""
    events = book.events[issue.issue_id]
    registrations = [event for event in events if event.event == REGISTER]
    if not registrations:
        yield Breach(message=f"问题 {issue.issue_id} 没有登记这一条", row=issue)
    elif events[0].event != REGISTER:
        yield breach("event", f"{events[0].event}在登记之前", row=events[0])
    for event in registrations[1:]:
        yield breach("event", "这个问题已经登记过", row=event)


@book_check(
    "E02",
    ledger=IssueEventRow,
    severity="error",
    sentence="流转按规定的次序：登记、整改完成、申请销号、现场核查、销号，退回的重新整改",
    remedy="核对日期和先后，补上漏记的事项；销号之前必须有现场核查通过",
    source="O-13、上报不等于核实",
    why="没有核查就销号，等于自己说改好就算改好",
    passes=[
        {
            "issues": [ISSUE],
            "issue_events": [
                REGISTERED,
                {"event": "整改完成", "event_on": "2022-08-01"},
                {"event": "现场核查通过", "event_on": "2022-08-03"},
                {"event": "销号", "event_on": "2022-08-05"},
            ],
        }
    ],
    fails=[
        {
            "issues": [ISSUE],
            "issue_events": [REGISTERED, {"event": "销号", "event_on": "2022-08-05"}],
        },
        {
            "issues": [ISSUE],
            "issue_events": [
                REGISTERED,
                {"event": "整改完成", "event_on": "2022-08-01"},
                {"event": "销号", "event_on": "2022-08-05"},
            ],
        },
        {
            "issues": [ISSUE],
            "issue_events": [
                REGISTERED,
                {"event": "作废", "event_on": "2022-08-01"},
                {"event": "交办", "event_on": "2022-08-05"},
            ],
        },
    ],
    skips=[{"issue_events": [{"event": "销号"}]}],
    over=lambda book: book.issues,
)
def follows_the_cycle(issue: IssueRow, book: Book) -> Breach | None:
    """Only what the table of transitions lists may happen.

    The first contradiction is told: what comes after it mostly follows from it. What stands before
    the registration is told by E01.
    """
    before, events = UNREGISTERED, book.events[issue.issue_id]
    if events and events[0].event != REGISTER:
        return None
    for step in history(issue, events):
        if not step.is_applied and step.event != REGISTER and before != UNREGISTERED:
            message = f"这时问题是“{before}”，不能有“{step.event}”"
            return breach("event", message, row=book.index("issue_events")[step.event_id])
        before = step.state
    return None


@row_check(
    "E03",
    ledger=IssueEventRow,
    severity="error",
    sentence="登记日期不早于发现日期",
    remedy="核对登记日期和台账里的发现日期，改正写错的一个",
    source="常理",
    why="还没有发现就登记，日期一定有错",
    where=lambda row: row.event == REGISTER,
    passes=[{"issues": [ISSUE], "issue_events": [REGISTERED]}],
    fails=[{"issues": [ISSUE], "issue_events": [REGISTERED | {"event_on": "2022-07-19"}]}],
    skips=[{"issue_events": [REGISTERED]}],
)
def registered_after_found(row: IssueEventRow, book: Book) -> Breach | None:
    """Nothing is registered before it is found."""
    issue = book.index("issues").get(row.issue_id)
    return breach("event_on") if issue is not None and row.event_on < issue.found_on else None


@row_check(
    "E10",
    ledger=IssueEventRow,
    severity="error",
    sentence="流转编号是问题编号加-e和两位以上的数字",
    remedy="按问题编号-e01、-e02……编号，市里补记的接着编，不重复、不改已有的编号",
    source="格式约定",
    why="流转编号带着问题编号，一看就知道属于哪个问题",
    passes=[
        {"issue_events": [{"event_id": "jiaxian-2022-0031-e02", "issue_id": "jiaxian-2022-0031"}]}
    ],
    fails=[
        {"issue_events": [{"event_id": "jiaxian-2022-0032-e02", "issue_id": "jiaxian-2022-0031"}]},
        {"issue_events": [{"event_id": "jiaxian-2022-0031-2"}]},
    ],
)
def numbered_within_issue(row: IssueEventRow, _book: Book) -> Breach | None:
    """The number of an event continues the id of its issue; order depends on it."""
    parent, number = row.event_id.removeprefix(row.issue_id), row.event_id
    if parent != number and _CHILD.fullmatch(parent):
        return None
    return breach("event_id")


@row_check(
    "E11",
    ledger=IssueEventRow,
    severity="error",
    sentence="村、乡镇、县办理的记在单位目录，市以上办理的记在市里的核查目录",
    remedy="把这一行移到该在的文件：单位自己办的在本单位，市、省、国家办的由市里登记",
    source="各记各的",
    why="市里的核查放在单位目录，单位就能改别人对它的核查",
    passes=[
        {"issue_events": [{"by_level": "县"}]},
        {"issue_events@C": [{"by_level": "市"}]},
    ],
    fails=[
        {"issue_events": [{"by_level": "市"}]},
        {"issue_events@C": [{"by_level": "县"}]},
    ],
)
def home_by_level(row: IssueEventRow, _book: Book) -> Breach | None:
    """Nobody keeps the record of what others found about him."""
    home = "U" if row.by_level in INNER else "C"
    return breach("by_level") if row.shard.home != home else None


@row_check(
    "E12",
    ledger=IssueEventRow,
    severity="error",
    sentence="流转记录放在问题所属单位的目录",
    remedy="把这一行移到问题所属单位的目录",
    source="台账约定",
    why="放到别的单位的目录，这个问题的经过就断了",
    passes=[{"issues": [ISSUE], "issue_events": [REGISTERED]}],
    fails=[{"issues": [ISSUE], "issue_events@yixian": [REGISTERED]}],
    skips=[{"issue_events@yixian": [REGISTERED]}],
)
def folder_of_issue(row: IssueEventRow, book: Book) -> Breach | None:
    """An event stands beside its issue."""
    issue = book.index("issues").get(row.issue_id)
    if issue is not None and row.shard.unit != issue.unit_id:
        return breach("issue_id")
    return None


@row_check(
    "E13",
    ledger=IssueEventRow,
    severity="error",
    sentence="交办是县里交给乡镇、村的，办理层级是县",
    remedy="市里、省里交办的由市里记入交办问题台账，这里不记；县里交办的办理层级填县",
    source="O-14",
    why="市里交办给单位的记在交办台账，这里只记县里往下交的",
    where=lambda row: row.event == "交办",
    passes=[{"issue_events": [{"event": "交办", "by_level": "县"}]}],
    fails=[{"issue_events@C": [{"event": "交办", "by_level": "市"}]}],
    skips=[{"issue_events@C": [{"event": "退回", "by_level": "市"}]}],
)
def handed_over_by_county(row: IssueEventRow, _book: Book) -> Breach | None:
    """What the city hands over is an assignment, not an event."""
    return breach("by_level") if row.by_level != "县" else None
