"""What would win points back: deductions that can still be mended, and points still at stake.

Every gain is computed by the clause itself on changed evidence, never guessed: the faults that can
be mended are taken away, or the missing facts are added, and the points are counted again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from pipeline.assessment.evidence import Altered, Counted, Fact, Queried
from pipeline.assessment.evidence.counted import told_amount
from pipeline.assessment.rulebook import Clause, Mend, Stake, rounded
from pipeline.assessment.scoring import Scorer
from pipeline.assessment.sheets import Line, Sheet
from pipeline.dates import parse_iso
from pipeline.readings import Readings

MOST_ADDED = 4
"""Facts added one by one until the points move; no clause of Annex 3 asks for more."""


@dataclass(frozen=True, slots=True)
class Win:
    """One thing that can still be done: clause, points, words, how many, until when, which rows.

    `is_kept` means that the points are not lost yet and would be if nothing is done; `is_most`
    that no more than these can be won: what a unit has not reported nobody can count yet.
    """

    clause: str
    points: Decimal
    words: str
    until: date
    rows: tuple[str, ...] = ()
    is_kept: bool = False
    is_most: bool = False


def wins(scorer: Scorer, sheet: Sheet, readings: Readings) -> tuple[Win, ...]:
    """Return what a unit can still do as of the day, the most points first.

    After the cut-off of the campaign nothing can be won any more.
    """
    until = scorer.known.snapshot.campaign.cut_off_on
    if scorer.day > until:
        return ()
    found = [
        win
        for line in sheet.lines
        if line.status in ("scored", "not_reported")
        for win in _of_line(scorer, sheet.unit_id, line, readings, until)
    ]
    for clause in scorer.edition.clauses.values():
        for stake in clause.stakes:
            found += _at_stake(scorer, sheet.unit_id, clause, stake, readings)
    return tuple(sorted(found, key=lambda w: (w.is_kept, -w.points, w.until, w.clause)))


def _of_line(
    scorer: Scorer, unit: str, line: Line, readings: Readings, until: date
) -> Iterator[Win]:
    clause = scorer.edition.clauses[line.clause]
    silent = scorer.silent(unit, clause)
    if silent:
        words = f"报告{'、'.join(map(scorer.told, silent))}"
        if line.top:
            yield Win(clause.id, line.top, words, until, is_most=True)
        return
    evidence = scorer.evidence(unit, readings)
    for mend in clause.mends:
        if line.points is None or line.lost > 0:
            win = _mended(clause, mend, evidence, line.points or Decimal(0), readings)
            if win is not None:
                yield replace(win, until=until)


def _mended(
    clause: Clause, mend: Mend, evidence: Queried, now: Decimal, readings: Readings
) -> Win | None:
    """Return what a mend would win, or None if it wins nothing."""
    found: Counted = getattr(evidence, mend.query)
    for changed, said, rows in _changes(mend, found, evidence):
        award = clause.rule(Altered(evidence, **{mend.query: changed}), readings)
        if award.points is not None and rounded(award.points) > now:
            gain = rounded(award.points) - now
            return Win(clause.id, gain, f"{mend.words}{said}", date.max, rows)
    return None


def _changes(
    mend: Mend, found: Counted, evidence: Queried
) -> Iterator[tuple[Counted, str, tuple[str, ...]]]:
    """Yield the changed evidence, how much of it is meant, and the rows it is about."""
    if not mend.adds:
        gone = found.of(mend.kind) if mend.kind else found
        if gone:
            rest = tuple(fact for fact in found.facts if fact not in gone.facts)
            said = f"，{told_amount(gone.total, found.measure)}"
            yield replace(found, facts=rest), said, gone.rows
        return
    if mend.amount is not None:
        amount = mend.amount(evidence)
        added = (*found.facts, Fact(count=amount))
        said = told_amount(amount, found.measure, ROUND_CEILING)
        yield replace(found, facts=added), said, found.rows
        return
    for count in range(1, MOST_ADDED + 1):
        added = (*found.facts, *(Fact(kind=mend.kind),) * count)
        yield replace(found, facts=added), f"，{count}{found.measure}", ()


def _at_stake(
    scorer: Scorer, unit: str, clause: Clause, stake: Stake, readings: Readings
) -> Iterator[Win]:
    """Yield what costs points of a clause if it is not done by its day (五.2).

    Where the clause has come down to nothing already, nothing more can be lost.
    """
    evidence = scorer.evidence(unit, readings)
    if scorer.silent(unit, clause) or (unit, clause.id) in scorer.finals:
        return
    lost: Counted = getattr(evidence, stake.query)
    now = clause.rule(evidence, readings).points
    worse = replace(lost, facts=(*lost.facts, Fact()))
    then = clause.rule(Altered(evidence, **{stake.query: worse}), readings).points
    if now is None or then is None or then >= now:
        return
    for fact in getattr(evidence, stake.open).facts:
        limit = parse_iso(fact.kind)
        if limit is not None:
            yield Win(clause.id, now - then, stake.words, limit, fact.rows, is_kept=True)
