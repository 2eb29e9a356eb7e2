"""The papers of the site: every published edition set for print, beside its page."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.papers import rendering
from pipeline.papers.fonts import fonts
from pipeline.papers.press import Lacking, Press
from pipeline.publication.desk import Desk, Sheets
from pipeline.store import Store

KILO = 1000


def papers(desk: Desk, store: Store) -> Iterator[tuple[str, bytes | None, Sheets]]:
    """Yield the paper of every edition: the edition, its bytes, and what is to be known of it.

    Only open fonts are used, so that the same ledgers give the same bytes on every machine. A
    character that they lack keeps nobody from reading the page: there is no paper then, and the
    list says why.
    """
    press = Press(desk.view, fonts(), store)
    for edition in desk.editions.ids:
        try:
            made = press.set(rendering.sheets(desk.editions.of[edition]))
        except Lacking as lost:
            yield edition, None, Sheets(0, "", f"字体里没有“{lost.text}”")
        else:
            yield edition, made.pdf, Sheets(made.pages, f"{-(-len(made.pdf) // KILO)} kB")
