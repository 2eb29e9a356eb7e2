"""The press: many papers on both cores, none set again that says what it said before."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline import workers
from pipeline.files import digest
from pipeline.ledgers.tables import Tables
from pipeline.papers import word
from pipeline.papers.fonts import Fonts
from pipeline.papers.rendering import Sheets
from pipeline.papers.typesetter import TEMPLATES, Typesetter, Unprintable, has_begun
from pipeline.store import Store, key_of
from pipeline.trouble import EnvironmentTrouble

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_PAGE = re.compile(rb"/Type\s*/Page\b")

PDF, WORD = "pdf", "docx"
PICTURE, DOTS = "picture", 220
"""The template of a chart by itself, and how many dots of an inch it is drawn in."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper and its name as a file, without ending, which is its `form`."""

    name: str
    title: str
    content: bytes
    form: str = PDF

    @property
    def pdf(self) -> bytes:
        """What is printed."""
        return self.content

    @property
    def pages(self) -> int:
        """How many pages it has as PDF."""
        return pages_of(self.content)


def pages_of(pdf: bytes) -> int:
    """Return how many pages a paper has."""
    return len(_PAGE.findall(pdf))


class Lacking(EnvironmentTrouble):
    """A character that no font of the job has; `text` is it."""

    def __init__(self, text: str, said: str) -> None:
        """Take the character, and what to tell the user."""
        super().__init__(text, said)
        self.text, self._said = text, said

    def __str__(self) -> str:
        """Say which, where it stands, and what to do."""
        return self._said


Both = tuple[Printed | None, Printed | None, str]
"""A paper as PDF and as Word document, or neither and the character that it lacks."""


class Press:
    """Prints papers of one view in one set of fonts."""

    def __init__(self, view: Tables, fonts: Fonts, store: Store, form: str = PDF) -> None:
        """Take the rows it is of, the fonts, what is kept between runs, and what is made."""
        self._view, self._fonts, self._store, self._form = view, fonts, store, form
        self._templates = digest(TEMPLATES.parent, TEMPLATES.name)
        self._setters: dict[str, Typesetter] = {}

    def printed(self, jobs: Sequence[Callable[[], Sheets]]) -> Iterator[Printed]:
        """Yield the papers in the order of the jobs, set by as many processes as there are cores.

        A job says what is to be set; it is asked in the process that sets it.

        Raises:
            Lacking: a character that no font has; says which, and where it stands.
        """
        if not jobs:
            return
        if not may_fork():
            for job in jobs:
                yield self.set(job())
            return
        with workers.pool(min(len(jobs), os.cpu_count() or 1), _begin, self, jobs) as pool:
            yield from pool.map(_one, range(len(jobs)))

    def set(self, paper: Sheets) -> Printed:
        """Set a paper, or take it as it was set before."""
        if self._form == WORD:
            return self.written(paper)
        content = self._kept("paper", paper, lambda: self._setter(paper.template).pdf(paper.data))
        return Printed(paper.name, paper.title, content)

    def written(self, report: Sheets) -> Printed:
        """Write a report as a Word document, or take it as it was written before."""
        content = self._kept("word", report, lambda: word.document(report.data, self._drawn))
        return Printed(report.name, report.title, content, WORD)

    def together(self, papers: Iterable[tuple[Sheets, bool]]) -> Iterator[Both]:
        """Yield papers as PDF, and as Word documents where that is asked, in their order.

        They are set beside the process that says what they are, which goes on saying; what was set
        before is taken at once. One that lacks a character does not keep back the others.
        """
        if not may_fork():
            yield from (self._both(*one) for one in papers)
            return
        pool: ProcessPoolExecutor | None = None
        pending: list[Both | Future[Both]] = []
        try:
            for paper, is_edited in papers:
                if self._has("paper", paper) and (not is_edited or self._has("word", paper)):
                    pending.append(self._both(paper, is_edited))
                    continue
                pool = pool or workers.pool(None, _begin, self, ())
                pending.append(pool.submit(_two, paper, is_edited))
            for one in pending:
                yield one if isinstance(one, tuple) else one.result()
        finally:
            if pool is not None:
                pool.shutdown()

    def _both(self, paper: Sheets, is_edited: bool) -> Both:
        try:
            return self.set(paper), self.written(paper) if is_edited else None, ""
        except Lacking as lost:
            return None, None, lost.text

    def _has(self, kind: str, paper: Sheets) -> bool:
        return self._store.get(self._key(kind, paper)) is not None

    def _key(self, kind: str, paper: Sheets) -> str:
        told = json.dumps(paper.data, ensure_ascii=False, sort_keys=True)
        return key_of(kind, paper.template, self._templates, self._fonts.key, told)

    def _drawn(self, chart: Mapping[str, Any]) -> bytes:
        """Draw a chart as a picture."""
        return self._setter(PICTURE).png(chart, DOTS)

    def _kept(self, kind: str, paper: Sheets, make: Callable[[], bytes]) -> bytes:
        try:
            return self._store.kept(self._key(kind, paper), make)
        except Unprintable as lost:
            raise Lacking(lost.text, _lost(self._view, lost.text, paper.title)) from None

    def _setter(self, kind: str) -> Typesetter:
        if kind not in self._setters:
            self._setters[kind] = Typesetter(kind, self._fonts)
        return self._setters[kind]


def may_fork() -> bool:
    """Whether papers can be set in other processes; even a single one is, see `typesetter`."""
    return workers.CAN_FORK and not has_begun()


def _lost(view: Tables, text: str, title: str) -> str:
    """Say which character no font has, in which rows of the ledgers it stands, and what to do."""
    places = [
        f"{row.file} 第{row.line}行"
        for rows in view.tables.values()
        for row in rows
        if row.line and any(text in str(cell) for cell in row)
    ]
    where = f"，在 {'、'.join(places[:3])}{'等' if len(places) > 3 else ''}" if places else ""
    codes = " ".join(f"U+{ord(one):04X}" for one in text)
    return (
        f"印不出“{title}”：字体里没有“{text}”（{codes}）{where}。"
        "核对这个字；没有写错的，用 --font-path 给出有这个字的字体所在的文件夹"
    )


_shift: tuple[Press, Sequence[Callable[[], Sheets]]] | None = None


def _begin(press: Press, jobs: Sequence[Callable[[], Sheets]]) -> None:
    global _shift
    _shift = press, jobs


def _two(paper: Sheets, is_edited: bool) -> Both:
    assert _shift is not None  # noqa: S101 - set by `_begin`
    return _shift[0]._both(paper, is_edited)


def _one(number: int) -> Printed:
    assert _shift is not None  # noqa: S101 - set by `_begin`
    press, jobs = _shift
    return press.set(jobs[number]())
