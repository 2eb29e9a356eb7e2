"""Who answers a clause: what is known of a unit, made-up facts of an example, or facts changed.

Each query is an attribute; `Queried` says which there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.assessment.evidence.counted import QUERIES, Counted, Given, Kept, Scope, made_up
from pipeline.assessment.evidence.queried import Queried
from pipeline.assessment.known import Known
from pipeline.readings import Readings


class Evidence(Queried):
    """The evidence of one unit on one day under some readings; each query is an attribute."""

    def __init__(
        self,
        known: Known,
        unit_id: str,
        readings: Readings,
        kept: Kept,
        given: Mapping[str, Given] = MappingProxyType({}),
    ) -> None:
        """Take what is known; `kept` may be shared by evidence of the same unit, day and `given`.

        `given` are made-up facts that stand for what a query finds, also where queries ask it.
        """
        self._scope = Scope(known, unit_id, readings, self._ask)
        self._kept = kept
        self._given = given

    if not TYPE_CHECKING:  # each query is declared in `Queried`

        def __getattr__(self, name: str) -> Counted:
            """Let a query be named as an attribute."""
            if name not in QUERIES:
                raise AttributeError(name)
            return self._ask(name)

    def _ask(self, name: str) -> Counted:
        scope, found = self._scope, QUERIES[name]
        if name in self._given:
            return found.of(made_up(self._given[name]))
        return self._kept.get(name, scope.readings, lambda: found.of(found.find(scope)))


class MadeUp(Queried):
    """Evidence of worked examples: counts, amounts or kinds that stand for made-up facts.

    A whole number is so many facts; text that is a number one amount; a list of words one fact of
    each kind. What is not given was not found.
    """

    def __init__(self, given: Mapping[str, Given]) -> None:
        """Take the counts by the name of their query.

        Raises:
            KeyError: no query has that name.
        """
        self._given = {name: QUERIES[name].of(made_up(value)) for name, value in given.items()}

    if not TYPE_CHECKING:  # each query is declared in `Queried`

        def __getattr__(self, name: str) -> Counted:
            """Return what was given, or nothing found."""
            if name not in QUERIES:
                raise AttributeError(name)
            return self._given[name] if name in self._given else QUERIES[name].of(())


class Altered(Queried):
    """Evidence with some results replaced: what the score would be if these facts were others."""

    def __init__(self, evidence: Queried, **changed: Counted) -> None:
        """Take the evidence and the results that differ, by name of query."""
        self._evidence, self._changed = evidence, changed

    if not TYPE_CHECKING:  # each query is declared in `Queried`

        def __getattr__(self, name: str) -> Counted:
            """Return the replaced result, or that of the evidence."""
            if name in self._changed:
                return self._changed[name]
            return getattr(self._evidence, name)
