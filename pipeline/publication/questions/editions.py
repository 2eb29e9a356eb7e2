"""The published editions of the periodic reports: which there are, and what each says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from pipeline.publication.questions.subject import Subject, by_key, single
from pipeline.reports import archive
from pipeline.reports.paper import Report

FOLDER = "r"
"""Where the editions stand, as pages and as files to print."""


class Editions(Subject):
    """Editions as of the day of the view."""

    NAME: ClassVar = "editions"

    @single
    def ids(self) -> tuple[str, ...]:
        """The editions by address, the latest first."""
        return tuple(archive.editions(self.recorder.bare))

    @by_key
    def of(self) -> Mapping[str, Report]:
        """What an edition says."""
        due = archive.editions(self.recorder.bare)
        return self.lazy("of", list(due), lambda name: due[name].make())

    @by_key
    def corrections(self) -> Mapping[str, str]:
        """The edition that corrects one, where there is one."""
        return {one.corrects: one.id for one in archive.editions(self.recorder.bare).values()}

    @by_key
    def on(self) -> Mapping[str, date]:
        """The day from which an edition stands in the archive."""
        return {one.id: one.on for one in archive.editions(self.recorder.bare).values()}

    @by_key
    def latest(self) -> Mapping[str, str]:
        """The address of the city's last edition of a kind, by what the kind is called."""
        found: dict[str, str] = {}
        for one in archive.editions(self.recorder.bare).values():
            if not one.unit_id:
                found.setdefault(one.name, page_of(one.id))
        return found

    @by_key
    def beside(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The edition of the same kind and unit before one, and the one after it."""
        due = archive.editions(self.recorder.bare)
        found: dict[str, tuple[str | None, str | None]] = {}
        of: dict[tuple[str, str], list[str]] = {}
        for one in reversed([*due.values()]):
            of.setdefault((one.name, one.unit_id), []).append(one.id)
        for ids in of.values():
            around = zip([None, *ids[:-1]], ids, [*ids[1:], None], strict=True)
            found |= {one: (before, after) for before, one, after in around}
        return found


def page_of(edition: str) -> str:
    """Return the address of an edition as a page."""
    return f"{FOLDER}/{edition}.html"


def paper_of(edition: str) -> str:
    """Return the address of an edition as a file to print."""
    return f"{FOLDER}/{edition}.pdf"


def word_of(edition: str) -> str:
    """Return the address of an edition as a Word document."""
    return f"{FOLDER}/{edition}.docx"
