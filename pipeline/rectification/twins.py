"""Issues that may be one and the same, registered twice (O-22): found, never merged.

Several channels look at the same pump. Two issues are offered for merging where they are of one
unit and one category, at the same works (the same village, where one of the two names no works),
are worded alike, and were open on a common day: what was found again after 销号 has come back and
is no twin. A person decides, and voids one with the other's number as the reason (`duplicates`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations

from pipeline.ledgers import Snapshot
from pipeline.rectification.standing import State
from pipeline.rowtypes import IssueRow
from pipeline.terms import VOID

ALIKE = 0.5
"""Share of common pairs of characters (Dice) from which on two wordings are alike.

Names of the place are no part of the column, so short sentences can be compared as they are.
"""


def twins(snapshot: Snapshot, states: Mapping[str, State]) -> dict[str, tuple[str, ...]]:
    """Return issue -> the issues that may be the same, both ways, in the order of their ids.

    Void issues are left out, and pairs of which one is said to be the return of the other.
    """
    near: dict[tuple[str, str, str], list[IssueRow]] = defaultdict(list)
    for row in snapshot["issues"]:
        if row.issue_id in states and states[row.issue_id].state != VOID:
            for place in {row.works_id, row.village_code} - {None}:
                near[row.unit_id, row.category, str(place)].append(row)
    pairs = {
        (one.issue_id, two.issue_id)
        for rows in near.values()
        for one, two in combinations(sorted(rows, key=lambda row: row.issue_id), 2)
        if _is_same(one, two, states)
    }
    found: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
        found[second].add(first)
    return {issue: tuple(sorted(others)) for issue, others in sorted(found.items())}


def _is_same(one: IssueRow, two: IssueRow, states: Mapping[str, State]) -> bool:
    if None not in (one.works_id, two.works_id) and one.works_id != two.works_id:
        return False
    if one.recurs_of_id == two.issue_id or two.recurs_of_id == one.issue_id:
        return False
    earlier, later = sorted((one, two), key=lambda row: row.found_on)
    struck_on = states[earlier.issue_id].struck_on
    if struck_on is not None and struck_on <= later.found_on:
        return False
    return alike(one.problem, two.problem) >= ALIKE


def alike(one: str, two: str) -> float:
    """Return how alike two wordings are, from 0 to 1: twice the common pairs over all pairs.

    Marks and blanks do not count; of texts too short for a pair only equal ones are alike.
    """
    (first, pairs), (second, others) = _pairs(one), _pairs(two)
    if first == second:
        return 1.0
    total = len(pairs) + len(others)
    return 2 * len(pairs & others) / total if total else 0.0


@lru_cache(maxsize=16_384)
def _pairs(text: str) -> tuple[str, frozenset[str]]:
    """Return a text without marks and blanks, and its pairs of characters.

    Each wording is held against many others.
    """
    bare = "".join(c for c in text if c.isalnum())
    return bare, frozenset(bare[n : n + 2] for n in range(len(bare) - 1))
