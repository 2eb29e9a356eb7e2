"""Tables of answers by key: whoever looks one up is noted, and some are made only then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import (
    Callable,
    ItemsView,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
Ask = tuple[str, object] | tuple[str]
"""The name of a question and the key that was asked for; the name alone means all of it."""


class Answers(Mapping[K, V], Generic[K, V]):
    """The answers to one question by key; whoever looks one up is noted."""

    __slots__ = ("_found", "_note", "name")

    def __init__(self, name: str, found: Mapping[K, V], note: Callable[[Ask], None]) -> None:
        """Take the name of the question, its answers, and who notes what is asked."""
        self.name, self._found, self._note = name, found, note

    def __getitem__(self, key: K) -> V:
        """Return an answer."""
        self._note((self.name, key))
        return self._found[key]

    def get(self, key: K, default: V | None = None) -> V | None:  # type: ignore[override]
        """Return an answer, or the default; that there is none is an answer too."""
        self._note((self.name, key))
        return self._found.get(key, default)

    def __contains__(self, key: object) -> bool:
        """Whether there is an answer."""
        self._note((self.name, key))
        return key in self._found

    def __iter__(self) -> Iterator[K]:
        """Iterate over all keys: all of the table is read."""
        self._note((self.name,))
        return iter(self._found)

    def __len__(self) -> int:
        """Count the answers."""
        self._note((self.name,))
        return len(self._found)

    def keys(self) -> KeysView[K]:
        """Return all keys."""
        self._note((self.name,))
        return self._found.keys()

    def values(self) -> ValuesView[V]:
        """Return all answers."""
        self._note((self.name,))
        return self._found.values()

    def items(self) -> ItemsView[K, V]:
        """Return all keys with their answers."""
        self._note((self.name,))
        return self._found.items()

    def bare(self) -> Mapping[K, V]:
        """Return the answers as they are, for who keeps the notes."""
        return self._found


class Lazy(Mapping[K, V]):
    """Answers that are made when they are first asked for; making them reads nothing."""

    def __init__(
        self,
        names: Sequence[K],
        make: Callable[[K], V],
        making: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take the keys, what makes an answer, and how what that reads is noted."""
        self._names, self._make, self._making = dict.fromkeys(names), make, making
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        """Return an answer, made now or before."""
        if key not in self._made:
            if key not in self._names:
                raise KeyError(key)
            with self._making():
                self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[K]:
        """Iterate over the keys."""
        return iter(self._names)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._names)


class Fixed(dict[object, object]):
    """Answers that do not change by being asked: a key nobody has gives the default, unkept."""

    def __init__(self, found: defaultdict[object, object]) -> None:
        """Take answers that would keep the default of each key that is asked for."""
        super().__init__(found)
        self._default = found.default_factory

    def __missing__(self, key: object) -> object:
        """Return the default."""
        if self._default is None:
            raise KeyError(key)
        return self._default()
