"""The papers of the site: every published edition set for print, beside its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.papers import rendering
from pipeline.papers.catalogue import EDITED
from pipeline.papers.fonts import fonts
from pipeline.papers.press import Lacking, Press
from pipeline.publication.desk import Desk, Sheets
from pipeline.publication.questions.editions import paper_of, word_of
from pipeline.store import Store

KILO = 1000


def papers(desk: Desk, store: Store) -> Iterator[tuple[str, Mapping[str, bytes], Sheets]]:
    """Yield the paper of every edition: the edition, its files, and what is to be known of them.

    Only open fonts are used, so that the same ledgers give the same bytes on every machine. A
    character that they lack keeps nobody from reading the page: there is no paper then, and the
    list says why.
    """
    press = Press(desk.view, fonts(), store)
    for edition in desk.editions.ids:
        report = desk.editions.of[edition]
        told = rendering.sheets(report)
        try:
            made = press.set(told)
        except Lacking as lost:
            yield edition, {}, Sheets(0, "", lack=f"字体里没有“{lost.text}”")
            continue
        files, word = {paper_of(edition): made.content}, ""
        if report.kind in EDITED:
            files[word_of(edition)] = press.written(told).content
            word = _size(files[word_of(edition)])
        yield edition, files, Sheets(made.pages, _size(made.content), word)


def _size(content: bytes) -> str:
    return f"{-(-len(content) // KILO)} kB"
