"""Water: what a report's values say, which limits apply, and whether the sample passes.

Pure: rows of tests, results, limits and works go in, verdicts come out. Decimal only.
"""

from pipeline.water.frequency import asked_of, is_too_seldom
from pipeline.water.judging import Bound, Judged
from pipeline.water.limits import Limits
from pipeline.water.outcomes import Outcome, Reason
from pipeline.water.standing import UNTESTED, Failure, Standing, standings
from pipeline.water.values import Value, parse
from pipeline.water.verdicts import (
    FULL_REPORT,
    JUDGED_BY,
    LABORATORY,
    Verdict,
    cured,
    judged,
    verdicts,
)

__all__ = [
    "FULL_REPORT",
    "JUDGED_BY",
    "LABORATORY",
    "UNTESTED",
    "Bound",
    "Failure",
    "Judged",
    "Limits",
    "Outcome",
    "Reason",
    "Standing",
    "Value",
    "Verdict",
    "asked_of",
    "cured",
    "is_too_seldom",
    "judged",
    "parse",
    "standings",
    "verdicts",
]
