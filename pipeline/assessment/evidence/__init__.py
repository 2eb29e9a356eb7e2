"""Evidence: which rows each clause counts (data-model 5), one small function for each kind."""

from pipeline.assessment.evidence import (  # noqa: F401 - they register their queries
    activities,
    calls,
    duties,
    events,
    homes,
    mending,
    money,
    papers,
    visits,
    water,
)
from pipeline.assessment.evidence.answers import Altered, Evidence, MadeUp
from pipeline.assessment.evidence.counted import (
    FAULTY,
    QUERIES,
    Counted,
    Fact,
    Given,
    Kept,
    Query,
)
from pipeline.assessment.evidence.queried import Queried

__all__ = [
    "FAULTY",
    "QUERIES",
    "Altered",
    "Counted",
    "Evidence",
    "Fact",
    "Given",
    "Kept",
    "MadeUp",
    "Queried",
    "Query",
]
