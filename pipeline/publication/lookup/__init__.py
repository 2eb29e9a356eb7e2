"""The look-up: what can be found, how it is written for the reader's phone, and an example.

The search itself runs in the browser (`site/assets/lookup.js`). Two scripts go out, because a page
opened from disk may load scripts and nothing else: the index, and, for those who type a name of a
person or a phone, the register of those who answer.
"""

from __future__ import annotations

from pipeline.publication.lookup.entries import Entry, entries, example, people
from pipeline.publication.lookup.index import PATH, PEOPLE_PATH, Words, build, register
from pipeline.publication.lookup.phonetics import normal

__all__ = [
    "PATH",
    "PEOPLE_PATH",
    "Entry",
    "Words",
    "build",
    "entries",
    "example",
    "files",
    "normal",
    "people",
    "register",
]

from collections.abc import Iterator, Mapping

from pipeline.publication.desk import Desk
from pipeline.publication.shells import Shell
from pipeline.store import Store


def files(
    desk: Desk, shells: Mapping[str, Shell], store: Store | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield the index and the register of people by address; how names are read is kept."""
    found = entries(desk, shells)
    yield PATH, build(found, Words.of(desk.view.spoken_words), store)
    yield PEOPLE_PATH, register(found, people(desk))
