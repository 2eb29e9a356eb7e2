"""Which doors to knock at in a drawn village: places on its own roster, never names.

The ledgers hold how many households of a kind a village has, and nobody's name (invariant 2). So a
list says "the 3rd, 11th and 17th household of the roster"; who that is, only the village's own
roster knows, and nothing of it comes back but counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from types import MappingProxyType

from pipeline.rowtypes import VillageRow
from pipeline.sampling.chance import chance
from pipeline.screening import KIND_COLUMNS
from pipeline.terms import CHARGEABLE

HOMES = 5
"""Households visited in a drawn village."""

ROSTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "三类户和脱贫户": tuple(KIND_COLUMNS[kind] for kind in CHARGEABLE),
        "全村农户": ("households",),
    }
)
"""Which roster is read, first the one of those that clause 五.1 charges for; the columns that
count it."""


@dataclass(frozen=True, slots=True)
class Homes:
    """The places on a roster of so many households, from one on, in order."""

    roster: str
    size: int
    places: tuple[int, ...]


def homes(village: VillageRow, seed: str) -> Homes:
    """Choose `HOMES` households of a village, equally likely, evenly over the roster."""
    sizes = {
        roster: sum(getattr(village, column) or 0 for column in columns)
        for roster, columns in ROSTERS.items()
    }
    roster, size = next(((name, size) for name, size in sizes.items() if size), ("", 0))
    count = min(HOMES, size)
    start = chance(seed, village.unit_id, village.village_code, roster, "户")
    step = Fraction(size, count) if count else Fraction(0)
    return Homes(roster, size, tuple(floor((start + n) * step) + 1 for n in range(count)))
