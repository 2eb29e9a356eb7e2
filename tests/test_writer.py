"""The one writer of ledgers: the same rows give the same bytes, whole or not at all."""

from __future__ import annotations

import errno
import os
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledgers import load_schemas
from pipeline.ledgers.reader import read
from pipeline.ledgers.rows import typed
from pipeline.ledgers.shard import Shard
from pipeline.ledgers.writer import canonical, shard_bytes, write_shard

SCHEMAS = load_schemas()
DAY = {"day_on": date(2022, 9, 12), "is_workday": False, "name": "中秋节", "is_verified": True}


def supervisor(group, name="甲"):
    return {
        "group_no": group, "role": "组长", "sort_no": 1, "name": name,
        "valid_from": date(2022, 7, 14), "is_verified": True,
    }  # fmt: skip


def test_values_are_written_as_a_clerk_reads_them():
    """Dates are ISO, yes and no are Chinese, nothing is blank, lists are joined by a bar."""
    row = {"reading_id": "G4", "option": "a", "clause_ids": ("三.1", "三.2"), "question": "问",
           "option_text": "答", "is_chosen": True, "parameter": Decimal("0.50")}  # fmt: skip

    lines = shard_bytes(SCHEMAS["readings"], [row]).decode().splitlines()

    assert lines[1] == "G4,a,三.1|三.2,问,答,是,0.50,,"
    assert shard_bytes(SCHEMAS["workdays"], [DAY]).endswith("2022-09-12,否,中秋节,是\n".encode())


def test_whole_numbers_are_ordered_as_numbers():
    """Group 2 comes before group 10."""
    rows = [supervisor(10), supervisor(2), supervisor(1)]

    lines = shard_bytes(SCHEMAS["supervision"], rows).decode().splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == ["1", "2", "10"]


@given(st.permutations([supervisor(n) for n in range(1, 14)]))
def test_the_order_of_rows_never_matters(rows):
    """A file is the same whichever way its rows came."""
    ordered = [supervisor(n) for n in range(1, 14)]

    assert shard_bytes(SCHEMAS["supervision"], rows) == shard_bytes(SCHEMAS["supervision"], ordered)


@given(st.text(st.sampled_from('甲,"|；,-1 '), min_size=1, max_size=12).filter(str.strip))
def test_what_is_written_is_read_back(name):
    """Commas and quotes in a cell survive writing and reading."""
    schema = SCHEMAS["supervision"]
    content = shard_bytes(schema, [supervisor(1, name)])

    raw = read(Shard(None, "x.csv", "supervision", "C"), schema, content)

    assert [row.name for row in typed(raw, schema)] == [name]
    assert canonical(raw, SCHEMAS) == content


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    """A fault in the middle leaves neither half a file nor a leftover."""
    path = tmp_path / "new" / "workdays.csv"
    write_shard(path, SCHEMAS["workdays"], [DAY])
    before = path.read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "disk full")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        write_shard(path, SCHEMAS["workdays"], [])

    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["workdays.csv"]
