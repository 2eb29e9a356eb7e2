"""The scores of all units on one day under one set of readings.

An award for every clause, then base, adjustment, total, span and places. A final judgement that is
signed stands in place of the computed points and is shown beside them (G25); a clause that was not
reported makes a span of the total, from nothing up to what others' findings leave of it, never a
zero (G38).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.assessment.edition import Edition
from pipeline.assessment.evidence import FAULTY, QUERIES, Counted, Evidence, Kept
from pipeline.assessment.known import Known
from pipeline.assessment.rulebook import Award, Clause, not_reported, rounded
from pipeline.assessment.sheets import ZERO, Line, Look, Sheet, ranked
from pipeline.figures import shown
from pipeline.readings import SWITCHES, Readings
from pipeline.reporting import SILENT, reporting
from pipeline.rowtypes import JudgementRow


class Scorer:
    """Scores units on one day by one edition; results are kept by the readings they asked.

    `finals` are the signed final judgements by unit and clause.
    """

    def __init__(self, known: Known, edition: Edition) -> None:
        """Take what is known on the day, and the edition of the rules."""
        self.known = known
        self.edition = edition
        self.finals = known.finals_of(edition.year)
        self._kept: dict[str, Kept] = {unit.id: Kept() for unit in known.snapshot["units"]}
        self._silent: dict[tuple[str, str], tuple[str, ...]] = {}
        self._hoped: dict[tuple[str, tuple[str, ...]], Kept] = {}

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
        clauses = self.edition.clauses
        awards = self.awards(unit_id, tuple(clauses), readings)
        lines = tuple(self._line(unit_id, clauses[n], a, readings) for n, a in awards.items())
        return _summed(unit_id, lines, readings, self.edition)

    def awards(self, unit_id: str, names: Sequence[str], readings: Readings) -> dict[str, Award]:
        """Return the computed awards of some clauses; those that are pooled pay for each other.

        A clause whose points are judged owes nothing and pays for nothing.
        """
        found = {name: self.award(unit_id, name, readings) for name in names}
        pool = self.edition.pool
        names = [n for n in self.edition.pooled if n in found and (unit_id, n) not in self.finals]
        if pool and names and readings.says(pool.reading, pool.option):
            found |= _pooled({name: found[name] for name in names})
        return found

    def evidence(self, unit_id: str, readings: Readings) -> Evidence:
        """Return the evidence of a unit under some readings."""
        return Evidence(self.known, unit_id, readings, self._kept[unit_id])

    def award(self, unit_id: str, name: str, readings: Readings) -> Award:
        """Return the computed award of a clause, before any judgement of points."""

        def compute() -> Award:
            clause = self.edition.clauses[name]
            silent = self.silent(unit_id, clause)
            if silent:
                return self._unreported(unit_id, clause, silent, readings)
            found = clause.rule(self.evidence(unit_id, readings), readings)
            points = None if found.points is None else rounded(found.points)
            top = clause.full if found.status == "not_reported" else None
            return replace(found, points=points, top=top)

        return self._kept[unit_id].get(f"clause {name}", readings, compute)

    def _unreported(
        self, unit_id: str, clause: Clause, silent: tuple[str, ...], readings: Readings
    ) -> Award:
        """Say what a silent clause can still come to: the best report, less what others found."""
        best = self.at_best(unit_id, clause, silent, readings)
        top = clause.full if best.points is None else rounded(best.points)
        because = f"没有报告：{'、'.join(self.told(need) for need in silent)}"
        if top == clause.full:
            return not_reported(because, top=top)
        because += f"；补报以后最多{shown(max(top, ZERO))}分（{best.because}）"
        return not_reported(because, best.rows, top)

    def at_best(
        self, unit_id: str, clause: Clause, needs: Sequence[str], readings: Readings
    ) -> Award:
        """Return the award of a clause if the best were reported wherever it needs a report."""
        given = {query: best for need in needs for query, best in clause.needs[need].items()}
        kept = self._hoped.setdefault((unit_id, tuple(needs)), Kept())
        return clause.rule(Evidence(self.known, unit_id, readings, kept, given), readings)

    def asked(self, unit_id: str, name: str) -> frozenset[str]:
        """Return the readings that the award of a clause was found to depend on so far.

        Raises:
            ValueError: one of them has options and is none of the edition's: its bands would not
                know of it.
        """
        asked = self._kept[unit_id].asked(f"clause {name}")
        if astray := (asked & set(SWITCHES)) - set(self.edition.readings):
            raise ValueError(f"{self.edition.id} {name}: {sorted(astray)}")
        return asked

    def silent(self, unit_id: str, clause: Clause) -> tuple[str, ...]:
        """Return what a clause needs and the unit neither reported nor declared."""
        key = (unit_id, clause.id)
        if key not in self._silent:
            self._silent[key] = tuple(
                need for need in clause.needs if need_status(self.known, unit_id, need) == SILENT
            )
        return self._silent[key]

    def told(self, need: str) -> str:
        """Say in Chinese what a clause needs."""
        ledger, _, kind = need.partition("/")
        title = self.known.snapshot.schemas[ledger].title
        return f"{title}（{kind}）" if kind else title

    def _line(self, unit_id: str, clause: Clause, found: Award, readings: Readings) -> Line:
        evidence = self.evidence(unit_id, readings)
        checked, seen = None, {}
        if clause.seen and found.status == "scored":
            seen = {name: getattr(evidence, name) for name in clause.seen}
            checked = int(sum(counted.total for counted in seen.values()))
        because = found.because
        if checked == 0 and not found.faults:
            because = f"未抽查；{because}"
        final = self.finals.get((unit_id, clause.id))
        points, status, rows, top = found.points, found.status, found.rows, found.top
        if final is not None:
            points = judged_points(final, clause)
            status = "not_applicable" if final.kind == "不适用" else "judged"
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
            top=points if points is not None else top,
            seen="，".join(str(seen[name]) for name in seen if seen[name] and not _is_look(name)),
            looks=tuple(_look(seen[name]) for name in seen if seen[name] and _is_look(name)),
            registered=found.registered,
            readings=tuple(
                sorted(self._kept[unit_id].answers(f"clause {clause.id}", readings).items())
            ),
        )


def judged_points(final: JudgementRow, clause: Clause) -> Decimal:
    """Return the points of a signed final judgement."""
    return clause.full if final.kind == "不适用" else rounded(_said(final))


def _said(final: JudgementRow) -> Decimal:
    """Return the points that a judgement says; one without never passes the gates (M02)."""
    if final.points is None:
        raise ValueError(final.ref)
    return final.points


def _is_look(name: str) -> bool:
    return QUERIES[name].is_look


def _look(counted: Counted) -> Look:
    failed = int(counted.of(FAULTY).total)
    return Look(counted.word, counted.measure, int(counted.total), failed)


def _overruled(final: JudgementRow, found: Award) -> str:
    """Say what was judged and what had been computed; the reason stands in the judgement."""
    judged = "不适用，得满分" if final.kind == "不适用" else f"{shown(_said(final))}分"
    computed = "算不出分" if found.points is None else f"计算{shown(found.points)}分"
    return f"终评{judged}；{computed}（{found.because}）"


def need_status(known: Known, unit_id: str, need: str) -> str:
    """Say whether what a clause needs was reported or declared none."""
    ledger, _, kind = need.partition("/")
    if ledger == "responsibilities":
        rows = known.told.group("responsibilities", "unit_id")[unit_id]
        if any(row.place_type == kind for row in rows):
            return "已报告"
        if rows:  # a nil return speaks for the whole ledger, so it cannot speak for this half
            return SILENT
        return reporting(known.told, unit_id, ledger, known.day)
    return reporting(known.told, unit_id, ledger, known.day, kind or None)


def _pooled(awards: Mapping[str, Award]) -> dict[str, Award]:
    """Let the faults of one item eat the points of the others, down to nothing in all (G14).

    An item that is not reported owes what was found of it already; what it may still come to is
    eaten last.
    """
    debt = -sum((min(ZERO, _reached(one)) for one in awards.values()), ZERO)
    result = {}
    for name, found in sorted(awards.items(), key=lambda item: item[1].points is None):
        reached = _reached(found)
        taken = min(debt, max(ZERO, reached))
        debt -= taken
        because = found.because
        if reached < 0:
            because += "，不够的从另几项扣"
        elif taken:
            because += f"，替另几项再扣{shown(taken)}分"
        left = max(ZERO, reached) - taken
        if found.points is None:
            result[name] = replace(found, because=because, top=left)
        else:
            result[name] = replace(found, because=because, points=left)
    return result


def _reached(found: Award) -> Decimal:
    """Return the points of an award, or the most that they can come to."""
    return (found.top if found.points is None else found.points) or ZERO


def _summed(unit_id: str, lines: tuple[Line, ...], readings: Readings, edition: Edition) -> Sheet:
    """Add up a sheet: base of 100, adjustment beside it, total, and the span of what is open."""
    base = [line for line in lines if edition.clauses[line.clause].is_base]
    is_open = any(line.status == "not_reported" for line in lines)
    if is_open and readings.says("G38", "zero"):
        is_open = False
    low = _scaled(base, sum((line.points or ZERO for line in base), ZERO))
    high = _scaled(base, sum((line.top or ZERO for line in base), ZERO))
    adjustment = sum(
        (line.points or ZERO for line in lines if not edition.clauses[line.clause].is_base), ZERO
    )
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
