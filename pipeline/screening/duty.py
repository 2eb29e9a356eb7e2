"""Whose duty it is to screen what (二（一）, O-10, O-11), and who must act where nobody did.

The document names three tiers: the county's water department screens 千吨万人 works, the township
千人以上, the village committee 千人以下. Who screens extensions of a city's network and dispersed
supplies it does not say; reading G21 gives the first to the county and the second to the village.
Villages and their households are the village committee's (村两委 and 驻村干部).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.rowtypes import HOUSEHOLD_CHECKS_HOUSEHOLD_KIND, WorksRow
from pipeline.terms import INNER

TIER_OF_CLASS: Mapping[str, str] = MappingProxyType(
    {"千吨万人": "县", "城市管网延伸": "县", "千人以上": "乡镇", "千人以下": "村"}
)
"""Who screens works of a class (O-10), and mends source and plant (O-14, reading G22)."""

VILLAGE_TIER = "村"
WORKS, VILLAGES, HOUSEHOLDS = "工程", "村", "户"
GRAINS = (WORKS, VILLAGES, HOUSEHOLDS)
"""The grains of 逐户逐村逐工程, from the coarsest duty to the finest."""

DISPERSED, PIPED = "分散供水村", "集中供水村"
"""A village with any household on dispersed supply, and every other village."""

KIND_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "脱贫不稳定户": "unstable_households",
        "边缘易致贫户": "marginal_households",
        "突发严重困难户": "stricken_households",
        "其他脱贫户": "lifted_households",
        "其他重点人群": "priority_households",
    }
)
"""Households that the document names, and the column of `villages` that counts each kind."""

SPECIAL = HOUSEHOLD_CHECKS_HOUSEHOLD_KIND[:3]
"""三类户 (reading G24)."""

DUTIES: tuple[tuple[str, str, str], ...] = (
    *((tier, WORKS, name) for name, tier in TIER_OF_CLASS.items()),
    (VILLAGE_TIER, VILLAGES, DISPERSED),
    (VILLAGE_TIER, VILLAGES, PIPED),
    *((VILLAGE_TIER, HOUSEHOLDS, kind) for kind in KIND_COLUMNS),
)
"""Every duty: tier, grain, kind; kinds of a grain are exclusive, so that they can be added up."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who must act: place_type and the ids of the places whose body it is, one or several."""

    place_type: str
    place_ids: tuple[str, ...]


def reaches(level: str, tier: str) -> bool:
    """Whether a level is the tier that is asked for, or above it."""
    return level in INNER and INNER.index(level) >= INNER.index(tier)


def actor_of_works(works: WorksRow) -> Actor:
    """Return who must screen a works: its county, its township, or the villages that it serves."""
    tier = TIER_OF_CLASS[works.works_class]
    ids = {"县": (works.unit_id,), "乡镇": (works.town_code,), "村": tuple(works.village_codes)}
    return Actor(tier, ids[tier])
