"""The 23 clauses of Annex 3 of 宛水农〔2022〕20号, one module per part, in official order."""

from pipeline.assessment.clauses import (  # noqa: F401 - they register their clauses
    part_1_leadership,
    part_2_upkeep,
    part_3_duties,
    part_4_rules,
    part_5_results,
    part_6_extras,
)
from pipeline.assessment.rulebook import CLAUSES

__all__ = ["CLAUSES"]
