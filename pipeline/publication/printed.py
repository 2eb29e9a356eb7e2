"""The papers of the site: every published edition set for print, beside its page."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.papers import rendering
from pipeline.papers.fonts import fonts
from pipeline.papers.press import Press
from pipeline.publication.desk import Desk, Sheets
from pipeline.store import Store

KILO = 1000


def papers(desk: Desk, store: Store) -> Iterator[tuple[str, bytes, Sheets]]:
    """Yield the paper of every edition: the edition, its bytes, and what is to be known of it.

    Only open fonts are used, so that the same ledgers give the same bytes on every machine.
    """
    press = Press(desk.view, fonts(), store)
    for edition in desk.editions.ids:
        made = press.set(rendering.sheets(desk.editions.of[edition]))
        yield edition, made.pdf, Sheets(made.pages, f"{-(-len(made.pdf) // KILO)} kB")
