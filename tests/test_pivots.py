"""Counts added up by row and column: by pandas once, from the store ever after."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pivots import Count, Pivots
from pipeline.store import Store

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
counts = st.lists(st.tuples(names, names, st.integers(-5, 5)), max_size=20)


@given(counts)
def test_sums_are_those_of_plain_counting(told: list[Count]) -> None:
    """Whatever the names are, blank and odd ones too; every row has every column, zeros none."""
    plain: Counter[tuple[str, str]] = Counter()
    for row, column, n in told:
        plain[row, column] += n
    counted = [(row, column) for row, column, n in told if n]
    columns = {column for _, column in counted}

    found = Pivots().of(told)

    assert found == {row: {column: plain[row, column] for column in columns} for row, _ in counted}


def test_what_was_added_up_before_loads_no_pandas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same counts give the same sums; others are added up."""
    told = [("方城", "found", 2), ("方城", "found", 1), ("桐柏", "overdue", 1)]
    first = Pivots(Store(tmp_path)).of(told)
    monkeypatch.setitem(sys.modules, "pandas", None)  # to import it is an error

    assert Pivots(Store(tmp_path)).of(iter(told)) == first
    with pytest.raises(ImportError):
        Pivots(Store(tmp_path)).of([*told, ("方城", "found", 1)])
