"""Review: what a change of the ledgers means, told in the words of the work, unit by unit.

The change gate says what may not be; this room says what is: what was found, reported done,
verified and struck off, who came and went, which findings are new, which points move.
"""

from __future__ import annotations

from pipeline.review.deeds import CITY, Deed, deeds
from pipeline.review.effects import Found, Moved, Scores, Stood, findings, moved, stood
from pipeline.review.report import Cell, Review, Setting, cells, settings

__all__ = [
    "CITY",
    "Cell",
    "Deed",
    "Found",
    "Moved",
    "Review",
    "Scores",
    "Setting",
    "Stood",
    "cells",
    "deeds",
    "findings",
    "moved",
    "settings",
    "stood",
]
