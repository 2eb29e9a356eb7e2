"""Rows entered by hand: ids, numbers and what is known already come by themselves.

Whoever enters a row says what he knows, in his words; the office adds what the schemas and the
ledgers know, has the gates look at it as if it stood, and writes all of it or nothing.
"""

from pipeline.entry.drafts import Draft, Drafts
from pipeline.entry.entering import Entered, enter
from pipeline.entry.events import draft_event, find_issue
from pipeline.entry.handing import draft_handover, find_post
from pipeline.entry.numbers import next_id
from pipeline.entry.office import Office, open_office
from pipeline.entry.rows import Ask, Unfinished, draft_row, ledger_named

__all__ = [
    "Ask",
    "Draft",
    "Drafts",
    "Entered",
    "Office",
    "Unfinished",
    "draft_event",
    "draft_handover",
    "draft_row",
    "enter",
    "find_issue",
    "find_post",
    "ledger_named",
    "next_id",
    "open_office",
]
