"""Trials run as the command line would run them, and what came of each."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline import workers
from pipeline.__main__ import main
from tests.story import EXAMPLE
from tests.sweep.damage import Trial

PASSED, REFUSED = 0, 1
FORMATS = ("json", "text", "github")


@dataclass(frozen=True)
class Count:
    """What came of some trials; `faults` says of each fault what was tried."""

    tried: int = 0
    refused: int = 0
    silent: int = 0
    crashed: int = 0
    leaked: int = 0
    faults: tuple[str, ...] = ()

    def __add__(self, other: Count) -> Count:
        """Return both counts as one."""
        return Count(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __str__(self) -> str:
        """Say the count as the README does."""
        return (
            f"{self.tried} tried, {self.refused} refused, "
            f"{self.silent} silent, {self.crashed} crashed, {self.leaked} leaked"
        )


Group = Sequence[Trial]
"""Trials of different files, checked in one go."""


def run(trials: Sequence[Trial], together: int = 1) -> Count:
    """Run all trials over all cores; every worker changes its own copy of the story.

    With `together` so many changes of different files are checked in one go: each must be
    answered at its place all the same.
    """
    _waiting[:] = grouped(trials, together)
    cores = os.cpu_count() or 1
    with workers.pool(cores) as pool:
        return sum(pool.map(_share, [(n, cores) for n in range(cores)]), Count())


ROLL = "reference/units.csv"
"""The table that says which folders are read: what is changed in it is tried by itself."""


def grouped(trials: Iterable[Trial], most: int) -> list[list[Trial]]:
    """Put trials of different files together, as many as `most`, in the order they come."""
    full: list[list[Trial]] = []
    open_: list[list[Trial]] = []
    for trial in trials:
        if trial.file == ROLL:
            full.append([trial])
            continue
        group = next((g for g in open_ if all(t.file != trial.file for t in g)), None)
        if group is None:
            open_.append(group := [])
        group.append(trial)
        if len(group) == most:
            open_.remove(group)
            full.append(group)
    return full + open_


_waiting: list[Group] = []
"""Inherited by the workers: a trial holds functions, which cannot be sent."""


def _share(turn: tuple[int, int]) -> Count:
    number, cores = turn
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        data = Path("data")
        shutil.copytree(EXAMPLE, data)
        return sum(_outcomes(_waiting[number::cores], data), Count())


def _outcomes(groups: Iterable[Group], data: Path) -> Iterator[Count]:
    for number, group in enumerate(groups):
        kept = {trial.file: (data / trial.file).read_bytes() for trial in group}
        may_tell = len(group) == 1 or all(trial.secret for trial in group)
        style = FORMATS[number % 8] if may_tell and number % 8 < len(FORMATS) else "json"
        try:
            for trial in group:
                trial.change(data / trial.file)
            code, said = _checked(data, style)
            for trial in group:
                yield _outcome(trial, code, said, style)
        finally:
            for file, content in kept.items():
                _restore(data / file, content)


def _restore(path: Path, content: bytes) -> None:
    if path.is_dir():
        path.rmdir()
    path.unlink(missing_ok=True)
    path.with_name("moved.txt").unlink(missing_ok=True)
    path.write_bytes(content)


def _checked(data: Path, style: str) -> tuple[int, str]:
    """Return the exit code of the check and all that it said."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["check", "--data", str(data), "--as-of", "2022-09-16", "--format", style])
    return code, out.getvalue() + err.getvalue()


def _outcome(trial: Trial, code: int, said: str, style: str) -> Count:
    what = f"{trial.file}: {trial.title}"
    crashed = code not in (PASSED, REFUSED) or "Traceback" in said
    leaked = trial.secret is not None and trial.secret in said
    silent = not crashed and trial.at is not None and not _answered(trial, code, said, style)
    faults = [
        f"{word}: {what}"
        for word, is_so in (("crashed", crashed), ("leaked", leaked), ("silent", silent))
        if is_so
    ]
    return Count(1, int(code == REFUSED), int(silent), int(crashed), int(leaked), tuple(faults))


def _answered(trial: Trial, code: int, said: str, style: str) -> bool:
    """Whether the change was refused at its place (as far as the format tells)."""
    if code != REFUSED or style != "json":
        return code == REFUSED
    line, column = trial.at or (None, None)
    errors = [f for f in json.loads(said)["findings"] if f["severity"] == "error"]
    if line is None:
        return bool(errors)
    here = [f for f in errors if (f["file"] or "").endswith(trial.file)]
    return any(
        f["line"] is None or (f["line"] == line and f["column"] in (None, column)) for f in here
    )
