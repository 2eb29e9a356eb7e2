"""Finding the shards of a data folder: which files there are, whose they are, what is no ledger.

Nothing is opened that is not a regular file with an allowed name in its right home.
"""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.findings import Finding, declare
from pipeline.ledgers.limits import MAX_FILE_BYTES
from pipeline.ledgers.schemas import Schemas
from pipeline.ledgers.shard import Shard
from pipeline.terms import UNITS

NOT_REGULAR = declare(
    "B01", "bytes", "error", "台账是普通文件，不是链接、目录或设备",
    "把真正的文件放到这里，不要用快捷方式或链接",
)  # fmt: skip
UNKNOWN_FILE = declare(
    "B02", "bytes", "error", "数据目录里只放台账文件",
    "删掉它，或改成台账的文件名；台账名见 schemas/ 和字段字典",
)  # fmt: skip
WRONG_HOME = declare(
    "B03", "bytes", "error", "台账放在它该在的目录",
    "单位自己的放 units/单位编号/，市里的放 city/，市以上查出的放 city/checks/单位编号/",
)  # fmt: skip
UNKNOWN_UNIT = declare(
    "B04", "bytes", "error", "单位目录用17个单位编号之一",
    "改成单位编号（见 data/reference/units.csv），全部小写",
)  # fmt: skip
TOO_LARGE = declare(
    "B05", "bytes", "error", f"一个台账文件不超过{MAX_FILE_BYTES // 1_000_000}MB",
    "检查是不是粘进了图片或整张工作簿；确实有这么多行请联系市里",
)  # fmt: skip
UNREADABLE = declare("B06", "bytes", "error", "文件能打开", "检查文件的权限，重新保存一次")

TOLERATED = {"README.md", "campaign.yml"}
"""Files that may lie in a data folder beside the ledgers."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One folder of the data and the ledgers that may stand in it."""

    folder: Path
    home: str
    unit: str | None
    allowed: frozenset[str]


def discover(data: Path, schemas: Schemas) -> tuple[list[Shard], list[Finding]]:
    """Return every shard of a data folder in the order of its name, and what does not belong.

    Never opens a file; never follows a link.
    """
    shards: list[Shard] = []
    findings: list[Finding] = []
    places = list(_places(data, schemas, findings))
    for place in places:
        for entry in _entries(place.folder):
            result = _shard(Path(entry.path), place, schemas, data)
            if isinstance(result, Shard):
                shards.append(result)
            elif result is not None:
                findings.append(result)
    return sorted(shards, key=lambda s: s.name), findings


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        return sorted(found, key=lambda e: e.name)


def _places(data: Path, schemas: Schemas, findings: list[Finding]) -> Iterator[_Place]:
    """Yield the folders that may hold shards; report stray files and folders on the way."""
    reference = frozenset(s.name for s in schemas.at_home("R"))
    own = frozenset(s.name for s in schemas.at_home("U"))
    city = frozenset(s.name for s in schemas.values() if s.home == "C") | CITY_ALSO
    checks = frozenset(s.name for s in schemas.values() if s.home == "UC") - CITY_ALSO
    known = {"reference", "units", "city"}
    findings += [
        f for e in _entries(data) if e.name not in known and (f := _stray(e, data)) is not None
    ]
    yield _Place(data / "reference", "R", None, reference)
    yield from _unit_places(data / "units", "U", own, data, findings)
    yield _Place(data / "city", "C", None, city)
    yield from _unit_places(data / "city" / "checks", "C", checks, data, findings)


CITY_ALSO = frozenset({"documents", "judgements"})
"""Ledgers of both homes whose city part is one file in city/, because rows may name no unit."""


def _unit_places(
    root: Path, home: str, allowed: frozenset[str], data: Path, findings: list[Finding]
) -> Iterator[_Place]:
    for entry in _entries(root):
        if not entry.is_dir(follow_symlinks=False):
            if (stray := _stray(entry, data)) is not None:
                findings.append(stray)
        elif entry.name not in UNITS:
            near = difflib.get_close_matches(entry.name.lower(), UNITS, 1)
            hint = f"，是不是 {near[0]}？" if near else ""
            findings.append(
                UNKNOWN_UNIT.at(
                    f"没有 {entry.name} 这个单位编号{hint}", file=_name(Path(entry.path), data)
                )
            )
        else:
            yield _Place(Path(entry.path), home, entry.name, allowed)


def _stray(entry: os.DirEntry[str], data: Path) -> Finding | None:
    """Report an entry that is no home of ledgers, unless it is tolerated."""
    regular = entry.is_file(follow_symlinks=False)
    if regular and (entry.name in TOLERATED or entry.name.startswith(".")):
        return None
    return UNKNOWN_FILE.at(f"这里不该有 {entry.name}", file=_name(Path(entry.path), data))


def _shard(path: Path, place: _Place, schemas: Schemas, data: Path) -> Shard | Finding | None:
    name, mode = _name(path, data), path.lstat().st_mode
    if stat.S_ISDIR(mode) and place.home == "C" and path.name == "checks":
        return None
    if not stat.S_ISREG(mode):
        return NOT_REGULAR.at(f"{path.name} 不是普通文件", file=name)
    if path.name in TOLERATED or path.name.startswith("."):
        return None
    ledger = path.name.removesuffix(".csv")
    if ledger not in schemas or ledger == path.name:
        near = difflib.get_close_matches(ledger.lower(), list(schemas), 1)
        hint = f"，是不是 {near[0]}.csv？" if near else ""
        return UNKNOWN_FILE.at(f"没有叫 {path.name} 的台账{hint}", file=name)
    if ledger not in place.allowed:
        return WRONG_HOME.at(f"{schemas[ledger].title}（{path.name}）不该放在这里", file=name)
    if path.lstat().st_size > MAX_FILE_BYTES:
        return TOO_LARGE.at(file=name, ledger=ledger, value=str(path.lstat().st_size))
    if not os.access(path, os.R_OK):
        return UNREADABLE.at(file=name, ledger=ledger)
    return Shard(path, name, ledger, place.home, place.unit)


def _name(path: Path, data: Path) -> str:
    """Write a path as people do: from the data folder on, with forward slashes."""
    return f"{data.name}/{path.relative_to(data).as_posix()}"
