"""What the values of a view are called, for those who write pages: they see no other room.

Rows have their types in `pipeline.rowtypes`; here are those of what is derived from rows.
"""

from __future__ import annotations

from pipeline.assessment import Clause, Edition, Line, Sheet
from pipeline.assessment import Standing as Placing
from pipeline.findings import Rule
from pipeline.followup import FEWEST, Fund, Link, Readiness, Return, Taken
from pipeline.followup import Tally as ReturnTally
from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.schemas import Field, Schema, Schemas
from pipeline.rectification import State, Step
from pipeline.screening import Alike, Coverage, Looked, Visit, Weak
from pipeline.screening import Standing as ScreeningStanding
from pipeline.water import Bound, Failure, Judged, Verdict

__all__ = [
    "FEWEST",
    "Alike",
    "Bound",
    "Campaign",
    "Clause",
    "Coverage",
    "Edition",
    "Failure",
    "Field",
    "Fund",
    "Judged",
    "Line",
    "Link",
    "Looked",
    "Placing",
    "Readiness",
    "Return",
    "ReturnTally",
    "Rule",
    "Schema",
    "Schemas",
    "ScreeningStanding",
    "Sheet",
    "State",
    "Step",
    "Taken",
    "Verdict",
    "Visit",
    "Weak",
]
