"""What was found and how the mending stands: counts, cards, ages, looks from outside, progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.disclosure.shown import State
from pipeline.publication.questions.places import (
    Beside,
    Places,
    is_named_after,
    neighbours,
)
from pipeline.publication.questions.progress import UNKNOWN, Progress, progress
from pipeline.publication.questions.subject import Subject, by_key, single
from pipeline.publication.questions.supply import by_unit
from pipeline.publication.recording import Recorder
from pipeline.rowtypes import ShownIssueRow, WorksRow
from pipeline.terms import OUTSIDE, STRUCK

AGES = (
    ("还没到期", None, 0),
    ("逾期1至7天", 1, 7),
    ("逾期8至30天", 8, 30),
    ("逾期31至60天", 31, 60),
    ("逾期60天以上", 61, None),
)
"""Bands of days past the first deadline, both ends included."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Issues counted honestly: all that was found, what is said, what was seen, what is late."""

    found: int
    reported: int
    verified: int
    struck: int
    overdue: int

    @property
    def open(self) -> int:
        """Issues not yet struck off."""
        return self.found - self.struck


@dataclass(frozen=True, slots=True)
class Card:
    """An issue as a card: the row, its state, where it is, what the last look from outside found.

    `outside` is blank where nobody from outside has looked again.
    """

    row: ShownIssueRow
    state: State
    where: str
    outside: str = ""


PROVED = ("现场核查通过", "现场核查不通过", "销号")
"""Events that are believed on somebody's word, and so cite evidence (reading G45)."""

TRUE, UNTRUE = "抽查属实的", "抽查没修好的"
LOOKS = {"现场核查通过": TRUE, "现场核查不通过": UNTRUE, "退回": UNTRUE}
"""Events by which somebody from outside says what he found at an issue, and what each comes to."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Issues looked at again from outside: how many, and at how many the last look passed."""

    looked: int
    passed: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a whole under a name."""

    name: str
    part: int
    whole: int


class Issues(Subject):
    """Issues as of the day of the view."""

    NAME: ClassVar = "issues"

    def __init__(self, recorder: Recorder, places: Places) -> None:
        """Take who notes what is asked, and the places."""
        super().__init__(recorder)
        self._places = places

    @single
    def standing(self) -> tuple[ShownIssueRow, ...]:
        """All issues that stand (in the register and not void), newest first."""
        states = self.view.states
        standing = [i for i in self.view.issues if states[i.id].state not in UNKNOWN]
        return tuple(sorted(standing, key=lambda i: (i.found_on, i.id), reverse=True))

    @by_key
    def of_unit(self) -> Mapping[str, list[ShownIssueRow]]:
        """Standing issues by unit, newest first."""
        return self._by("unit_id")

    @by_key
    def of_township(self) -> Mapping[str, list[ShownIssueRow]]:
        """Standing issues by township, newest first."""
        return self._by("town_code")

    @by_key
    def of_village(self) -> Mapping[str, list[ShownIssueRow]]:
        """Standing issues by village, newest first."""
        return self._by("village_code")

    @by_key
    def of_works(self) -> Mapping[str, list[ShownIssueRow]]:
        """Standing issues by works, newest first."""
        return self._by("works_id")

    def _by(self, column: str) -> Mapping[str, list[ShownIssueRow]]:
        found: dict[str, list[ShownIssueRow]] = defaultdict(list)
        for row in self.standing:
            found[getattr(row, column)].append(row)
        return found

    @by_key
    def beside(self) -> Mapping[str, Beside]:
        """The issues before and after one in its unit by title, void ones too."""
        found = neighbours(by_unit(self.view.issues), "id")
        return {key: tuple(map(self._titled, pair)) for key, pair in found.items()}  # type: ignore[misc]

    def _titled(self, one: tuple[str, str] | None) -> tuple[str, str] | None:
        return one and (one[0], self.title(self.view.index("issues")[one[1]]))

    @by_key
    def progress(self) -> Mapping[str, Progress]:
        """The issues of a unit, and of the city (""), counted day by day, void ones too."""
        units: Mapping[str, Sequence[ShownIssueRow]] = {
            "": self.view.issues,
            **by_unit(self.view.issues),
        }

        def counted(unit: str) -> Progress:
            return progress(self.view, units.get(unit, ()), self.view.campaign.screen_from_on)

        return self.lazy("progress", ["", *(u.id for u in self._places.units)], counted)

    def tally(self, issues: Iterable[ShownIssueRow]) -> Tally:
        """Count issues by what is said and what was seen; open overdue ones stay in."""
        states = [self.view.states[i.id] for i in issues]
        return Tally(
            found=len(states),
            reported=sum(s.is_reported for s in states),
            verified=sum(s.is_verified for s in states),
            struck=sum(s.state == STRUCK for s in states),
            overdue=sum(s.is_overdue for s in states),
        )

    def is_silent(self, unit_id: str) -> bool:
        """Whether a unit has not reported its issues, which is not the same as having none."""
        return self.view.reporting[unit_id]["issues"] == "未报告"

    def where(self, issue: ShownIssueRow) -> str:
        """Say where an issue is: township, village, works, as far as registered."""
        parts = [self._places.division(issue.town_code).name]
        if issue.village_code:
            parts.append(self._places.division(issue.village_code).short_name)
        if issue.works_id:
            name = self.view.index("works")[issue.works_id].name
            parts = [name] if is_named_after(name, parts[0]) else [*parts, name]
        return "".join(parts)

    def title(self, issue: ShownIssueRow) -> str:
        """Write the official column ③: township, village, works, problem."""
        return f"{self.where(issue)}{issue.problem}"

    def card(self, issue: ShownIssueRow) -> Card:
        """Return one issue as a card."""
        state = self.view.states[issue.id]
        return Card(issue, state, self.where(issue), self.last_outside.get(issue.id, ""))

    def cards(self, issues: Iterable[ShownIssueRow]) -> list[Card]:
        """Return issues as cards: overdue first, then open by deadline, then closed."""
        cards = [self.card(i) for i in issues]
        return sorted(
            cards,
            key=lambda c: (
                c.state.state == STRUCK,
                not c.state.is_overdue,
                c.state.limit_on,
                c.row.id,
            ),
        )

    def near(self, village: str, works: Sequence[WorksRow]) -> list[ShownIssueRow]:
        """Return the issues of a village and of the works that serve it, each once."""
        found = {i.id: i for i in self.of_village.get(village, ())}
        for one in works:
            found |= {i.id: i for i in self.of_works.get(one.id, ())}
        return list(found.values())

    def ages(self, issues: Iterable[ShownIssueRow]) -> list[Bar]:
        """Count the issues not reported done by how long they are past their first deadline."""
        days = [
            state.days_overdue for issue in issues if (state := self.view.states[issue.id]).is_open
        ]
        found = []
        for name, low, high in AGES:
            part = sum((low or 0) <= n and (high is None or n <= high) for n in days)
            found.append(Bar(name, part, len(days)))
        return found

    @by_key
    def in_window(self) -> Mapping[str, list[tuple[Card, date]]]:
        """What is struck off and may be objected to today, by unit, with its last day."""
        found: dict[str, list[tuple[Card, date]]] = defaultdict(list)
        for row in self.standing:
            until = self.view.objections.get(row.id)
            if until is not None and until >= self.view.as_of_on:
                found[row.unit_id].append((self.card(row), until))
        for listed in found.values():
            listed.sort(key=lambda one: (one[1], one[0].row.id))
        return found

    def provable(self, key: str) -> set[str]:
        """Return the events of an issue that must cite evidence: checks on site and 销号."""
        steps = self.view.histories.get(key, ())
        return {step.event_id for step in steps if step.event in PROVED}

    @by_key
    def twins_of_unit(self) -> Mapping[str, list[tuple[str, str]]]:
        """Pairs of issues of a unit that may be one issue registered twice, the lower id first."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        rows = self.view.index("issues")
        for one, others in self.view.possible_twins.items():
            found[rows[one].unit_id] += [(one, other) for other in others if one < other]
        return found

    @by_key
    def last_outside(self) -> Mapping[str, str]:
        """What the last look from outside came to, by issue; a refusal is a look as well."""
        events, last = self.view.index("issue_events"), {}
        for issue_id, steps in self.view.histories.items():
            for step in steps:
                if step.event in LOOKS and events[step.event_id].by_level in OUTSIDE:
                    last[issue_id] = LOOKS[step.event]
        return last

    def outside_looks(self, issues: Iterable[ShownIssueRow]) -> Outside:
        """Count the issues that somebody from outside looked at again, passed or not."""
        found = [self.last_outside[i.id] for i in issues if i.id in self.last_outside]
        return Outside(len(found), found.count(TRUE))
