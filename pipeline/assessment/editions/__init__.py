"""The editions of the rules that this program can compute, one folder each.

An edition is composed by its own folder and named here once; its paper stands in `annexes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pipeline.assessment.edition import Edition
from pipeline.assessment.editions import y2022
from pipeline.ledgers.campaign import Campaign

__all__ = ["EDITIONS", "by_id", "of_campaign"]


def by_id(editions: Iterable[Edition]) -> Mapping[str, Edition]:
    """Return editions by id.

    Raises:
        ValueError: two of them have one id.
    """
    found: dict[str, Edition] = {}
    for one in editions:
        if one.id in found:
            raise ValueError(one.id)
        found[one.id] = one
    return MappingProxyType(found)


EDITIONS = by_id((y2022.EDITION,))


def of_campaign(campaign: Campaign) -> tuple[Edition, ...]:
    """Return the editions a campaign names: its own first, then those shown beside it."""
    return tuple(EDITIONS[name] for name in campaign.editions)
