"""Issues that may be one and the same, registered twice (O-22): found, never merged.

Several channels look at the same pump. Two issues are offered for merging where they are of one
unit and one category, at the same works (the same village, where one of the two names no works),
are worded alike, and were open on a common day: what was found again after 销号 has come back and
is no twin. A person decides, and voids one with the other's number as the reason (`duplicates`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pipeline.ledgers import Snapshot
from pipeline.rectification.standing import State
from pipeline.rectification.wordings import Wordings
from pipeline.rowtypes import IssueRow
from pipeline.terms import VOID

MOST = 10
"""Earlier twins that are named of one issue: of a thousand alike a person needs no more."""


def twins(snapshot: Snapshot, states: Mapping[str, State]) -> dict[str, tuple[str, ...]]:
    """Return issue -> the issues that may be the same, both ways, in the order of their ids.

    Void issues are left out, and pairs of which one is said to be the return of the other. An
    issue names its first `MOST` earlier twins, so that the whole stays in step with the rows.
    """
    near: dict[tuple[str, str, str], list[IssueRow]] = defaultdict(list)
    for row in snapshot["issues"]:
        if row.issue_id in states and states[row.issue_id].state != VOID:
            for place in {row.works_id, row.village_code} - {None}:
                near[row.unit_id, row.category, str(place)].append(row)
    earlier: dict[str, set[str]] = defaultdict(set)
    for rows in near.values():
        if len(rows) > 1:
            for one, others in _of_place(rows, states):
                earlier[one] |= others
    found: dict[str, set[str]] = defaultdict(set)
    for second, others in earlier.items():
        for first in sorted(others)[:MOST]:
            found[first].add(second)
            found[second].add(first)
    return {issue: tuple(sorted(others)) for issue, others in sorted(found.items())}


def _of_place(
    rows: Sequence[IssueRow], states: Mapping[str, State]
) -> Iterator[tuple[str, set[str]]]:
    """Yield each issue of a place and a category with its first earlier twins.

    Two rows of different works of one village are never the same, so rows are kept by works.
    """
    by_works: dict[str | None, Wordings[IssueRow]] = defaultdict(Wordings)
    for row in sorted(rows, key=lambda row: row.issue_id):
        works = [row.works_id, None] if row.works_id else list(by_works)
        found: set[str] = set()
        for one in dict.fromkeys(works):
            if one in by_works:
                like = by_works[one].like(row.problem)
                same = (other for _, other in like if _is_same(other, row, states))
                found |= {other.issue_id for other in islice(same, MOST)}
        if found:
            yield row.issue_id, found
        by_works[row.works_id].add(row.problem, row)


def _is_same(one: IssueRow, two: IssueRow, states: Mapping[str, State]) -> bool:
    if None not in (one.works_id, two.works_id) and one.works_id != two.works_id:
        return False
    if one.recurs_of_id == two.issue_id or two.recurs_of_id == one.issue_id:
        return False
    earlier, later = sorted((one, two), key=lambda row: row.found_on)
    struck_on = states[earlier.issue_id].struck_on
    return struck_on is None or struck_on > later.found_on
