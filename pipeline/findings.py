"""One shape for everything that is found wrong, whichever gate found it.

A `Rule` says what must hold, how grave a breach is and how to mend it; a `Finding` is one breach
at one place. A rule is a value that stands in the module that applies it; the gates are asked for
theirs (`pipeline.checks.catalogue`), so that the published catalogue, the waivers and the tests all
read the rules that run. This module knows nothing of files, schemas or ledgers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from pipeline import personal

Severity = Literal["error", "warning"]
Gate = Literal["bytes", "schema", "records", "privacy", "changes", "workbook"]

GATES: dict[str, str] = {
    "bytes": "字节与字符",
    "schema": "表结构",
    "records": "记录",
    "privacy": "个人信息",
    "changes": "改动",
    "workbook": "导入的表格",
}
SEVERITIES: dict[str, str] = {"error": "错误", "warning": "提醒"}

VALUE_SHOWN = 60
"""Characters of a value that a finding repeats; longer values are cut."""


_FROM_DATA = ("value", "subject", "file", "cell")
"""Fields of a finding that repeat what stands in the data."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold. `sentence`, `remedy` and `why` are Chinese and speak to a clerk.

    `source` says where it comes from, as `pipeline.sources` names it; `why` what goes wrong
    otherwise, in one sentence.

    Raises:
        ValueError: the words, the source or the reason are missing.
    """

    id: str
    gate: Gate
    severity: Severity
    sentence: str
    remedy: str
    source: str
    why: str
    ledger: str = ""
    passes: Sequence[Any] = field(default=(), compare=False)
    fails: Sequence[Any] = field(default=(), compare=False)
    skips: Sequence[Any] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Refuse a rule that does not say what, how, whence and why."""
        for name in ("sentence", "remedy", "source", "why"):
            if not getattr(self, name):
                raise ValueError(f"rule {self.id} lacks its {name}")

    def at(self, message: str = "", **place: Any) -> Finding:
        """Make a finding of this rule; `message` defaults to the sentence of the rule.

        `place` takes the remaining fields of `Finding` (file, line, column, value, ...). Personal
        data are starred out here, whichever gate speaks and wherever they stand (a cell, a header,
        an id, the name of a file): findings go to screens and logs. `keeps` names the kinds that
        may be shown, because the column is made for them and published; beside a name none is.
        """
        place.setdefault("ledger", self.ledger)
        kept = place.pop("keeps", frozenset())
        said: dict[str, Any] = {"message": message, "remedy": place.pop("remedy", self.remedy)}
        said |= {name: place.pop(name) for name in _FROM_DATA if place.get(name)}
        named = personal.pieces(str(said.get("value", "")))
        keeps = frozenset() if named else kept
        hidden: dict[str, Any] = {
            n: personal.mask(str(v), keeps=keeps, also=named) for n, v in said.items() if v
        }
        if "value" in hidden:
            hidden["value"] = shown(hidden["value"])
        return Finding(
            gate=self.gate,
            rule=self.id,
            severity=place.pop("severity", self.severity),
            **{"message": self.sentence, "remedy": self.remedy, **place, **hidden},
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule at one place; the JSON contract of `check` (design 7).

    `line` is the physical line and `column` the cell's number, both from 1; `field` is the English
    header and `title` the Chinese one; `subject` is "ledger/id"; `cell` an address such as H12 for
    workbooks. Where a row is missing altogether `line` is None and `subject` names what lacks it.
    `count` is how many breaches it stands for: more than one where the others are not listed.
    """

    gate: Gate
    rule: str
    severity: Severity
    message: str
    remedy: str
    waived: bool = False
    ledger: str = ""
    subject: str | None = None
    file: str | None = None
    line: int | None = None
    cell: str | None = None
    column: int | None = None
    field: str | None = None
    title: str | None = None
    value: str | None = None
    count: int = 1

    def to_json(self) -> dict[str, Any]:
        """Return the finding as the JSON object of the contract."""
        return asdict(self)

    def place(self) -> str:
        """Say in Chinese where the breach is: file, line, column, as far as known."""
        parts = [self.file or (self.ledger and f"台账 {self.ledger}") or "数据"]
        if self.line is not None:
            parts.append(f"第{self.line}行")
        if self.title or self.field:
            parts.append(f"“{self.title or self.field}”列")
        elif self.column is not None:
            parts.append(f"第{self.column}列")
        return " ".join(parts)

    def waive(self) -> Finding:
        """Return the same finding, marked as silenced by a published waiver."""
        return replace(self, waived=True)


def shown(value: str) -> str:
    """Return a value fit for a message: cut, and with every unprintable character escaped."""
    return printable(value if len(value) <= VALUE_SHOWN else value[:VALUE_SHOWN] + "…")


def printable(text: str) -> str:
    """Return a text, a file's name perhaps, with every unprintable character escaped."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text
    )


def closing(last: Finding, more: int) -> Finding:
    """Return the finding that counts those of a kind that are not listed; `last` is of the kind."""
    column = f"“{last.title}”列" if last.title else "这个文件"
    said = f"{column}还有 {more} 处同样的问题没有列出"
    return replace(last, message=said, count=more, line=None, subject=None, value=None)


def limited(findings: Iterable[Finding], most: int) -> list[Finding]:
    """List of each kind (file, rule, column) the first so many; a closing one counts the rest."""
    kept: list[Finding] = []
    kinds: dict[tuple[str, str | None, int | None], list[Finding]] = defaultdict(list)
    for finding in findings:
        alike = kinds[finding.rule, finding.file or finding.subject, finding.column]
        alike.append(finding)
        if len(alike) <= most:
            kept.append(finding)
    over = [alike for alike in kinds.values() if len(alike) > most]
    return kept + [closing(alike[most - 1], sum(f.count for f in alike[most:])) for alike in over]


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file, line, column, then rule; those without a place come last.

    What keeps a file or a line from being read comes before everything: the rest may follow from
    it.
    """
    return sorted(
        findings,
        key=lambda f: (
            not (f.gate == "bytes" and f.severity == "error" and f.column is None),
            f.file is None,
            f.file or "",
            f.line or 0,
            f.column or 0,
            f.rule,
            f.subject or "",
            f.message,
        ),
    )


def refused(findings: Iterable[Finding]) -> bool:
    """Whether the data must be refused: some error that no waiver silences."""
    return any(f.severity == "error" and not f.waived for f in findings)
