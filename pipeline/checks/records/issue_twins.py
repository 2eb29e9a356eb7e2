"""Record check of issues that may be one, registered twice (O-22): offered, never merged."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import rectification
from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach
from pipeline.rowtypes import IssueRow

PUMP = {
    "issue_level": "工程",
    "works_id": "jiaxian-w0001",
    "village_code": "890121103201",
    "category": "设备",
    "problem": "水泵电机烧毁，靠备用泵供水",
    "found_on": "2022-07-20",
    "due_on": "2022-08-20",
    "channel": "大排查",
}
HOME = PUMP | {
    "issue_level": "户",
    "works_id": "",
    "problem": "水泵电机烧毁，改用备用泵供水",
    "found_on": "2022-08-01",
    "channel": "乡村振兴靶向整改",
}


@book_check(
    "L18",
    ledger=IssueRow,
    severity="warning",
    sentence="同一个问题只登记一次",
    remedy="核对这两件：是一件的，留下一件，给另一件记一个“作废”事件，理由写留下那件的编号；"
    "不是一件的，把问题写得看得出不同",
    source="O-22",
    why="几个渠道看到同一个毛病，登记两次就数两次，改好一件另一件还逾期",
    passes=[
        {"issues": [PUMP, PUMP | {"category": "水质"}]},
        {"issues": [PUMP, PUMP | {"works_id": "jiaxian-w0002"}]},
        {"issues": [PUMP, PUMP | {"problem": "高位水池漏水，夜里放空"}]},
        {"issues": [PUMP, PUMP | {"recurs_of_id": "jiaxian-2022-0031"}]},
    ],
    fails=[
        {"issues": [PUMP, PUMP | {"channel": "督导组", "found_on": "2022-08-01"}]},
        {"issues": [PUMP, HOME]},
    ],
    skips=[{"issues": [PUMP]}],
)
def one_problem_once(book: Book) -> Iterator[Breach]:
    """Issues that more than one channel may have registered are named in pairs."""
    issues = book.index("issues")
    for one, others in rectification.twins(book.today, book.states).items():
        for other in (issues[name] for name in others if name < one):
            row = issues[one]
            yield breach(
                "problem",
                f"和 {other.issue_id}（{other.channel}，“{other.problem}”）地方、类别相同，"
                "写法相近，可能是同一件登记了两次",
                row=row,
            )
