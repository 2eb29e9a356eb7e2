"""What a change does to what is found and to what is scored, on one and the same day.

A finding is the same as before if its rule, its row and its column are, whatever line it has come
to stand on: a row that was moved, or a line put in before it, makes no old finding new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.assessment import Sheet
from pipeline.figures import between, shown
from pipeline.findings import Finding

Scores = Mapping[str, Sheet]
"""Ranked sheets by unit."""
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Findings before and after: those that are new, those that are gone, how many stand on."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    standing: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The points of one clause of one unit, as people write them, and why they are so now."""

    unit: str
    clause: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a unit stood and stands: total or span, and place."""

    unit: str
    before: str
    after: str


def findings(before: Iterable[Finding], after: Iterable[Finding]) -> Found:
    """Compare findings by what they are about; where only counts are known, the counts."""
    old, new = _gathered(before), _gathered(after)
    standing, more, less = 0, [], []
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key, []), new.get(key, [])
        counts = sum(f.count for f in was), sum(f.count for f in now)
        standing += min(counts)
        if counts[1] > counts[0]:
            more += now[len(was) :] or now[-1:]
        elif counts[0] > counts[1]:
            less += was[len(now) :] or was[-1:]
    return Found(tuple(more), tuple(less), standing)


def _gathered(found: Iterable[Finding]) -> dict[_Key, list[Finding]]:
    """Gather findings by rule, row and column; those of a kind that is cut off, by rule and file.

    Which of a kind are listed depends on their order, so these are compared by number alone.
    """
    all_found = list(found)
    cut = {(f.rule, f.file, f.column) for f in all_found if f.count > 1}
    told: dict[_Key, list[Finding]] = defaultdict(list)
    for one in all_found:
        place = (one.rule, str(one.waived), one.field or "")
        if (one.rule, one.file, one.column) in cut:
            told[*place, one.file or "", "#"].append(one)
        else:
            told[*place, one.subject or one.file or ""].append(one)
    return told


def stood(before: Scores, after: Scores) -> tuple[Stood, ...]:
    """Return the units whose total or place is another."""
    found = []
    for unit in dict.fromkeys((*before, *after)):
        was, now = _standing(before.get(unit)), _standing(after.get(unit))
        if was != now:
            found.append(Stood(unit, was, now))
    return tuple(found)


def moved(before: Scores, after: Scores) -> tuple[Moved, ...]:
    """Return the clauses whose points are others."""
    found = []
    for unit in dict.fromkeys((*before, *after)):
        was, now = (
            {line.clause: line for line in side[unit].lines} if unit in side else {}
            for side in (before, after)
        )
        for clause in dict.fromkeys((*was, *now)):
            old, new = was.get(clause), now.get(clause)
            first, then = (_points(one) for one in (old, new))
            if first != then:
                found.append(Moved(unit, clause, first, then, new.because if new else ""))
    return tuple(found)


def _points(line: object) -> str:
    points: Decimal | None = getattr(line, "points", None)
    top: Decimal | None = getattr(line, "top", None)
    if line is None:
        return "没有这一条"
    if points is not None:
        return shown(points)
    return "不计分" if top is None else f"没有报告，最多{shown(top)}"


def _standing(sheet: Sheet | None) -> str:
    if sheet is None:
        return "没有这个单位"
    if sheet.total is None or sheet.places is None:
        return f"{between(sheet.span)}，不排名"
    return f"{shown(sheet.total)}，第{between(sheet.places)}名"


def severities(found: Iterable[Finding]) -> Counter[str]:
    """Count breaches by severity."""
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.severity] += one.count
    return counts
