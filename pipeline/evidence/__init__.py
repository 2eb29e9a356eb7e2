"""Evidence (佐证): which rows must cite some, how many do, and whether a file is the one cited.

Files never enter the ledgers: a row cites an archive number, or the digest of a file that is kept
elsewhere. Rows go in, counts come out; of a file only its bytes are read. Knows nothing of points
and pages. (What clauses count as evidence stands in `assessment/evidence`.)
"""

from pipeline.evidence.citing import COLUMN, Cited, citing, row_named
from pipeline.evidence.digests import Measured, cited_digest, measure, reference
from pipeline.evidence.needed import KINDS, Coverage, coverage, kind_of, needing, reused

__all__ = [
    "COLUMN",
    "KINDS",
    "Cited",
    "Coverage",
    "Measured",
    "cited_digest",
    "citing",
    "coverage",
    "kind_of",
    "measure",
    "needing",
    "reference",
    "reused",
    "row_named",
]
