"""Findings set beside the lines of a pull request, as a forge's runner reads them.

A forge shows ten of a kind for each step and drops the rest unseen, so those at lines that the
change touches come first, and what finds no room is counted. No value can begin a command.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pipeline.findings import GATES, Finding
from pipeline.ledgers.ceilings import MAX_ANNOTATIONS
from pipeline.repository import Repository
from pipeline.trouble import EnvironmentTrouble
from pipeline.verbs import told


def lines(
    findings: Iterable[Finding], data: Path, touched: Collection[tuple[str, int]]
) -> Iterator[str]:
    """Yield workflow commands; `touched` are the files and lines that a change touches.

    Paths are those from the root of the repository, wherever the data folder lies in it.
    """
    above = _above(data)
    placed = [one if one.gate == "changes" else _placed(one, above) for one in findings]
    placed.sort(key=lambda one: _line(one) not in touched)  # stable otherwise
    found = told.kinds(placed)
    # what stands for many comes first among those that are as near to the change
    found.sort(key=lambda kind: (_line(kind.first) not in touched, -kind.count))
    left = []
    for is_error, command in ((True, "error"), (False, "warning")):
        kinds = [kind for kind in found if kind.is_error == is_error]
        yield from (_command(command, kind) for kind in kinds[:MAX_ANNOTATIONS])
        left += kinds[MAX_ANNOTATIONS:]
    if left:
        yield f"::notice title=没有列完::{_data(told.left_out(left))}"


def _line(finding: Finding) -> tuple[str, int]:
    return finding.file or "", finding.line or 0


def _above(data: Path) -> PurePosixPath:
    """Return the folder of the repository that the data folder lies in; blank outside of one."""
    there = data.resolve()
    try:
        repository = Repository.around(there) if there.is_dir() else None
    except EnvironmentTrouble:  # no git here: paths stay as they are
        repository = None
    if repository is None or there == repository.top.resolve():
        return PurePosixPath()
    return PurePosixPath(there.parent.relative_to(repository.top.resolve()).as_posix())


def _placed(finding: Finding, above: PurePosixPath) -> Finding:
    return replace(finding, file=(above / finding.file).as_posix()) if finding.file else finding


def _command(command: str, kind: told.Kind) -> str:
    first = kind.first
    place = f"file={_property(first.file or '')}"
    if first.line is not None:
        place += f",line={first.line}"
    if first.column is not None:
        place += f",col={first.column}"
    title = _property(f"{GATES[first.gate]} {first.rule}")
    return f"::{command} {place},title={title}::{_data(told.said(kind))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
