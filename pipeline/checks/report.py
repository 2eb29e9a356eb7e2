"""The outcome of a check, whole or under way, and its JSON contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.checks.rulebook import BROKEN
from pipeline.findings import Finding, Severity, ordered, refused
from pipeline.ledgers import Loaded
from pipeline.ledgers.ceilings import MAX_REPORTED


@dataclass(frozen=True)
class Report:
    """The outcome of a check: what was read, what was found, and whether the data may pass."""

    loaded: Loaded
    findings: tuple[Finding, ...]
    files: int
    rows: int
    as_of_on: date | None

    @property
    def ok(self) -> bool:
        """Whether no error stands that is not waived."""
        return not refused(self.findings)

    @property
    def errors(self) -> list[Finding]:
        """The findings that refuse the data."""
        return [f for f in self.findings if f.severity == "error" and not f.waived]

    @property
    def is_ours(self) -> bool:
        """Whether nothing refuses the data but rules that failed."""
        return not self.ok and all(f.rule == BROKEN.id for f in self.errors)

    def count(self, severity: Severity) -> int:
        """Return how many breaches stand that no waiver silences, listed or not."""
        return sum(f.count for f in self.findings if f.severity == severity and not f.waived)

    def also(self, findings: Iterable[Finding]) -> Report:
        """Return the report with more findings, in their places."""
        return replace(self, findings=tuple(ordered((*self.findings, *findings))))

    def to_json(self) -> dict[str, Any]:
        """Return the JSON contract of `check` (design 7).

        At most `MAX_REPORTED` findings, errors first; `cut` is the number of breaches that are
        not listed one by one, here or because a file has too many of a kind.
        """
        room = sorted(range(len(self.findings)), key=self._weight)[:MAX_REPORTED]
        listed = [self.findings[number] for number in sorted(room)]
        told = sum(finding.count == 1 for finding in listed)
        return {
            "ok": self.ok,
            "checked": {"files": self.files, "rows": self.rows},
            "counts": {name: self.count(name) for name in ("error", "warning")},
            "cut": sum(finding.count for finding in self.findings) - told,
            "findings": [finding.to_json() for finding in listed],
            "repairs": [],
        }

    def _weight(self, number: int) -> tuple[bool, int]:
        finding = self.findings[number]
        return finding.severity != "error" or finding.waived, number


@dataclass(frozen=True)
class Begun:
    """A check under way: what was read is known, `report` waits for the verdict of the gates.

    `is_doubtful` says that bytes, characters or campaign.yml are refused already.
    """

    loaded: Loaded
    as_of_on: date | None
    report: Callable[[], Report]

    @property
    def is_doubtful(self) -> bool:
        """Whether what was read cannot even be counted on to be rows."""
        return self.loaded.snapshot is None or refused(self.loaded.findings)
