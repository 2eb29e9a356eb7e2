"""The options that the queries compute, and the one-row table `run` of days and numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

# The options of each reading that the queries below compute, the recommended one first.
OPTIONS = {
    "G1": "three-is-five|three-is-three|campaign-only|both-leaders|deployment-required",
    "G2": "five", "G3": "milestones|budget|rescale", "G4": "twenty-workdays", "G5": "exclusive",
    "G6": "either|only-unreachable", "G7": "column-prevails|literal|bureau-decides",
    "G8": "best-single", "G9": "above-zero|literal", "G10": "three-years|within-year",
    "G11": "outside|any", "G12": "outside-only|self-included", "G13": "uncured|literal|filed-too",
    "G14": "each-floored|only-fourth|pooled", "G15": "binary|graded",
    "G16": "dearer|both|chronological|each-speech", "G17": "one-clause", "G18": "generated",
    "G19": "keep-grouping", "G20": "national-headings", "G21": "village-and-county",
    "G22": "screening-tier", "G23": "inclusive", "G24": "three-plus-lifted",
    "G25": "three-stages", "G26": "zones-alike", "G27": "literal-with-rate",
    "G28": "floor-zero", "G29": "one-failed-check|none", "G30": "once|per-visit",
    "G31": "still-charged|not-if-struck", "G32": "timely-moves|never",
    "G33": "split|from-assessment", "G34": "counted|findings-only", "G35": "not-again|charged",
    "G36": "reported|struck", "G37": "once-highest|each", "G38": "span|zero",
    "G39": "by-level|always-outside", "G40": "village|not-charged",
    "G41": "late-at-due|not-counted", "G42": "once-a-year|by-frequency",
    "G43": "latest|any-of-year", "G44": "once|each-board",
    "G45": "warning|error",
}  # fmt: skip


def choose(db: sqlite3.Connection, options: Mapping[str, str]) -> None:
    """Put options in force, instead of those that the table chooses."""
    for reading, option in options.items():
        db.execute(
            "UPDATE readings SET is_chosen = CASE option WHEN ? THEN '是' ELSE '否' END"
            " WHERE reading_id = ?",
            [option, reading],
        )


def _chosen(db: sqlite3.Connection) -> tuple[Callable[[str, str], bool], dict[str, Any]]:
    """Whether an option is in force, and the parameter of each reading.

    In SQL the first is says('G13', 'literal'). ValueError if the table has an option that is
    not computed here, lacks one that is, or chooses none or two of a reading.
    """
    rows = list(db.execute("SELECT reading_id, option, is_chosen, parameter FROM readings"))
    known = {(reading, option) for reading in OPTIONS for option in OPTIONS[reading].split("|")}
    chosen = [(reading, option) for reading, option, is_chosen, _ in rows if is_chosen == "是"]
    other = {reading for reading, _ in {(r, o) for r, o, *_ in rows} ^ known}
    other |= {reading for reading in OPTIONS if [r for r, _ in chosen].count(reading) != 1}
    if other:
        raise ValueError(f"readings not computed here: {sorted(other)}")

    def says(reading: str, option: str) -> bool:
        if (reading, option) not in known:
            raise ValueError(f"{reading}: {option}")
        return (reading, option) in chosen

    db.create_function("says", 2, says, deterministic=True)
    return says, {reading: number for reading, _, is_chosen, number in rows if is_chosen == "是"}


def _years_before(day: date, years: int) -> date:
    """The same calendar day some years before; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def start(db: sqlite3.Connection, campaign: dict[str, Any], day: date) -> None:
    """The one-row table `run`: the data date, the two periods and the chosen numbers."""
    says, number = _chosen(db)
    screen, year = str(campaign["screen_from_on"]), str(campaign["year_from_on"])
    late = str(campaign["assess_from_on"]) if says("G33", "from-assessment") else None
    recent = _years_before(day, int(number["G10"] or 0)).isoformat()
    values = {
        "d": day.isoformat(),
        "screen": late or screen,
        "year": late or year,
        "campaign_from": screen,
        "money_year": int(year[:4]),
        "recent": year if says("G10", "within-year") else recent,
        "workday_limit": number["G4"],
        "recur_days": number["G12"],
        "calls": number["G6"],
    }
    columns = ", ".join(f"? AS {name}" for name in values)
    db.execute(f"CREATE TABLE run AS SELECT {columns}", list(values.values()))


def data_date(campaign: dict[str, Any], as_of: str | None) -> date:
    """The data date asked for, else the campaign's."""
    wanted = as_of or str(campaign["as_of_on"])
    if wanted == "today":
        return datetime.now(timezone(timedelta(hours=8))).date()
    return date.fromisoformat(wanted)
