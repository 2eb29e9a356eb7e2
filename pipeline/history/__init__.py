"""History: what happened to rows of the ledgers from commit to commit, as git bears witness.

One walk along the first parents: a merged change is one change. What is kept of it is an index of
plain words that also travels as a small file, for copies without git. Values of columns that are
not public never enter it; whether a row may be named at all, the disclosure decides.
"""

from __future__ import annotations

from pipeline.history.index import Bulk, Edit, Filing, History, Quality, from_json, to_json
from pipeline.history.shown import repeats, worded
from pipeline.history.sources import NAME, history_at, history_of

__all__ = [
    "NAME",
    "Bulk",
    "Edit",
    "Filing",
    "History",
    "Quality",
    "from_json",
    "history_at",
    "history_of",
    "repeats",
    "to_json",
    "worded",
]
