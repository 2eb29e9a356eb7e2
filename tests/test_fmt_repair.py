"""`fmt --repair`: what is beyond doubt is mended and told old -> new; nothing else is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from story import EXAMPLE, qingyuan
from test_change_gate import rows_of, write

from pipeline.ledgers import load_schemas
from pipeline.ledgers.reader import read
from pipeline.ledgers.repairs import repaired
from pipeline.ledgers.shard import Shard

SCHEMAS = load_schemas()
ISSUES = "units/nanzhao/issues.csv"


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the story's ledgers."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    return tmp_path / "data"


def spoil(data: Path, **cells: str) -> bytes:
    """Write cells into the first issue as a spreadsheet or a pasted text would."""
    before = (data / ISSUES).read_bytes()
    rows = rows_of(data / ISSUES)
    rows[0] |= cells
    write(data / ISSUES, rows)
    return before


@pytest.mark.parametrize(
    ("column", "wrong", "meant"),
    [
        ("due_on", "2022/7/14", "2022-07-14"),
        ("due_on", "2022.7.4", "2022-07-04"),
        ("due_on", "2022年7月14日", "2022-07-14"),
        ("due_on", "２０２２／７／１４", "2022-07-14"),
        ("due_on", " 2022-07-14\u3000", "2022-07-14"),
        ("due_on", "2022-7-14 0:00:00", "2022-07-14"),
        ("problem", "水表井盖破损\u3000", "水表井盖破损"),
    ],
)
def test_a_cell_is_written_as_it_was_meant(data, column, wrong, meant):
    """Every repair says file, line, title, old and new."""
    spoil(data, **{column: wrong})
    done = qingyuan("fmt", "--repair", "--data", data)

    assert done.returncode == 0, done.stdout
    assert rows_of(data / ISSUES)[0][column] == meant
    assert f"“{wrong}” → “{meant}”" in done.stdout
    assert f"{data.name}/{ISSUES} 第2行" in done.stdout


@pytest.mark.parametrize("doubtful", ["44756", "7/14/2022", "2022/13/1", "2022-02-30", "8月9日前"])
def test_what_may_mean_two_things_is_left(data, doubtful):
    """A serial number, another order, a day that does not exist: somebody must say."""
    spoil(data, due_on=doubtful)
    before = (data / ISSUES).read_bytes()
    qingyuan("fmt", "--repair", "--data", data)

    assert (data / ISSUES).read_bytes() == before


def test_form_is_mended_and_said(data):
    """BOM, CRLF among LF, blank lines, trailing commas: told by rule, gone afterwards."""
    before = (data / ISSUES).read_bytes()
    lines = before.decode().splitlines()
    torn = "\ufeff" + "\r\n".join([f"{line},," for line in lines[:2]] + ["", *lines[2:]])
    (data / ISSUES).write_bytes(torn.encode())
    done = qingyuan("fmt", "--repair", "--data", data)

    assert (data / ISSUES).read_bytes() == before
    for rule in ("B14", "B19", "B23", "B27"):
        assert f"（{rule}）" in done.stdout


def test_without_the_word_nothing_is_repaired(data):
    """Plain `fmt` changes form, never content; `--check` writes nothing at all."""
    spoil(data, due_on="2022/7/14")
    spoilt = (data / ISSUES).read_bytes()

    assert qingyuan("fmt", "--data", data).returncode == 1
    assert qingyuan("fmt", "--repair", "--check", "--data", data).returncode == 1
    assert (data / ISSUES).read_bytes() == spoilt


def test_a_file_that_would_lose_rows_is_left_alone(data):
    """A ragged line cannot be read, so the file is not written again."""
    spoil(data, due_on="2022/7/14")
    with (data / ISSUES).open("a", encoding="utf-8") as file:
        file.write("NZ-9999,多一格,少一格\n")
    before = (data / ISSUES).read_bytes()
    done = qingyuan("fmt", "--repair", "--data", data)

    assert done.returncode == 1
    assert "跳过" in done.stdout
    assert (data / ISSUES).read_bytes() == before


def test_repairing_twice_is_repairing_once():
    """A repaired shard has nothing more to repair; private cells are never repeated."""
    schema = SCHEMAS["workdays"]
    content = "day_on,is_workday,name,is_verified\n2022/9/12, 否,中秋节 ,是\n".encode()
    raw = read(Shard(Path(), "x.csv", "workdays", "R"), schema, content)
    mended, repairs = repaired(raw, schema)

    assert [(one.old, one.new) for one in repairs] == [
        ("2022/9/12", "2022-09-12"), (" 否", "否"), ("中秋节 ", "中秋节"),
    ]  # fmt: skip
    assert repaired(mended, schema)[1] == []


def test_private_cells_are_not_repeated(data):
    """A repair of a column that is not public says that it was made, not what stands there."""
    private = next(
        (ledger, field.name)
        for ledger in ("issues", "responsibilities", "phones", "works")
        for field in SCHEMAS[ledger].fields
        if field.visibility in "IM" and field.type == "string"
        and (data / f"units/nanzhao/{ledger}.csv").is_file()
    )  # fmt: skip
    path = data / f"units/nanzhao/{private[0]}.csv"
    rows = rows_of(path)
    rows[0][private[1]] = "　不能说的话"
    write(path, rows)
    done = qingyuan("fmt", "--repair", "--data", data)

    assert "不公开" in done.stdout
    assert "不能说的话" not in done.stdout
