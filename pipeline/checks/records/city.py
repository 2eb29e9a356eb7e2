"""Record checks of what the city hands out and waits for: assignments and returns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pipeline.checks.book import Book
from pipeline.checks.records.issues import SELF_FOUND
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.dates import in_words, is_late
from pipeline.rowtypes import AssignmentRow, ReturnRow

LISTING_DAYS = 10
"""Days within which a unit lists what was handed to it."""
COPIED = ("工作总结", "整改台账")
"""Returns of O-8: due at the end of screening, with a copy to 乡村振兴局."""

ASSIGNED = {
    "assignment_id": "city-u0001",
    "channel": "监督检查",
    "assigned_on": "2022-08-10",
    "due_on": "2022-08-31",
}
DUE = {"kind": "周报", "recipient": "市水利局", "due_on": "2022-08-10"}


@row_check(
    "U01",
    ledger=AssignmentRow,
    severity="error",
    sentence="交办问题的来源渠道不是自查、大排查",
    remedy="改成真实的来源渠道；单位自己查出的不由市里交办",
    source="G12",
    why="交办的是外面发现的问题，写成自查就不扣分了",
    passes=[{"assignments": [ASSIGNED]}],
    fails=[{"assignments": [ASSIGNED | {"channel": "自查"}]}],
)
def assigned_from_outside(row: AssignmentRow, _book: Book) -> Breach | None:
    """What is handed over was found from outside."""
    return breach("channel") if row.channel in SELF_FOUND else None


@row_check(
    "U02",
    ledger=AssignmentRow,
    severity="error",
    sentence="交办所依据的检查是对这个单位的检查",
    remedy="核对检查编号或单位",
    source="数字可追溯",
    why="交办要指得出是哪次检查，而且查的就是这个单位",
    where=lambda row: row.visit_id is not None,
    passes=[
        {
            "inspections@C": [{"visit_id": "city-v00012"}],
            "assignments": [ASSIGNED | {"visit_id": "city-v00012"}],
        }
    ],
    fails=[
        {
            "inspections@C": [{"visit_id": "city-v00012", "unit_id": "yixian"}],
            "assignments": [ASSIGNED | {"visit_id": "city-v00012"}],
        }
    ],
    skips=[{"assignments": [ASSIGNED]}],
)
def visit_of_unit(row: AssignmentRow, book: Book) -> Breach | None:
    """The visit behind an assignment was paid to the same unit."""
    visit = book.index("inspections").get(row.visit_id)
    return breach("visit_id") if visit is not None and visit.unit_id != row.unit_id else None


@row_check(
    "U03",
    ledger=AssignmentRow,
    severity="warning",
    sentence="交办的问题10天内记入整改台账",
    remedy="请单位在整改台账登记这个问题，填上交办编号；到期仍未登记的按未按期整改计",
    source="O-13、G41",
    why="交办了不记台账，就没有人改，也查不到进展",
    where=lambda row: row.withdrawn_on is None,
    passes=[
        {"assignments": [ASSIGNED], "issues": [{"assignment_id": "city-u0001"}]},
        {"assignments": [ASSIGNED | {"assigned_on": "2022-09-06"}]},
    ],
    fails=[{"assignments": [ASSIGNED | {"assigned_on": "2022-09-05"}]}],
    skips=[
        {"assignments": [ASSIGNED | {"withdrawn_on": "2022-08-12", "withdrawn_reason": "重复"}]}
    ],
)
def listed_in_time(row: AssignmentRow, book: Book) -> Breach | None:
    """未入台账: the unit has not listed what was handed to it."""
    if not is_late(row.assigned_on + timedelta(days=LISTING_DAYS), book.as_of_on):
        return None
    return None if book.group("issues", "assignment_id")[row.id] else breach("assignment_id")


@row_check(
    "U04",
    ledger=AssignmentRow,
    severity="error",
    sentence="撤回的交办写明日期和原因，撤回和整改期限都不早于交办",
    remedy="撤回日期和撤回原因一起填或一起留空；核对交办日期、整改期限、撤回日期",
    source="改动有据",
    why="撤回会改变这个单位的分，要说得清什么时候、为什么",
    passes=[
        {"assignments": [ASSIGNED]},
        {"assignments": [ASSIGNED | {"withdrawn_on": "2022-08-12", "withdrawn_reason": "重复"}]},
    ],
    fails=[
        {"assignments": [ASSIGNED | {"withdrawn_on": "2022-08-12"}]},
        {"assignments": [ASSIGNED | {"withdrawn_reason": "重复"}]},
        {"assignments": [ASSIGNED | {"due_on": "2022-08-09"}]},
        {"assignments": [ASSIGNED | {"withdrawn_on": "2022-08-09", "withdrawn_reason": "重复"}]},
    ],
)
def assignment_dates(row: AssignmentRow, _book: Book) -> Iterator[Breach]:
    """Withdrawal comes whole; nothing lies before the handing over."""
    if row.due_on < row.assigned_on:
        yield breach("due_on", "整改期限早于交办日期")
    if row.withdrawn_on is None and row.withdrawn_reason is not None:
        yield breach("withdrawn_on", "写了撤回原因，没有写撤回日期")
    if row.withdrawn_on is not None and row.withdrawn_reason is None:
        yield breach("withdrawn_reason", "写了撤回日期，没有写撤回原因")
    if row.withdrawn_on is not None and row.withdrawn_on < row.assigned_on:
        yield breach("withdrawn_on", "撤回日期早于交办日期")


@row_check(
    "U11",
    ledger=ReturnRow,
    severity="error",
    sentence="工作总结、整改台账的应报日期是排查结束日，排查汇总报乡村振兴部门",
    remedy="按通知改正应报日期或报送对象；另外布置的报表用其他报表",
    source="O-8",
    why="通知定了日子，应报日期写错，按时的会变成迟报",
    where=lambda row: row.kind in (*COPIED, "排查汇总"),
    passes=[
        {"returns": [DUE | {"kind": "工作总结", "due_on": "2022-08-25"}]},
        {"returns": [DUE | {"kind": "排查汇总", "recipient": "乡村振兴部门"}]},
    ],
    fails=[
        {"returns": [DUE | {"kind": "整改台账", "due_on": "2022-08-31"}]},
        {"returns": [DUE | {"kind": "排查汇总"}]},
    ],
    skips=[{"returns": [DUE]}],
)
def return_as_ordered(row: ReturnRow, book: Book) -> Breach | None:
    """The document sets day and addressee (O-8, O-10)."""
    if row.kind == "排查汇总":
        return breach("recipient") if row.recipient != "乡村振兴部门" else None
    due = book.snapshot.campaign.screen_to_on
    if row.due_on != due:
        return breach("due_on", f"{row.kind}应在{in_words(due)}前报送")
    return None


@row_check(
    "U12",
    ledger=ReturnRow,
    severity="warning",
    sentence="工作总结、整改台账抄送乡村振兴局",
    remedy="请单位抄送后补填抄送日期",
    source="O-8",
    why="通知要求同时抄送乡村振兴部门，好让两边的数一致",
    where=lambda row: row.kind in COPIED and row.received_on is not None,
    passes=[
        {
            "returns": [
                DUE | {"kind": "工作总结", "received_on": "2022-08-24", "copied_on": "2022-08-24"}
            ]
        }
    ],
    fails=[{"returns": [DUE | {"kind": "工作总结", "received_on": "2022-08-24"}]}],
    skips=[{"returns": [DUE | {"received_on": "2022-08-10"}]}],
)
def copy_sent(row: ReturnRow, _book: Book) -> Breach | None:
    """The copy goes to 乡村振兴局 (O-8)."""
    return breach("copied_on") if row.copied_on is None else None


@row_check(
    "U13",
    ledger=ReturnRow,
    severity="warning",
    sentence="报表按时报送，没有被退回",
    remedy="催报或请单位改好重报；迟报、退回影响五.5①",
    source="五.5①",
    why="迟报、退回都会扣分，市里也不能按时汇总",
    passes=[
        {"returns": [DUE | {"received_on": "2022-08-10"}]},
        {"returns": [DUE | {"due_on": "2022-09-16"}]},
    ],
    fails=[
        {"returns": [DUE]},
        {"returns": [DUE | {"received_on": "2022-08-11"}]},
        {
            "returns": [
                DUE
                | {
                    "received_on": "2022-08-10",
                    "returned_on": "2022-08-12",
                    "return_reason": "缺表",
                }
            ]
        },
    ],
)
def return_in_time(row: ReturnRow, book: Book) -> Breach | None:
    """Reality, not a fault of the row: late, missing or sent back."""
    if row.returned_on is not None:
        return breach("returned_on", f"“{row.name}”被退回")
    if not is_late(row.due_on, book.as_of_on, row.received_on):
        return None
    said = "到期未报" if row.received_on is None else "迟报"
    return breach("received_on", f"“{row.name}”{said}")


@row_check(
    "U14",
    ledger=ReturnRow,
    severity="error",
    sentence="先收到，再退回或认可；退回的写明原因",
    remedy="核对收到、退回、认可日期；退回日期和退回原因一起填或一起留空",
    source="五.5①、G15",
    why="没有收到就退回，先后一定有错；不写原因，单位不知道改什么",
    passes=[
        {"returns": [DUE | {"received_on": "2022-08-10", "accepted_on": "2022-08-11"}]},
    ],
    fails=[
        {"returns": [DUE | {"accepted_on": "2022-08-11"}]},
        {"returns": [DUE | {"received_on": "2022-08-10", "accepted_on": "2022-08-09"}]},
        {"returns": [DUE | {"received_on": "2022-08-10", "returned_on": "2022-08-12"}]},
        {"returns": [DUE | {"received_on": "2022-08-10", "return_reason": "缺表"}]},
        {
            "returns": [
                DUE
                | {
                    "received_on": "2022-08-10",
                    "returned_on": "2022-08-09",
                    "return_reason": "缺表",
                }
            ]
        },
    ],
    skips=[{"returns": [DUE]}],
)
def return_dates(row: ReturnRow, _book: Book) -> Iterator[Breach]:
    """Nothing is judged before it arrives; what is sent back says why."""
    for field, said in (("returned_on", "退回"), ("accepted_on", "认可")):
        day = getattr(row, field)
        if day is not None and (row.received_on is None or day < row.received_on):
            yield breach(field, f"{said}日期要在收到日期之后")
    if (row.returned_on is None) != (row.return_reason is None):
        yield breach("return_reason", "退回日期和退回原因要一起填")
