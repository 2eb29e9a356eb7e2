"""Listing findings of one shard: of each kind the first so many by name, the rest by number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pipeline.findings import Finding, Rule, closing
from pipeline.ledgers.ceilings import MAX_FINDINGS
from pipeline.ledgers.shard import Shard

Kind = tuple[str, int | None]
"""What makes two findings of a shard alike: the rule, and the column."""


class Listing:
    """What one gate finds in one shard, in the order found.

    A file that is wrong all over must not fill memory or the screen, and one column that is wrong
    must not hide the next: beyond the limit findings of a kind are only counted, and a closing one
    says how many they were. Every refused cell is kept in `refused`, listed or only counted.
    """

    def __init__(self, shard: Shard) -> None:
        """Start an empty listing; `columns` may say what the file's columns are by the schema."""
        self.columns: Sequence[int] = ()
        self._place = {"file": shard.name, "ledger": shard.ledger}
        self._findings: list[Finding] = []
        self._listed: dict[Kind, int] = defaultdict(int)
        self._last: dict[Kind, Finding] = {}
        self.refused: dict[int, set[int]] = defaultdict(set)

    def add(self, rule: Rule, message: str = "", **place: Any) -> None:
        """List one breach of a rule at a place in the shard."""
        line, column = place.get("line"), place.get("column")
        if column is not None and column <= len(self.columns):
            column = place["column"] = self.columns[column - 1]
        if line is not None and column is not None and rule.severity == "error":
            self.refused[line].add(column)
        kind = rule.id, column
        self._listed[kind] += 1
        if self._listed[kind] <= MAX_FINDINGS:
            finding = self._last[kind] = rule.at(message, **place, **self._place)
            self._findings.append(finding)

    def is_full(self, rule: Rule, column: int | None = None) -> bool:
        """Whether further findings of a kind would only be counted."""
        return self._listed.get((rule.id, column), 0) >= MAX_FINDINGS

    def has(self, *rules: Rule) -> bool:
        """Whether any of these rules was broken, listed or only counted."""
        ids = {rule.id for rule in rules}
        return any(rule_id in ids for rule_id, _ in self._listed)

    def has_errors(self) -> bool:
        """Whether any error was found."""
        return any(finding.severity == "error" for finding in self._last.values())

    def done(self) -> list[Finding]:
        """Return the findings, closed by the count of those left out of each kind."""
        over = [(k, n - MAX_FINDINGS) for k, n in self._listed.items() if n > MAX_FINDINGS]
        return [*self._findings, *(closing(self._last[kind], more) for kind, more in over)]
