"""Row types: what the columns and words of every ledger are called, as types.

`row` says what every row has; `generated` is made from `schemas/*.yaml` (`make rows`) and names
every ledger, column and fixed choice, so that a slip of the pen is found before anything runs.
Read nothing, decide nothing.
"""

from __future__ import annotations

from pipeline.rowtypes.generated import *  # noqa: F403 - every name of it, and nothing else
from pipeline.rowtypes.row import Index, Row, Shard

__all__ = ["Index", "Row", "Shard"]
