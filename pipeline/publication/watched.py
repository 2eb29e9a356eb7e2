"""A view of which nothing is read unnoted: every attribute, row and look-up is a question.

What pages are given in place of the view and of its day; `recording` keeps the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Protocol, cast

from pipeline.disclosure import View


class Notes(Protocol):
    """Who keeps the notes: knows the subjects, opens their tables of answers."""

    view: View

    def subject(self, name: str, answers: Callable[[str], Mapping[object, object]]) -> None:
        """Enter a subject."""

    def table(self, subject: str, question: str) -> Mapping[object, object]:
        """Return the answers to a question of a subject."""


class _Attributes(Mapping[str, object]):
    """The attributes of an object by name."""

    def __init__(self, whole: object) -> None:
        self._whole = whole

    def __getitem__(self, name: str) -> object:
        try:
            return getattr(self._whole, name)
        except AttributeError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        raise TypeError("ask for one attribute")

    def __len__(self) -> int:
        raise TypeError("ask for one attribute")


class Watched:
    """An object of which nothing is read unnoted: each attribute is a question.

    An attribute that is a table of answers is noted key by key.
    """

    def __init__(self, whole: object, subject: str, recorder: Notes) -> None:
        """Take the object, and the subject its questions are entered under."""
        self._whole, self._subject, self._recorder = whole, subject, recorder
        recorder.subject(subject, self._answers)

    def _answers(self, question: str) -> Mapping[object, object]:
        if question == "values":
            return cast("Mapping[object, object]", _Attributes(self._whole))
        return cast("Mapping[object, object]", getattr(self._whole, question))

    def __getattr__(self, name: str) -> object:
        """Return an attribute, noted."""
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(self._whole, name)
        if not isinstance(value, Mapping):
            self._recorder.table(self._subject, "values")[name]
            return value
        self.__dict__[name] = table = self._recorder.table(self._subject, name)
        return table


class WatchedDay:
    """The day of a view as templates see it: a page that reads it counts days, and that is noted.

    It is a date in all that templates do with one: parts, differences, comparisons.
    """

    def __init__(self, recorder: Notes) -> None:
        """Take who knows the view and notes what is asked of it."""
        self._recorder = recorder

    @property
    def _day(self) -> date:
        return self._recorder.view.as_of_on

    def __getattr__(self, name: str) -> object:
        """Return a part or a method of the day."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._day, name)

    def __str__(self) -> str:
        """Write the day as ISO 8601 does."""
        return self._day.isoformat()

    def __sub__(self, other: date) -> timedelta:
        """Return the time since another day."""
        return self._day - other

    def __rsub__(self, other: date) -> timedelta:
        """Return the time until another day."""
        return other - self._day

    def __lt__(self, other: date) -> bool:
        """Whether the day comes before another."""
        return self._day < other

    def __le__(self, other: date) -> bool:
        """Whether the day does not come after another."""
        return self._day <= other

    def __gt__(self, other: date) -> bool:
        """Whether the day comes after another."""
        return self._day > other

    def __ge__(self, other: date) -> bool:
        """Whether the day does not come before another."""
        return self._day >= other

    def __eq__(self, other: object) -> bool:
        """Whether it is the same day."""
        return self._day == other

    def __hash__(self) -> int:
        """Return the hash of the day."""
        return hash(self._day)


class WatchedView(Watched):
    """A view of which nothing is read unnoted: rows, look-ups, what is derived, and scores."""

    def __init__(self, view: View, recorder: Notes) -> None:
        """Take the view as it is."""
        super().__init__(view, "view", recorder)
        self._view = view
        self.assessment = Watched(view.assessment, "assessment", recorder)
        self.past = Watched(view.past, "past", recorder)
        self.pivots = view.pivots  # adds up what is read, and tells nothing of its own

    def _answers(self, question: str) -> Mapping[object, object]:
        kind, _, what = question.partition(" ")
        found: Mapping[object, object]
        if kind == "rows":
            found = cast("Mapping[object, object]", self._view.tables)
        elif kind == "index":
            found = cast("Mapping[object, object]", self._view.index(what))
        elif kind == "group":
            found = self._view.group(*what.split(" "))
        else:
            return super()._answers(question)
        return found

    def __getattr__(self, name: str) -> object:
        """Return a ledger's rows or another attribute, noted."""
        if name in self._view.tables:
            return self[name]
        return super().__getattr__(name)

    def __getitem__(self, ledger: str) -> object:
        """Return the rows of a ledger."""
        return self._recorder.table("view", "rows").get(ledger, ())

    def index(self, ledger: str) -> Mapping[object, object]:
        """Return the rows of a ledger by id."""
        return self._recorder.table("view", f"index {ledger}")

    def group(self, ledger: str, column: str) -> Mapping[object, object]:
        """Return the rows of a ledger by the values of a column."""
        return self._recorder.table("view", f"group {ledger} {column}")
