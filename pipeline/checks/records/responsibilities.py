"""Record checks of responsibilities (责任人): terms of office, posting, rank and duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pipeline.checks.book import Book
from pipeline.checks.repeats import repeated
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import gathered
from pipeline.dates import in_words
from pipeline.rowtypes import PhoneRow, ResponsibilityRow

HEAD = {
    "place_type": "县",
    "place_id": "jiaxian",
    "duty": "政府主体责任",
    "rank": "主要领导",
    "name": "张三丰",
}
KEEPER = {"duty": "运行管理责任", "rank": "管水员"}


@book_check(
    "D01",
    ledger=ResponsibilityRow,
    severity="error",
    sentence="同一对象、责任、身份、姓名、任职起的责任人只登记一次",
    remedy="删掉重复的一行",
    source="O-16",
    why="一个人登记两次，人数会多算，换人时又会漏改一行",
    passes=[{"responsibilities": [HEAD, HEAD | {"name": "李四光", "rank": "主管领导"}]}],
    fails=[{"responsibilities": [HEAD, HEAD]}],
    skips=[
        {
            "responsibilities": [
                HEAD | {"valid_to": "2022-06-30"},
                HEAD | {"valid_from": "2022-07-01"},
            ]
        }
    ],
)
def term_registered_once(book: Book) -> Iterator[Breach]:
    """One person holds one seat once at a time."""
    for row, first in repeated(book.responsibilities, _term):
        yield breach("name", f"和 {first.resp_id} 重复", row=row)


def _term(row: ResponsibilityRow) -> tuple[object, ...]:
    return row.place_type, row.place_id, row.duty, row.rank, row.name, row.valid_from


@book_check(
    "D02",
    ledger=ResponsibilityRow,
    severity="error",
    sentence="同一对象、同一责任的主要领导，任期不重叠",
    remedy="前任的任职止写到后任任职起的前一天；分管的写主管领导",
    source="三.1、三.2",
    why="同时有两个主要领导，公示哪一个就说不清",
    passes=[
        {
            "responsibilities": [
                HEAD | {"valid_to": "2022-06-30"},
                HEAD | {"name": "李四光", "valid_from": "2022-07-01"},
            ]
        },
        {"responsibilities": [HEAD, HEAD | {"name": "李四光", "rank": "主管领导"}]},
    ],
    fails=[
        {"responsibilities": [HEAD, HEAD | {"name": "李四光", "valid_from": "2022-07-01"}]},
        {
            "responsibilities": [
                HEAD | {"valid_to": "2022-07-01"},
                HEAD | {"name": "李四光", "valid_from": "2022-07-01"},
            ]
        },
    ],
    skips=[{"responsibilities": [HEAD, HEAD | {"name": "李四光", "duty": "水利监管责任"}]}],
)
def one_head_at_a_time(book: Book) -> Iterator[Breach]:
    """The first person answers alone, on every day."""
    seats: dict[tuple[str, str, str], list[ResponsibilityRow]] = defaultdict(list)
    for row in book.responsibilities:
        if row.rank == "主要领导":
            seats[row.place_type, row.place_id, row.duty].append(row)
    for terms in seats.values():
        terms.sort(key=lambda row: (row.valid_from, row.resp_id))
        last = terms[0]
        for row in terms[1:]:
            if last.valid_to is None or row.valid_from <= last.valid_to:
                said = f"{in_words(row.valid_from)}到任时，第{last.line}行的前任还没有离任"
                yield breach("valid_from", said, row=row)
            last = max(last, row, key=_end)


def _end(row: ResponsibilityRow | PhoneRow) -> date:
    return row.valid_to or date.max


@row_check(
    "D03",
    ledger=ResponsibilityRow,
    severity="error",
    sentence="身份与责任相配：管水员、直接负责人只负运行管理责任",
    remedy="政府和水利部门的责任人写主要领导或主管领导，管水员写在运行管理责任下",
    source="O-16、G20",
    why="管水员不能代替政府和水利部门负责",
    passes=[{"responsibilities": [KEEPER]}, {"responsibilities": [HEAD]}],
    fails=[
        {"responsibilities": [KEEPER | {"duty": "政府主体责任"}]},
        {"responsibilities": [HEAD | {"duty": "水利监管责任", "rank": "直接负责人"}]},
    ],
)
def rank_fits_duty(row: ResponsibilityRow, _book: Book) -> Breach | None:
    """Government and water authority answer through their leaders (O-16)."""
    leads = row.rank in ("主要领导", "主管领导")
    if leads or row.duty == "运行管理责任":
        return None
    return breach("rank", f"{row.duty}的责任人不能是“{row.rank}”")


@row_check(
    "D04",
    ledger=ResponsibilityRow,
    severity="error",
    sentence="责任人的公示电话是本单位登记的电话",
    remedy="核对公示电话的编号",
    source="三.1",
    why="公示的电话没有登记，就没有人抽查它打不打得通",
    where=lambda row: row.phone_id is not None,
    passes=[{"phones": [{}], "responsibilities": [HEAD | {"phone_id": "jiaxian-t00001"}]}],
    fails=[
        {
            "phones@yixian": [{"phone_id": "yixian-t00001", "unit_id": "yixian"}],
            "responsibilities": [HEAD | {"phone_id": "yixian-t00001"}],
        }
    ],
    skips=[{"responsibilities": [HEAD]}],
)
def phone_of_unit(row: ResponsibilityRow, book: Book) -> Breach | None:
    """A number is kept by the unit whose people answer it."""
    phone = book.index("phones").get(row.phone_id)
    return breach("phone_id") if phone is not None and phone.unit_id != row.unit_id else None


@book_check(
    "D05",
    ledger=ResponsibilityRow,
    severity="warning",
    sentence="公示日期不早于任职起",
    remedy="核对网站公示日期、责任栏更换完成日期；填的是前任的公示日期的，换成这一任的",
    source="三.1、G4",
    why="人还没有到任就公示，日期或人有错，及不及时也算不准",
    passes=[{"responsibilities": [HEAD | {"web_posted_on": "2022-01-01"}]}],
    fails=[
        {"responsibilities": [HEAD | {"web_posted_on": "2021-12-31"}]},
        {"responsibilities": [HEAD | {"board_posted_on": "2021-12-31"}]},
    ],
    skips=[{"responsibilities": [HEAD]}],
)
def posted_after_taking_office(book: Book) -> Iterator[Breach]:
    """Nobody is posted before he answers."""
    for field in ("web_posted_on", "board_posted_on"):
        poor = [
            row
            for row in book.responsibilities
            if (posted := getattr(row, field)) is not None and posted < row.valid_from
        ]
        title = book.schemas["responsibilities"].by_name[field].title
        yield from gathered(poor, field, lambda row: row.resp_id, "行", f"的{title}早于任职起")


@book_check(
    "D06",
    ledger=ResponsibilityRow,
    severity="warning",
    sentence="在任的责任人，公示电话还在用",
    remedy="换成现在用的电话；电话没有停用的，清空它的停用日",
    source="三.1",
    why="电话停了还挂在责任人名下，村民打不通",
    passes=[{"phones": [{}], "responsibilities": [HEAD | {"phone_id": "jiaxian-t00001"}]}],
    fails=[
        {
            "phones": [{"valid_to": "2022-06-30"}],
            "responsibilities": [HEAD | {"phone_id": "jiaxian-t00001"}],
        }
    ],
    skips=[
        {
            "phones": [{"valid_to": "2022-06-30"}],
            "responsibilities": [HEAD | {"phone_id": "jiaxian-t00001", "valid_to": "2022-06-30"}],
        }
    ],
)
def phone_still_answers(book: Book) -> Iterator[Breach]:
    """Who is in office can be called."""
    phones, day = book.index("phones"), book.as_of_on
    poor = [
        row
        for row in book.responsibilities
        if (phone := phones.get(row.phone_id)) is not None
        and row.valid_from <= day <= _end(row)
        and not phone.valid_from <= day <= _end(phone)
    ]
    yield from gathered(poor, "phone_id", lambda row: row.resp_id, "行", "的公示电话已经停用")
