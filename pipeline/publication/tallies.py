"""What small drawn figures show: ages of open issues, parts of the scores, postings by township.

Counts only; the bars are drawn by templates, and each stands beside its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.publication.desk import Desk
from pipeline.publication.facts import IN_SUPPLY

Row = Any

AGES = (
    ("还没到期", None, 0),
    ("逾期1至7天", 1, 7),
    ("逾期8至30天", 8, 30),
    ("逾期31至60天", 31, 60),
    ("逾期60天以上", 61, None),
)
"""Bands of days past the first deadline, both ends included."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a whole under a name."""

    name: str
    part: int
    whole: int


def ages(desk: Desk, issues: Iterable[Row]) -> list[Bar]:
    """Count the issues not reported done by how long they are past their first deadline."""
    days = [state.days_overdue for issue in issues if (state := desk.view.states[issue.id]).is_open]
    found = []
    for name, low, high in AGES:
        part = sum((low or 0) <= n and (high is None or n <= high) for n in days)
        found.append(Bar(name, part, len(days)))
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """One part of Annex 3 for one unit: points, the most they can come to, full points.

    `is_open` where any of its clauses is not reported, `is_silent` where none is.
    """

    numeral: str
    points: Decimal
    top: Decimal
    full: Decimal
    is_open: bool
    is_silent: bool


def parts(desk: Desk, sheet: Any) -> list[Part]:
    """Return the parts of the hundred of one score sheet."""
    clauses = desk.view.assessment.clauses
    found = []
    for numeral in desk.view.assessment.parts:
        lines = [x for x in sheet.lines if clauses[x.clause].part == numeral]
        if clauses[lines[0].clause].is_base:
            silent = [x for x in lines if x.status == "not_reported"]
            found.append(
                Part(
                    numeral,
                    sum((x.points or Decimal(0) for x in lines), Decimal(0)),
                    sum((x.top or Decimal(0) for x in lines), Decimal(0)),
                    sum((x.full for x in lines), Decimal(0)),
                    bool(silent),
                    len(silent) == len(lines),
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class Posted:
    """What is posted of one works: its keeper, a number to call, a water report."""

    keeper: bool
    number: bool
    report: bool


def posted(desk: Desk, works: Row) -> Posted:
    """Return what is posted of a works, as far as it is registered."""
    facts, place = desk.facts, ("工程", works.id)
    return Posted(
        bool(facts.duties([place])[2].people),
        bool(facts.phones("管理人员", *place)),
        any(test.posted_on for test in facts.tests([place])),
    )


@dataclass(frozen=True, slots=True)
class Posting:
    """How far one township's works in supply are posted: works, with manager, number, report.

    None where the unit has not reported the ledger that would say so, which is not none posted.
    """

    town: Row
    works: int
    managed: int | None
    numbered: int | None
    reported: int | None


def short_town(name: str) -> str:
    """Write a township's name as short as a chart needs: without 镇, 乡, 街道 at its end."""
    for end in ("街道", "镇", "乡"):
        if name.endswith(end) and len(name) > len(end) + 1:
            return name.removesuffix(end)
    return name


def postings(desk: Desk, towns: Sequence[Row]) -> list[Posting]:
    """Count, by township, works in supply whose keeper, number and water report are posted."""
    found = []
    for town in towns:
        works = [w for w in desk.view.group("works", "town_code")[town.id] if w.status in IN_SUPPLY]
        of = [posted(desk, w) for w in works]
        counts = {
            "responsibilities": sum(p.keeper for p in of),
            "phones": sum(p.number for p in of),
            "water_tests": sum(p.report for p in of),
        }
        told = desk.view.reporting[town.unit_id]
        said = (None if told[name] == "未报告" else count for name, count in counts.items())
        found.append(Posting(town, len(works), *said))
    return found
