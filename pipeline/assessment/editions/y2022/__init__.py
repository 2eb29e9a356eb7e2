"""Annex 3 of the notice of 2022: 23 clauses, one module per part, in official order."""

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
from pipeline.readings import SETTLED, SWITCHES

__all__ = ["EDITION"]

READINGS = (
    "G1", "G3", "G6", "G7", "G9", "G10", "G11", "G12", "G13", "G14", "G15", "G16", "G29", "G30",
    "G31", "G32", "G33", "G34", "G35", "G36", "G37", "G38", "G39", "G40", "G41", "G42", "G43",
    "G44",
)  # fmt: skip
"""The readings that points of this edition may hang on."""

EDITION = Edition(
    annex=BOOK.annex,
    clauses=BOOK.clauses,
    readings={name: SWITCHES[name] for name in READINGS},
    settled=tuple(SETTLED),
    pool=Pool(("五.4①", "五.4②", "五.4③", "五.4④"), "G14", "pooled"),
    scaling=Scaling(("二.2",), "G3", "rescale"),
    fixed=("G33", "G3"),
)
