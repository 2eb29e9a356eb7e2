"""Record checks of phone checks (电话抽查): calls, their result, and the number called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.dates import in_force, in_words
from pipeline.rowtypes import PhoneCheckRow

CALLS = 3
"""Calls of one series, if reading G6 does not say else."""

REACHED = "接通"
UNANSWERED = ("无人接听", "占线")
"""Results that only a whole series of calls turns into 不通."""

SILENT = {"call_result": "无人接听", "informed": "未询问"}
THRICE = "2022-08-08T09:30|2022-08-09T15:00|2022-08-10T09:30"
READING = {"reading_id": "G6", "parameter": "3"}


def calls_due(book: Book) -> int:
    """Return how many calls make a series (reading G6)."""
    return int(book.parameters.get("G6", CALLS))


def _called(row: PhoneCheckRow) -> list[datetime] | None:
    """Return the times of the calls, or None where one of them is no time of any day."""
    try:
        return [datetime.fromisoformat(time) for time in row.called_at]
    except ValueError:
        return None


@row_check(
    "C01",
    ledger=PhoneCheckRow,
    severity="error",
    sentence="拨打时间是真有的时间，一次抽查的拨打次数不超过口径规定的次数",
    remedy="照记录改正拨打时间；多打的另登一次抽查",
    source="三.3、G6",
    why="打几次才算不通有规定，时间不真、次数不对就不公平",
    passes=[{"readings": [READING], "phone_checks@C": [SILENT | {"called_at": THRICE}]}],
    fails=[
        {"phone_checks@C": [{"called_at": "2022-08-10T24:30"}]},
        {"phone_checks@C": [{"called_at": "2022-02-30T09:30"}]},
        {
            "readings": [READING],
            "phone_checks@C": [SILENT | {"called_at": f"{THRICE}|2022-08-10T17:00"}],
        },
    ],
)
def calls_of_one_series(row: PhoneCheckRow, book: Book) -> Breach | None:
    """A series has one to three calls (reading G6)."""
    if _called(row) is None:
        return breach("called_at", "拨打时间里有不存在的日期或时刻")
    due = calls_due(book)
    if len(row.called_at) > due:
        return breach("called_at", f"拨打了{len(row.called_at)}次，口径规定最多{due}次")
    return None


@row_check(
    "C02",
    ledger=PhoneCheckRow,
    severity="error",
    sentence="抽查日期是最后一次拨打的那一天",
    remedy="核对抽查日期和拨打时间",
    source="G6",
    why="什么时候算不通，以最后一次拨打为准",
    where=lambda row: _called(row) is not None,
    passes=[{"phone_checks@C": [SILENT | {"called_at": THRICE, "checked_on": "2022-08-10"}]}],
    fails=[{"phone_checks@C": [SILENT | {"called_at": THRICE, "checked_on": "2022-08-08"}]}],
    skips=[{"phone_checks@C": [{"called_at": "2022-02-30T09:30"}]}],
)
def dated_by_last_call(row: PhoneCheckRow, _book: Book) -> Breach | None:
    """The series ends with its last call."""
    last = max(_called(row) or ()).date()
    said = f"最后一次拨打是{in_words(last)}"
    return breach("checked_on", said) if row.checked_on != last else None


@row_check(
    "C03",
    ledger=PhoneCheckRow,
    severity="error",
    sentence="没有接通的，熟悉情况写未询问；接通的写熟悉或不熟悉",
    remedy="核对结果和熟悉情况",
    source="三.3、G6",
    why="没有接通就谈不上熟悉不熟悉，写混了会多扣",
    passes=[{"phone_checks@C": [{}]}, {"phone_checks@C": [SILENT]}],
    fails=[
        {"phone_checks@C": [SILENT | {"informed": "不熟悉"}]},
        {"phone_checks@C": [{"call_result": "空号停机", "informed": "熟悉"}]},
    ],
    skips=[{"phone_checks@C": [{"informed": "未询问"}]}],
)
def only_who_answers_knows(row: PhoneCheckRow, _book: Book) -> Breach | None:
    """Who does not answer cannot be unfamiliar (reading G6)."""
    return breach("informed") if row.call_result != REACHED and row.informed != "未询问" else None


@row_check(
    "C04",
    ledger=PhoneCheckRow,
    severity="warning",
    sentence="没人接、占线的打够口径规定的次数，才算不通",
    remedy="换个时段再打，打够次数；打不够的不计入不通",
    source="G6",
    why="没有打够次数就判不通，被扣的单位不服",
    where=lambda row: row.call_result in UNANSWERED,
    passes=[{"phone_checks@C": [SILENT | {"called_at": THRICE}]}],
    fails=[
        {"phone_checks@C": [SILENT]},
        {"phone_checks@C": [SILENT | {"call_result": "占线"}]},
    ],
    skips=[{"phone_checks@C": [SILENT | {"call_result": "空号停机"}]}],
)
def enough_calls(row: PhoneCheckRow, book: Book) -> Breach | None:
    """One missed call is no dead line (reading G6)."""
    made, due = len(row.called_at), calls_due(book)
    said = f"只拨打了{made}次，满{due}次才算不通"
    return breach("called_at", said) if made < due else None


@row_check(
    "C05",
    ledger=PhoneCheckRow,
    severity="error",
    sentence="抽查的是本单位当时在用的电话",
    remedy="核对电话编号和抽查日期；电话换过的，填抽查时的那一个",
    source="三.3、五.5②",
    why="查的号码当时不在用，扣分就没有道理",
    passes=[{"phones": [{"valid_to": "2022-08-10"}], "phone_checks@C": [{}]}],
    fails=[
        {"phones": [{"valid_to": "2022-08-09"}], "phone_checks@C": [{}]},
        {"phones": [{"valid_from": "2022-08-11"}], "phone_checks@C": [{}]},
        {
            "phones@yixian": [{"phone_id": "yixian-t00001", "unit_id": "yixian"}],
            "phone_checks@C": [{"phone_id": "yixian-t00001"}],
        },
    ],
    skips=[{"phone_checks@C": [{}]}],
)
def number_in_use(row: PhoneCheckRow, book: Book) -> Iterator[Breach]:
    """A number is checked while it is posted, at the unit that posts it."""
    phone = book.index("phones").get(row.phone_id)
    if phone is None:
        return
    if phone.unit_id != row.unit_id:
        yield breach("phone_id", "这个电话是别的单位登记的")
    elif not in_force(phone, row.checked_on):
        yield breach("checked_on", f"{in_words(row.checked_on)}这个电话不在启用期内")
