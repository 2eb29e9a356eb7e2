"""The ledgers of a data folder as tables of SQLite, cut at a day by the as-of rule."""

from __future__ import annotations

import csv
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SCHEMAS = Path(__file__).parents[2] / "schemas"
NOT_LOADED = {"patrol_roster"}  # no clause counts it, and it is the largest ledger


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """Every table schema by name, without those no clause needs."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = {}
    for path in sorted(SCHEMAS.glob("*.yaml")):
        if path.stem not in NOT_LOADED:
            found[path.stem] = yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 - safe
    return found


def create(db: sqlite3.Connection) -> None:
    """One empty table a schema, with `home` and `folder` beside its own columns."""
    kinds = {"integer": "INTEGER", "number": "NUMERIC"}
    for name, schema in schemas().items():
        columns = [f'"{f["name"]}" {kinds.get(f["type"], "TEXT")}' for f in schema["fields"]]
        db.execute(f"CREATE TABLE {name} ({', '.join(columns)}, home TEXT, folder TEXT)")


def load(db: sqlite3.Connection, data: Path) -> None:
    """Read every CSV file of a data folder into its table."""
    for pattern, home in [
        ("reference/*.csv", "R"),
        ("units/*/*.csv", "U"),
        ("city/*.csv", "C"),
        ("city/checks/*/*.csv", "C"),
    ]:
        for path in sorted(data.glob(pattern)):
            if path.stem in schemas():
                folder = path.parent.name if "*/*" in pattern else None
                insert(db, path, home, folder)


def insert(db: sqlite3.Connection, path: Path, home: str, folder: str | None) -> None:
    """Append one file to its table; a blank cell is NULL."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        header = [*next(rows), "home", "folder"]
        names = ", ".join(f'"{name}"' for name in header)
        marks = ", ".join("?" * len(header))
        db.executemany(
            f"INSERT INTO {path.stem} ({names}) VALUES ({marks})",  # noqa: S608 - schema names
            ([*(cell or None for cell in row), home, folder] for row in rows if row),
        )


def cut_at(db: sqlite3.Connection, day: str) -> None:
    """Apply the as-of rule: later rows go, later dates inside rows are blanked."""
    for name, schema in schemas().items():
        dated = schema.get("datingField")
        if dated:
            db.execute(f"DELETE FROM {name} WHERE {dated} > ?", [day])  # noqa: S608
        for field in schema["fields"]:
            column = field["name"]
            if field["type"] == "date" and column != dated and not field.get("isPlan"):
                sql = f"UPDATE {name} SET {column} = NULL WHERE {column} > ?"  # noqa: S608
                db.execute(sql, [day])
    drop_orphans(db)


def drop_orphans(db: sqlite3.Connection) -> None:
    """Findings follow their visit, results follow their sample."""
    db.execute("DELETE FROM findings WHERE visit_id NOT IN (SELECT visit_id FROM inspections)")
    db.execute(
        "DELETE FROM water_results WHERE sample_id NOT IN (SELECT sample_id FROM water_tests)"
    )
