"""What a change does to files: which may be touched together, and of what kind they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from pipeline.changes.sides import Change
from pipeline.checks import change_rules as rules
from pipeline.findings import Finding
from pipeline.repository import NOTHING, PLAIN, PROGRAM

_LINK, _MODULE = "120000", "160000"
_KINDS = {_LINK: "链接", _MODULE: "子模块", PROGRAM: "可执行文件"}
KEEPING = (".gitkeep",)
"""Files of git's manner that change nothing."""
LISTED = 5
"""Files that are named; more are counted."""


def kinds(change: Change) -> Iterator[Finding]:
    """Nothing but ordinary files lies among the data, and none of the ledgers goes."""
    for file in change.data_files:
        if file.mode_after not in (PLAIN, NOTHING):
            kind = _KINDS.get(file.mode_after, "特殊文件")
            yield rules.MODE.at(f"{file.path} 成了{kind}", file=file.path)
        name = PurePosixPath(file.path).name
        if name.startswith(".git") and name not in KEEPING and not file.is_gone:
            yield rules.MODE.at(f"{file.path} 会改变 git 怎么读这里的台账", file=file.path)
        if file.is_gone and file.path.endswith(".csv"):
            yield rules.FILE_MISSING.at(f"少了 {file.path}", file=file.path)


def together(change: Change, unit: str | None) -> Iterator[Finding]:
    """Rules are not changed together with what they judge, nor one unit's ledgers with another's.

    `unit` is whose change it is, where that is known.
    """
    rows = [f.path for f in change.data_files if _is_record(change, f.path)]
    others = [f.path for f in change.files if not _is_record(change, f.path)]
    if rows and others:
        said = f"改了台账，也改了{_listed(others)}"
        yield rules.RULES_WITH_DATA.at(said, file=others[0])
    foreign = [name for name in change.units if unit and name != unit]
    if foreign:
        yield rules.FOREIGN_UNIT.at(f"这是 {unit} 的改动，却改了 {'、'.join(foreign)} 的台账")
    if unit and change.visited:
        said = f"这是 {unit} 的改动，却改了上级检查 {'、'.join(change.visited)} 的记录"
        yield rules.FOREIGN_UNIT.at(said)
    if unit is None and len(change.units) > 1:
        yield rules.OTHER_UNIT.at(f"一次改了 {len(change.units)} 个单位：{'、'.join(change.units)}")


def _is_record(change: Change, path: str) -> bool:
    """Whether a file holds records: those of units and of the city, and their folders' notes."""
    return change.below(path)[:1] in (("units",), ("city",))


def _listed(paths: list[str]) -> str:
    named = "、".join(paths[:LISTED])
    return named if len(paths) <= LISTED else f"{named} 等 {len(paths)} 个文件"
