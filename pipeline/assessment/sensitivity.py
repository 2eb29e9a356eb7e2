"""Whether the readings decide the scores, all of them taken together.

The lowest and the highest total that any combination of options gives a unit. That is exact, not a
sample: clauses that ask the same readings are taken together, the readings of one clause only are
tried inside it, and those that many clauses ask (`Edition.fixed`) are held fixed one after the
other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from pipeline.assessment.edition import Edition, Options
from pipeline.assessment.rulebook import rounded
from pipeline.assessment.scoring import Scorer, judged_points
from pipeline.assessment.sheets import ZERO
from pipeline.readings import Readings

Span = tuple[Decimal, Decimal]
Spans = Mapping[tuple[str, ...], Span]
"""The lowest and highest sum by the options of some readings."""
Table = tuple[tuple[str, ...], Spans]
"""The readings, and the spans by their options."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Clauses whose points hang together, and their lowest and highest sum by reading."""

    clauses: tuple[str, ...]
    asked: tuple[str, ...]
    spans: Spans
    is_base: bool

    def under(self, fixed: Mapping[str, str]) -> Table:
        """Return the readings left open, and the spans, when some readings are held fixed."""
        free = tuple(name for name in self.asked if name not in fixed)
        spans = {}
        for options, span in self.spans.items():
            told = dict(zip(self.asked, options, strict=True))
            if all(told.get(name, option) == option for name, option in fixed.items()):
                spans[tuple(told[name] for name in free)] = span
        return free, spans


def band(scorer: Scorer, unit: str, readings: Readings) -> Span:
    """Return the lowest and highest total of one unit over every combination of readings."""
    edition = scorer.edition
    groups = [_group(scorer, unit, names, readings) for names in _together(edition)]
    lows, highs = [], []
    for options in product(*(edition.readings[name] for name in edition.fixed)):
        fixed = dict(zip(edition.fixed, options, strict=True))
        base = _extremes([g for g in groups if g.is_base], fixed, edition.readings)
        extra = _extremes([g for g in groups if not g.is_base], fixed, edition.readings)
        if out := _left_out(scorer, unit, readings.but(**fixed)):
            scale = edition.full / (edition.full - out)
            base = (rounded(base[0] * scale), rounded(base[1] * scale))
        lows.append(base[0] + extra[0])
        highs.append(base[1] + extra[1])
    return min(lows), max(highs)


def _together(edition: Edition) -> Iterator[tuple[str, ...]]:
    """Yield the clauses as groups: those that one reading may pool are one group."""
    if edition.pool:
        yield edition.pooled
    yield from ((name,) for name in edition.clauses if name not in edition.pooled)


def _left_out(scorer: Scorer, unit: str, readings: Readings) -> Decimal:
    """Return the full points that are left out of the sum where nothing was due (G3, rescale)."""
    scaling = scorer.edition.scaling
    if scaling is None or not readings.says(scaling.reading, scaling.option):
        return ZERO
    out = ZERO
    for name in scaling.clauses:
        award = scorer.award(unit, name, readings)
        if award.points is None and award.status == "not_applicable":
            out += ZERO if (unit, name) in scorer.finals else scorer.edition.clauses[name].full
    return out


def _group(scorer: Scorer, unit: str, names: tuple[str, ...], readings: Readings) -> _Group:
    """Score a group of clauses under every combination of the readings they ask."""
    edition = scorer.edition
    asked: tuple[str, ...] = ()
    while True:
        spans = {
            options: _span(
                scorer, unit, names, readings.but(**dict(zip(asked, options, strict=True)))
            )
            for options in product(*(edition.readings[name] for name in asked))
        }
        wanted = {g for name in names for g in scorer.asked(unit, name)} & set(edition.readings)
        if edition.pool and names == edition.pooled:
            wanted.add(edition.pool.reading)
        if wanted <= set(asked):
            return _Group(names, asked, spans, edition.clauses[names[0]].is_base)
        asked = tuple(sorted(wanted | set(asked)))


def _span(scorer: Scorer, unit: str, names: tuple[str, ...], readings: Readings) -> Span:
    """Return the lowest and highest sum of some clauses under some readings."""
    low = high = ZERO
    for name, award in scorer.awards(unit, names, readings).items():
        final = scorer.finals.get((unit, name))
        if final is not None:
            points = top = judged_points(final, scorer.edition.clauses[name])
        else:
            points = award.points or ZERO
            top = points if award.points is not None else award.top or ZERO
        low, high = low + points, high + top
    return low, high


def _extremes(groups: Sequence[_Group], fixed: Mapping[str, str], known: Options) -> Span:
    """Return the lowest and highest sum of groups over the readings that are left open."""
    low = high = ZERO
    tables = [group.under(fixed) for group in groups]
    for component in _components(tables):
        found = list(_sums(component, known))
        low += min(lo for lo, _ in found)
        high += max(hi for _, hi in found)
    return low, high


def _components(tables: Sequence[Table]) -> Iterator[list[Table]]:
    """Yield the tables that share readings together."""
    rest = list(tables)
    while rest:
        component, names = [rest.pop()], set()
        grown = True
        while grown:
            names = {name for free, _ in component for name in free}
            joined = [table for table in rest if names & set(table[0])]
            rest = [table for table in rest if not names & set(table[0])]
            component += joined
            grown = bool(joined)
        yield component


def _sums(component: Sequence[Table], known: Options) -> Iterator[Span]:
    """Yield the sums of tables for every combination of the readings that two of them share."""
    names = [name for free, _ in component for name in free]
    shared = sorted({name for name in names if names.count(name) > 1})
    tables = [_reduced(free, spans, shared) for free, spans in component]
    for options in product(*(known[name] for name in shared)):
        told = dict(zip(shared, options, strict=True))
        found = [spans[tuple(told[name] for name in own)] for own, spans in tables]
        yield sum((lo for lo, _ in found), ZERO), sum((hi for _, hi in found), ZERO)


def _reduced(free: Sequence[str], spans: Spans, shared: Iterable[str]) -> Table:
    """Try the readings that only this table asks, and keep the lowest and the highest."""
    own = tuple(name for name in free if name in set(shared))
    kept: dict[tuple[str, ...], Span] = {}
    for options, (low, high) in spans.items():
        told = dict(zip(free, options, strict=True))
        key = tuple(told[name] for name in own)
        lo, hi = kept.get(key, (low, high))
        kept[key] = min(lo, low), max(hi, high)
    return own, kept
