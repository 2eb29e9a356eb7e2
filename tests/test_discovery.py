"""Finding shards: every file in its home is found, everything else is named, nothing is opened."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pipeline.findings import Finding
from pipeline.ledgers import ceilings, load
from pipeline.ledgers.discovery import CITY_ALSO, discover
from pipeline.ledgers.shard import Shard
from tests.shards_of import SCHEMAS, UNITS


def put(data: Path, name: str, content: str = "x\n") -> Path:
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def found(data: Path) -> tuple[list[Shard], list[Finding]]:
    shards, unread, findings = discover(data, SCHEMAS, UNITS)
    return shards, [*findings, *(one.finding for one in unread)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def test_every_ledger_is_found_in_each_of_its_homes(data: Path) -> None:
    expected = {}
    for schema in SCHEMAS.values():
        names = {
            "R": [f"reference/{schema.name}.csv"],
            "U": [f"units/{unit}/{schema.name}.csv" for unit in UNITS],
            "C": [f"city/{schema.name}.csv"],
            "UC": [f"units/{unit}/{schema.name}.csv" for unit in UNITS],
        }[schema.home]
        if schema.name in CITY_ALSO:
            names.append(f"city/{schema.name}.csv")
        elif schema.home == "UC":
            names += [f"city/checks/{unit}/{schema.name}.csv" for unit in UNITS]
        for name in names:
            put(data, name)
            expected[f"data/{name}"] = schema.name
    shards, findings = found(data)

    assert findings == []
    assert {s.name: s.ledger for s in shards} == expected
    assert [s.name for s in shards] == sorted(expected)


def test_a_shard_knows_its_home_and_unit(data: Path) -> None:
    put(data, "units/nanzhao/works.csv")
    put(data, "city/checks/xixia/inspections.csv")
    put(data, "city/documents.csv")
    shards, _ = found(data)

    assert {(s.ledger, s.home, s.unit) for s in shards} == {
        ("works", "U", "nanzhao"),
        ("inspections", "C", "xixia"),
        ("documents", "C", None),
    }


def test_an_empty_data_folder_and_tolerated_files_are_fine(data: Path) -> None:
    tolerated = ["README.md", "campaign.yml", ".gitkeep", "units/README.md", "city/.gitkeep"]
    for name in (*tolerated, "units/nanzhao/README.md", "units/nanzhao/.DS_Store"):
        put(data, name)

    assert found(data) == ([], [])


@pytest.mark.parametrize(
    ("name", "rule", "hint"),
    [
        ("units/nanzhao/issue.csv", "B02", "issues.csv"),
        ("units/nanzhao/Issues.csv", "B02", "issues.csv"),
        ("units/nanzhao/issues.CSV", "B02", "issues.csv"),
        ("units/nanzhao/issues.csv.bak", "B02", "issues.csv"),
        ("units/nanzhao/issues(1).csv", "B02", "issues.csv"),
        ("units/nanzhao/issues - 副本.csv", "B02", "issues.csv"),
        ("units/nanzhao/~$issues.xlsx", "B02", "issues.csv"),
        ("units/nanzhao/issues.xlsx", "B02", "issues.csv"),
        ("units/nanzhao/整改台账.csv", "B02", "整改台账.csv"),
        ("units/nanzhao/photo.jpg", "B02", "photo.jpg"),
        ("units/nanzhao/campaign.yml", "B02", "campaign.yml"),
        ("units/nanzhao/supervision.csv", "B03", "督导分工"),
        ("units/nanzhao/units.csv", "B03", "单位"),
        ("city/works.csv", "B03", "供水工程"),
        ("city/inspections.csv", "B03", "检查"),
        ("city/checks/nanzhao/works.csv", "B03", "供水工程"),
        ("city/checks/nanzhao/documents.csv", "B03", "制度文件"),
        ("reference/works.csv", "B03", "供水工程"),
        ("units/nanzao/works.csv", "B04", "nanzhao"),
        ("units/Nanzhao/works.csv", "B04", "nanzhao"),
        ("units/南召/works.csv", "B04", "南召"),
        ("city/checks/xixa/inspections.csv", "B04", "xixia"),
        ("units/works.csv", "B02", "works.csv"),
        ("works.csv", "B02", "works.csv"),
        ("backup/works.csv", "B02", "backup"),
        ("city/checks/inspections.csv", "B02", "inspections.csv"),
        ("units/nanzhao/works.csv/works.csv", "B01", "目录"),
        ("units/nanzhao/2022/works.csv", "B01", "目录"),
        ("city/checks/nanzhao/checks/inspections.csv", "B01", "目录"),
    ],
)
def test_what_does_not_belong_is_named(data: Path, name: str, rule: str, hint: str) -> None:
    put(data, name)
    shards, findings = found(data)

    assert shards == []
    assert [f.rule for f in findings] == [rule]
    assert hint in findings[0].message
    assert findings[0].file
    assert findings[0].file.startswith("data/")


def make_link(path: Path) -> None:
    secret = path.parents[2] / "secret.csv"
    secret.write_text("secret")
    path.symlink_to(secret)


def make_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket may be short only
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.parametrize(
    "make",
    [make_link, os.mkfifo, make_socket, Path.mkdir, lambda p: p.symlink_to("nowhere")],
    ids=["链接", "管道", "套接字", "目录", "断了的链接"],
)
def test_only_regular_files_are_taken(data: Path, make) -> None:  # type: ignore[no-untyped-def]
    path = data / "reference" / "units.csv"
    path.parent.mkdir()
    make(path)
    shards, findings = found(data)

    assert shards == []
    assert [(f.rule, f.file) for f in findings] == [("B01", "data/reference/units.csv")]


@pytest.mark.parametrize("home", ["reference", "units", "city", "units/nanzhao", "city/checks"])
def test_no_folder_is_entered_through_a_link(data: Path, home: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    for name in ("units.csv", "works.csv", "nanzhao/works.csv", "nanzhao/inspections.csv"):
        put(outside, name)
    (data / home).parent.mkdir(exist_ok=True)
    (data / home).symlink_to(outside)
    shards, findings = found(data)

    assert shards == []
    assert [(f.rule, f.file) for f in findings] == [("B01", f"data/{home}")]


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_file_beyond_the_limit_is_not_even_opened(data: Path, over: int) -> None:
    path = put(data, "reference/units.csv")
    os.truncate(path, ceilings.MAX_FILE_BYTES + over)
    shards, findings = found(data)

    assert [f.rule for f in findings] == (["B10"] if over > 0 else [])
    assert len(shards) == (over <= 0)


def test_a_file_that_may_not_be_read_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(data, "reference/units.csv")
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert [f.rule for f in found(data)[1]] == ["B05"]


def test_names_run_from_the_folder_as_it_was_called(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(data, "reference/units.csv")
    monkeypatch.chdir(data.parent)

    assert [s.name for s in found(Path("data"))[0]] == ["data/reference/units.csv"]
    monkeypatch.chdir(data)
    assert [s.name for s in found(Path("."))[0]] == ["data/reference/units.csv"]


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"\xff",
        b"a: [",
        b"[" * 50_000,
        b"- " * 50_000,
        b"a: " + b"9" * 9_000,
        b"- 1\n",
        b"a: 1\na: 2",
    ],
    ids=["管道", "空", "坏字节", "没写完", "套了五万层", "套了五万条", "大数", "清单", "写了两次"],
)
def test_a_campaign_that_cannot_be_read_is_named(data: Path, content: bytes | None) -> None:
    if content is None:
        os.mkfifo(data / "campaign.yml")
    else:
        (data / "campaign.yml").write_bytes(content)
    loaded = load(data, SCHEMAS)

    assert loaded.snapshot is None
    assert "B90" in {f.rule for f in loaded.findings}
    assert {f.file for f in loaded.findings} == {"data/campaign.yml"}
