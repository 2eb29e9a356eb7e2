"""How a question about a subject is written: computed once, asked by key, noted for each page.

    class Supply(Subject):
        NAME = "supply"

        @by_key
        def of_village(self) -> Mapping[str, list[Row]]:
            ...                       # made once for all villages

Whoever then asks `supply.of_village[code]` has read the works of that village and nothing else: a
page that asked is made again when this answer changes, whatever the answer was made from. `single`
is the same for a question that has one answer. A method without either reads what it asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar, cast

from pipeline.publication.answers import Lazy
from pipeline.publication.recording import Recorder

PROGRESS, REPORTS = "progress", "reports"
LAID = {"issues.progress": PROGRESS, "editions.of": REPORTS}
"""Questions that another process answers for all pages: the names their answers are laid under."""

S = TypeVar("S", bound="Subject")
K = TypeVar("K")
V = TypeVar("V")


class by_key(Generic[S, K, V]):
    """A question with an answer by key: made once, read key by key."""

    def __init__(self, make: Callable[[S], Mapping[K, V]]) -> None:
        """Take the method that makes all answers."""
        self.make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn the question's name."""
        self._name = name

    def __get__(self, subject: S, owner: type) -> Mapping[K, V]:
        """Return the answers."""
        found = subject.recorder.table(subject.NAME, self._name)
        return cast("Mapping[K, V]", subject.__dict__.setdefault(self._name, found))


class single(Generic[S, V]):
    """A question with one answer: made once, read as a whole."""

    def __init__(self, make: Callable[[S], V]) -> None:
        """Take the method that makes the answer."""
        self.make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn the question's name."""
        self._name = name

    def __get__(self, subject: S, owner: type) -> V:
        """Return the answer."""
        return cast("V", subject.recorder.table(subject.NAME, "")[self._name])

    def __set__(self, subject: S, value: V) -> None:
        """Answers are never put in from outside.

        Raises:
            AttributeError: always.
        """
        raise AttributeError(self._name)


class Subject:
    """Questions about one subject, asked of one view."""

    NAME: ClassVar[str]

    def __init__(self, recorder: Recorder) -> None:
        """Take who notes what is asked, and the view; nothing is computed before it is asked."""
        self.recorder, self.view = recorder, recorder.view
        recorder.subject(self.NAME, self._answers)

    def _answers(self, question: str) -> Mapping[Any, Any]:
        own = vars(type(self))
        if question:
            return cast("Mapping[Any, Any]", own[question].make(self))
        singles = [name for name, one in own.items() if isinstance(one, single)]
        return self.lazy(question, singles, lambda name: own[name].make(self))

    def lazy(self, question: str, names: Sequence[K], make: Callable[[K], V]) -> Mapping[K, V]:
        """Return answers to a question that are each made when somebody asks for it.

        Those of `LAID` that lie on the desk were made already.
        """
        name = f"{self.NAME}.{question}"
        laid: Mapping[Any, Any] = {}
        if name in LAID:
            laid = self.recorder.table("desk", LAID[name])
        return Lazy(
            names, lambda key: laid.get(key) or make(key), lambda: self.recorder.making(name)
        )
