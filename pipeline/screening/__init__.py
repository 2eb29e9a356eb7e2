"""Screening (排查): who has been to which works, village and household, and what they looked at.

The document's first duty (二（一）: 逐户逐村逐工程, each by the right tier). Pure: rows go in,
frozen values come out. Knows nothing of files, points, pages, nor of who may see what.
"""

from pipeline.screening.alike import MANY, Alike, alike
from pipeline.screening.coverage import Coverage, added, coverage, missing
from pipeline.screening.duty import (
    DUTIES,
    GRAINS,
    KIND_COLUMNS,
    SPECIAL,
    TIER_OF_CLASS,
    Actor,
)
from pipeline.screening.guarantees import ANSWERS, Looked, Matrix, Weak, guarantees, weak
from pipeline.screening.standing import (
    AT_THE_DOOR,
    IN_TIME,
    LATE,
    LOWER,
    NEVER,
    OUTCOMES,
    SELF,
    Screened,
    Standing,
    Visit,
    Walked,
    at_end,
    screened,
)

__all__ = [
    "ANSWERS",
    "AT_THE_DOOR",
    "DUTIES",
    "GRAINS",
    "IN_TIME",
    "KIND_COLUMNS",
    "LATE",
    "LOWER",
    "MANY",
    "NEVER",
    "OUTCOMES",
    "SELF",
    "SPECIAL",
    "TIER_OF_CLASS",
    "Actor",
    "Alike",
    "Coverage",
    "Looked",
    "Matrix",
    "Screened",
    "Standing",
    "Visit",
    "Walked",
    "Weak",
    "added",
    "alike",
    "at_end",
    "coverage",
    "guarantees",
    "missing",
    "screened",
    "weak",
]
