"""The scores of all units on one day under one set of readings.

An award for every clause, then base, adjustment, total, span and rank. A final judgement that is
signed stands in place of the computed points and is shown beside them (G25); a clause that was not
reported makes a span of the total, never a zero (G38).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pipeline.assessment.clauses import CLAUSES
from pipeline.assessment.evidence import Evidence, Kept
from pipeline.assessment.known import Known
from pipeline.assessment.rulebook import Award, Clause, Status, not_reported, rounded
from pipeline.figures import shown
from pipeline.ledgers import Row
from pipeline.readings import Readings
from pipeline.reporting import SILENT, reporting

POOLED = ("五.4①", "五.4②", "五.4③", "五.4④")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One clause of one unit: the award in force, what was computed, how much was checked.

    `checked` is None where the clause rests on no check from outside; 0 means nothing was checked
    (未抽查), which is not the same as faultless; `seen` says it in words. `rows` are the ids
    (ledger/id) that moved the points; `hidden` counts those that an audience may not open.
    """

    clause: str
    full: Decimal
    points: Decimal | None
    because: str
    rows: tuple[str, ...]
    status: str
    faults: int
    checked: int | None
    computed: Decimal | None
    readings: tuple[tuple[str, str], ...]
    seen: str = ""
    hidden: int = 0

    @property
    def lost(self) -> Decimal:
        """Points short of full; nothing where no points can be said."""
        return ZERO if self.points is None else self.full - self.points

    @property
    def fault_rate(self) -> Decimal | None:
        """Faults by what was checked, as a share (G27); None where nothing was checked."""
        return Decimal(self.faults) / self.checked if self.checked else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands: total (None where it is a span), span, rank."""

    total: Decimal | None
    span: tuple[Decimal, Decimal]
    rank: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score sheet of one unit. Without a total (a clause not reported) there is no rank."""

    unit_id: str
    lines: tuple[Line, ...]
    base: Decimal | None
    adjustment: Decimal
    total: Decimal | None
    span: tuple[Decimal, Decimal]
    rank: int | None = None

    @property
    def standing(self) -> Standing:
        """The sheet without its lines."""
        return Standing(self.total, self.span, self.rank)

    def line(self, clause: str) -> Line:
        """Return the line of a clause."""
        return next(line for line in self.lines if line.clause == clause)


class Scorer:
    """Scores units on one day; results are kept by the readings they asked."""

    def __init__(self, known: Known) -> None:
        """Take what is known on the day."""
        self.known = known
        self._kept: dict[str, Kept] = {unit.id: Kept() for unit in known.snapshot["units"]}
        self._silent: dict[tuple[str, str], tuple[str, ...]] = {}

    @property
    def day(self) -> date:
        """The day of the scores."""
        return self.known.day

    @property
    def units(self) -> list[str]:
        """The units, in official order."""
        return [u.id for u in sorted(self.known.snapshot["units"], key=lambda u: u.sort_no)]

    def sheets(self, readings: Readings) -> dict[str, Sheet]:
        """Return the sheets of all units, ranked."""
        return ranked({unit: self.sheet(unit, readings) for unit in self.units})

    def sheet(self, unit_id: str, readings: Readings) -> Sheet:
        """Return the sheet of one unit, not yet ranked."""
        awards = {name: self.award(unit_id, name, readings) for name in CLAUSES}
        if readings.says("G14", "pooled"):
            awards |= _pooled({name: awards[name] for name in POOLED})
        lines = tuple(self._line(unit_id, CLAUSES[n], a, readings) for n, a in awards.items())
        return _summed(unit_id, lines, readings)

    def evidence(self, unit_id: str, readings: Readings) -> Evidence:
        """Return the evidence of a unit under some readings."""
        return Evidence(self.known, unit_id, readings, self._kept[unit_id])

    def award(self, unit_id: str, name: str, readings: Readings) -> Award:
        """Return the computed award of a clause, before any judgement of points."""

        def compute() -> Award:
            silent = self.silent(unit_id, CLAUSES[name])
            if silent:
                return not_reported(f"没有报告：{'、'.join(silent)}")
            found = CLAUSES[name].rule(self.evidence(unit_id, readings), readings)
            points = None if found.points is None else rounded(found.points)
            return replace(found, points=points)

        return self._kept[unit_id].get(f"clause {name}", readings, compute)

    def asked(self, unit_id: str, name: str) -> frozenset[str]:
        """Return the readings that the award of a clause was found to depend on so far."""
        return self._kept[unit_id].asked(f"clause {name}")

    def silent(self, unit_id: str, clause: Clause) -> tuple[str, ...]:
        """Return, in Chinese, what a clause needs and the unit neither reported nor declared."""
        key = (unit_id, clause.id)
        if key not in self._silent:
            self._silent[key] = tuple(
                self._told(need)
                for need in clause.needs
                if _status(self.known, unit_id, need) == SILENT
            )
        return self._silent[key]

    def _told(self, need: str) -> str:
        ledger, _, kind = need.partition("/")
        title = self.known.snapshot.schemas[ledger].title
        return f"{title}（{kind}）" if kind else title

    def _line(self, unit_id: str, clause: Clause, found: Award, readings: Readings) -> Line:
        evidence = self.evidence(unit_id, readings)
        checked, looks = None, []
        if clause.seen and found.status == "scored":
            looks = [getattr(evidence, name) for name in clause.seen]
            checked = int(sum(look.total for look in looks))
        because = found.because
        if checked == 0 and not found.faults:
            because = f"未抽查；{because}"
        final = self.known.finals.get((unit_id, clause.id))
        points, status, rows = found.points, found.status, found.rows
        if final is not None:
            points, status = _judged(final, clause)
            because, rows = _overruled(final, found), (final.ref, *rows)
        return Line(
            clause=clause.id,
            full=clause.full,
            points=points,
            because=because,
            rows=rows,
            status=status,
            faults=found.faults,
            checked=checked,
            computed=found.points,
            seen="，".join(str(look) for look in looks if look),
            readings=tuple(
                sorted(self._kept[unit_id].answers(f"clause {clause.id}", readings).items())
            ),
        )


def _judged(final: Row, clause: Clause) -> tuple[Decimal, Status]:
    if final.kind == "不适用":
        return clause.full, "not_applicable"
    return rounded(final.points), "judged"


def _overruled(final: Row, found: Award) -> str:
    """Say what was judged and what had been computed; the reason stands in the judgement."""
    judged = "不适用，得满分" if final.kind == "不适用" else f"{shown(final.points)}分"
    computed = "算不出分" if found.points is None else f"计算{shown(found.points)}分"
    return f"终评{judged}；{computed}（{found.because}）"


def _status(known: Known, unit_id: str, need: str) -> str:
    """Say whether what a clause needs was reported or declared none."""
    ledger, _, kind = need.partition("/")
    if ledger == "responsibilities":
        rows = known.told.group(ledger, "unit_id")[unit_id]
        if any(row.place_type == kind for row in rows):
            return "已报告"
        if rows:  # a nil return speaks for the whole ledger, so it cannot speak for this half
            return SILENT
        return reporting(known.told, unit_id, ledger, known.day)
    return reporting(known.told, unit_id, ledger, known.day, kind or None)


def _pooled(awards: Mapping[str, Award]) -> dict[str, Award]:
    """Let the faults of one item eat the points of the others, down to nothing in all (G14)."""
    debt = -sum((a.points for a in awards.values() if a.points and a.points < 0), ZERO)
    result = {}
    for name, found in awards.items():
        points = found.points
        if points is not None and points < 0:
            found = replace(found, points=ZERO, because=f"{found.because}，不够的从另几项扣")
        elif points and debt:
            taken = min(debt, points)
            debt -= taken
            because = f"{found.because}，替另几项再扣{shown(taken)}分"
            found = replace(found, points=points - taken, because=because)
        result[name] = found
    return result


def _summed(unit_id: str, lines: tuple[Line, ...], readings: Readings) -> Sheet:
    """Add up a sheet: base of 100, adjustment beside it, total, and the span of what is open."""
    base = [line for line in lines if CLAUSES[line.clause].is_base]
    is_open = any(line.status == "not_reported" for line in lines)
    if is_open and readings.says("G38", "zero"):
        is_open = False
    low = _scaled(base, sum((line.points or ZERO for line in base), ZERO))
    rest = sum((line.full for line in base if line.status == "not_reported"), ZERO)
    high = _scaled(base, sum((line.points or ZERO for line in base), ZERO) + rest)
    adjustment = sum((line.points or ZERO for line in lines if line not in base), ZERO)
    return Sheet(
        unit_id=unit_id,
        lines=lines,
        base=None if is_open else low,
        adjustment=adjustment,
        total=None if is_open else low + adjustment,
        span=(low + adjustment, (high if is_open else low) + adjustment),
    )


def _scaled(base: Iterable[Line], points: Decimal) -> Decimal:
    """Scale the sum up where a clause is left out of it (reading G3, rescale)."""
    full = sum((line.full for line in base), ZERO)
    out = sum((x.full for x in base if x.points is None and x.status == "not_applicable"), ZERO)
    return rounded(points * full / (full - out)) if out else points


Placed = TypeVar("Placed", Sheet, Standing)


def ranked(rows: Mapping[str, Placed]) -> dict[str, Placed]:
    """Rank the units that have a total; ties share a rank, the others have none."""
    totals = sorted((one.total for one in rows.values() if one.total is not None), reverse=True)
    return {
        unit: replace(one, rank=None if one.total is None else totals.index(one.total) + 1)
        for unit, one in rows.items()
    }
