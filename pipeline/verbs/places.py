"""Where files stand as seen from the top of the repository, whatever `--data` says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.repository import Repository
from pipeline.trouble import EnvironmentTrouble


def from_the_top(data: Path) -> Callable[[str], str]:
    """Return the function that writes the file of a finding as a forge names it.

    Findings begin with the name of the data folder (example/units/...) or, those of a change, with
    its whole path; outside a repository they stay as they are.
    """
    try:
        repository = Repository.around(data) if data.is_dir() else None
    except EnvironmentTrouble:
        repository = None
    if repository is None:
        return lambda file: file
    folder = data.resolve()
    whole = folder.relative_to(repository.top.resolve()).as_posix()

    def named(file: str) -> str:
        head, _, rest = file.partition("/")
        is_short = rest and head == folder.name and not file.startswith(f"{whole}/")
        return f"{whole}/{rest}" if is_short else file

    return named
