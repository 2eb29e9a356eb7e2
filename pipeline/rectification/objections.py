"""The days in which anybody may object to a 销号 (公示期) before it is taken for settled.

The day of 销号 is told, the window are the working days after it, its last day included. Their
number is the campaign's (`objection_workdays`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.dates import Workdays
from pipeline.rectification.standing import State


def objection_windows(
    states: Mapping[str, State], workdays: Workdays, count: int
) -> dict[str, date]:
    """Return, for every issue that is struck off, the last day on which one may object."""
    return {
        issue_id: workdays.after(state.struck_on, count)
        for issue_id, state in states.items()
        if state.is_struck and state.struck_on is not None
    }
