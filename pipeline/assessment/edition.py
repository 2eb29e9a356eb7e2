"""An edition of the rules as a value: what is on paper, the clauses that apply it, how sums work.

Scores, sheets, effects and pages are given one and know no other; two may stand side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.annexes import Annex
from pipeline.assessment.rulebook import Clause

Options = Mapping[str, tuple[str, ...]]
"""Readings, each with its options, the recommended one first."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Clauses that pay for each other's faults where a reading says so."""

    clauses: tuple[str, ...]
    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class Scaling:
    """Clauses that may be left out of the sum, the rest scaled up, where a reading says so."""

    clauses: tuple[str, ...]
    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the assessment rules.

    `readings` are those that its points may hang on, with their options, `settled` those of its
    words that have one option only; of the first `fixed` are
    asked by so many clauses, or change the whole sum, so that bands are computed under each of
    their options in turn.

    Raises:
        ValueError: clauses that are not those of the annex, or a pool, a scaling or a fixed reading
            of something that the edition does not have.
    """

    annex: Annex
    clauses: Mapping[str, Clause]
    readings: Options
    settled: tuple[str, ...] = ()
    pool: Pool | None = None
    scaling: Scaling | None = None
    fixed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an edition that contradicts itself."""
        if list(self.clauses) != list(self.annex.bounds):
            raise ValueError(f"{self.id}: {[*self.clauses]}")
        for one in (self.pool, self.scaling):
            if one and not ({*one.clauses} <= {*self.clauses} and one.reading in self.readings):
                raise ValueError(f"{self.id}: {one}")
        if astray := {*self.fixed} - {*self.readings}:
            raise ValueError(f"{self.id}: {sorted(astray)}")
        if self.scaling and self.scaling.reading not in self.fixed:
            raise ValueError(f"{self.id}: {self.scaling.reading}")

    @property
    def id(self) -> str:
        """How campaign.yml names it."""
        return self.annex.id

    @property
    def year(self) -> str:
        """How judgements and published scores name it."""
        return self.annex.year

    @property
    def title(self) -> str:
        """The title it is printed under."""
        return self.annex.title

    @property
    def source(self) -> str:
        """The document it stands in."""
        return self.annex.source

    @property
    def parts(self) -> Mapping[str, str]:
        """The headings of its parts by numeral."""
        return self.annex.parts

    @property
    def full(self) -> Decimal:
        """The full points of the clauses that count into the base."""
        return sum((clause.full for clause in self.clauses.values() if clause.is_base), Decimal(0))

    @property
    def heaviest(self) -> Decimal:
        """The full points of the clause that gives most."""
        return max(clause.full for clause in self.clauses.values())

    def asks(self, reading: str) -> bool:
        """Whether a reading is about this edition."""
        return reading in self.readings or reading in self.settled

    @property
    def pooled(self) -> tuple[str, ...]:
        """The clauses that a reading may make pay for each other."""
        return self.pool.clauses if self.pool else ()
