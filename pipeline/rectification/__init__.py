"""Rectification: what happened to the issues, and where they therefore stand on a given day.

Pure: rows of issues, events and assignments go in, states and histories come out.
"""

from pipeline.rectification.duplicates import duplicates
from pipeline.rectification.lifecycle import (
    STATES,
    TRANSITIONS,
    Expectation,
    Extension,
    Step,
    at_least,
    event_order,
    history,
    is_outside,
    is_self_check,
)
from pipeline.rectification.objections import objection_windows
from pipeline.rectification.recurrence import recurrence_days
from pipeline.rectification.standing import State, extending_level, histories, states
from pipeline.rectification.twins import twins

__all__ = [
    "STATES",
    "TRANSITIONS",
    "Expectation",
    "Extension",
    "State",
    "Step",
    "at_least",
    "duplicates",
    "event_order",
    "extending_level",
    "histories",
    "history",
    "is_outside",
    "is_self_check",
    "objection_windows",
    "recurrence_days",
    "states",
    "twins",
]
