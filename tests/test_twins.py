"""Issues that may be registered twice: the quick way finds what comparing all with all finds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pipeline import rectification
from pipeline.rectification import wordings
from pipeline.rectification.twins import MOST
from pipeline.rectification.wordings import ALIKE, Wordings, alike
from pipeline.terms import VOID

DAY = date(2022, 8, 1)


@dataclass(frozen=True)
class Issue:
    """As much of an issue as makes it a twin."""

    issue_id: str
    works_id: str | None
    village_code: str | None
    problem: str
    recurs_of_id: str | None = None
    found_on: date = DAY
    unit_id: str = "jiaxian"
    category: str = "设备"


@dataclass(frozen=True)
class Stands:
    """Whether it is void, and when it was struck off."""

    state: str = "整改中"
    struck_on: date | None = None


def all_with_all(issues, states):
    """Return every pair that may be one, the slow way: what is meant by twins."""
    pairs = set()
    for one, two in combinations(sorted(issues, key=lambda i: i.issue_id), 2):
        places = {one.works_id, one.village_code} & {two.works_id, two.village_code} - {None}
        earlier, later = sorted((one, two), key=lambda i: i.found_on)
        struck = states[earlier.issue_id].struck_on
        if (
            places
            and VOID not in (states[one.issue_id].state, states[two.issue_id].state)
            and not (one.works_id and two.works_id and one.works_id != two.works_id)
            and two.issue_id != one.recurs_of_id
            and one.issue_id != two.recurs_of_id
            and not (struck is not None and struck <= later.found_on)
            and alike(one.problem, two.problem) >= ALIKE
        ):
            pairs.add((one.issue_id, two.issue_id))
    earlier_of, found = defaultdict(list), defaultdict(set)
    for first, second in sorted(pairs):
        earlier_of[second].append(first)
    for second, firsts in earlier_of.items():
        for first in firsts[:MOST]:
            found[first].add(second)
            found[second].add(first)
    return {issue: tuple(sorted(others)) for issue, others in found.items()}


TEXTS = st.text(alphabet="水泵阀漏。", max_size=7)
PLACES = st.sampled_from([("w1", "v1"), ("w2", "v1"), (None, "v1"), ("w1", None), ("w3", "v2")])
ROWS = st.lists(
    st.tuples(PLACES, TEXTS, st.integers(0, 3), st.sampled_from([None, None, None, 1, 2]),
              st.booleans(), st.sampled_from([None, None, "i00", "i01"])),
    max_size=26,
)  # fmt: skip


@given(ROWS)
def test_the_quick_way_finds_the_same_twins(rows):
    """Any places, wordings, days, void ones and ones that came back."""
    issues, states = [], {}
    for number, ((works, village), text, found, struck, is_void, recurs) in enumerate(rows):
        key = f"i{number:02d}"
        issues.append(Issue(key, works, village, text, recurs, DAY + timedelta(found)))
        struck_on = None if struck is None else DAY + timedelta(struck)
        states[key] = Stands(VOID if is_void and number % 5 == 0 else "整改中", struck_on)

    assert rectification.twins({"issues": issues}, states) == all_with_all(issues, states)


@given(st.lists(TEXTS, max_size=30), TEXTS, st.sampled_from([ALIKE, 0.6, 0.75, 1.0]))
def test_wordings_like_one_are_all_found_in_order(texts, text, share):
    """What is not looked at is not alike."""
    there = Wordings[int]()
    for number, other in enumerate(texts):
        there.add(other, number)

    by_all = [(alike(other, text), n) for n, other in enumerate(texts)]
    assert list(there.like(text, share)) == [found for found in by_all if found[0] >= share]


def test_comparisons_keep_in_step_with_the_rows(monkeypatch):
    """Near-linear, counted: however many are alike, each is held against a few and no more."""
    held = []
    monkeypatch.setattr(wordings, "alike", lambda *pair: held.append(pair) or alike(*pair))

    def compared(count: int) -> int:
        held.clear()
        issues = [Issue(f"i{n:05d}", "w1", "v1", f"第{n}号阀门漏水") for n in range(count)]
        rectification.twins({"issues": issues}, {i.issue_id: Stands() for i in issues})
        return len(held)

    assert 0 < compared(1000) <= 1000 * 2 * MOST
    assert compared(4000) <= 4000 * 2 * MOST
