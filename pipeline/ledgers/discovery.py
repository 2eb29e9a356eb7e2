"""Finding the shards of a data folder: which files there are, whose they are, what is no ledger.

Nothing is opened that is not a regular file with an allowed name in its right home, and no link is
followed, neither to a file nor to a folder.
"""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from pipeline.findings import Finding, Rule, printable
from pipeline.ledgers.byte_rules import TOO_LARGE
from pipeline.ledgers.ceilings import MAX_FILE_BYTES
from pipeline.ledgers.roll import FORM
from pipeline.ledgers.schemas import CITY_ALSO, Schema, Schemas
from pipeline.ledgers.shard import Shard

NOT_REGULAR = Rule(
    "B01",
    "bytes",
    "error",
    "台账是普通文件，台账目录是普通目录，不是链接、管道或设备",
    "删掉它，把真正的文件放到这里；不要用快捷方式或链接",
    "格式约定",
    "链接会指到别处，看着在库里的数据其实不在",
)
UNKNOWN_FILE = Rule(
    "B02",
    "bytes",
    "error",
    "数据目录里只放台账文件",
    "删掉它，或改成台账的文件名（小写英文加 .csv，见字段字典）",
    "格式约定",
    "放错的文件没有规则管，可能夹着不该进库的材料",
)
WRONG_HOME = Rule(
    "B03",
    "bytes",
    "error",
    "台账放在它该在的目录",
    "单位自己说的放 units/单位编号/，市里的放 city/，市以上查出的放 city/checks/单位编号/，"
    "参照表放 reference/",
    "各记各的",
    "放在哪个目录决定由谁登记、由谁改；放错了，自己就能改别人查出的事",
)
UNKNOWN_UNIT = Rule(
    "B04",
    "bytes",
    "error",
    "单位目录用 reference/units.csv 里的单位编号",
    "改成表里的单位编号，全部小写；确是新的单位，先在 reference/units.csv 里加一行",
    "O-1",
    "认不出单位，这些记录就不归任何单位，统计和评分都漏掉",
)
UNREADABLE = Rule(
    "B05",
    "bytes",
    "error",
    "文件能打开",
    "检查文件的权限，重新保存一次",
    "先查后发",
    "打不开的文件没有核对过，不能当作没有问题",
)

MEDIA = frozenset(
    "jpg jpeg png gif bmp webp heic tif tiff mp4 mov avi 3gp mp3 "
    "amr wav pdf doc docx zip rar 7z".split()
)
"""Endings of what people take for evidence and put beside the ledgers."""

_FOLDERS = ("reference", "units", "city")


@dataclass(frozen=True, slots=True)
class _Place:
    """One folder of the data and the ledgers that may stand in it."""

    folder: Path
    home: str
    unit: str | None
    allowed: frozenset[str]
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Units:
    """The folder under which every unit has one, and which units there are."""

    root: Path
    home: str
    allowed: frozenset[str]
    roll: Collection[str] | None

    def has(self, name: str) -> bool:
        """Whether a folder is a unit's, or may be one as long as the roll is not known."""
        return bool(FORM.fullmatch(name)) if self.roll is None else name in self.roll


@dataclass(frozen=True, slots=True)
class Unread:
    """A ledger that stands in its place and cannot be read: what it holds is not known."""

    shard: Shard
    finding: Finding


def discover(
    data: Path, schemas: Schemas, roll: Collection[str] | None
) -> tuple[list[Shard], list[Unread], list[Finding]]:
    """Return every shard of a data folder in the order of its name, and what does not belong.

    `roll` are the ids of the units; where it is not known (None), a folder of a unit may have any
    name that an id can have. Never opens a file; never follows a link.
    """
    shards: list[Shard] = []
    unread: list[Unread] = []
    findings: list[Finding] = []
    root = data.resolve()
    for place in _places(data, schemas, roll, findings):
        below = f"{data.name or root.name}/{place.folder.relative_to(root).as_posix()}"
        for entry in _entries(place.folder):
            if entry.name in place.folders and _is_folder(entry):
                continue
            result = _shard(entry, place, schemas, below)
            if isinstance(result, Shard):
                shards.append(result)
            elif isinstance(result, Unread):
                unread.append(result)
            elif result is not None:
                findings.append(result)
    return sorted(shards, key=lambda s: s.name), unread, findings


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what lies in a real folder, by name; nothing if it is none."""
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode):
            return []
        with os.scandir(folder) as found:
            return sorted(found, key=lambda e: e.name)
    except FileNotFoundError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _places(
    data: Path, schemas: Schemas, roll: Collection[str] | None, findings: list[Finding]
) -> Iterator[_Place]:
    """Yield the folders that may hold shards; report stray files and folders on the way."""
    allowed, root = _allowed(schemas), data.resolve()
    for entry in _entries(root):
        if not (entry.name in _FOLDERS and _is_folder(entry)):
            findings += _stray(entry, data, {"README.md", "campaign.yml"})
    yield _Place(root / "reference", "R", None, allowed["reference"])
    units = _Units(root / "units", "U", allowed["units"], roll)
    yield from _unit_places(units, data, findings)
    yield _Place(root / "city", "C", None, allowed["city"], ("checks",))
    units = _Units(root / "city" / "checks", "C", allowed["checks"], roll)
    yield from _unit_places(units, data, findings)


def _allowed(schemas: Schemas) -> dict[str, frozenset[str]]:
    """Return the ledgers that may stand in each kind of folder."""
    return {
        "reference": _names(schemas.at_home("R")),
        "units": _names(schemas.at_home("U")),
        "city": frozenset(s.name for s in schemas.values() if s.home == "C") | CITY_ALSO,
        "checks": frozenset(schemas.outside),
    }


def _names(schemas: list[Schema]) -> frozenset[str]:
    return frozenset(s.name for s in schemas)


def home_of(path: PurePosixPath, schemas: Schemas) -> tuple[str, str | None] | None:
    """Return home and unit of the shard a path below the data folder names; None if it is none."""
    match path.parts:
        case ("reference", _):
            kind, home, unit = "reference", "R", None
        case ("units", unit, _):
            kind, home = "units", "U"
        case ("city", _):
            kind, home, unit = "city", "C", None
        case ("city", "checks", unit, _):
            kind, home = "checks", "C"
        case _:
            return None
    is_ledger = path.suffix == ".csv" and path.stem in _allowed(schemas)[kind]
    return (home, unit) if is_ledger else None


@lru_cache(maxsize=4096)
def unit_of_file(name: str) -> str:
    """Return the unit in whose folder a file stands, whatever lies above; blank if in none."""
    parts = PurePosixPath(name).parts
    for place in ("units", "checks"):
        if place in parts[:-2]:
            return parts[parts.index(place) + 1]
    return ""


def _unit_places(units: _Units, data: Path, findings: list[Finding]) -> Iterator[_Place]:
    """Yield the folder of each unit under a root; report folders that are no unit's."""
    for entry in _entries(units.root):
        if not _is_folder(entry):
            findings += _stray(entry, data, {"README.md"})
        elif units.has(entry.name):
            yield _Place(Path(entry.path), units.home, entry.name, units.allowed)
        else:
            near = difflib.get_close_matches(entry.name.lower(), units.roll or (), 1)
            hint = f"，是不是 {near[0]}？" if near else ""
            text = f"没有 {printable(entry.name)} 这个单位编号{hint}"
            findings.append(UNKNOWN_UNIT.at(text, file=_name(entry, data)))


def _stray(entry: os.DirEntry[str], data: Path, tolerated: set[str]) -> list[Finding]:
    """Report an entry where no ledger may lie, unless it is hidden or tolerated."""
    if entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
        text = f"{printable(entry.name)} 是{_kind(entry)}"
        return [NOT_REGULAR.at(text, file=_name(entry, data))]
    if entry.is_file() and (entry.name in tolerated or entry.name.startswith(".")):
        return []
    return [UNKNOWN_FILE.at(f"这里不该有 {printable(entry.name)}", file=_name(entry, data))]


def _kind(entry: os.DirEntry[str]) -> str:
    """Say what an entry is that is no regular file."""
    mode = entry.stat(follow_symlinks=False).st_mode
    kinds = {stat.S_IFLNK: "链接", stat.S_IFDIR: "目录", stat.S_IFIFO: "管道"}
    return kinds.get(stat.S_IFMT(mode), "设备或接口")


def _shard(
    entry: os.DirEntry[str], place: _Place, schemas: Schemas, below: str
) -> Shard | Unread | Finding | None:
    """Return the shard an entry is, or what is wrong with it, or None for a tolerated file.

    `below` is the folder of the entry as people write it.
    """
    name = printable(f"{below}/{entry.name}")
    ledger = entry.name.removesuffix(".csv")
    shard = Shard(Path(entry.path), name, ledger, place.home, place.unit)
    is_ledger = ledger in place.allowed and ledger != entry.name
    if entry.is_symlink() or not entry.is_file():
        said = f"{printable(entry.name)} 是{_kind(entry)}"
        finding = NOT_REGULAR.at(said, file=name, ledger=ledger if is_ledger else "")
        return Unread(shard, finding) if is_ledger else finding
    if entry.name == "README.md" or entry.name.startswith("."):
        return None
    if ledger not in schemas or ledger == entry.name:
        return UNKNOWN_FILE.at(_unknown(entry.name, place), file=name)
    if ledger not in place.allowed:
        title = schemas[ledger].title
        return WRONG_HOME.at(f"{title}（{entry.name}）不放在这个目录", file=name, ledger=ledger)
    size = entry.stat(follow_symlinks=False).st_size
    if size > MAX_FILE_BYTES:
        said = f"这个文件有 {size} 字节"
        return Unread(shard, TOO_LARGE.at(said, file=name, ledger=ledger))
    if not os.access(entry.path, os.R_OK):
        said = "没有读这个文件的权限"
        return Unread(shard, UNREADABLE.at(said, file=name, ledger=ledger))
    return shard


def _unknown(file_name: str, place: _Place) -> str:
    """Say that no ledger is called so, and which one was probably meant."""
    stem, _, ending = file_name.lower().partition(".")
    if ending.rpartition(".")[2] in MEDIA:
        how = "照片、材料不入库：自己留好，用 qingyuan evidence 算出摘要，填进那一行的佐证"
        return f"{printable(file_name)} 不是台账；{how}"
    near = difflib.get_close_matches(stem, sorted(place.allowed), 1)
    hint = f"，是不是 {near[0]}.csv？" if near else ""
    return f"没有叫 {printable(file_name)} 的台账{hint}"


def _name(entry: os.DirEntry[str], data: Path) -> str:
    """Write a path as people do: from the data folder on, with forward slashes."""
    root = data.resolve()
    path = f"{data.name or root.name}/{Path(entry.path).relative_to(root).as_posix()}"
    return printable(path)
