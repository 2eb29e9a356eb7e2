"""One draw as it goes into the ledger `spot_checks`: the rows, and the promise made before.

Units can read the repository, so the rows stay out of it until the visits are made. What may be
published at once is the promise (承诺码): the SHA-256 of the rows as drawn. It shows nothing of
them, provided that nobody can guess the seed, and proves afterwards that nothing was exchanged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from hashlib import sha256
from itertools import chain

from pipeline.rowtypes import HouseholdCheckRow, InspectionRow, Ledgers, PhoneCheckRow, WaterTestRow
from pipeline.sampling.drawing import Drawn
from pipeline.sampling.frame import KINDS

AFTERWARDS = ("not_done_reason", "released_on")
"""Columns that are filled in after the visits."""
GUESSABLE = 16
"""A seed of fewer characters can be found by trying."""
_NUMBERS = {kind: number for number, kind in enumerate(KINDS, 1)}
_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Batch:
    """What one draw has in common."""

    batch_id: str
    kind: str
    group_no: int
    drawn_on: date
    seed: str
    frame_version: str

    def rows(self, drawn: Sequence[Drawn]) -> list[dict[str, object]]:
        """Return the rows of the draw, in order; blank in what only the visits will tell."""
        return [
            {
                "draw_id": f"{self.batch_id}-{number:03d}",
                "batch_id": self.batch_id,
                "drawn_on": self.drawn_on,
                "group_no": self.group_no,
                "unit_id": one.entry.unit_id,
                "stratum": one.entry.stratum,
                "place_type": one.entry.place_type,
                "place_id": one.entry.place_id,
                "draw_no": one.number,
                "is_reserve": one.is_reserve,
                "seed": self.seed,
                "frame_version": self.frame_version,
                "frame_size": one.frame_size,
                "sample_size": one.sample_size,
                "inclusion_probability": decimal(one.probability),
            }
            for number, one in enumerate(drawn, 1)
        ]


def decimal(probability: Fraction) -> Decimal:
    """Write a probability with six places, never as nothing."""
    exact = Decimal(probability.numerator) / Decimal(probability.denominator)
    return max(_PLACES, exact.quantize(_PLACES, ROUND_HALF_EVEN)).normalize()


def promise(content: bytes) -> str:
    """Return the digest that may be published before the visits: of the rows as drawn."""
    return sha256(content).hexdigest()


def next_batch(group: int, kind: str, taken: Collection[str]) -> str:
    """Return the next free number of a group for a kind: city-k, group, kind, number."""
    stem = f"city-k{group:02d}{_NUMBERS[kind]}"
    number = next(n for n in range(1, 1000) if f"{stem}{n:02d}" not in taken)
    return f"{stem}{number:02d}"


def unanswered(rows: Sequence[Mapping[str, str]], results: Collection[str]) -> list[str]:
    """Return the ids of the drawn (not in reserve) with neither a result nor a reason for none."""
    return [
        row["draw_id"]
        for row in rows
        if row["is_reserve"] != "是"
        and not row["not_done_reason"]
        and row["draw_id"] not in results
    ]


def answered(tables: Ledgers) -> set[str]:
    """Return the ids of the draws that have a result which was not taken back."""
    ledgers: tuple[
        Sequence[InspectionRow | PhoneCheckRow | HouseholdCheckRow | WaterTestRow], ...
    ] = (tables.inspections, tables.phone_checks, tables.household_checks, tables.water_tests)
    results = chain.from_iterable(ledgers)
    return {r.draw_id for r in results if r.draw_id is not None and r.withdrawn_on is None}
