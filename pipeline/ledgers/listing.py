"""Listing findings of one shard: the first so many by name, the rest by number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.findings import Finding, Rule
from pipeline.ledgers.limits import MAX_FINDINGS
from pipeline.ledgers.shard import Shard


class Listing:
    """What one gate finds in one shard, in the order found.

    A file that is wrong all over must not fill memory or the screen: beyond the limit findings are
    only counted, and a closing finding of the rule `closing` says how many they were.
    """

    def __init__(self, shard: Shard, closing: Rule) -> None:
        """Start an empty listing."""
        self._place = {"file": shard.name, "ledger": shard.ledger}
        self._closing = closing
        self._findings: list[Finding] = []
        self._more = 0
        self._more_errors = 0
        self._rules: set[str] = set()

    def add(self, rule: Rule, message: str = "", **place: Any) -> None:
        """List one breach of a rule at a place in the shard."""
        self._rules.add(rule.id)
        if len(self._findings) < MAX_FINDINGS:
            self._findings.append(rule.at(message, **place, **self._place))
        else:
            self._more += 1
            self._more_errors += rule.severity == "error"

    @property
    def is_full(self) -> bool:
        """Whether further findings would only be counted."""
        return len(self._findings) >= MAX_FINDINGS

    def has(self, *rules: Rule) -> bool:
        """Whether any of these rules was broken, listed or only counted."""
        return any(rule.id in self._rules for rule in rules)

    def has_errors(self) -> bool:
        """Whether any error was found."""
        return self._more_errors > 0 or any(f.severity == "error" for f in self._findings)

    def done(self) -> list[Finding]:
        """Return the findings, closed by the count of those left out."""
        if not self._more:
            return self._findings
        closing = self._closing.at(f"这个文件还有 {self._more} 处没有列出", **self._place)
        if not self._more_errors:
            closing = replace(closing, severity="warning")
        return [*self._findings, closing]
