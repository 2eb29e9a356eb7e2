"""What comes of a file: rows for ledgers, repairs, findings, and what became of every row of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pipeline.checks.workbook_rules import LACKING, NOTED, UNREAD
from pipeline.findings import Finding, Rule, refused
from pipeline.intake.recognisers.reading import Reading
from pipeline.intake.sheets import Book, Cell, Sheet, address
from pipeline.personal import mask

Fate = Literal["导入", "并入", "未导入", "留下"]
"""Imported; merged with another row or a row of the ledger; refused; left out as no record."""
Verdict = Literal["新增", "相同", "有变化", ""]

_ROWS = 12
"""Rows that one line names."""
_FROM = {
    name: column
    for column, names in {
        "title": "town_code village_code works_id problem source_text",
        "due": "due_on due_text handling new_due_on",
        "result": "event event_on by_level by_org",
        "resp_person": "resp_post co_persons",
        "*indicator": "indicator",
        "*value": "raw_value value qualifier value_low",
    }.items()
    for name in names.split()
}
"""Columns of ledgers that are read from a column of another name."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell that was read as something else than what is written in it, and by what rule."""

    file: str
    cell: str
    field: str
    old: str
    new: str
    rule: str

    def to_json(self) -> dict[str, str]:
        """Return the repair of the contract; personal data are starred out."""
        return {
            "file": mask(self.file),
            "cell": self.cell,
            "field": self.field,
            "old": mask(self.old),
            "new": mask(self.new),
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row of a sheet."""

    sheet: str
    row: int
    fate: Fate
    why: str
    subject: str = ""
    verdict: Verdict = ""


@dataclass(slots=True)
class Record:
    """A row of a ledger in the making: where it stands in the file, and its cells as text.

    `cells` are its columns by English name, `places` the address each came from; `said` are the
    columns that the file itself said, which alone may change a row that stands.
    """

    ledger: str
    sheet: Sheet
    row: int
    cells: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    extra: dict[str, str] = field(default_factory=dict)
    is_refused: bool = False
    verdict: Verdict = ""
    given_id: str = ""

    def column(self, name: str) -> int | None:
        """Return the sheet's column that a column of the ledger was read from."""
        return self.places.get(name) or self.places.get(_FROM.get(name, ""))


def _of_rows(members: list[Finding]) -> Finding:
    first = members[0]
    if len(members) == 1:
        return first
    named = {f.file or "": f.file.partition("#")[2] if f.file else "" for f in members}
    of_sheet = named if len(named) > 1 else dict.fromkeys(named, "")
    rows = [f"{of_sheet[f.file or '']}第{f.line}行" for f in members]
    more = "等" if len(rows) > _ROWS else ""
    said = f"{first.message}：{'、'.join(rows[:_ROWS])}{more}，共 {len(members)} 行"
    return replace(first, message=said, cell=None, column=None)


@dataclass(slots=True)
class Outcome:
    """Everything that is said of one file."""

    book: Book
    unit: str = ""
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """The new and the changed rows of each ledger, whole."""
    repairs: list[Repair] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    origin: dict[str, Record] = field(default_factory=dict)
    """Record by `ledger/id`, so that what a gate says of a row finds its cell."""
    read: int = 0
    _told: set[tuple[str, str, str, str]] = field(default_factory=set)
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What no row of the file says and a new row needs: titles, and what may be answered."""

    @property
    def ok(self) -> bool:
        """Whether nothing keeps the rows from being written."""
        return not refused(self.findings)

    @property
    def listed(self) -> list[Finding]:
        """The findings as a person reads them: what many rows lack is one line, with their rows."""
        found: list[Finding] = []
        alike: dict[str | None, list[Finding]] = {}
        for finding in self.findings:
            if finding.rule == LACKING.id and finding.title in self.asked:
                alike.setdefault(finding.title, []).append(finding)
            else:
                found.append(finding)
        return found + [_of_rows(members) for members in alike.values()]

    def counts(self) -> Counter[str]:
        """Return how many rows of the file are new, changed, the same, refused, left out."""
        return Counter(line.verdict or line.fate for line in self.lines)

    def file_of(self, sheet: Sheet) -> str:
        """Return how findings name a sheet."""
        return self.book.name if len(self.book.sheets) == 1 else f"{self.book.name}#{sheet.name}"

    def find(
        self, rule: Rule, message: str, sheet: Sheet, row: int | None = None, **more: Any
    ) -> None:
        """Add a finding; `column` is the sheet's."""
        column = more.get("column")
        if row:
            row, column = sheet.seat(row, column or 0)
            more |= {"column": column} if column else {}
        cell = address(row, column) if row and column else None
        self.findings.append(
            rule.at(message, file=self.file_of(sheet), line=row, cell=cell, **more)
        )

    def take(self, record: Record, name: str, title: str, cell: Cell, read: Reading) -> str:
        """Take what a recogniser made of a cell: note its repair, its question, its remark."""
        column = record.places.get(name)
        place = address(*record.sheet.seat(record.row, column or 0)) if column else ""
        told = (self.file_of(record.sheet), place, name, read.problem or read.rule)
        is_told = bool(place) and record.sheet.source is not None and told in self._told
        self._told.add(told)
        at: dict[str, Any] = {
            "column": column, "field": name, "title": title, "value": cell.text,
            "ledger": record.ledger,
        }  # fmt: skip
        if read.problem:
            at |= {"remedy": read.remedy} if read.remedy else {}
            if not is_told:  # one cell of the file may stand in many rows of a turned sheet
                self.find(UNREAD, f"“{title}”{read.problem}", record.sheet, record.row, **at)
            record.is_refused = True
            return ""
        if read.rule and column and not is_told:
            self.repairs.append(
                Repair(
                    self.file_of(record.sheet),
                    place,
                    name,
                    cell.text,
                    read.value,
                    read.rule,
                )
            )
        if read.note:
            self.find(NOTED, f"“{title}”{read.note}", record.sheet, record.row, **at)
        return read.value

    def to_json(self) -> dict[str, Any]:
        """Return the contract of `import --format json` (design 7), and the fate of each row."""
        return {
            "ok": self.ok,
            "checked": {"files": 1, "rows": self.read},
            "counts": dict(sorted(self.counts().items())),
            "findings": [finding.to_json() for finding in self.findings],
            "repairs": [repair.to_json() for repair in self.repairs],
            "rows": [
                {
                    "sheet": mask(line.sheet),
                    "row": line.row,
                    "fate": line.fate,
                    "why": mask(line.why),
                    "subject": line.subject,
                    "verdict": line.verdict,
                }
                for line in self.lines
            ],
            "missing": self.missing,
        }
