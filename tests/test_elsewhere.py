"""The check of one county says what a whole check says of it, and reads no more than it needs."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline import checks
from tests.shards_of import line_of

EXAMPLE = Path(__file__).parent / "example"


def planted(data: Path, column: str, value: str) -> Path:
    path = data / "units" / "nanzhao" / "issues.csv"
    header, first, *rest = csv.reader(path.read_text(encoding="utf-8").splitlines())
    first[header.index(column)] = value
    path.write_text("".join(line_of(row) for row in (header, first, *rest)), encoding="utf-8")
    return path.parent


@pytest.mark.parametrize(
    ("column", "value", "read"),
    [
        ("problem", "水压低，三楼上不去水", {"nanzhao"}),
        ("works_id", "nanzhao-w9999", {"nanzhao"}),
        ("works_id", "nowhere-w0001", {"nanzhao"}),
        ("works_id", "yahe-w0001", {"nanzhao", "yahe"}),
        ("works_id", "yahe-w9999", {"nanzhao", "yahe"}),
        ("works_id", "yah-w0001", {"nanzhao", "yahe"}),
        ("works_id", "xixia-w0001", {"nanzhao"}),
        ("recurs_of_id", "wolong-2022-0001", {"nanzhao", "wolong"}),
    ],
)
def test_a_county_is_answered_as_if_all_was_read(
    tmp_path: Path, column: str, value: str, read: set[str]
) -> None:
    data = Path(shutil.copytree(EXAMPLE, tmp_path / "data"))
    folder = planted(data, column, value)
    whole = checks.run(data, today=lambda: date(2022, 9, 16))
    part = checks.run(data, today=lambda: date(2022, 9, 16), paths=[folder])
    prefix = "data/units/nanzhao/"

    assert [f for f in part.findings if (f.file or "").startswith(prefix)] == [
        f for f in whole.findings if (f.file or "").startswith(prefix)
    ]
    assert {raw.shard.unit for raw in part.loaded.raw} - {None} == read
