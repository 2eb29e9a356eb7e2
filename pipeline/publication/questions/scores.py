"""The assessment as pages show it: sheets in order of place, parts, the course, the readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from pipeline.disclosure.shown import Placing, Sheet
from pipeline.publication.questions.places import Places
from pipeline.publication.questions.subject import Subject, by_key, single
from pipeline.publication.recording import Recorder
from pipeline.rowtypes import ReadingRow
from pipeline.shares import is_few

AROUND = 2
"""Units shown before and after one in the ranking on its sheet."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of Annex 3 for one unit: points, the most they can come to, full points.

    `is_open` where any of its clauses is not reported, `is_silent` where none is.
    """

    numeral: str
    points: Decimal
    top: Decimal
    full: Decimal
    is_open: bool
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Thin:
    """A clause whose points rest on looks from outside: how many, in the units that had any.

    `few` is in how many of the `units` the looks are few.
    """

    clause: str
    full: Decimal
    word: str
    measure: str
    least: int
    most: int
    few: int
    units: int


class Scores(Subject):
    """Scores of the view's edition of the rules."""

    NAME: ClassVar = "scores"

    def __init__(self, recorder: Recorder, places: Places) -> None:
        """Take who notes what is asked, and the places."""
        super().__init__(recorder)
        self._places = places

    @single
    def sheets(self) -> tuple[Sheet, ...]:
        """Score sheets by place; those without a total last, in official order."""
        order = [u.id for u in self._places.units]
        last = (len(order) + 1,)
        sheets = self.view.assessment.sheets.values()
        return tuple(sorted(sheets, key=lambda s: (s.places or last, order.index(s.unit_id))))

    def parts(self, sheet: Sheet) -> list[Part]:
        """Return the parts of the hundred of one score sheet."""
        clauses = self.view.assessment.clauses
        found = []
        for numeral in self.view.assessment.parts:
            lines = [x for x in sheet.lines if clauses[x.clause].part == numeral]
            if clauses[lines[0].clause].is_base:
                silent = [x for x in lines if x.status == "not_reported"]
                found.append(
                    Part(
                        numeral,
                        sum((x.points or Decimal(0) for x in lines), Decimal(0)),
                        sum((x.top or Decimal(0) for x in lines), Decimal(0)),
                        sum((x.full for x in lines), Decimal(0)),
                        bool(silent),
                        len(silent) == len(lines),
                    )
                )
        return found

    @single
    def thin(self) -> tuple[Thin, ...]:
        """Clauses that rest on few looks in some unit, by each thing that was looked at."""
        looked: dict[tuple[str, Decimal, str, str], list[int]] = {}
        for sheet in self.view.assessment.sheets.values():
            for line in sheet.lines:
                for look in line.looks:
                    key = (line.clause, line.full, look.word, look.measure)
                    looked.setdefault(key, []).append(look.looked)
        found = (
            Thin(*key, min(some), max(some), sum(map(is_few, some)), len(some))
            for key, some in looked.items()
        )
        order = list(self.view.assessment.clauses)
        return tuple(sorted((t for t in found if t.few), key=lambda t: order.index(t.clause)))

    def around(self, sheet: Sheet) -> Sequence[Sheet]:
        """Return the sheets around one in the ranking; the ranking's own page has them all."""
        sheets = self.sheets
        at = [one.unit_id for one in sheets].index(sheet.unit_id)
        first = max(0, min(at - AROUND, len(sheets) - 2 * AROUND - 1))
        return sheets[first : first + 2 * AROUND + 1]

    @single
    def days(self) -> list[tuple[date, Mapping[str, Placing]]]:
        """Every other day of the course, and always the stage ends and the last."""
        course, campaign = self.view.assessment.course, self.view.campaign
        stages = {campaign.screen_to_on, campaign.assess_from_on}
        return [
            entry
            for number, entry in enumerate(course)
            if number % 2 == 0 or entry[0] in stages or number == len(course) - 1
        ]

    @by_key
    def readings(self) -> Mapping[str, list[ReadingRow]]:
        """The options of every reading of the register, by reading, in their order."""
        found: dict[str, list[ReadingRow]] = {}
        for row in self.view.readings:
            found.setdefault(row.reading_id, []).append(row)
        return dict(sorted(found.items(), key=lambda item: int(item[0][1:])))
