"""Annex 3 of 宛水农〔2022〕20号: 23 clauses, one module per part, in official order."""

from __future__ import annotations

from pipeline.assessment.edition import Edition, Pool, Scaling
from pipeline.assessment.editions.y2022 import (  # noqa: F401 - they write their clauses down
    part_1_leadership,
    part_2_upkeep,
    part_3_duties,
    part_4_rules,
    part_5_results,
    part_6_extras,
)
from pipeline.assessment.editions.y2022.book import BOOK
from pipeline.readings import SWITCHES

__all__ = ["EDITION"]

EDITION = Edition(
    annex=BOOK.annex,
    clauses=BOOK.clauses,
    readings=SWITCHES,
    pool=Pool(("五.4①", "五.4②", "五.4③", "五.4④"), "G14", "pooled"),
    scaling=Scaling(("二.2",), "G3", "rescale"),
    fixed=("G33", "G3"),
)
