"""Record checks of phones (公示电话): numbers that can be dialled, and how they may be used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import some
from pipeline.dates import in_force
from pipeline.rowtypes import IssueRow, PhoneRow
from pipeline.telephones import fault_of_number, kind_of

MANY_ROLES = 3
"""Roles from which on one number looks like a stopgap."""

KIND_OF_NUMBER = {"座机": ("座机", "演示"), "热线": ("热线",), "服务手机": ("服务手机",)}
"""What the number of each declared kind may look like."""

PLACE_OF_ROLE = {"县级监督": "县", "乡镇监督": "乡镇"}
MOBILE = {"number": "13800000001", "number_kind": "服务手机"}
MANAGER = {"role": "管理人员"}


@row_check(
    "T01",
    ledger=PhoneRow,
    severity="error",
    sentence="号码打得通：座机、手机、400和热线的号段存在",
    remedy="照着打一遍，改成打得通的号码；演示号码（区号后面是1开头的）只在演示数据里用",
    source="三.3、五.5②",
    why="公示一个打不通的号码，比没有还耽误事",
    passes=[
        {"phones": [{"number": "0300-66123456"}]},
        {"phones": [{"number": "0371-69151982"}]},
        {"phones": [{"number": "12314", "number_kind": "热线"}]},
        {"phones": [{"number": "0300-10001234"}]},
    ],
    fails=[
        {"phones": [{"number": "0300-6612345"}]},
        {"phones": [{"number": "0300-96123456"}]},
        {"phones": [{"number": "12399", "number_kind": "热线"}]},
        {"phones": [{"number": "0300-10001234"}], "campaign": [{"is_demo": "否"}]},
    ],
)
def number_can_be_dialled(row: PhoneRow, book: Book) -> Breach | None:
    """Somebody may stand behind this number; a made-up one is only for demonstrations."""
    campaign = book.snapshot.campaign
    fault = fault_of_number(row.number, campaign.area, is_demo=campaign.is_demo)
    return breach("number", fault) if fault else None


@row_check(
    "T02",
    ledger=PhoneRow,
    severity="error",
    sentence="号码类型与号码相符",
    remedy="手机写服务手机，区号开头的写座机，短号和400写热线",
    source="台账约定",
    why="类型决定怎样显示、能不能公开，写错了会遮掉该公开的号码",
    where=lambda row: kind_of(row.number) is not None,
    passes=[{"phones": [{}]}, {"phones": [MOBILE]}],
    fails=[{"phones": [MOBILE | {"number_kind": "座机"}]}, {"phones": [{"number_kind": "热线"}]}],
    skips=[{"phones": [{"number": "0300-96612345", "number_kind": "热线"}]}],
)
def kind_fits_number(row: PhoneRow, _book: Book) -> Breach | None:
    """The declared kind is what the digits say."""
    fits = kind_of(row.number) in KIND_OF_NUMBER[row.number_kind]
    return breach("number_kind") if not fits else None


@row_check(
    "T03",
    ledger=PhoneRow,
    severity="error",
    sentence="登记的手机只能是对外公示的服务手机",
    remedy="对外公示的，可公开写“是”；个人手机不登记，换成座机或服务手机",
    source="不露个人信息、个人信息保护法",
    why="私人手机没有公开的必要，登记了就收不回",
    where=lambda row: row.number_kind == "服务手机" or kind_of(row.number) == "服务手机",
    passes=[{"phones": [MOBILE]}],
    fails=[{"phones": [MOBILE | {"is_public": "否"}]}],
    skips=[{"phones": [{"is_public": "否"}]}],
)
def mobile_is_posted(row: PhoneRow, _book: Book) -> Breach | None:
    """A mobile that is not the posted service number is somebody's own."""
    return breach("is_public") if not row.is_public else None


@row_check(
    "T04",
    ledger=PhoneRow,
    severity="error",
    sentence="用途与范围相配：县级监督属县，乡镇监督属乡镇",
    remedy="核对用途和范围，改正写错的一个",
    source="五.5②",
    why="县里的监督电话挂在一个村，别的村就看不到",
    passes=[
        {"phones": [{"place_type": "县", "place_id": "jiaxian"}]},
        {"phones": [{"role": "乡镇监督", "place_type": "乡镇", "place_id": "890121103"}]},
        {"phones": [MANAGER]},
    ],
    fails=[
        {"phones": [{}]},
        {"phones": [{"role": "乡镇监督", "place_type": "县", "place_id": "jiaxian"}]},
    ],
)
def role_fits_place(row: PhoneRow, _book: Book) -> Breach | None:
    """A supervision number belongs to the level that supervises."""
    due = PLACE_OF_ROLE.get(row.role, row.place_type)
    said = f"用途是“{row.role}”，范围应当是“{due}”"
    return breach("place_type", said) if row.place_type != due else None


@book_check(
    "T05",
    ledger=PhoneRow,
    severity="warning",
    sentence="同一对象、用途、号码只登记一次",
    remedy="删掉重复的一行；换过号码的，给旧的一行写停用日",
    source="台账约定",
    why="登记两次，抽查和统计会算成两个号码",
    passes=[{"phones": [{}, {"number": "0300-10001235"}]}],
    fails=[{"phones": [{}, {}]}],
    skips=[{"phones": [{"valid_to": "2022-06-30"}, {"valid_from": "2022-07-01"}]}],
)
def number_registered_once(book: Book) -> Iterator[Breach]:
    """One number at one place in one role is one row at a time."""
    ends: dict[tuple[str, ...], date] = {}
    for row in sorted(book.phones, key=lambda row: (row.valid_from, row.phone_id)):
        key = (row.place_type, row.place_id, row.role, row.number)
        if key in ends and row.valid_from <= ends[key]:
            yield breach("number", row=row)
        ends[key] = max(ends.get(key, date.min), row.valid_to or date.max)


@book_check(
    "T06",
    ledger=PhoneRow,
    severity="warning",
    sentence=f"一个号码的用途少于{MANY_ROLES}种",
    remedy="看看是不是拿一个号码凑数；确实一部电话兼着的，可不改",
    source="三.3、五.5②",
    why="一个号码什么都管，多半是凑数，真打时没有人懂",
    passes=[{"phones": [MANAGER, {"role": "维修"}]}],
    fails=[{"phones": [MANAGER, {"role": "维修"}, {"role": "供水服务"}]}],
    skips=[{"phones": [MANAGER, {"role": "维修"}, {"role": "责任人", "valid_to": "2022-06-30"}]}],
)
def number_of_few_roles(book: Book) -> Iterator[Breach]:
    """A number that is everything at once seldom answers as anything."""
    uses: dict[tuple[str, str], list[PhoneRow]] = defaultdict(list)
    for row in book.phones:
        if in_force(row, book.as_of_on):
            uses[row.unit_id, row.number].append(row)
    for rows in uses.values():
        roles = sorted({row.role for row in rows})
        if len(roles) >= MANY_ROLES:
            said = f"这个号码有{some(roles, '种用途')}，登记了{len(rows)}次"
            yield breach("number", said, row=rows[0])


@row_check(
    "T07",
    ledger=IssueRow,
    severity="error",
    sentence="⑦联系电话打得通：座机、手机、400和热线的号段存在",
    remedy="照着打一遍，改成打得通的号码；演示号码（区号后面是1开头的）只在演示数据里用",
    source="附表2-2",
    why="整改责任人的电话打不通，就没有办法督促",
    passes=[
        {"issues": [{"resp_phone": "0300-66123456"}]},
        {"issues": [{"resp_phone": "13800000001"}]},
        {"issues": [{"resp_phone": "0300-10001234"}]},
    ],
    fails=[
        {"issues": [{"resp_phone": "0300-96123456"}]},
        {"issues": [{"resp_phone": "0300-10001234"}], "campaign": [{"is_demo": "否"}]},
    ],
)
def person_can_be_called(row: IssueRow, book: Book) -> Breach | None:
    """Whoever mends an issue can be called (column ⑦ of form 2-2)."""
    campaign = book.snapshot.campaign
    fault = fault_of_number(row.resp_phone, campaign.area, is_demo=campaign.is_demo)
    return breach("resp_phone", fault) if fault else None
