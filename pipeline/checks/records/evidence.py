"""Record checks of evidence (佐证): what is believed on somebody's word cites a paper or a file.

How grave a lack is, the bureau decides (reading G45): a warning, or a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import evidence
from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach
from pipeline.checks.sums import gathered, some
from pipeline.findings import Severity
from pipeline.readings import Readings
from pipeline.rectification.lifecycle import PASS, STRIKE
from pipeline.rowtypes import InspectionRow, IssueEventRow, Row

DIGEST = evidence.reference("0a" * 32)
CHECKED = {"event": PASS, "event_on": "2022-08-10", "by_level": "县", "satisfaction": "满意"}
CLOSED = {"event": STRIKE, "event_on": "2022-08-12", "by_level": "县"}
VISIT = {"checker_level": "市", "mode": "暗访"}
STRICT = {"readings": [{"reading_id": "G45", "option": "error", "clause_ids": "", "parameter": ""}]}

HOW = "用 qingyuan evidence 文件 算出摘要填进佐证，或填档案号；材料自己留好，不放进版本库"


def _severity(book: Book) -> Severity:
    readings = Readings.from_rows(book.snapshot.readings)
    return "error" if readings.says("G45", "error") else "warning"


def _lacking(book: Book, ledger: str, measure: str) -> Iterator[Breach]:
    """Say once per unit and home which rows lack evidence: who must find it differs by home."""
    rows = [row for _, row in evidence.needing(book.today) if row.table == ledger]
    for home in ("U", "C"):
        poor = [r for r in rows if r.shard.home == home and r.peek(evidence.COLUMN) is None]
        yield from gathered(
            poor, evidence.COLUMN, _id, measure, "没有佐证", severity=_severity(book)
        )


def _id(row: Row) -> str:
    return row.id


@book_check(
    "E14",
    ledger=IssueEventRow,
    severity="warning",
    sentence="现场核查和销号有佐证",
    remedy=HOW,
    source="O-14、G45",
    why="核查、销号只有一句话，以后谁也没有办法复核",
    passes=[
        {"issue_events": [CHECKED | {"evidence_ref": DIGEST}, CLOSED | {"evidence_ref": "档1"}]},
        {"issue_events@C": [CHECKED | {"by_level": "市", "evidence_ref": "档2022-0815"}]},
    ],
    fails=[
        {"issue_events": [CHECKED]},
        {"issue_events": [CLOSED]},
        {"issue_events@C": [CHECKED | {"by_level": "市"}]},
        {**STRICT, "issue_events": [CLOSED]},
    ],
    skips=[{"issue_events": [{"event": "整改完成", "event_on": "2022-08-10"}]}],
)
def closing_is_proved(book: Book) -> Iterator[Breach]:
    """Who says that something was seen or closed says where the proof lies (O-14)."""
    yield from _lacking(book, "issue_events", "次核查、销号")


@book_check(
    "J09",
    ledger=InspectionRow,
    severity="warning",
    sentence="市以上的检查有佐证",
    remedy=HOW,
    source="O-20、G45",
    why="检查查出的要扣分，没有佐证，被扣的单位没有办法申辩",
    passes=[{"inspections@C": [VISIT | {"evidence_ref": DIGEST}]}],
    fails=[{"inspections@C": [VISIT]}, {**STRICT, "inspections@C": [VISIT]}],
    skips=[
        {"inspections": [{"checker_level": "县", "mode": "自查"}]},
        {
            "inspections@C": [
                VISIT | {"withdrawn_on": "2022-08-20", "withdrawn_reason": "走错了地方"}
            ]
        },
    ],
)
def visits_are_proved(book: Book) -> Iterator[Breach]:
    """What takes points away rests on more than a sentence (O-20)."""
    yield from _lacking(book, "inspections", "次检查")


@book_check(
    "E15",
    ledger=IssueEventRow,
    severity="warning",
    sentence="一个文件只证明一个问题",
    remedy="各用各的照片和材料；确是同一处，在原因里写明",
    source="O-14",
    why="一张照片用在几个问题上，多半是没有逐个到现场",
    passes=[
        {
            "issue_events": [
                CHECKED | {"issue_id": "jiaxian-2022-0031", "evidence_ref": DIGEST},
                CLOSED | {"issue_id": "jiaxian-2022-0031", "evidence_ref": DIGEST},
            ]
        },
        {
            "issue_events": [
                CHECKED | {"issue_id": "jiaxian-2022-0031", "evidence_ref": "档1"},
                CHECKED | {"issue_id": "jiaxian-2022-0032", "evidence_ref": "档1"},
            ]
        },
    ],
    fails=[
        {
            "issue_events": [
                CHECKED | {"issue_id": "jiaxian-2022-0031", "evidence_ref": DIGEST},
                CHECKED | {"issue_id": "jiaxian-2022-0032", "evidence_ref": DIGEST},
            ]
        }
    ],
    skips=[{"issue_events": [CHECKED]}],
)
def one_file_for_one_issue(book: Book) -> Iterator[Breach]:
    """The same bytes prove two places only by mistake, or worse (O-14)."""
    for rows in evidence.reused(book.today):
        issues = sorted({row.issue_id for row in rows})
        said = f"{some(issues, '个问题')}用了同一个文件作佐证"
        yield breach(evidence.COLUMN, said, row=rows[0])
