"""Water: what a report's values say, which limits apply, and whether the sample passes.

Pure: rows of tests, results, limits and works go in, verdicts come out. Decimal only.
"""

from pipeline.water.judging import FAIL, PASS, UNJUDGED, Judged
from pipeline.water.limits import Limits
from pipeline.water.values import Value, parse
from pipeline.water.verdicts import FULL_REPORT, Verdict, cured, judged, verdicts

__all__ = [
    "FAIL",
    "FULL_REPORT",
    "PASS",
    "UNJUDGED",
    "Judged",
    "Limits",
    "Value",
    "Verdict",
    "cured",
    "judged",
    "parse",
    "verdicts",
]
