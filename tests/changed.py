"""Changes of ledgers made for tests: a repository of the story, and acts upon its rows."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from story import EXAMPLE

from pipeline.ledgers import load_schemas

SCHEMAS = load_schemas()
ISSUES, EVENTS = "units/nanzhao/issues.csv", "units/nanzhao/issue_events.csv"
Act = Callable[[Path], None]


def repository_of_story(top: Path) -> Path:
    """Make a repository whose only commit holds the story's ledgers in data/."""
    shutil.copytree(EXAMPLE, top / "data")
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "start")
    return top


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder as somebody made up."""
    names = {
        f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *arguments],
        cwd=folder,
        env=os.environ | names,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a ledger as plain text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]], **how: str) -> None:
    """Write a ledger from plain text."""
    text = io.StringIO()
    names = SCHEMAS[path.stem].names
    writer = csv.DictWriter(text, names, lineterminator=how.get("lineterminator", "\n"))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def cell(file: str, column: str, to: str, number: int = 0, **where: str) -> Act:
    """Change a cell of the row so many among those that have some cells."""

    def act(data: Path) -> None:
        rows = rows_of(data / file)
        [r for r in rows if all(r[k] == v for k, v in where.items())][number][column] = to
        write(data / file, rows)

    return act


def without(file: str, number: int = 0, **where: str) -> Act:
    """Remove a row."""

    def act(data: Path) -> None:
        rows = rows_of(data / file)
        rows.remove([r for r in rows if all(r[k] == v for k, v in where.items())][number])
        write(data / file, rows)

    return act


def again(file: str, number: int = 0, **changed: str) -> Act:
    """Add a copy of a row with some cells changed."""

    def act(data: Path) -> None:
        rows = rows_of(data / file)
        write(data / file, [*rows, rows[number] | changed])

    return act


def both(*acts: Act) -> Act:
    """Do one thing after the other."""

    def act(data: Path) -> None:
        for one in acts:
            one(data)

    return act


def waived(rule: str, ledger: str, row_id: str) -> Act:
    """Grant a waiver in the same change."""

    def act(data: Path) -> None:
        path = data / "city" / "waivers.csv"
        rows = rows_of(path) if path.exists() else []
        made = {
            "waiver_id": "city-y0901", "rule_id": rule, "unit_id": "nanzhao", "ledger": ledger,
            "row_id": row_id, "authority": "南阳市水利局", "reason": "登记时笔误，已核对原始记录",
            "granted_on": "2022-09-10", "expires_on": "2022-12-31",
        }  # fmt: skip
        write(path, [*rows, made])

    return act


def file_act(what: Callable[[Path], object]) -> Act:
    """Do something to files of the data folder."""

    def act(data: Path) -> None:
        what(data)

    return act
