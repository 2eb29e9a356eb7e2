"""The papers of the site: every published edition set for print, beside its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.papers import rendering
from pipeline.papers.catalogue import EDITED
from pipeline.papers.fonts import fonts
from pipeline.papers.press import Press
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
    reports = (desk.editions.of[edition] for edition in desk.editions.ids)
    told = ((rendering.sheets(report), report.kind in EDITED) for report in reports)
    for edition, (paper, word, lost) in zip(desk.editions.ids, press.together(told), strict=True):
        if paper is None:
            yield edition, {}, Sheets(0, "", lack=f"字体里没有“{lost}”")
            continue
        files = {paper_of(edition): paper.content}
        if word is not None:
            files[word_of(edition)] = word.content
        size = _size(word.content) if word is not None else ""
        yield edition, files, Sheets(paper.pages, _size(paper.content), size)


def _size(content: bytes) -> str:
    return f"{-(-len(content) // KILO)} kB"
