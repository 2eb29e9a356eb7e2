"""What was changed in the ledgers after it was registered, as the view may tell it."""

from __future__ import annotations

from pipeline.disclosure.past import Told
from pipeline.publication.desk import Desk

LISTED = 1000
"""Changed rows that the page of corrections lists; each record's own page has all of its own."""
_PAGES = {"issues": "i/{}.html", "works": "w/{}.html", "units": "u/{}.html"}


def listed(desk: Desk) -> tuple[Told, ...]:
    """Return the changed and removed rows for the page of corrections, the latest first."""
    return desk.view.past.told[:LISTED]


def page_of(desk: Desk, told: Told) -> str:
    """Return the address of the page that tells a change beside its record; blank if none does."""
    ledger, _, row = told.about.partition("/")
    there = ledger in _PAGES and row in desk.view.index(ledger)
    return f"{_PAGES[ledger].format(row)}#record" if there else ""
