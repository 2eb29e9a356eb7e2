"""The options that the queries compute, and the one-row table `run` of days and numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

# The options of each reading that the queries below compute.
OPTIONS = {
    "G1": "three-is-five", "G2": "five", "G3": "milestones", "G4": "twenty-workdays",
    "G5": "exclusive", "G6": "either", "G7": "column-prevails", "G8": "best-single",
    "G9": "above-zero", "G10": "three-years", "G11": "outside", "G12": "outside-only",
    "G13": "uncured|literal|filed-too", "G14": "each-floored", "G15": "binary",
    "G16": "once-charged",
    "G17": "one-clause", "G18": "generated", "G19": "keep-grouping",
    "G20": "national-headings", "G21": "village-and-county", "G22": "screening-tier",
    "G23": "inclusive", "G24": "three-plus-lifted", "G25": "three-stages",
    "G26": "zones-alike", "G27": "literal-with-rate", "G28": "floor-zero",
    "G29": "one-failed-check", "G30": "once", "G31": "still-charged", "G32": "timely-moves",
    "G33": "split", "G34": "counted", "G35": "not-again", "G36": "reported",
    "G37": "once-highest", "G38": "span", "G39": "by-level", "G40": "village",
    "G41": "late-at-due", "G42": "once-a-year|by-frequency", "G43": "latest|any-of-year",
    "G44": "once|each-board",
}  # fmt: skip


def choose(db: sqlite3.Connection, options: Mapping[str, str]) -> None:
    """Put options in force, instead of those that the table chooses."""
    for reading, option in options.items():
        db.execute(
            "UPDATE readings SET is_chosen = CASE option WHEN ? THEN '是' ELSE '否' END"
            " WHERE reading_id = ?",
            [option, reading],
        )


def _chosen(db: sqlite3.Connection) -> dict[str, Any]:
    """The parameter of each reading; ValueError if a choice is not computed here.

    In SQL, says('G13', 'literal') is whether an option is in force.
    """
    rows = db.execute("SELECT reading_id, option, parameter FROM readings WHERE is_chosen = '是'")
    chosen = list(rows)
    options = {reading: option for reading, option, _ in chosen}
    other = set(options) ^ set(OPTIONS)
    other |= {r for r in set(options) & set(OPTIONS) if options[r] not in OPTIONS[r].split("|")}
    if other:
        raise ValueError(f"readings not computed here: {sorted(other)}")
    db.create_function("says", 2, lambda r, o: options[r] == o, deterministic=True)
    return {reading: parameter for reading, _, parameter in chosen}


def _years_before(day: date, years: int) -> date:
    """The same calendar day some years before; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def start(db: sqlite3.Connection, campaign: dict[str, Any], day: date) -> None:
    """The one-row table `run`: the data date, the two periods and the chosen numbers."""
    number = _chosen(db)
    db.execute(
        "CREATE TABLE run AS SELECT ? AS d, ? AS screen, ? AS year, ? AS recent,"
        " ? AS workday_limit, ? AS recur_days, ? AS calls",
        [
            day.isoformat(),
            str(campaign["screen_from_on"]),
            str(campaign["year_from_on"]),
            _years_before(day, int(number["G10"])).isoformat(),
            number["G4"],
            number["G12"],
            number["G6"],
        ],
    )


def data_date(campaign: dict[str, Any], as_of: str | None) -> date:
    """The data date asked for, else the campaign's."""
    wanted = as_of or str(campaign["as_of_on"])
    if wanted == "today":
        return datetime.now(timezone(timedelta(hours=8))).date()
    return date.fromisoformat(wanted)
