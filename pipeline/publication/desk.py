"""The desk pages are written at: the view, the questions by subject, the templates, the charts.

Whatever a page reads here is noted (`recording`), so that it is made again when that changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from pipeline.disclosure import View
from pipeline.publication.contents import Contents
from pipeline.publication.questions.agreement import Agreement
from pipeline.publication.questions.due import Deadlines
from pipeline.publication.questions.editions import Editions
from pipeline.publication.questions.followed import Followed
from pipeline.publication.questions.freshness import CITY, Freshness
from pipeline.publication.questions.issues import Issues
from pipeline.publication.questions.people import People
from pipeline.publication.questions.places import Places
from pipeline.publication.questions.scores import Scores
from pipeline.publication.questions.screened import Screened
from pipeline.publication.questions.subject import LAID, PROGRESS, REPORTS
from pipeline.publication.questions.supply import Supply
from pipeline.publication.questions.visits import Visits
from pipeline.publication.questions.water import Water
from pipeline.publication.questions.water_words import brief, relaxations, summary, water_lines
from pipeline.publication.recording import Recorder
from pipeline.publication.shelves import Shelf
from pipeline.publication.templating import Templates
from pipeline.publication.watched import WatchedDay
from pipeline.store import Store


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: its svg element, and the sentence that says what it shows."""

    svg: str
    finding: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """A file to print: how many pages it has, and how large it is, in words.

    `word` is the size of the same as a Word document, blank where it is none; `lack` says why
    there is no paper, blank where there is one.
    """

    pages: int
    size: str
    word: str = ""
    lack: str = ""


class Desk:
    """What every page function is given."""

    def __init__(
        self,
        view: View,
        templates: Path,
        shelf: Shelf | None = None,
        contents: Contents | None = None,
        store: Store | None = None,
    ) -> None:
        """Take the view, the folder of templates, and where what is made of them is kept.

        `shelf` is where the edition of the view's scores stands; `further` are the desks of the
        further editions; `contents` is shared by the desks of a site.
        """
        contents = contents or Contents()
        self.recorder = Recorder(view, contents)
        self.view = self.recorder.view
        self.shelf = shelf or Shelf()
        self.further = tuple(
            Desk(one, templates, Shelf(one.assessment.edition.id), contents, store)
            for one in view.beside
        )
        self.places = Places(self.recorder)
        self.people = People(self.recorder, self.places)
        self.water = Water(self.recorder)
        self.supply = Supply(self.recorder, self.places, self.people, self.water)
        self.issues = Issues(self.recorder, self.places)
        self.screened = Screened(self.recorder, self.places)
        self.deadlines = Deadlines(self.recorder, self.issues)
        self.visits = Visits(self.recorder, self.places)
        self.agreement = Agreement(self.recorder, self.places)
        self.followed = Followed(self.recorder)
        self.scores = Scores(self.recorder, self.places)
        self.editions = Editions(self.recorder)
        self.freshness = Freshness(self.recorder)
        self._templates = Templates(
            templates,
            {
                "desk": self,
                "campaign": view.campaign,
                "as_of": WatchedDay(self.recorder),
                "places": self.places,
                "at": self.shelf,
                "water_lines": water_lines,
                "water_summary": summary,
                "water_brief": brief,
                "relaxations": relaxations,
                "has_begun": view.campaign.screen_from_on <= view.as_of_on,
            },
            store,
        )
        self._put: dict[str, Mapping[str, object]] = {
            "drawings": {},
            PROGRESS: {},
            "files": {},
            "facts": {},
            "papers": {},
            REPORTS: {},
            "hung": {},
        }
        self.recorder.subject("desk", lambda name: cast("Mapping[object, object]", self._put[name]))

    def put(self, name: str, things: Mapping[str, object]) -> None:
        """Lay on the desk what pages show and nobody computes here: once, before it is asked for.

        "drawings" are the charts by name, "files" size and sha256 of what was written by address,
        "papers" the pages and size of each edition's paper, "hung" the printed boards and cards by
        whose they are, "facts" the commit of the ledgers; what answers a question of `LAID` is
        computed here where it was not laid.
        """
        self._put[name] = things

    def on(self, name: str) -> Mapping[str, object]:
        """Return what was put on the desk under a name."""
        return self._put[name]

    def expect(self, *names: str) -> None:
        """Have nothing on the desk under these names until it is put there: to ask is an error."""
        for name in names:
            del self._put[name]

    def awaits(self, question: str) -> bool:
        """Whether a question is about what does not lie on the desk yet, by its name."""
        subject, _, what = question.partition(".")
        what = LAID.get(question, what if subject == "desk" else "")
        return bool(what) and what not in self._put

    def data_date(self, unit_id: str = CITY) -> date:
        """Return the date of what a page about a unit says that is being made.

        It is the day of the view if the page counts days, else the last day on which anything
        happened in the unit.
        """
        if self.recorder.counts_days:
            return self.view.as_of_on
        return self.freshness.until.get(unit_id) or self.freshness.until[CITY]

    @property
    def drawings(self) -> Mapping[str, Drawing]:
        """The charts by name."""
        return cast("Mapping[str, Drawing]", self.recorder.table("desk", "drawings"))

    @property
    def files(self) -> Mapping[str, tuple[int, str]]:
        """Size and sha256 of the files for download, by address."""
        return cast("Mapping[str, tuple[int, str]]", self.recorder.table("desk", "files"))

    @property
    def papers(self) -> Mapping[str, Sheets]:
        """What is to be known of each edition's paper before it is fetched."""
        return cast("Mapping[str, Sheets]", self.recorder.table("desk", "papers"))

    @property
    def hung(self) -> Mapping[str, Any]:
        """The printed boards and cards by the township or works they belong to."""
        return cast("Mapping[str, Any]", self.recorder.table("desk", "hung"))

    @property
    def commit(self) -> str:
        """The commit the ledgers stand at; blank where there is none."""
        return str(self.recorder.table("desk", "facts").get("commit", ""))

    def ready(self) -> None:
        """Compile all templates, before the processes that make pages are forked."""
        for desk in (self, *self.further):
            desk._templates.ready("", "../")

    def render(self, template: str, root: str = "../", **values: Any) -> str:
        """Render a page's body; `root` is the way from the page to the site's root."""
        return self._templates.render(template, root, **values)
