"""Record checks of drawn samples (抽查样本): one draw, fairly made, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach
from pipeline.dates import is_late
from pipeline.rowtypes import (
    HouseholdCheckRow,
    InspectionRow,
    PhoneCheckRow,
    SpotCheckRow,
    WaterTestRow,
)

Drawn = InspectionRow | PhoneCheckRow | HouseholdCheckRow | WaterTestRow
"""Rows that are results of a draw."""
OPEN_DAYS = 30
"""Days after which a draw must have its result or the reason why it has none."""
BATCH_COLUMNS = (("drawn_on", "抽取日期"), ("seed", "随机种子"), ("frame_version", "名册版本"))
STRATUM_COLUMNS = (("frame_size", "层内总数"), ("sample_size", "层内抽取数"))

DRAW = {
    "draw_id": "city-k0001-001",
    "batch_id": "city-k0001",
    "drawn_on": "2022-09-01",
    "stratum": "千人以上",
    "place_type": "工程",
    "place_id": "jiaxian-w0001",
    "draw_no": "1",
    "is_reserve": "否",
    "frame_size": "40",
    "sample_size": "1",
}
SECOND = DRAW | {"draw_id": "city-k0001-002", "place_id": "jiaxian-w0002", "draw_no": "2"}
RESERVE = SECOND | {"is_reserve": "是"}
OTHER_UNIT = DRAW | {
    "draw_id": "city-k0001-003",
    "unit_id": "yixian",
    "place_id": "yixian-w0001",
}
VISIT = {
    "visited_on": "2022-09-05",
    "place_type": "工程",
    "place_id": "jiaxian-w0001",
    "draw_id": "city-k0001-001",
}


def _results(book: Book) -> dict[str, list[Drawn]]:
    """Return the standing results of each draw, in all ledgers that may hold them."""
    found = defaultdict(list)
    rows: Iterable[Drawn] = chain(
        book.inspections, book.phone_checks, book.household_checks, book.water_tests
    )
    for row in rows:
        if row.draw_id is not None and row.withdrawn_on is None:
            found[row.draw_id].append(row)
    return found


def _day(row: Drawn) -> date:
    if isinstance(row, InspectionRow):
        return row.visited_on
    return row.sampled_on if isinstance(row, WaterTestRow) else row.checked_on


def _batches(book: Book) -> Mapping[str, list[SpotCheckRow]]:
    """Return the draws by batch."""
    return book.group("spot_checks", "batch_id")


def _strata(batch: str, book: Book) -> dict[tuple[str, str], list[SpotCheckRow]]:
    """Return the draws of each unit and stratum of a batch, in the order drawn."""
    strata = defaultdict(list)
    for row in sorted(_batches(book)[batch], key=lambda row: (row.draw_no, row.draw_id)):
        strata[row.unit_id, row.stratum].append(row)
    return strata


@book_check(
    "Z51",
    ledger=SpotCheckRow,
    severity="error",
    sentence="同一抽样批次的随机种子、抽取日期、名册版本相同，抽查编号以批次编号开头",
    remedy="照抽样时打印的结果改正；另抽一次的另编抽样批次",
    source="G27",
    why="种子、日期、名册有一样不同，别人就重抽不出同样的结果",
    passes=[{"spot_checks": [DRAW, OTHER_UNIT]}],
    fails=[
        {"spot_checks": [DRAW, OTHER_UNIT | {"seed": "1"}]},
        {"spot_checks": [DRAW, OTHER_UNIT | {"drawn_on": "2022-09-02"}]},
        {"spot_checks": [DRAW, OTHER_UNIT | {"frame_version": "第二版"}]},
        {"spot_checks": [DRAW | {"draw_id": "city-k0002-001"}]},
    ],
)
def one_draw_per_batch(book: Book) -> Iterator[Breach]:
    """A batch is one draw that can be repeated."""
    first: dict[str, SpotCheckRow] = {}
    for row in book.spot_checks:
        if not row.draw_id.startswith(f"{row.batch_id}-"):
            yield breach("draw_id", f"抽查编号不以批次编号 {row.batch_id} 开头", row=row)
        leader = first.setdefault(row.batch_id, row)
        for field, title in BATCH_COLUMNS:
            if getattr(row, field) != getattr(leader, field):
                yield breach(field, f"{title}与同批次的 {leader.id} 不同", row=row)


@book_check(
    "Z52",
    ledger=SpotCheckRow,
    severity="error",
    sentence="每单位每层的序号从1连续编，总数和抽取数各行相同，正选个数等于抽取数且不多于总数",
    remedy="照抽样时打印的结果改正；没有查成的不要删行，写未查原因",
    source="G27",
    why="序号断了、个数不对，说明抽完以后有人增减过",
    passes=[{"spot_checks": [DRAW, RESERVE, OTHER_UNIT]}],
    fails=[
        {"spot_checks": [DRAW | {"draw_no": "2"}]},
        {"spot_checks": [DRAW, RESERVE | {"draw_no": "1"}]},
        {"spot_checks": [DRAW, RESERVE | {"frame_size": "41"}]},
        {"spot_checks": [DRAW, SECOND]},
        {"spot_checks": [DRAW | {"frame_size": "0"}]},
        {"spot_checks": [DRAW, RESERVE | {"place_id": "jiaxian-w0001"}]},
    ],
    over=_batches,
)
def stratum_is_whole(batch: str, book: Book) -> Iterator[Breach]:
    """Nothing drawn is missing, doubled or added."""
    for rows in _strata(batch, book).values():
        head = rows[0]
        chosen = sum(not row.is_reserve for row in rows)
        if chosen != head.sample_size:
            message = f"正选{chosen}个，与层内抽取数{head.sample_size}不同"
            yield breach("sample_size", message, row=head)
        if len(rows) > head.frame_size:
            message = f"抽了{len(rows)}个，多于层内总数{head.frame_size}"
            yield breach("frame_size", message, row=head)
        places = set()
        for number, row in enumerate(rows, 1):
            if row.draw_no != number:
                yield breach("draw_no", f"序号不连续，这里应当是{number}", row=row)
            if (row.place_type, row.place_id) in places:
                yield breach("place_id", "同一层里抽到两次", row=row)
            places.add((row.place_type, row.place_id))
            for field, title in STRATUM_COLUMNS:
                if getattr(row, field) != getattr(head, field):
                    yield breach(field, f"{title}与同层的 {head.id} 不同", row=row)


@book_check(
    "Z53",
    ledger=SpotCheckRow,
    severity="error",
    sentence="同一批次同一层，各单位抽取数相等，总数不够的全抽",
    remedy="按相等的个数重新抽样；扣分按绝对数计，抽得不等就不公平",
    source="G27",
    why="各单位查得一样多，按处扣分才公平",
    passes=[
        {"spot_checks": [DRAW, OTHER_UNIT]},
        {
            "spot_checks": [
                DRAW | {"sample_size": "2"},
                SECOND | {"sample_size": "2"},
                OTHER_UNIT | {"frame_size": "1"},
            ]
        },
    ],
    fails=[
        {
            "spot_checks": [
                DRAW | {"sample_size": "2"},
                SECOND | {"sample_size": "2"},
                OTHER_UNIT,
            ]
        }
    ],
    over=_batches,
)
def equal_samples(batch: str, book: Book) -> Iterator[Breach]:
    """Deductions are absolute counts, so every unit is looked at equally often (G27)."""
    most: dict[str, int] = defaultdict(int)
    strata = _strata(batch, book)
    for (_, stratum), rows in strata.items():
        most[stratum] = max(most[stratum], rows[0].sample_size)
    for (_, stratum), rows in strata.items():
        expected = min(most[stratum], rows[0].frame_size)
        if rows[0].sample_size != expected:
            message = f"别的单位这一层抽{most[stratum]}个，这里应当抽{expected}个"
            yield breach("sample_size", message, row=rows[0])


@book_check(
    "Z54",
    ledger=SpotCheckRow,
    severity="error",
    sentence="抽查结果的单位、对象与抽到的相同，日期不早于抽取日期",
    remedy="核对结果里的抽查编号；查的不是抽到的对象的，把抽查编号留空",
    source="G27",
    why="查的不是抽到的，抽样就没有意义",
    passes=[{"spot_checks": [DRAW], "inspections@C": [VISIT]}],
    fails=[
        {"spot_checks": [DRAW], "inspections@C": [VISIT | {"place_id": "jiaxian-w0009"}]},
        {"spot_checks": [DRAW], "inspections@C": [VISIT | {"unit_id": "yixian"}]},
        {"spot_checks": [DRAW], "inspections@C": [VISIT | {"visited_on": "2022-08-31"}]},
        {"spot_checks": [DRAW], "phone_checks@C": [{"draw_id": "city-k0001-001"}]},
    ],
    skips=[{"inspections@C": [VISIT]}],
)
def result_as_drawn(book: Book) -> Iterator[Breach]:
    """What was looked at is what was drawn."""
    draws = book.index("spot_checks")
    for draw_id, rows in _results(book).items():
        draw = draws.get(draw_id)
        if draw is None:
            continue
        for row in rows:
            if row.unit_id != draw.unit_id:
                yield breach("draw_id", "抽到的是别的单位", row=row)
            elif _place(row) != (draw.place_type, draw.place_id):
                yield breach("draw_id", f"抽到的对象是 {draw.place_id}", row=row)
            elif _day(row) < draw.drawn_on:
                yield breach("draw_id", "结果的日期早于抽取日期", row=row)


def _place(row: Drawn) -> tuple[str, str]:
    if isinstance(row, PhoneCheckRow):
        return "电话", row.phone_id
    if isinstance(row, HouseholdCheckRow):
        return "村", row.village_code
    return row.place_type, row.place_id


@book_check(
    "Z55",
    ledger=SpotCheckRow,
    severity="error",
    sentence="备用的只在同层有未查的以后才用，一个未查换一个备用",
    remedy="给没有查成的写未查原因；没有未查的不用备用",
    source="G27",
    why="想换谁就换谁，抽样就成了挑选",
    passes=[
        {
            "spot_checks": [DRAW | {"not_done_reason": "停水检修"}, RESERVE],
            "inspections@C": [VISIT | {"draw_id": "city-k0001-002", "place_id": "jiaxian-w0002"}],
        },
        {"spot_checks": [DRAW, RESERVE]},
    ],
    fails=[
        {
            "spot_checks": [DRAW, RESERVE],
            "inspections@C": [VISIT | {"draw_id": "city-k0001-002", "place_id": "jiaxian-w0002"}],
        }
    ],
    over=_batches,
)
def reserve_replaces(batch: str, book: Book) -> Iterator[Breach]:
    """Nobody picks a nicer place."""
    done = _results(book)
    for rows in _strata(batch, book).values():
        missed = sum(row.not_done_reason is not None for row in rows)
        used = [row for row in rows if row.is_reserve and row.id in done]
        for row in used[missed:]:
            yield breach("is_reserve", f"同层未查{missed}个，备用用了{len(used)}个", row=row)


@book_check(
    "Z56",
    ledger=SpotCheckRow,
    severity="warning",
    sentence="抽到的对象30天内有结果，或写明未查原因",
    remedy="登记结果并填抽查编号，或补写未查原因",
    source="G27、三种没有",
    why="抽到了没有下文，看的人不知道是没有问题还是没有去",
    passes=[
        {"spot_checks": [DRAW], "inspections@C": [VISIT], "campaign": [{"as_of_on": "2022-12-01"}]},
        {"spot_checks": [DRAW], "campaign": [{"as_of_on": "2022-10-01"}]},
    ],
    fails=[{"spot_checks": [DRAW], "campaign": [{"as_of_on": "2022-10-02"}]}],
    skips=[
        {
            "spot_checks": [DRAW | {"is_reserve": "是"}],
            "campaign": [{"as_of_on": "2022-12-01"}],
        }
    ],
)
def draw_is_answered(book: Book) -> Iterator[Breach]:
    """A draw without a result leaves the sample unfair."""
    done = _results(book)
    for row in book.spot_checks:
        is_due = is_late(row.drawn_on + timedelta(days=OPEN_DAYS), book.as_of_on)
        if is_due and not row.is_reserve and row.not_done_reason is None and row.id not in done:
            yield breach("not_done_reason", row=row)


@book_check(
    "Z57",
    ledger=SpotCheckRow,
    severity="error",
    sentence="写了未查原因的没有结果，公布日期不早于抽取日期",
    remedy="已经查了的去掉未查原因；核对公布日期",
    source="G27",
    why="没有查却有结果，或还没有抽就公布，一定有错",
    passes=[{"spot_checks": [DRAW | {"not_done_reason": "停水检修"}]}],
    fails=[
        {
            "spot_checks": [DRAW | {"not_done_reason": "停水检修"}],
            "inspections@C": [VISIT],
        },
        {"spot_checks": [DRAW | {"released_on": "2022-08-31"}]},
    ],
)
def done_or_not_done(book: Book) -> Iterator[Breach]:
    """A place was looked at or it was not; nothing is released before it is drawn."""
    done = _results(book)
    for row in book.spot_checks:
        if row.not_done_reason is not None and row.id in done:
            yield breach("not_done_reason", f"已有结果 {done[row.id][0].id}", row=row)
        if row.released_on is not None and row.released_on < row.drawn_on:
            yield breach("released_on", "公布日期早于抽取日期", row=row)
