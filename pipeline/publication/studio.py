"""What is drawn and set: charts, pictures to share, the editions of reports and their papers.

It rests on the view alone, waits for no page, and needs libraries that hardly any page needs
(pandas, matplotlib, Pillow, Typst). So one process beside loads them and makes all of it, while
this one finds out which pages still stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline import workers
from pipeline.papers.press import may_fork
from pipeline.publication import drawings, printed, sharing
from pipeline.publication.desk import Desk, Drawing, Sheets
from pipeline.publication.making import Writer
from pipeline.publication.questions.progress import Progress
from pipeline.publication.questions.subject import PROGRESS, REPORTS
from pipeline.reports.paper import Report
from pipeline.store import Store


@dataclass(frozen=True, slots=True)
class Made:
    """What pages show of it.

    That is the charts of each desk, the counts of issues day by day of each unit and of the city
    (""), from which they are drawn, the editions, and the paper of each.
    """

    drawings: Sequence[Mapping[str, Drawing]]
    progress: Mapping[str, Progress]
    reports: Mapping[str, Report]
    sheets: Mapping[str, Sheets]


def begin(desk: Desk, writer: Writer, store: Store) -> Callable[[], Made]:
    """Begin to draw and set; returns what waits for it. Pictures and papers are written there."""

    def make() -> Made:
        for name in (PROGRESS, REPORTS):
            desk.put(name, {})  # they are made here
        drawn = drawings.drawn(desk, store)
        for path, content in sharing.pictures(desk, store):
            writer.write(path, content)
        sheets = {}
        for edition, files, told in printed.papers(desk, store):
            sheets[edition] = told
            for path, content in files.items():
                writer.write(path, content)
        reports = {edition: desk.editions.of[edition] for edition in sheets}
        return Made(drawn, dict(desk.issues.progress), reports, sheets)

    # where Typst's threads run already, a process that is forked could set nothing
    return workers.beside(make) if may_fork() else make
