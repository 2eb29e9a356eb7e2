"""How a clause is written: number, full points, source, worked examples, and a shape.

    @clause("五.5②", title="监督和服务电话", full=3,
            source=("附件3 五.5②", "G6"), why="电话打不通，出了问题就没有人知道。",
            needs={"phones/县级监督": {}, "phones/供水服务": {}}, seen=("hotline_calls",),
            examples=[("1次不通", {"unanswered_hotline_calls": 1}, "2.5")])
    def hotlines_are_answered(evidence, readings):
        \"\"\"县级监督电话和供水服务电话抽查有人接听得3分；发现1次不通扣0.5分。\"\"\"
        return deduct(3, "0.5", evidence.unanswered_hotline_calls)

`clause` belongs to the `ClauseBook` of one edition; nothing is registered anywhere else. The
docstring is our own restatement with the official figures; the method page prints it beside the
official number. Examples are a Chinese sentence, how many made-up facts of each kind, the points,
and, where another reading is meant, its option. A body is one of a few shapes; whatever it counts
comes from `evidence`, which knows nothing of points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any, Literal

from pipeline.annexes import Annex
from pipeline.assessment.evidence import QUERIES, Counted, Given, Queried, Query
from pipeline.figures import shown
from pipeline.readings import Readings

Status = Literal["scored", "not_applicable", "not_reported", "judged"]
Points = int | str | Decimal
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Award:
    """Points, the arithmetic as a phrase, and the rows that moved it; never what rows hold.

    `registered` counts the faults that stand in the registers, which no visit had to find.

    `points` is None where nothing can be said: the clause is not reported, or is left out of the
    sum (reading G3, rescale). `top` is then the most that a clause not reported can still come to.
    """

    points: Decimal | None
    because: str
    rows: tuple[str, ...] = ()
    faults: int = 0
    status: Status = "scored"
    top: Decimal | None = None
    registered: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: what it says, the made-up evidence, the points, the readings it needs."""

    sentence: str
    evidence: Mapping[str, Given]
    points: Decimal | None
    readings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mend:
    """What can still be done about a clause: facts of a query that go away, or are added.

    `kind` is what the fact is, where the query tells kinds apart; `amount` says how much is short
    where the facts are amounts.
    """

    query: str
    words: str
    adds: bool = False
    kind: str = ""
    amount: Callable[[Queried], Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Stake:
    """What is not lost yet: facts of `open` that become faults of `query` when their day passes.

    The kind of an open fact is that day; `words` say what is to be done by then.
    """

    query: str
    open: str
    words: str


Rule = Callable[[Queried, Readings], "Award"]
"""How the points of a clause follow from its evidence under some readings."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as declared; `source` says where it stands, `why` in a sentence what it is for.

    `uncited` are ledgers whose rows move the points together, as one number, and are not listed.
    """

    id: str
    title: str
    full: Decimal
    low: Decimal
    source: tuple[str, ...]
    why: str
    needs: Mapping[str, Mapping[str, Given]]
    seen: tuple[str, ...]
    mends: tuple[Mend, ...]
    stakes: tuple[Stake, ...]
    uncited: tuple[str, ...]
    examples: tuple[Example, ...]
    text: str
    is_base: bool
    rule: Rule

    @property
    def part(self) -> str:
        """The numeral of the part it stands in."""
        return self.id[0]

    @property
    def queries(self) -> tuple[Query, ...]:
        """The evidence it counts, as its worked examples and its mends name it, and as it looks."""
        named = [name for example in self.examples for name in example.evidence]
        named += [*(mend.query for mend in self.mends), *self.seen]
        return tuple(QUERIES[name] for name in dict.fromkeys(named))


class ClauseBook:
    """The clauses of one edition while they are written down, each under a number of its annex."""

    def __init__(self, annex: Annex) -> None:
        """Take what the edition says on paper."""
        self.annex = annex
        self._clauses: dict[str, Clause] = {}

    @property
    def clauses(self) -> Mapping[str, Clause]:
        """All clauses in the order of the annex.

        Raises:
            ValueError: a clause of the annex was not written.
        """
        if missing := [name for name in self.annex.bounds if name not in self._clauses]:
            raise ValueError(f"{self.annex.id}: {missing}")
        return MappingProxyType({name: self._clauses[name] for name in self.annex.bounds})

    def clause(
        self,
        id: str,
        *,
        title: str,
        full: int,
        source: Sequence[str],
        why: str,
        needs: Mapping[str, Mapping[str, Given]] = MappingProxyType({}),
        seen: Sequence[str] = (),
        mends: Sequence[Mend] = (),
        stakes: Sequence[Stake] = (),
        uncited: Sequence[str] = (),
        examples: Sequence[tuple[Any, ...]],
    ) -> Callable[[Rule], Rule]:
        """Write down a clause.

        `needs` are ledger/kind that must be reported or declared none, each with the best that a
        report could say (made-up facts by query); all other evidence stands as it is while a need
        is silent. `seen` are the queries that say how much was checked from outside; `mends` what
        may still win points back.

        Raises:
            ValueError: a number that the annex does not have or that was written already, full
                points that are not its own, or a query that does not exist.
        """
        if id in self._clauses or id not in self.annex.bounds:
            raise ValueError(f"{self.annex.id} {id}")
        low, high = self.annex.bounds[id]
        if high != full:
            raise ValueError(f"{id}: {full}")
        asked = {query for best in needs.values() for query in best}
        asked |= {*seen, *(mend.query for mend in mends)}
        asked |= {query for stake in stakes for query in (stake.query, stake.open)}
        if unknown := asked - set(QUERIES):
            raise ValueError(f"{id}: {sorted(unknown)}")

        def register(function: Rule) -> Rule:
            self._clauses[id] = Clause(
                id=id,
                title=title,
                full=Decimal(high),
                low=Decimal(low),
                source=tuple(source),
                why=why,
                needs=MappingProxyType(dict(needs)),
                seen=tuple(seen),
                mends=tuple(mends),
                stakes=tuple(stakes),
                uncited=tuple(uncited),
                examples=tuple(_example(*example) for example in examples),
                text=" ".join((function.__doc__ or "").split()),
                is_base=self.annex.is_base(id),
                rule=function,
            )
            return function

        return register


def _example(
    sentence: str,
    evidence: Mapping[str, Given],
    points: str | None,
    readings: Mapping[str, str] | None = None,
) -> Example:
    worth = None if points is None else Decimal(points)
    return Example(sentence, evidence, worth, readings or {})


def award(full: Points, found: Counted) -> Award:
    """Give all or nothing: full points if anything was found."""
    points = Decimal(full) if found else Decimal(0)
    return Award(points, f"{found}，得{shown(points)}分", found.rows)


def tier(steps: Sequence[tuple[Points, Points]], found: Counted) -> Award:
    """Give the points of the first step (at least so many, points) that the total reaches."""
    reached = (Decimal(points) for least, points in steps if found.total >= Decimal(least))
    points = next(reached, Decimal(0))
    return Award(points, f"{found}，得{shown(points)}分", found.rows)


def best(levels: Mapping[str, Points], found: Counted) -> Award:
    """Give the points of the best kind found; kinds are listed best first."""
    for kind, points in levels.items():
        facts = found.of(kind)
        if facts:
            because = f"{found.word}：{kind}，得{shown(Decimal(points))}分"
            return Award(Decimal(points), because, facts.rows)
    kinds = "、".join(dict.fromkeys(fact.kind for fact in found.facts)) or "没有"
    return Award(Decimal(0), f"{found.word}：{kinds}，得0分", found.rows)


def share(full: Points, met: Counted, due: Counted) -> Award:
    """Give full points times what was met over what was due."""
    points = rounded(Decimal(full) * met.total / due.total)
    because = f"{shown(Decimal(full))}×{shown(met.total)}÷{shown(due.total)}={shown(points)}"
    answered = set(met.rows)
    missed = tuple(row for row in due.rows if row not in answered)
    return Award(points, f"{due}，{met}：{because}", (*missed, *met.rows), len(missed))


def deduct(full: Points, each: Points, *faults: Counted, floor: Points = 0) -> Award:
    """Take off so much for every fault, down to the floor (reading G28)."""
    count = sum((found.total for found in faults), 0)
    raw = Decimal(full) - Decimal(each) * count
    points = max(Decimal(floor), raw)
    because = f"{shown(Decimal(full))}−{shown(Decimal(each))}×{shown(count)}={shown(raw)}"
    if raw < points:
        because += f"，扣到{shown(points)}分为止"
    told = "，".join(str(found) for found in faults if found)
    rows = tuple(dict.fromkeys(row for found in faults for row in found.rows))
    because = f"{told}：{because}" if told else f"没有扣分，得{shown(points)}分"
    registered = sum((f.count for found in faults for f in found.facts if f.is_registered), 0)
    return Award(points, because, rows, int(count), registered=int(registered))


def adjust(low: Points, high: Points, *parts: tuple[Points, Counted]) -> Award:
    """Add up signed points, each so much for every fact, and keep the sum within its bounds."""
    found = [(Decimal(each), counted) for each, counted in parts if counted]
    raw = sum((each * counted.total for each, counted in found), Decimal(0))
    points = min(Decimal(high), max(Decimal(low), raw))
    if not found:
        return Award(points, "没有加减分")
    sums = "".join(
        f"{'−' if each < 0 else '+'}{shown(abs(each))}×{shown(counted.total)}"
        for each, counted in found
    )
    told = "，".join(str(counted) for _, counted in found)
    because = f"{told}：{sums.removeprefix('+')}={shown(raw)}"
    if raw != points:
        because += f"，{'最多加' if points > 0 else '最多减'}{shown(abs(points))}分"
    rows = tuple(dict.fromkeys(row for _, counted in found for row in counted.rows))
    return Award(points, because, rows, sum(1 for each, _ in found if each < 0))


def not_applicable(full: Points, because: str) -> Award:
    """Give full points, flagged, where there is nothing the clause could ask for."""
    return Award(Decimal(full), f"不适用：{because}，得满分", status="not_applicable")


def left_out(because: str) -> Award:
    """Leave a clause that does not apply out of the sum; the others are scaled up (G3)."""
    return Award(None, f"不适用：{because}，不计分", status="not_applicable")


def not_reported(because: str, rows: Sequence[str] = (), top: Decimal | None = None) -> Award:
    """Give no points and no zero: what decides has not been told; `top` is full points if None."""
    return Award(None, because, tuple(rows), status="not_reported", top=top)


def rounded(points: Decimal) -> Decimal:
    """Round to hundredths of a point, half up."""
    return points.quantize(HUNDREDTH, ROUND_HALF_UP).normalize() + 0


def within(found: Award, **changes: Any) -> Award:
    """Return an award with some of it changed."""
    return replace(found, **changes)
