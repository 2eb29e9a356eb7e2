"""Record checks of judgements (评定): whose they are, what they say, and within what bounds."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.rowtypes import JudgementRow, Row

SCORE, FACT = "分值", "事实"
TRUE_ROW, PLAN_WORKS = "属实", "预案可操作"
BULKY = ("water_results", "patrol_roster")
"""Ledgers whose single rows nobody judges: values of a sample, names of the roster."""

SCORED = {"clause_id": "一.1", "stage": "自评", "kind": SCORE, "points": "5"}
JUDGED = {
    "clause_id": "四.4",
    "stage": "核查",
    "kind": FACT,
    "fact": PLAN_WORKS,
    "answer": "是",
    "subject_id": "jiaxian-d0001",
    "reason": "已组织演练",
}


@row_check(
    "M01",
    ledger=JudgementRow,
    severity="error",
    sentence="自评由单位登记，核查、终评由市里登记",
    remedy="核对阶段；填对了的，把这一行移到该在的文件",
    source="G25",
    why="自评是单位的话，核查和终评是市里的话，混了就是自己给自己打分",
    passes=[{"judgements": [SCORED]}, {"judgements@C": [JUDGED]}],
    fails=[{"judgements@C": [SCORED]}, {"judgements": [JUDGED]}],
)
def judged_at_home(row: JudgementRow, _book: Book) -> Breach | None:
    """A unit assesses itself; only the city checks and decides."""
    home = "U" if row.stage == "自评" else "C"
    return breach("stage") if row.shard.home != home else None


@row_check(
    "M02",
    ledger=JudgementRow,
    severity="error",
    sentence="分值类只填分值，事实类只填事实和认定，不适用的三样都不填",
    remedy="按类别补齐该填的，清空不该填的",
    source="台账约定",
    why="分值和事实混着填，不知道按哪一个算",
    passes=[
        {"judgements": [SCORED]},
        {"judgements@C": [JUDGED]},
        {"judgements": [{"kind": "不适用", "clause_id": "二.2"}]},
    ],
    fails=[
        {"judgements": [SCORED | {"points": ""}]},
        {"judgements": [SCORED | {"answer": "是"}]},
        {"judgements@C": [JUDGED | {"answer": ""}]},
        {"judgements@C": [JUDGED | {"points": "4"}]},
        {"judgements": [{"kind": "不适用", "points": "5"}]},
    ],
)
def kind_has_its_fields(row: JudgementRow, _book: Book) -> Iterator[Breach]:
    """Points or a fact, never both, and neither where nothing applies."""
    needed = {SCORE: ("points",), FACT: ("fact", "answer")}.get(row.kind, ())
    for field, title in (("points", "分值"), ("fact", "事实"), ("answer", "认定")):
        is_given = getattr(row, field) is not None
        if field in needed and not is_given:
            yield breach(field, f"类别是“{row.kind}”，没有填{title}")
        elif is_given and field not in needed:
            yield breach(field, f"类别是“{row.kind}”，不填{title}")


@row_check(
    "M05",
    ledger=JudgementRow,
    severity="error",
    sentence="核查、终评写明理由",
    remedy="补写理由；与计算分值不同的，写明依据",
    source="G25、改动有据",
    why="改了别人的评分，要让被评的看得到理由",
    where=lambda row: row.stage != "自评",
    passes=[{"judgements@C": [JUDGED]}],
    fails=[{"judgements@C": [JUDGED | {"reason": ""}]}],
    skips=[{"judgements": [SCORED]}],
)
def judgement_has_reason(row: JudgementRow, _book: Book) -> Breach | None:
    """Whoever decides about others says why (G25)."""
    return breach("reason") if row.reason is None else None


@book_check(
    "M06",
    ledger=JudgementRow,
    severity="error",
    sentence="同一版次、单位、条款、阶段、类别、事实、所判记录只评一次",
    remedy="保留一条，改了主意的改原来那一条",
    source="台账约定",
    why="同一件事评了两次，不知道以哪一次为准",
    passes=[{"judgements": [SCORED, SCORED | {"clause_id": "一.2"}]}],
    fails=[{"judgements": [SCORED, SCORED | {"points": "3"}]}],
)
def judged_once(book: Book) -> Iterator[Breach]:
    """Two answers to one question are none."""
    seen: dict[tuple[str | None, ...], str] = {}
    for row in book.judgements:
        question = (
            row.edition,
            row.unit_id,
            row.clause_id,
            row.stage,
            row.kind,
            row.fact,
            row.subject_id,
        )
        if seen.setdefault(question, row.id) != row.id:
            yield breach("clause_id", f"与 {seen[question]} 评的是同一件事", row=row)


@row_check(
    "M07",
    ledger=JudgementRow,
    severity="error",
    sentence="审签日期不早于评定日期",
    remedy="核对评定日期和审签日期",
    source="常理",
    why="还没有评定就签了字，日期一定有错",
    where=lambda row: row.signed_on is not None,
    passes=[{"judgements": [SCORED | {"judged_on": "2022-09-10", "signed_on": "2022-09-10"}]}],
    fails=[{"judgements": [SCORED | {"judged_on": "2022-09-10", "signed_on": "2022-09-09"}]}],
    skips=[{"judgements": [SCORED]}],
)
def signed_after_judged(row: JudgementRow, _book: Book) -> Breach | None:
    """First the judgement, then the signature."""
    is_before = row.signed_on is not None and row.signed_on < row.judged_on
    return breach("signed_on") if is_before else None


@row_check(
    "M08",
    ledger=JudgementRow,
    severity="error",
    sentence="认定属实、预案可操作的，写明所判的是本单位哪一条记录，该记录存在",
    remedy="在所判记录填那一条的编号：预案填制度文件里应急预案的编号",
    source="数字可追溯",
    why="认定要指得出哪一条记录，否则没有办法复核",
    where=lambda row: row.subject_id is not None or row.fact in (TRUE_ROW, PLAN_WORKS),
    passes=[
        {
            "judgements@C": [JUDGED],
            "documents": [{"doc_id": "jiaxian-d0001", "unit_id": "jiaxian", "kind": "应急预案"}],
        },
        {
            "judgements@C": [
                JUDGED | {"fact": TRUE_ROW, "answer": "否", "subject_id": "jiaxian-a0001"}
            ],
            "activities": [{"activity_id": "jiaxian-a0001"}],
        },
    ],
    fails=[
        {"judgements@C": [JUDGED | {"subject_id": ""}]},
        {"judgements@C": [JUDGED]},
        {
            "judgements@C": [JUDGED],
            "documents": [{"doc_id": "jiaxian-d0001", "unit_id": "jiaxian", "kind": "管理办法"}],
        },
        {
            "judgements@C": [JUDGED | {"fact": TRUE_ROW, "subject_id": "yixian-a0001"}],
            "activities@yixian": [{"activity_id": "yixian-a0001", "unit_id": "yixian"}],
        },
    ],
    skips=[{"judgements": [SCORED]}],
)
def subject_exists(row: JudgementRow, book: Book) -> Breach | None:
    """A judgement names the row it strikes or upholds."""
    if row.subject_id is None:
        return breach("subject_id", f"“{row.fact}”没有写所判的是哪一条记录")
    subject = _subject(row.subject_id, book)
    if subject is None:
        return breach("subject_id", "没有这个编号的记录")
    unit = getattr(subject, "unit_id", subject.shard.unit)
    if unit is not None and unit != row.unit_id:
        return breach("subject_id", "所判记录是别的单位的")
    if row.fact == PLAN_WORKS and getattr(subject, "kind", None) != "应急预案":
        return breach("subject_id", "所判记录不是应急预案")
    return None


CANCELLED = {"clause_id": "二.2", "kind": "不适用"}
FINAL = {"stage": "终评", "reason": "复核后改"}


@book_check(
    "M09",
    ledger=JudgementRow,
    severity="error",
    sentence="同一阶段的评定不互相矛盾",
    remedy="保留一个说法：给了分值的不再写不适用，同一件事只认定一次",
    source="G25",
    why="一边说适用，一边说不适用，分数没有办法算",
    passes=[
        {"judgements@C": [CANCELLED | FINAL, SCORED | FINAL]},
        {"judgements@C": [JUDGED, JUDGED | {"stage": "终评", "answer": "否"}]},
    ],
    fails=[
        {"judgements@C": [CANCELLED | FINAL, CANCELLED | FINAL | {"kind": SCORE, "points": "3"}]},
        {
            "judgements@C": [
                JUDGED | {"fact": TRUE_ROW},
                JUDGED | {"fact": TRUE_ROW, "answer": "否", "clause_id": "四.2"},
            ]
        },
        {
            "judgements@C": [
                JUDGED | {"fact": "机构落实", "clause_id": "四.1", "subject_id": ""},
                JUDGED | {"fact": "机构落实", "clause_id": "四.1", "answer": "否"},
            ]
        },
    ],
    skips=[{"judgements": [SCORED], "judgements@C": [CANCELLED | FINAL]}],
)
def stage_speaks_once(book: Book) -> Iterator[Breach]:
    """Points and 不适用 exclude each other; so do two answers about the same row or agency."""
    said: dict[tuple[str | None, ...], tuple[str, str | None]] = {}
    for row in book.judgements:
        is_fact = row.kind == FACT
        about = row.subject_id if is_fact and row.fact != "机构落实" else None
        edition = None if is_fact else row.edition  # a fact is one in every edition
        question = (edition, row.unit_id, row.stage, row.fact or row.clause_id, about)
        answer = row.answer if is_fact else row.kind
        first, other = said.setdefault(question, (row.id, answer))
        if answer != other:
            yield breach("answer" if is_fact else "kind", f"与 {first} 说的相反", row=row)


def _subject(subject_id: str, book: Book) -> Row | None:
    for name, schema in book.schemas.items():
        if schema.home != "R" and name not in BULKY:
            row = book.index(name).get(subject_id)
            if row is not None:
                return row
    return None
