"""Which findings are asked for: those of chosen files, or of the units whose folders they lie in.

A finding without a file says what somebody lacks; it belongs to the unit it is about, so that the
check of one county never answers about others, whatever had to be read for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.findings import Finding
from pipeline.ledgers import Snapshot
from pipeline.personal import mask
from pipeline.trouble import UsageTrouble


def below(data: Path, paths: Sequence[Path]) -> list[str]:
    """Return the paths as people write shards: from the data folder on; links are not followed.

    Raises:
        UsageTrouble: the data folder or one of the paths does not exist.
    """
    if not data.is_dir():
        raise UsageTrouble(f"没有 {data} 这个目录；用 --data 写台账所在的目录")
    root = Path(os.path.abspath(data))
    found = []
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageTrouble(f"没有 {path} 这个文件或目录")
        there = Path(os.path.abspath(path))
        if not there.is_relative_to(root):
            raise UsageTrouble(f"{path} 不在 {data} 里；用 --data 写台账所在的目录")
        below = there.relative_to(root).as_posix()
        found.append(data.name if below == "." else f"{data.name}/{below}")
    return found


def lies(name: str, chosen: Sequence[str]) -> bool:
    """Whether a file is one of the chosen, or below one of them; nothing chosen means all."""
    return not chosen or any(name == c or name.startswith(f"{c}/") for c in chosen)


def units_of(chosen: Sequence[str]) -> frozenset[str] | None:
    """Return the units whose folders the chosen paths lie in; None if any lies elsewhere."""
    found = set()
    for name in chosen:
        match name.split("/")[1:]:
            case ["units", unit, *_] | ["city", "checks", unit, *_]:
                found.add(unit)
            case _:
                return None
    return frozenset(found) or None


def about(
    chosen: Sequence[str], data: Path, snapshot: Snapshot | None
) -> Callable[[Finding], bool]:
    """Return whether a finding is about what was chosen."""
    units, files = units_of(chosen), [mask(name) for name in chosen]  # as findings name them
    is_all = not chosen or data.name in chosen

    def is_asked(finding: Finding) -> bool:
        if finding.file is not None:
            return lies(finding.file, files)
        if is_all or finding.subject is None:  # of the whole, or our own fault
            return True
        return units is not None and owner_of(finding, snapshot) in units

    return is_asked


def owner_of(finding: Finding, snapshot: Snapshot | None) -> str | None:
    """Return the unit a finding is about: that of its folder, else that of its subject."""
    if finding.file is not None and (units := units_of([finding.file])):
        return next(iter(units))
    ledger, _, row_id = (finding.subject or "").partition("/")
    if ledger == "units":
        return row_id
    row = snapshot.index(ledger).get(row_id) if snapshot else None
    return None if row is None else row.owner
