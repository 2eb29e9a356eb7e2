"""Boards and cards that were printed, taken into the site, as long as they say what it says.

`qingyuan print board` and `card` write a file for each township. A build that finds them beside it
takes over those that would come out the same today but for their date, and links them; an older one
is left where it is, so that nobody prints a board with the wrong number on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline import workers
from pipeline.papers.press import pages_of
from pipeline.papers.rendering import Sheets
from pipeline.publication import posters
from pipeline.publication.desk import Desk
from pipeline.rowtypes import DivisionRow

FOLDER = "print"
"""Where they stand in the site, and where they are printed beside it."""
KILO = 1000
CHUNK = 8
"""Townships a process looks at in one go."""

_MARK = re.compile(rb"<pdf:Keywords>([0-9a-f]+)</pdf:Keywords>")


@dataclass(frozen=True, slots=True)
class Hung:
    """A printed file in the site: its address, what it is, its pages and size, in words.

    `page` is on which page that which is asked for stands; 0 means all of it is meant.
    """

    path: str
    what: str
    pages: int
    size: str
    page: int = 0


Taken = tuple[str, str, tuple[str, ...], bytes]
"""A file that is taken over: what it is, its name, the works on its pages, its bytes."""


def hung(desk: Desk, folder: Path) -> tuple[Mapping[str, bytes], Mapping[str, tuple[Hung, ...]]]:
    """Return the printed files that still hold, by address, and by whose page they belong to.

    Those are townships (all files) and works (the boards that they are on).
    """
    towns = [(town, name) for town, name in posters.towns(desk) if any(_there(folder, town.id))]
    if not towns:
        return {}, {}
    chunks = [range(n, min(n + CHUNK, len(towns))) for n in range(0, len(towns), CHUNK)]
    with workers.pool(None, _begin, desk, folder, towns) as pool:
        found = [one for some in pool.map(_held, chunks) for one in some]
    files: dict[str, bytes] = {}
    of: dict[str, list[Hung]] = {}
    for town, taken in found:
        for what, name, works, content in taken:
            path = f"{FOLDER}/{name}"
            files[path] = content
            told = Hung(path, what, pages_of(content), f"{-(-len(content) // KILO)} kB")
            of.setdefault(town, []).append(told)
            for page, one in enumerate(works, 1):
                own = Hung(path, what, told.pages, told.size, page)
                of.setdefault(one, []).append(own)
    return files, {key: tuple(some) for key, some in of.items()}


def _there(folder: Path, town: str) -> Iterator[str]:
    """Yield the names of the files of a township that were printed."""
    names = [f"{posters.BOARD}-{town}-{size}" for size in posters.SIZES]
    for name in (*names, f"{posters.CARD}-{town}"):
        if (folder / f"{name}.pdf").is_file():
            yield name


def _of_town(desk: Desk, folder: Path, town: DivisionRow, title: str) -> Iterator[Taken]:
    """Yield the files of a township that say what would be printed today."""
    works = posters.works_of(desk, town.id)
    villages = desk.places.villages.get(town.id, [])
    make: dict[str, tuple[str, Sequence[str], Callable[[], Sheets]]] = {}
    for size in posters.SIZES:
        name, what = f"{title}公示牌", f"公示牌（{size.upper().replace('X', '×')}）"
        job = partial(posters.boards, desk, works, town.id, name, size)
        make[f"{posters.BOARD}-{town.id}-{size}"] = what, [one.id for one in works], job
    cards = partial(posters.cards, desk, villages, town.id, f"{title}明白卡")
    make[f"{posters.CARD}-{town.id}"] = "明白卡（每村四张）", (), cards
    for name in _there(folder, town.id):
        what, on, told = make[name]
        content = (folder / f"{name}.pdf").read_bytes()
        mark = _MARK.search(content)
        if mark is not None and mark[1].decode() == told().data["mark"]:
            yield what, f"{name}.pdf", tuple(on), content


_shift: tuple[Desk, Path, list[tuple[DivisionRow, str]]] | None = None


def _begin(desk: Desk, folder: Path, towns: list[tuple[DivisionRow, str]]) -> None:
    global _shift
    _shift = desk, folder, towns


def _held(numbers: Iterable[int]) -> list[tuple[str, list[Taken]]]:
    assert _shift is not None  # noqa: S101 - set by `_begin`
    desk, folder, towns = _shift
    return [
        (town.id, list(_of_town(desk, folder, town, name)))
        for town, name in (towns[n] for n in numbers)
    ]
